#include "base/json_watch.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

namespace bnrun {
namespace {

/// The names of the functions are the library's.
class Watch : public nlohmann::json_sax<nlohmann::json> {
  public:
    Watch(const JsonLimits& limits, const JsonRefusal& refuse) : limits_(limits), refuse_(refuse) {}

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return open(); }
    bool start_array(std::size_t) override { return open(); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override { return false; }

    bool key(string_t& name) override {
        Level& level = levels_.back();
        if (level.seen.size() == limits_.keys) refuse_(JsonFault::kTooManyKeys, path());
        level.latest = name;
        if (!level.seen.insert(std::move(name)).second) refuse_(JsonFault::kKeyTwice, path());
        return true;
    }

  private:
    struct Level {
        std::set<std::string> seen;
        std::optional<std::string> latest;  ///< none in a list
    };

    bool open() {
        if (levels_.size() == limits_.levels) refuse_(JsonFault::kTooDeep, path());
        levels_.emplace_back();
        return true;
    }

    bool close() {
        levels_.pop_back();
        return true;
    }

    [[nodiscard]] std::vector<std::string> path() const {
        std::vector<std::string> keys;
        for (const Level& level : levels_) {
            if (level.latest) keys.push_back(*level.latest);
        }
        return keys;
    }

    const JsonLimits& limits_;
    const JsonRefusal& refuse_;
    std::vector<Level> levels_;
};

}  // namespace

void watch_json(std::string_view text, const JsonLimits& limits, const JsonRefusal& refuse) {
    Watch watch(limits, refuse);
    nlohmann::json::sax_parse(text, &watch, nlohmann::json::input_format_t::json, true, true);
}

}  // namespace bnrun
