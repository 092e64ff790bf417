#include "files/table_rows.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "base/error.h"
#include "files/table_lines.h"

namespace bnrun {
namespace {

constexpr std::uint64_t kPiece = 4096;

using Place = std::pair<std::int64_t, std::int64_t>;

/// Epoch and iteration; 0 for what is no number, which parsing the row reports. In epochs.csv an epoch alone is a
/// place.
Place place_of(std::string_view row, bool has_iterations) {
    Place place{0, 0};
    const std::string_view epoch = take_field(row, ',');
    std::from_chars(epoch.data(), epoch.data() + epoch.size(), place.first);
    const std::string_view iteration = has_iterations ? take_field(row, ',') : "";
    std::from_chars(iteration.data(), iteration.data() + iteration.size(), place.second);
    return place;
}

}  // namespace

TableRows::TableRows(const std::string& path) : path_(path), file_(path, Pipes::kRefused) {
    end_ = break_before(file_.size());
    if (end_ == 0) (void)read_logged_table(path_);  // says what is wrong with it
    header_ = bytes(0, break_behind(0));
}

/// Throws DataError where the file has become shorter.
std::string TableRows::bytes(std::uint64_t from, std::uint64_t to) const {
    std::string text(to - from, '\0');
    for (std::size_t got = 0; got < text.size();) {
        const ssize_t count =
            ::pread(file_.descriptor(), text.data() + got, text.size() - got, static_cast<off_t>(from + got));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            throw DataError(fmt::format("{}: cannot be read to its end: {}; expected a readable file", path_,
                                        count < 0 ? std::strerror(errno) : "it has become shorter"));
        }
        got += static_cast<std::size_t>(count);
    }
    return text;
}

/// The byte behind the last line break before the given byte; 0 where there is none.
std::uint64_t TableRows::break_before(std::uint64_t byte) const {
    while (byte > 0) {
        const std::uint64_t from = byte - std::min(byte, kPiece);
        const std::string piece = bytes(from, byte);
        const std::size_t found = piece.rfind('\n');
        if (found != std::string::npos) return from + found + 1;
        byte = from;
    }
    return 0;
}

/// The byte behind the first line break at the given byte or later; end_ where there is none.
std::uint64_t TableRows::break_behind(std::uint64_t byte) const {
    while (byte < end_) {
        const std::uint64_t to = std::min(byte + kPiece, end_);
        const std::string piece = bytes(byte, to);
        const std::size_t found = piece.find('\n');
        if (found != std::string::npos) return byte + found + 1;
        byte = to;
    }
    return end_;
}

/// The row to which the byte belongs.
TableRows::Row TableRows::row_at(std::uint64_t byte) const {
    const std::uint64_t begin = break_before(byte);
    return {begin, bytes(begin, break_behind(byte))};
}

LoggedTable TableRows::parsed(std::string_view rows) const {
    try {
        return parse_logged_table(header_ + std::string(rows), path_);
    } catch (const DataError&) {
        (void)read_logged_table(path_);  // names the line
        throw;
    }
}

LoggedTable TableRows::spread(std::size_t most) const {
    std::string rows;
    const std::uint64_t length = end_ - header_.size();
    std::uint64_t behind = header_.size();  // of the rows so far
    for (std::size_t i = 0; i < most && behind < end_; ++i) {
        const std::uint64_t wanted = most == 1 ? end_ - 1 : header_.size() + (length - 1) * i / (most - 1);
        if (wanted < behind) continue;
        const Row row = row_at(wanted);
        behind = row.end();
        rows += row.text;
    }
    return parsed(rows);
}

bool TableRows::has_iterations() const { return header_.find("epoch,iteration,") != std::string::npos; }

/// The byte behind the last row of that place or an earlier one. Rows stand in order: between `low`, a row's begin, and
/// `high`, a row's begin or the end, it is to be found.
std::uint64_t TableRows::behind(std::int64_t epoch, std::int64_t iteration) const {
    const Place wanted{epoch, has_iterations() ? iteration : 0};
    std::uint64_t low = header_.size();
    for (std::uint64_t high = end_; low < high;) {
        const Row row = row_at(low + (high - low) / 2);
        if (place_of(row.text, has_iterations()) <= wanted) {
            low = row.end();
        } else {
            high = row.begin;
        }
    }
    return low;
}

LoggedTable TableRows::up_to(std::int64_t epoch, std::int64_t iteration) const {
    const std::uint64_t end = behind(epoch, iteration);
    return parsed(end > header_.size() ? row_at(end - 1).text : "");
}

LoggedTable TableRows::iteration_up_to(std::int64_t epoch, std::int64_t iteration) const {
    const std::uint64_t end = behind(epoch, iteration);
    if (end <= header_.size()) return parsed("");
    const Place place = place_of(row_at(end - 1).text, has_iterations());
    return parsed(bytes(behind(place.first, place.second - 1), end));
}

LoggedTable TableRows::last() const { return parsed(end_ > header_.size() ? row_at(end_ - 1).text : ""); }

LoggedTable TableRows::from(std::uint64_t byte) const {
    byte = std::max<std::uint64_t>(byte, header_.size());
    return parsed(byte < end_ ? bytes(byte, end_) : "");
}

}  // namespace bnrun
