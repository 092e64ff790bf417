# What `cmake --install` and cpack put where, below the prefix.
include(GNUInstallDirs)
install(TARGETS bnrun RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY configs DESTINATION ${CMAKE_INSTALL_DATADIR}/bnrun FILES_MATCHING PATTERN *.json)
install(FILES docs/bnrun.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES packaging/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES src/cli/completion/bnrun.bash
        DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME bnrun)
install(FILES src/cli/completion/bnrun.zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions RENAME _bnrun)
install(FILES src/cli/completion/bnrun.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
if(BNRUN_STATIC)
  # The terms of what is linked in, where Debian's packages have them.
  string(REGEX MATCH "^[0-9]+" gcc ${CMAKE_CXX_COMPILER_VERSION})
  foreach(package libc6-dev gcc-${gcc}-base libssl-dev zlib1g-dev)
    install(FILES /usr/share/doc/${package}/copyright
            DESTINATION ${CMAKE_INSTALL_DOCDIR}/third_party RENAME ${package} OPTIONAL)
  endforeach()
  foreach(licence Apache-2.0 GPL-3 LGPL-2.1 MPL-2.0)
    install(FILES /usr/share/common-licenses/${licence} DESTINATION ${CMAKE_INSTALL_DOCDIR}/third_party OPTIONAL)
  endforeach()
endif()

set(CPACK_GENERATOR DEB TGZ)
set(CPACK_PACKAGE_CONTACT "the bnrun authors <bnrun@bnrun.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "train deep networks and log every layer's gradient")
set(CPACK_PACKAGE_FILE_NAME bnrun-${PROJECT_VERSION}-linux-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/cmake/debian_layout.cmake)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "bnrun trains deep networks on MNIST and other sets of images, and shows
what batch normalization does to the gradient of every layer. A run is
described by a short JSON file and gives the same bytes for any number of
threads. Runs can be compared, swept, drawn and exported.")
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
include(CPack)
