# Writes OUT, a source that defines what HEADER declares, with the text of each of FILES: `report.css` as
# std::string_view report_css().
set(source "#include \"${HEADER}\"\n\nnamespace bnrun {\n\n")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME)
  string(REPLACE "." "_" name ${name})
  file(READ ${file} text)
  string(APPEND source "std::string_view ${name}() {\n    return R\"embedded(${text})embedded\";\n}\n\n")
endforeach()
string(APPEND source "}  // namespace bnrun\n")
file(WRITE ${OUT} "${source}")
