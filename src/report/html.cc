#include "report/html.h"

#include <fmt/format.h>

#include "chart/svg.h"

namespace bnrun {

std::string body_row(const Cells& cells, const std::string& attributes) {
    std::string html = "<tr" + attributes + ">";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        html += i == 0 ? "<th scope=\"row\">" + cells[i] + "</th>" : "<td>" + cells[i] + "</td>";
    }
    return html + "</tr>\n";
}

std::string table_html(const std::string& label, const std::string& classes, const Cells& head,
                       const std::string& body) {
    std::string heads;
    for (const std::string& cell : head) heads += "<th scope=\"col\">" + cell + "</th>";
    return fmt::format(
        "<div class=\"scroll {}\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table>\n"
        "<thead><tr>{}</tr>\n</thead>\n<tbody>\n{}</tbody></table></div>\n",
        classes, escaped(label), heads, body);
}

std::string error_text(const std::optional<double>& value) { return value ? fmt::format("{:.4f}", *value) : "–"; }

}  // namespace bnrun
