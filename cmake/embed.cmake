# Style sheets and scripts become part of the program: each a function in a generated source, named as the file is.
function(bnrun_embed folder)
  list(TRANSFORM ARGN PREPEND ${CMAKE_SOURCE_DIR}/src/${folder}/ OUTPUT_VARIABLE files)
  set(source ${CMAKE_BINARY_DIR}/generated/${folder}_assets.cc)
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${files}" -DHEADER=${folder}/assets.h -DOUT=${source}
            -P ${CMAKE_SOURCE_DIR}/cmake/write_assets.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/cmake/write_assets.cmake
    COMMENT "Embedding style sheets and scripts of ${folder}" VERBATIM)
  # On its own where a folder is compiled in few pieces (CMAKE_UNITY_BUILD): scripts/check_tidy.sh does not generate it.
  set_source_files_properties(${source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(bnrun_${folder} PRIVATE ${source})
endfunction()

bnrun_embed(chart chart.css)
bnrun_embed(report report.css report.js data_page.css)
bnrun_embed(cli completion/bnrun.bash completion/bnrun.zsh completion/bnrun.fish)
