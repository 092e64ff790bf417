#include "files/png.h"

#include <gtest/gtest.h>
#include <zlib.h>

namespace bnrun {
namespace {

/// The data of the picture's only IDAT chunk, inflated.
std::string inflated(const std::string& png) {
    const std::size_t at = png.find("IDAT");
    uLongf size = 1000;
    std::string rows(size, '\0');
    EXPECT_EQ(uncompress(reinterpret_cast<Bytef*>(rows.data()), &size,
                         reinterpret_cast<const Bytef*>(png.data() + at + 4), png.size() - at - 4 - 16),
              Z_OK);
    rows.resize(size);
    return rows;
}

TEST(Png, HasItsHeaderItsRowsAndItsEnd) {
    const std::string png = png_bytes({3, 2, 1, {1, 2, 3, 4, 5, 255}});
    EXPECT_EQ(png.substr(0, 8), "\x89PNG\r\n\x1A\n");
    EXPECT_EQ(png.substr(8, 21), std::string("\0\0\0\x0DIHDR\0\0\0\3\0\0\0\2\x08\0\0\0\0", 21));
    EXPECT_EQ(inflated(png), std::string("\0\1\2\3\0\4\5\xFF", 8));
    EXPECT_EQ(png.substr(png.size() - 12), std::string("\0\0\0\0IEND\xAE\x42\x60\x82", 12));  // its published checksum
}

TEST(Png, OfThreeChannelsIsColoured) {
    const std::string png = png_bytes({1, 1, 3, {7, 8, 9}});
    EXPECT_EQ(png[25], 2);
    EXPECT_EQ(inflated(png), std::string("\0\7\x08\x09", 4));
}

/// RFC 4648, section 10.
TEST(Png, ItsAddressIsBase64) {
    const std::string start = "data:image/png;base64,";
    EXPECT_EQ(png_address(""), start);
    EXPECT_EQ(png_address("f"), start + "Zg==");
    EXPECT_EQ(png_address("fo"), start + "Zm8=");
    EXPECT_EQ(png_address("foo"), start + "Zm9v");
    EXPECT_EQ(png_address("foobar"), start + "Zm9vYmFy");
    EXPECT_EQ(png_address("\xFB\xFF\xFE"), start + "+//+");
}

}  // namespace
}  // namespace bnrun
