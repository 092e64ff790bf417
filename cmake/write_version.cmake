# Writes the header only when its contents change, so that nothing is compiled anew without need.
set(commit "unknown")
if(GIT)
  execute_process(COMMAND ${GIT} -C ${SOURCE} describe --always --dirty --abbrev=12
                  OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(commit ${described})
  endif()
endif()
file(CONFIGURE OUTPUT ${OUT} CONTENT [[#pragma once
#define BNRUN_VERSION "@VERSION@"
#define BNRUN_COMMIT "@commit@"
#define BNRUN_COMPILER "@COMPILER@"
#define BNRUN_INSTRUCTION_SET "@ARCH@"
]] @ONLY)
