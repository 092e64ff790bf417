// Tables in HTML, which a page's script makes sortable.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace bnrun {

using Cells = std::vector<std::string>;  ///< escaped

/// A row of a table's body; its first cell heads it.
std::string body_row(const Cells& cells, const std::string& attributes = "");

/// A table that scrolls by itself where it is too wide.
/// @param label for those who do not see it. @param classes of the box around it: `tall` scrolls downward, too, and
/// `sorts` lets a reader sort and filter it
std::string table_html(const std::string& label, const std::string& classes, const Cells& head,
                       const std::string& body);

/// Four decimals, or a dash.
std::string error_text(const std::optional<double>& value);

}  // namespace bnrun
