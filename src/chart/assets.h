// The style sheet that the build takes in from the file beside this one.
#pragma once

#include <string_view>

namespace bnrun {

std::string_view chart_css();  ///< of pictures, in pages and in files

}  // namespace bnrun
