# cpack runs this before it makes a package of what was installed. A .deb has a few files elsewhere than other systems,
# a changelog of Debian's kind, and its documents compressed.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()
set(share ${CPACK_TEMPORARY_DIRECTORY}/usr/share)
file(MAKE_DIRECTORY ${share}/zsh/vendor-completions)
file(RENAME ${share}/zsh/site-functions/_bnrun ${share}/zsh/vendor-completions/_bnrun)
file(REMOVE_RECURSE ${share}/zsh/site-functions)
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)  # or of SOURCE_DATE_EPOCH
file(WRITE ${share}/doc/bnrun/changelog "bnrun (${CPACK_PACKAGE_VERSION}) unstable; urgency=medium

  * What a user sees of each version is in CHANGELOG.md of the sources.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
execute_process(COMMAND gzip -9n ${share}/doc/bnrun/changelog ${share}/man/man1/bnrun.1 COMMAND_ERROR_IS_FATAL ANY)
