#include "settings/field.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>

namespace bnrun {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kMostWhole = 9223372036854775807.0;

std::string range_text(const Field& field) {
    std::string text;
    const std::string low = fmt::format("{}", field.minimum);
    if (field.minimum > -kInfinity) text += fmt::format(" {} {}", field.above_minimum ? "above" : "of at least", low);
    if (field.maximum == kMostWhole) return text + " and at most 2^63-1";
    if (field.maximum < kInfinity)
        text += fmt::format(" and {} {}", field.below_maximum ? "below" : "at most", field.maximum);
    return text;
}

}  // namespace

std::string expectation(const Field& field) {
    std::string text;
    switch (field.kind) {
        case FieldKind::kText: text = "text"; break;
        case FieldKind::kBool: text = "true or false"; break;
        case FieldKind::kInteger: text = "a whole number" + range_text(field); break;
        case FieldKind::kNumber: text = "a number" + range_text(field); break;
        case FieldKind::kIntegers: text = "a list of whole numbers" + range_text(field); break;
        case FieldKind::kLayers: text = "a list of objects, each with a kind"; break;
        case FieldKind::kInterval: text = "text such as \"1 epoch\" or \"50 iterations\", or 0"; break;
        case FieldKind::kIterations: text = "a list of iterations such as [\"1:1-50\", \"2:100\", \"last\"]"; break;
        case FieldKind::kChoices: text = fmt::format("a list, each once, of {}", fmt::join(field.choices, ", ")); break;
        case FieldKind::kChoice: text = fmt::format("one of {}", fmt::join(field.choices, ", ")); break;
    }
    return field.optional ? text + " (or null)" : text;
}

}  // namespace bnrun
