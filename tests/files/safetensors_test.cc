#include "files/safetensors.h"

#include <cmath>
#include <cstring>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

std::string file_of(const std::string& header, const std::string& data, std::uint64_t length) {
    std::string text(sizeof(length), '\0');
    std::memcpy(text.data(), &length, sizeof(length));
    return text + header + data;
}

std::string file_of(const std::string& header, const std::string& data) { return file_of(header, data, header.size()); }

class SafetensorsTest : public testing::Test {
  protected:
    void refuse(const std::string& bytes, std::initializer_list<const char*> texts) {
        expect_error<DataError>([&] { read_safetensors(scratch.put("bad", bytes)); }, texts);
    }
    void refuse_header(const std::string& header, std::initializer_list<const char*> texts) {
        refuse(file_of(header, std::string(8, '\0')), texts);
    }

    Scratch scratch;
    TensorFile file{{{"a", {Precision::kFloat32, {2, 2}, {1, -2, 0.5, 0x1p-140}}},
                     {"b", {Precision::kFloat64, {1}, {1.0 / 3}}},
                     {"empty", {Precision::kFloat32, {0, 3}, {}}}},
                    {{"format", "bnrun"}, {"config", "{\n}"}}};
};

TEST_F(SafetensorsTest, ReadsBackWhatItWrote) {
    const std::string bytes = safetensors_bytes(file);
    EXPECT_EQ(bytes, safetensors_bytes(file));
    const TensorFile read = read_safetensors(scratch.put("good", bytes));
    EXPECT_EQ(read.metadata, file.metadata);
    ASSERT_EQ(read.tensors.size(), 3U);
    for (const auto& [name, tensor] : file.tensors) {
        EXPECT_EQ(read.tensors.at(name).shape, tensor.shape);
        EXPECT_EQ(read.tensors.at(name).precision, tensor.precision);
        EXPECT_EQ(read.tensors.at(name).values, tensor.values);
    }
}

TEST_F(SafetensorsTest, LayoutIsTheFormats) {
    const std::string bytes = safetensors_bytes({{{"w", {Precision::kFloat32, {1}, {1}}}}, {}});
    const std::string header = R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
    EXPECT_EQ(bytes.size() % 4, 0U);
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), 8);
    EXPECT_EQ(length % 8, 0U);
    EXPECT_EQ(bytes.substr(8, header.size()), header);
    EXPECT_EQ(bytes.substr(8 + length), std::string("\0\0\x80\x3f", 4));  // 1.0, little-endian
}

TEST_F(SafetensorsTest, RefusesHeadersThatLie) {
    refuse("", {"bad:", "byte 0"});
    refuse("1234567", {"byte 7"});
    refuse(file_of("{}", "", std::uint64_t{1} << 60), {"1152921504606846976 bytes"});
    refuse(file_of("{}", "", 3), {"3 bytes"});
    refuse(file_of("not JSON", ""), {"not a JSON object"});
    refuse(file_of("[]", ""), {"not a JSON object"});
    refuse(file_of(std::string(100000, '['), ""), {"nested too deeply"});
    refuse_header(
        R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})",
        {"duplicate tensor \"a\""});
    refuse_header(R"({"__metadata__":{"x":1}})", {"__metadata__"});
    refuse_header(R"({"__metadata__":["x"]})", {"__metadata__", "object of strings"});
    refuse_header(R"({"__metadata__":{"x":"1","x":"2"}})", {"duplicate key \"x\""});
    refuse_header(R"({"a":{"dtype":"F32","shape":[1],"shape":[2],"data_offsets":[0,8]}})", {"duplicate key \"shape\""});
    refuse_header(R"({"a":{"dtype":"F32","shape":[[2]],"data_offsets":[0,8]}})", {"nested too deeply"});
}

TEST_F(SafetensorsTest, RefusesAHeaderOfMoreThan100MB) {
    const std::size_t most = 100'000'000;
    // No JSON from its first byte on: told so at once, where the length is not what it is refused for.
    const std::string header = "!" + std::string(most - 1, ' ');
    expect_error<DataError>([&] { parse_safetensors(file_of(header, ""), "most"); }, {"most:", "not a JSON object"});
    expect_error<DataError>([&] { parse_safetensors(file_of(header + " ", ""), "more"); },
                            {"more:", "100000001 bytes is more than the file or 100 MB"});
}

TEST_F(SafetensorsTest, RefusesTensorsThatLie) {
    refuse_header(R"({"a":3})", {"tensor \"a\"", "dtype"});
    refuse_header(R"({"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}})", {"dtype must be F32 or F64"});
    refuse_header(R"({"a":{"dtype":"F64","shape":[-1],"data_offsets":[0,8]}})", {"shape"});
    refuse_header(R"({"a":{"dtype":"F64","shape":1,"data_offsets":[0,8]}})", {"shape must be a list of sizes"});
    for (const char* offsets : {"8", "[0]", "[0,8,8]", "[0,8.0]"}) {
        refuse_header(std::string(R"({"a":{"dtype":"F64","shape":[1],"data_offsets":)") + offsets + "}}",
                      {"tensor \"a\": its data_offsets must be two byte offsets"});
    }
    refuse_header(R"({"a":{"dtype":"F64","shape":[1152921504606846976],"data_offsets":[0,8]}})", {"shape overflows"});
    refuse_header(R"({"a":{"dtype":"F64","shape":[1],"data_offsets":[8,0]}})", {"data_offsets disagree"});
    refuse_header(R"({"a":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}})", {"data_offsets disagree"});
    refuse_header(R"({"a":{"dtype":"F64","shape":[4294967296,4294967296],"data_offsets":[0,8]}})", {"shape overflows"});
    refuse_header(R"({"a":{"dtype":"F64","shape":[0,18446744073709551615],"data_offsets":[0,0]}})",
                  {"shape overflows"});
    refuse_header(R"({"a":{"dtype":"F64","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}})",
                  {"shape overflows"});
    refuse_header(R"({"a":{"dtype":"F64","shape":[2],"data_offsets":[0,16]}})", {"beyond the file's 8"});
    refuse_header(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", {"hole at data byte 0"});
    refuse_header(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", {"4 data bytes belong to no tensor"});
    refuse_header(
        R"({"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
        {"overlap"});
    refuse_header(
        R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}})",
        {"overlap"});
}

TEST_F(SafetensorsTest, RefusesValuesThatAreNotFinite) {
    for (const double value : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
        file.tensors["a"].values[2] = value;
        refuse(safetensors_bytes(file), {"tensor \"a\": value 2 is", "finite"});
    }
}

TEST_F(SafetensorsTest, EveryTruncationIsRefused) {
    const std::string bytes = safetensors_bytes(file);
    for (std::size_t end = 0; end < bytes.size(); ++end) {
        expect_error<DataError>([&] { read_safetensors(scratch.put("cut", bytes.substr(0, end))); }, {"cut:"});
    }
}

}  // namespace
}  // namespace bnrun
