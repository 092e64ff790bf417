# Style sheets and scripts become part of the program: each a function in a generated source, named as the file is.
set(embedded report/chart.css report/report.css report/report.js)
list(TRANSFORM embedded PREPEND ${CMAKE_SOURCE_DIR}/src/experiment/ OUTPUT_VARIABLE embedded_files)
add_custom_command(
  OUTPUT ${CMAKE_BINARY_DIR}/generated/assets.cc
  COMMAND ${CMAKE_COMMAND} "-DFILES=${embedded_files}" -DOUT=${CMAKE_BINARY_DIR}/generated/assets.cc
          -P ${CMAKE_SOURCE_DIR}/cmake/write_assets.cmake
  DEPENDS ${embedded_files} ${CMAKE_SOURCE_DIR}/cmake/write_assets.cmake
  COMMENT "Embedding style sheets and scripts" VERBATIM)
# On its own where a folder is compiled in few pieces (CMAKE_UNITY_BUILD): scripts/check_tidy.sh does not generate it.
set_source_files_properties(${CMAKE_BINARY_DIR}/generated/assets.cc PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
target_sources(bnrun_experiment PRIVATE ${CMAKE_BINARY_DIR}/generated/assets.cc)
