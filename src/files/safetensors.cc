#include "files/safetensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/input_file.h"
#include "base/json_watch.h"

namespace bnrun {

namespace {

using Json = nlohmann::json;
constexpr std::uint64_t kMostHeader = 100'000'000;
static_assert(std::endian::native == std::endian::little);

[[noreturn]] void refuse(const std::string& path, const std::string& what) {
    throw DataError(fmt::format("{}: not a usable safetensors file: {}", path, what));
}

std::size_t bytes_of(Precision precision) { return precision == Precision::kFloat32 ? 4 : 8; }

/// A parsed header; duplicate names are refused.
Json parse_header(const std::string& path, const std::string& text) {
    constexpr JsonLimits kLimits{3, std::numeric_limits<std::size_t>::max()};
    watch_json(text, kLimits, [&](JsonFault fault, const std::vector<std::string>& keys) {
        if (fault == JsonFault::kTooDeep) refuse(path, "its header is nested too deeply");
        refuse(path, fmt::format("duplicate {} \"{}\"", keys.size() == 1 ? "tensor" : "key", keys.back()));
    });
    Json header = Json::parse(text, nullptr, false);
    if (header.is_discarded() || !header.is_object()) refuse(path, "its header is not a JSON object");
    return header;
}

struct Span {
    std::uint64_t begin;
    std::uint64_t end;
};

Span read_entry(const std::string& path, const std::string& name, const Json& entry, Tensor& tensor) {
    const auto wrong = [&](const char* what) { refuse(path, fmt::format("tensor \"{}\": {}", name, what)); };
    const Json type = entry.is_object() ? entry.value("dtype", Json()) : Json();
    const Json shape = entry.is_object() ? entry.value("shape", Json()) : Json();
    const Json offsets = entry.is_object() ? entry.value("data_offsets", Json()) : Json();
    if (type != "F32" && type != "F64") wrong("its dtype must be F32 or F64");
    tensor.precision = type == "F32" ? Precision::kFloat32 : Precision::kFloat64;
    const auto whole = [](const Json& value) { return value.is_number_unsigned(); };
    if (!shape.is_array() || !std::all_of(shape.begin(), shape.end(), whole))
        wrong("its shape must be a list of sizes");
    if (!offsets.is_array() || offsets.size() != 2 || !std::all_of(offsets.begin(), offsets.end(), whole)) {
        wrong("its data_offsets must be two byte offsets");
    }
    std::uint64_t bytes = bytes_of(tensor.precision);
    bool is_empty = false;
    for (const Json& json : shape) {
        const auto size = json.get<std::uint64_t>();
        is_empty = is_empty || size == 0;
        // Sizes of 0 count as 1 here, lest they hide an overflow of the others.
        if (__builtin_mul_overflow(bytes, std::max<std::uint64_t>(size, 1), &bytes) || bytes > INT64_MAX)
            wrong("its shape overflows");
        tensor.shape.push_back(static_cast<std::int64_t>(size));
    }
    if (is_empty) bytes = 0;
    const Span span{offsets[0].get<std::uint64_t>(), offsets[1].get<std::uint64_t>()};
    if (span.end < span.begin || span.end - span.begin != bytes) wrong("its data_offsets disagree with its shape");
    return span;
}

template <class T>
void read_values(const char* from, std::size_t count, std::vector<double>& values) {
    values.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        T value;
        std::memcpy(&value, from + i * sizeof(T), sizeof(T));
        values[i] = static_cast<double>(value);
    }
}

void read_data(const char* from, std::uint64_t bytes, Tensor& tensor) {
    const std::size_t count = bytes / bytes_of(tensor.precision);
    if (tensor.precision == Precision::kFloat32) {
        read_values<float>(from, count, tensor.values);
    } else {
        read_values<double>(from, count, tensor.values);
    }
}

void check_finite(const std::string& path, const std::string& name, const Tensor& tensor) {
    const auto bad =
        std::find_if(tensor.values.begin(), tensor.values.end(), [](double v) { return !std::isfinite(v); });
    if (bad != tensor.values.end()) {
        refuse(path, fmt::format("tensor \"{}\": value {} is {}; every value must be finite", name,
                                 bad - tensor.values.begin(), std::isnan(*bad) ? "NaN" : "infinite"));
    }
}

/// Of the header, which its length stands before.
std::uint64_t header_length(const std::string& path, const std::string& bytes) {
    std::uint64_t length = 0;
    if (bytes.size() < sizeof(length))
        refuse(path, fmt::format("it ends at byte {}, within the header's length", bytes.size()));
    std::memcpy(&length, bytes.data(), sizeof(length));
    if (length > kMostHeader || length > bytes.size() - sizeof(length)) {
        refuse(path, fmt::format("its header's length of {} bytes is more than the file or 100 MB", length));
    }
    return length;
}

void read_metadata(const std::string& path, const Json& entry, std::map<std::string, std::string>& metadata) {
    if (!entry.is_object()) refuse(path, "its __metadata__ must be an object of strings");
    for (const auto& [key, value] : entry.items()) {
        if (!value.is_string()) refuse(path, "its __metadata__ must be an object of strings");
        metadata[key] = value.get<std::string>();
    }
}

/// Begin to end, of tensors that are not empty.
using Spans = std::map<std::uint64_t, std::uint64_t>;

void check_without_gap(const std::string& path, const Spans& spans, std::uint64_t size) {
    std::uint64_t expected = 0;
    for (const auto& [begin, end] : spans) {
        if (begin != expected)
            refuse(path, fmt::format("its tensors overlap or leave a hole at data byte {}", expected));
        expected = end;
    }
    if (expected != size) refuse(path, fmt::format("{} data bytes belong to no tensor", size - expected));
}

}  // namespace

TensorFile read_safetensors(const std::string& path, Values values) {
    return parse_safetensors(read_file(path, kAnySize, Pipes::kRead), path, values);
}

TensorFile parse_safetensors(const std::string& bytes, const std::string& path, Values values) {
    const std::uint64_t length = header_length(path, bytes);
    const Json header = parse_header(path, bytes.substr(sizeof(length), length));
    const char* const data = bytes.data() + sizeof(length) + length;
    const std::uint64_t size = bytes.size() - sizeof(length) - length;
    TensorFile file;
    Spans spans;
    for (const auto& [name, entry] : header.items()) {
        if (name == "__metadata__") {
            read_metadata(path, entry, file.metadata);
            continue;
        }
        Tensor tensor;
        const Span span = read_entry(path, name, entry, tensor);
        if (span.end > size)
            refuse(path, fmt::format("tensor \"{}\" ends at data byte {}, beyond the file's {}", name, span.end, size));
        if (span.end > span.begin && !spans.emplace(span.begin, span.end).second) {
            refuse(path, fmt::format("tensor \"{}\" overlaps another", name));
        }
        read_data(data + span.begin, span.end - span.begin, tensor);
        if (values == Values::kFinite) check_finite(path, name, tensor);
        file.tensors[name] = std::move(tensor);
    }
    check_without_gap(path, spans, size);
    return file;
}

namespace {

template <class T>
void append_values(const std::vector<double>& values, std::string& bytes) {
    const std::size_t begin = bytes.size();
    bytes.resize(begin + values.size() * sizeof(T));
    char* to = bytes.data() + begin;
    for (const double value : values) {
        const T narrow = static_cast<T>(value);
        std::memcpy(to, &narrow, sizeof(T));
        to += sizeof(T);
    }
}

}  // namespace

std::string safetensors_bytes(const TensorFile& file) {
    nlohmann::ordered_json header;
    if (!file.metadata.empty()) header["__metadata__"] = file.metadata;
    std::string data;
    for (const auto& [name, tensor] : file.tensors) {
        const std::size_t begin = data.size();
        if (tensor.precision == Precision::kFloat32) {
            append_values<float>(tensor.values, data);
        } else {
            append_values<double>(tensor.values, data);
        }
        header[name] = {{"dtype", tensor.precision == Precision::kFloat32 ? "F32" : "F64"},
                        {"shape", tensor.shape},
                        {"data_offsets", {begin, data.size()}}};
    }
    std::string text = header.dump();
    text.append((8 - text.size() % 8) % 8, ' ');
    const std::uint64_t length = text.size();
    return std::string(reinterpret_cast<const char*>(&length), sizeof(length)) + text + data;
}

}  // namespace bnrun
