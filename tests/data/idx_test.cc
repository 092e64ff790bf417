#include "data/idx.h"

#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "base/error.h"
#include "base/sha256.h"
#include "support/gzip.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

std::string big_endian(std::uint32_t value) {
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
            static_cast<char>(value)};
}

std::string header(std::initializer_list<std::uint32_t> shape, char type = 8) {
    std::string text{0, 0, type, static_cast<char>(shape.size())};
    for (const std::uint32_t size : shape) text += big_endian(size);
    return text;
}

class IdxTest : public testing::Test {
  protected:
    void refuse(const std::string& contents, std::initializer_list<const char*> texts) {
        const std::string path = scratch.put("bad", contents);
        expect_error<DataError>([&] { read_idx(path); }, texts);
    }

    Scratch scratch;
    const std::string plain = header({2, 1, 3}) + "abcdef";
};

TEST_F(IdxTest, ReadsPlainAndCompressedAlike) {
    const IdxFile file = read_idx(scratch.put("plain", plain));
    EXPECT_EQ(file.shape, (std::vector<std::int64_t>{2, 1, 3}));
    EXPECT_EQ(std::string(file.values.begin(), file.values.end()), "abcdef");
    EXPECT_EQ(file.header_bytes, 16U);
    EXPECT_EQ(file.sha256, sha256_text(reinterpret_cast<const std::uint8_t*>(plain.data()), plain.size()));
    (void)scratch.put("packed.gz", gzip(plain));
    const IdxFile packed = read_idx(scratch.path("packed"));
    EXPECT_EQ(packed.path, scratch.path("packed.gz"));
    EXPECT_EQ(packed.values, file.values);
    EXPECT_EQ(packed.sha256, file.sha256);
}

TEST_F(IdxTest, ReadsAFileLongerThanItsBuffers) {
    std::string contents = header({3000, 1000});
    for (unsigned i = 0; i < 3000U * 1000U; ++i) contents += static_cast<char>(i * 7919U >> 5);
    for (const std::string& bytes : {contents, gzip(contents)}) {
        const IdxFile file = read_idx(scratch.put("long", bytes));
        EXPECT_TRUE(std::equal(file.values.begin(), file.values.end(), contents.begin() + 12,
                               [](std::uint8_t a, char b) { return a == static_cast<std::uint8_t>(b); }));
    }
}

TEST_F(IdxTest, IsOpenedOnce) {
    // A pipe gives its bytes to the first who opens it, and would keep the second waiting.
    const std::string pipe = scratch.path("pipe");
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << gzip(plain); });
    const IdxFile file = read_idx(pipe);
    writer.join();
    EXPECT_EQ(std::string(file.values.begin(), file.values.end()), "abcdef");
}

TEST_F(IdxTest, RefusesBrokenHeadersNamingTheByte) {
    refuse("", {"bad:", "truncated at byte 0"});
    refuse("\1\2", {"truncated at byte 2"});
    refuse(std::string("\0\1\10\1", 4), {"bad magic 0x00010801"});
    refuse(std::string("\0\0\10\0", 4), {"bad magic 0x00000800"});
    refuse("text", {"bad magic 0x74657874 at byte 0"});
    refuse(header({1}, 9) + "a", {"type 0x09 at byte 2", "0x08"});
    refuse(header({2, 1, 3}).substr(0, 10), {"truncated at byte 10", "3 dimensions"});
    refuse(header({1U << 31, 28, 28}), {"dimensions overflow at byte"});
    refuse(header({1U << 31}), {"truncated at byte 8", "2147483656 bytes"});
}

TEST_F(IdxTest, RefusesDimensionsWhoseProductWrapsAround) {
    // 2^24 * 2^40 is 2^64, which is 0 in 64 bits; a size of 0 hides nothing either.
    refuse(header({1U << 24, 1U << 16, 1U << 24}), {"dimensions overflow at byte 12"});
    refuse(header({0, 1U << 31, 1U << 31}), {"dimensions overflow at byte 12"});
}

TEST_F(IdxTest, RefusesASizeThatIsNotTheHeaders) {
    refuse(plain.substr(0, 20), {"truncated at byte 20", "promises 22 bytes"});
    refuse(plain + "g", {"trailing bytes from byte 22"});
    refuse(gzip(plain + "g"), {"trailing bytes from byte 22"});
    refuse(gzip(plain.substr(0, 20)), {"truncated at byte 20"});
}

TEST_F(IdxTest, DecompressesNoMoreThanTheHeaderPromises) {
    const std::string bomb = gzip(plain + std::string(std::size_t{1} << 24, '\0'));
    EXPECT_LT(bomb.size(), 100000U);
    refuse(bomb, {"trailing bytes from byte 22"});  // and not 16 MB later
    refuse(bomb.substr(0, bomb.size() / 2), {"trailing bytes from byte 22"});
}

TEST_F(IdxTest, EveryTruncationAndEveryFlippedByteIsRefusedOrStillTheSameShape) {
    const std::string packed = gzip(plain);
    for (std::size_t end = 0; end < packed.size(); ++end) {
        expect_error<DataError>([&] { read_idx(scratch.put("cut", packed.substr(0, end))); }, {"cut:"});
    }
    for (std::size_t end = 0; end < plain.size(); ++end) {
        expect_error<DataError>([&] { read_idx(scratch.put("cut", plain.substr(0, end))); }, {"cut:"});
    }
    for (std::size_t at = 0; at < packed.size(); ++at) {
        std::string flipped = packed;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x20);
        try {  // a header byte that gzip ignores, such as the time, may change
            EXPECT_EQ(read_idx(scratch.put("flip", flipped)).values.size(), 6U) << at;
        } catch (const DataError&) {
        }
    }
}

TEST_F(IdxTest, SaysWhyAFileCannotBeRead) {
    expect_error<DataError>([&] { read_idx(scratch.path("absent")); }, {"absent: no such file", ".gz"});
    std::filesystem::create_directory(scratch.path("directory"));
    expect_error<DataError>([&] { read_idx(scratch.path("directory")); }, {"directory: cannot be read", "directory)"});
}

}  // namespace
}  // namespace bnrun
