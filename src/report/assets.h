// The style sheet and the script that the build takes in from the files beside this one.
#pragma once

#include <string_view>

namespace bnrun {

std::string_view report_css();  ///< of the page around them
std::string_view report_js();
std::string_view data_page_css();  ///< of a sheet of images, beside report_css

}  // namespace bnrun
