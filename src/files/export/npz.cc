#include "files/export/npz.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <map>
#include <utility>

#include "base/error.h"
#include "files/export/names.h"

namespace bnrun {

namespace {

static_assert(std::endian::native == std::endian::little, "arrays are written as they lie in memory");
constexpr std::size_t kNpyAlignment = 64;
constexpr std::uint16_t kFirstOfJanuary1980 = 1 << 5 | 1;  // the first day that a zip archive can name

template <class Number>
void put(std::string& bytes, Number number) {
    char raw[sizeof number];
    std::memcpy(raw, &number, sizeof number);
    bytes.append(raw, sizeof number);
}

std::string shape_text(const std::vector<std::size_t>& shape) {
    std::string text;
    for (const std::size_t size : shape) text += fmt::format("{}, ", size);
    return shape.size() == 1 ? fmt::format("({},)", shape[0]) : "(" + text.substr(0, text.size() - 2) + ")";
}

/// The .npy format, version 1.0 (numpy.lib.format).
std::string npy_bytes(const NamedArray& array) {
    const bool whole = array.values.index() == 0;
    std::string header = fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}", whole ? "<i8" : "<f8",
                                     shape_text(array.shape));
    std::string bytes("\x93NUMPY\x01\x00", 8);
    const std::size_t unpadded = bytes.size() + 2 + header.size() + 1;
    header.append((kNpyAlignment - unpadded % kNpyAlignment) % kNpyAlignment, ' ');
    header += '\n';
    put(bytes, static_cast<std::uint16_t>(header.size()));
    bytes += header;
    std::visit(
        [&](const auto& values) {
            bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof values[0]);
        },
        array.values);
    return bytes;
}

/// What the local and the central header of a stored file have in common (PKWARE APPNOTE 4.3.7 and 4.3.12).
std::string common_header(const std::string& name, const std::string& contents) {
    const auto size = static_cast<std::uint32_t>(contents.size());
    std::string bytes;
    put<std::uint16_t>(bytes, 20);  // version needed: 2.0
    put<std::uint16_t>(bytes, 0);   // flags
    put<std::uint16_t>(bytes, 0);   // stored
    put<std::uint16_t>(bytes, 0);   // midnight
    put<std::uint16_t>(bytes, kFirstOfJanuary1980);
    put(bytes, static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(contents.data()), size)));
    put(bytes, size);
    put(bytes, size);
    put(bytes, static_cast<std::uint16_t>(name.size()));
    put<std::uint16_t>(bytes, 0);  // no extra field
    return bytes;
}

std::string end_record(std::size_t files, std::size_t directory_size, std::size_t directory_at) {
    std::string bytes("PK\x05\x06\0\0\0\0", 8);
    put(bytes, static_cast<std::uint16_t>(files));
    put(bytes, static_cast<std::uint16_t>(files));
    put(bytes, static_cast<std::uint32_t>(directory_size));
    put(bytes, static_cast<std::uint32_t>(directory_at));
    put<std::uint16_t>(bytes, 0);  // no comment
    return bytes;
}

template <class Record, class Member>
NamedArray column(const char* name, const std::vector<Record>& records, Member Record::*member) {
    std::vector<Member> values;
    for (const Record& record : records) values.push_back(record.*member);
    return {name, {records.size()}, std::move(values)};
}

NamedArray matrix(const char* name, const std::vector<IterationRecord>& records,
                  std::vector<double> IterationRecord::*member) {
    std::vector<double> values;
    for (const IterationRecord& record : records) {
        values.insert(values.end(), (record.*member).begin(), (record.*member).end());
    }
    return {name, {records.size(), records.empty() ? 0 : (records.front().*member).size()}, std::move(values)};
}

std::vector<Validation> validations(const std::vector<EpochRecord>& epochs) {
    std::vector<Validation> found;
    for (const EpochRecord& epoch : epochs) found.push_back(epoch.validation.value_or(Validation()));
    return found;
}

struct NamedQuantity {
    std::vector<std::size_t> shape;
    std::vector<double> values;
};

/// Of each quantity of layers.csv: a value a row for the whole net, else a value for each layer, NaN where there is
/// none.
std::map<std::string, NamedQuantity> quantities_of(const LoggedTable& table) {
    std::vector<LayerColumn> columns;
    std::size_t layers = 0;
    for (const std::string& column : table.columns) {
        columns.push_back(layer_column(column, table.path));
        layers = std::max(layers, columns.back().layer);
    }
    const std::size_t rows = table.rows.size();
    std::map<std::string, NamedQuantity> quantities;
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const auto& [name, layer] = columns[c];
        const std::size_t width = layer == 0 ? 1 : layers;
        NamedQuantity& quantity = quantities[name];
        quantity.shape = layer == 0 ? std::vector{rows} : std::vector{rows, layers};
        quantity.values.resize(rows * width, std::numeric_limits<double>::quiet_NaN());
        const std::size_t place = layer == 0 ? 0 : layer - 1;
        for (std::size_t r = 0; r < rows; ++r) quantity.values[r * width + place] = table.rows[r].values[c];
    }
    return quantities;
}

void add_layers(std::vector<NamedArray>& arrays, const LoggedTable& table) {
    if (table.columns.empty()) return;
    arrays.push_back(column("layers_epoch", table.rows, &LoggedRow::epoch));
    arrays.push_back(column("layers_iteration", table.rows, &LoggedRow::iteration));
    for (auto& [name, quantity] : quantities_of(table)) {
        arrays.push_back({name, quantity.shape, std::move(quantity.values)});
    }
}

}  // namespace

std::string npz_bytes(const std::vector<NamedArray>& arrays) {
    std::string bytes;
    std::string directory;
    for (const NamedArray& array : arrays) {
        const std::string name = array.name + ".npy";
        const std::string contents = npy_bytes(array);
        if (bytes.size() + contents.size() > UINT32_MAX / 2) {
            throw WriteError("npz: more than 2 GB of rows; use --format jsonl, or log fewer rows with log.every");
        }
        const std::string header = common_header(name, contents);
        directory += std::string("PK\x01\x02\x14\0", 6) + header + std::string(10, '\0');
        put(directory, static_cast<std::uint32_t>(bytes.size()));
        directory += name;
        bytes += "PK\x03\x04" + header + name + contents;
    }
    return bytes + directory + end_record(arrays.size(), directory.size(), bytes.size());
}

std::string npz_of(const LoggedRun& run) {
    using I = IterationRecord;
    using E = EpochRecord;
    const auto& rows = run.iterations;
    const auto& epochs = run.epochs;
    std::vector<NamedArray> arrays{
        column("epoch", rows, &I::epoch),
        column("iteration", rows, &I::iteration),
        column("loss", rows, &I::loss),
        column("learning_rate", rows, &I::learning_rate),
        matrix(kGradientTag, rows, &I::gradient_norms),
        matrix(kLowTag, rows, &I::activation_min),
        matrix(kHighTag, rows, &I::activation_max),
        column("epochs", epochs, &E::epoch),
        column("train_loss", epochs, &E::train_loss),
        column("train_error", epochs, &E::train_error),
        column("test_loss", epochs, &E::test_loss),
        column("test_error", epochs, &E::test_error),
    };
    if (!epochs.empty() && epochs.front().validation) {
        const std::vector<Validation> found = validations(epochs);
        arrays.push_back(column("validation_loss", found, &Validation::loss));
        arrays.push_back(column("validation_error", found, &Validation::error));
    }
    add_layers(arrays, run.layers);
    return npz_bytes(arrays);
}

}  // namespace bnrun
