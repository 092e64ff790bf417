// Byte by byte where the standards of zip and .npy fix them.
#include "files/export/npz.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstring>

#include "support/exported_run.h"

namespace bnrun {
namespace {

template <class T>
T number_at(const std::string& bytes, std::size_t at) {
    T number{};
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

TEST(Npz, ValuesStartAtAMultipleOf64WithinTheirFile) {
    const std::string name = "a.npy";
    const std::string file = npz_bytes({{"a", {2, 3}, std::vector<double>{1, 2, 3, 4, 5, 6}}});
    EXPECT_EQ(file.substr(0, 4), "PK\x03\x04");
    const std::size_t start = 30 + name.size();
    EXPECT_EQ(file.substr(start, 6), "\x93NUMPY");
    EXPECT_NE(file.find("'shape': (2, 3)"), std::string::npos);
    const std::size_t values = file.find('\n', start) + 1;
    EXPECT_EQ((values - start) % 64, 0U);
    double last = 0;
    std::memcpy(&last, file.data() + values + 5 * sizeof last, sizeof last);
    EXPECT_EQ(last, 6);
}

TEST(Npz, EntriesHaveTheirSizesAndChecksums) {
    const std::string file = npz_bytes({{"a", {1}, std::vector<double>{1}}, {"bc", {1}, std::vector<std::int64_t>{2}}});
    const std::size_t end = file.size() - 22;
    EXPECT_EQ(file.substr(end, 4), "PK\x05\x06");
    EXPECT_EQ(number_at<std::uint16_t>(file, end + 10), 2);
    std::size_t entry = number_at<std::uint32_t>(file, end + 16);
    for (const std::string name : {"a.npy", "bc.npy"}) {
        EXPECT_EQ(file.substr(entry, 4), "PK\x01\x02");
        EXPECT_EQ(file.substr(entry + 46, name.size()), name);
        const auto size = number_at<std::uint32_t>(file, entry + 24);
        const std::size_t contents = number_at<std::uint32_t>(file, entry + 42) + 30 + name.size();
        EXPECT_EQ(file.substr(contents, 6), "\x93NUMPY");
        const auto* const bytes = reinterpret_cast<const Bytef*>(file.data() + contents);
        EXPECT_EQ(number_at<std::uint32_t>(file, entry + 16), crc32(0, bytes, size)) << name;
        entry += 46 + name.size();
    }
    EXPECT_EQ(entry, end);
}

TEST(Npz, OfARunHasTheIterationsRowByRow) {
    const std::string file = npz_of(exported_run());
    const std::size_t start = file.find('\n', file.find("gradient.npy")) + 1;
    EXPECT_EQ(number_at<double>(file, start + sizeof(double)), 8) << "the first iteration's second layer";
    EXPECT_EQ(number_at<double>(file, start + 2 * sizeof(double)), 5);
}

TEST(Npz, AnEmptyListOfArraysIsAnEmptyArchive) { EXPECT_EQ(npz_bytes({}).size(), 22U); }

}  // namespace
}  // namespace bnrun
