# Version, commit, compiler and instruction set, for `bnrun --version` and every run's summary.
find_package(Git QUIET)
add_custom_target(bnrun_version_header
  COMMAND ${CMAKE_COMMAND} -DGIT=${GIT_EXECUTABLE} -DSOURCE=${CMAKE_SOURCE_DIR} -DVERSION=${PROJECT_VERSION}
          -DCOMPILER=${CMAKE_CXX_COMPILER_ID}\ ${CMAKE_CXX_COMPILER_VERSION} -DARCH=${BNRUN_ARCH}
          -DOUT=${CMAKE_BINARY_DIR}/generated/version_info.h -P ${CMAKE_SOURCE_DIR}/cmake/write_version.cmake
  BYPRODUCTS ${CMAKE_BINARY_DIR}/generated/version_info.h
  COMMENT "" VERBATIM)
target_include_directories(bnrun_experiment PUBLIC ${CMAKE_BINARY_DIR}/generated)
add_dependencies(bnrun_experiment bnrun_version_header)
