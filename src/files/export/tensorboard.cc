#include "files/export/tensorboard.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "files/export/names.h"

namespace bnrun {

namespace {

enum WireType : std::uint32_t { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

// Field numbers of tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto.
constexpr std::uint32_t kEventTime = 1;
constexpr std::uint32_t kEventStep = 2;
constexpr std::uint32_t kEventFileVersion = 3;
constexpr std::uint32_t kEventSummary = 5;
constexpr std::uint32_t kSummaryValue = 1;
constexpr std::uint32_t kValueTag = 1;
constexpr std::uint32_t kValueSimple = 2;

constexpr std::array<std::uint32_t, 256> crc_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t rest = i;
        for (int bit = 0; bit < 8; ++bit) rest = rest >> 1 ^ (rest & 1 ? 0x82F63B78U : 0U);
        table[i] = rest;
    }
    return table;
}

template <class Number>
void append(std::string& bytes, Number number) {
    char raw[sizeof number];
    std::memcpy(raw, &number, sizeof number);
    bytes.append(raw, sizeof number);
}

void put_varint(std::string& bytes, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7) bytes += static_cast<char>(number | 0x80);
    bytes += static_cast<char>(number);
}

void put_key(std::string& bytes, std::uint32_t field, WireType type) { put_varint(bytes, field << 3 | type); }

void put_bytes(std::string& bytes, std::uint32_t field, std::string_view contents) {
    put_key(bytes, field, kBytes);
    put_varint(bytes, contents.size());
    bytes += contents;
}

std::string event_message(const ScalarEvent& event) {
    std::string summary;
    for (const auto& [tag, number] : event.scalars) {
        std::string value;
        put_bytes(value, kValueTag, tag);
        put_key(value, kValueSimple, kFixed32);
        append(value, static_cast<float>(number));
        put_bytes(summary, kSummaryValue, value);
    }
    std::string message;
    if (event.time > 0) {
        put_key(message, kEventTime, kFixed64);
        append(message, event.time);
    }
    put_key(message, kEventStep, kVarint);
    put_varint(message, static_cast<std::uint64_t>(event.step));
    put_bytes(message, kEventSummary, summary);
    return message;
}

/// TensorFlow masks the checksums of records, since a checksum of data with its checksum within is a poor one.
std::uint32_t masked(std::uint32_t crc) { return (crc >> 15 | crc << 17) + 0xA282EAD8U; }

/// Length, its checksum, the message, its checksum (tensorflow/core/lib/io/record_writer.h).
void put_record(std::string& bytes, const std::string& message) {
    std::string length;
    append(length, static_cast<std::uint64_t>(message.size()));
    bytes += length;
    append(bytes, masked(crc32c(length)));
    bytes += message;
    append(bytes, masked(crc32c(message)));
}

void add_layers(ScalarEvent& event, const char* tag, const std::vector<double>& values) {
    for (std::size_t l = 0; l < values.size(); ++l) {
        event.scalars.emplace_back(layer_tag(tag, l), values[l]);
    }
}

}  // namespace

std::string event_file_bytes(const std::vector<ScalarEvent>& events) {
    std::string version;
    put_bytes(version, kEventFileVersion, "brain.Event:2");
    std::string bytes;
    put_record(bytes, version);
    for (const ScalarEvent& event : events) put_record(bytes, event_message(event));
    return bytes;
}

std::uint32_t crc32c(std::string_view bytes) {
    static constexpr auto kCrcTable = crc_table();
    std::uint32_t crc = 0xFFFFFFFFU;
    for (const char c : bytes) crc = crc >> 8 ^ kCrcTable[(crc ^ static_cast<unsigned char>(c)) & 0xFF];
    return ~crc;
}

namespace {

/// Of the run's step, where its begin and length are known: iterations are taken to be equally long.
double time_of(const LoggedRun& run, std::int64_t step, std::int64_t last) {
    if (!run.time) return 0;
    return run.time->begin +
           run.time->seconds * static_cast<double>(step) / static_cast<double>(std::max<std::int64_t>(last, 1));
}

std::int64_t last_step(const std::vector<ScalarEvent>& events) {
    std::int64_t last = 0;
    for (const ScalarEvent& event : events) last = std::max(last, event.step);
    return last;
}

}  // namespace

std::string events_of(const LoggedRun& run) {
    std::vector<ScalarEvent> events;
    for (const IterationRecord& row : run.iterations) {
        ScalarEvent event{global_step(row), {{"loss", row.loss}, {"learning_rate", row.learning_rate}}};
        add_layers(event, kGradientTag, row.gradient_norms);
        add_layers(event, kLowTag, row.activation_min);
        add_layers(event, kHighTag, row.activation_max);
        events.push_back(std::move(event));
    }
    const std::int64_t steps = run.iterations.empty() ? 1 : run.iterations.front().iterations;
    for (const LoggedRow& row : run.layers.rows) {
        ScalarEvent event{(row.epoch - 1) * steps + row.iteration, {}};
        for (std::size_t c = 0; c < row.values.size(); ++c) {
            if (!std::isnan(row.values[c])) event.scalars.emplace_back(run.layers.columns[c], row.values[c]);
        }
        events.push_back(std::move(event));
    }
    for (const EpochRecord& row : run.epochs) {
        events.push_back({row.epoch * steps,
                          {{"train_loss", row.train_loss},
                           {"train_error", row.train_error},
                           {"test_loss", row.test_loss},
                           {"test_error", row.test_error}}});
        if (!row.validation) continue;
        events.back().scalars.emplace_back("validation_loss", row.validation->loss);
        events.back().scalars.emplace_back("validation_error", row.validation->error);
    }
    const std::int64_t last = last_step(events);
    for (ScalarEvent& event : events) event.time = time_of(run, event.step, last);
    return event_file_bytes(events);
}

}  // namespace bnrun
