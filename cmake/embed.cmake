# Style sheets, scripts and configs become part of the program, by sources that the build writes.

# bnrun_embed_by(FOLDER SOURCE SCRIPT ARGUMENT FILE…): SCRIPT of cmake/ writes the SOURCE of src/FOLDER from the files.
function(bnrun_embed_by folder name script argument)
  set(source ${CMAKE_BINARY_DIR}/generated/${name})
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} "-DFILES=${ARGN}" ${argument} -DOUT=${source} -P ${CMAKE_SOURCE_DIR}/cmake/${script}
    DEPENDS ${ARGN} ${CMAKE_SOURCE_DIR}/cmake/${script}
    COMMENT "Writing ${name}" VERBATIM)
  # On its own where a folder is compiled in few pieces (CMAKE_UNITY_BUILD): scripts/check_tidy.sh does not generate it.
  set_source_files_properties(${source} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(bnrun_${folder} PRIVATE ${source})
endfunction()

# Each file is a function in a generated source, named as the file is.
function(bnrun_embed folder)
  list(TRANSFORM ARGN PREPEND ${CMAKE_SOURCE_DIR}/src/${folder}/ OUTPUT_VARIABLE files)
  bnrun_embed_by(${folder} ${folder}_assets.cc write_assets.cmake -DHEADER=${folder}/assets.h ${files})
endfunction()

bnrun_embed(chart chart.css)
bnrun_embed(report report.css report.js data_page.css)
bnrun_embed(cli completion/bnrun.bash completion/bnrun.zsh completion/bnrun.fish)

file(GLOB configs CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/configs/*.json)
bnrun_embed_by(settings builtin_configs_text.cc write_configs.cmake "" ${configs})
