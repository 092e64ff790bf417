// Text in HTML, SVG and XML.
#pragma once

#include <string>
#include <string_view>

namespace bnrun {

/// Fit for text and for attribute values, whatever the text holds. All text of a page comes through here.
std::string escaped(std::string_view text);

}  // namespace bnrun
