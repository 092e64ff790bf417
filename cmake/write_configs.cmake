# Writes OUT, a source that defines builtin_configs() of settings/builtin_configs.h: name and text of each of FILES.
set(rows "")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND rows "    BuiltinConfig{\"${name}\", R\"embedded(${text})embedded\"},\n")
endforeach()
file(WRITE ${OUT} "#include <array>

#include \"settings/builtin_configs.h\"

namespace bnrun {

std::span<const BuiltinConfig> builtin_configs() {
    static constexpr std::array kConfigs{
${rows}    };
    return kConfigs;
}

}  // namespace bnrun
")
