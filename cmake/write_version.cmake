# Writes the header only when its contents change, so that nothing is compiled anew without need.
set(commit "unknown")
if(GIT)
  # Also in a clone that is another user's: git looks into those only where its own settings, not the command line, say
  # that they are safe. A repository above that of the sources is not theirs.
  get_filename_component(above "${SOURCE}" DIRECTORY)
  set(settings "${OUT}.gitconfig")
  file(WRITE "${settings}" "[safe]\n\tdirectory = *\n")
  execute_process(COMMAND ${CMAKE_COMMAND} -E env "GIT_CONFIG_GLOBAL=${settings}" "GIT_CEILING_DIRECTORIES=${above}"
                          GIT_OPTIONAL_LOCKS=0 ${GIT} -C ${SOURCE} -c core.fsmonitor=false
                          describe --always --dirty --abbrev=12
                  OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_VARIABLE complaint
                  RESULT_VARIABLE failed)
  if(NOT failed)
    set(commit ${described})
  elseif(EXISTS "${SOURCE}/.git")
    message(WARNING "The commit is not known, and --version will say so: ${complaint}")
  endif()
endif()
file(CONFIGURE OUTPUT ${OUT} CONTENT [[#pragma once
#define BNRUN_VERSION "@VERSION@"
#define BNRUN_COMMIT "@commit@"
#define BNRUN_COMPILER "@COMPILER@"
#define BNRUN_INSTRUCTION_SET "@ARCH@"
]] @ONLY)
