#include "data/byte_reader.h"

#include "support/gzip.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

class ByteReaderTest : public testing::Test {
  protected:
    /// All of a file, `piece` bytes at a time.
    std::string contents_of(const std::string& bytes, std::size_t piece) {
        ByteReader reader(scratch.put("file", bytes));
        std::string contents;
        std::string part(piece, '\0');
        for (std::size_t got = piece; got == piece; contents += part.substr(0, got)) {
            got = reader.read(reinterpret_cast<std::uint8_t*>(part.data()), piece);
            EXPECT_EQ(reader.position(), contents.size() + got);
        }
        return contents;
    }

    void refuse(const std::string& bytes, std::initializer_list<const char*> texts) {
        expect_error<DataError>([&] { (void)contents_of(bytes, 4); }, texts);
    }

    Scratch scratch;
};

TEST_F(ByteReaderTest, GivesTheContentsPlainOrCompressedInPiecesOfAnySize) {
    for (const std::size_t piece : {1U, 4U, 6U, 100U}) {
        EXPECT_EQ(contents_of("abcdef", piece), "abcdef") << piece;
        EXPECT_EQ(contents_of(gzip("abcdef"), piece), "abcdef") << piece;
        EXPECT_EQ(contents_of(gzip("ab") + gzip("") + gzip("cdef"), piece), "abcdef") << "several members " << piece;
    }
    EXPECT_EQ(contents_of("", 4), "");
    EXPECT_EQ(contents_of("\x1F", 4), "\x1F") << "half of gzip's mark";
}

TEST_F(ByteReaderTest, MembersMeetAnywhereInItsBuffer) {
    const std::string second = gzip("cdef");
    for (std::size_t before = (1U << 15) - 3; before <= 1U << 15; ++before) {
        std::string first = gzip("");
        // A name in the header, as long as it takes for the second member to begin there.
        first[3] = 8;
        first.insert(10, std::string(before - first.size() - 1, 'n') + '\0');
        EXPECT_EQ(contents_of(first + second, 4), "cdef") << before;
    }
}

TEST_F(ByteReaderTest, RefusesBrokenGzipStreams) {
    const std::string packed = gzip("abcdef");
    refuse(packed.substr(0, packed.size() - 4), {"gzip stream is truncated"});
    refuse(packed.substr(0, 12), {"gzip stream is truncated"});
    std::string checksum = packed;
    checksum[packed.size() - 6] = static_cast<char>(checksum[packed.size() - 6] ^ 1);
    refuse(checksum, {"gzip stream is corrupt"});
    std::string method = packed;
    method[2] = 7;
    refuse(method, {"gzip stream is corrupt"});
    refuse(packed + "garbage", {"gzip stream has trailing bytes"});
}

TEST_F(ByteReaderTest, SaysHowFarItCameAndWhyAFileCannotBeRead) {
    refuse(gzip("abcdef") + "garbage", {"file: gzip stream has trailing bytes", "after byte ", "get the file again"});
    expect_error<DataError>([&] { ByteReader reader(scratch.path("absent")); },
                            {"absent: cannot be read: No such file"});
}

}  // namespace
}  // namespace bnrun
