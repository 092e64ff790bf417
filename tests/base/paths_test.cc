#include "base/paths.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

TEST(PathExists, OrDoesNot) {
    const Scratch scratch;
    (void)scratch.put("file", "");
    std::filesystem::create_symlink("nowhere", scratch.path("dangling"));
    EXPECT_TRUE(path_exists(scratch.path("file")));
    EXPECT_TRUE(path_exists(scratch.path()));
    EXPECT_FALSE(path_exists(scratch.path("absent")));
    EXPECT_FALSE(path_exists(scratch.path("absent/file")));
    EXPECT_FALSE(path_exists(scratch.path("file/below")));
    EXPECT_FALSE(path_exists(scratch.path("dangling")));
}

TEST(PathExists, AsADirectoryOrAsAFile) {
    const Scratch scratch;
    std::filesystem::create_symlink(".", scratch.path("link"));
    for (const std::string& directory : {scratch.path(), scratch.path("link")}) {
        EXPECT_TRUE(directory_exists(directory));
        EXPECT_FALSE(file_exists(directory));
    }
    EXPECT_TRUE(file_exists(scratch.put("file", "")));
    EXPECT_FALSE(directory_exists(scratch.path("file")));
    EXPECT_FALSE(file_exists(scratch.path("absent")));
    EXPECT_FALSE(directory_exists(scratch.path("absent")));
}

TEST(PathExists, WhereThatCannotBeToldNamesPathAndReason) {
    const Scratch scratch;
    std::filesystem::create_symlink("loop", scratch.path("loop"));
    expect_error<DataError>([&] { (void)path_exists(scratch.path("loop/config.json")); },
                            {"loop/config.json: cannot be looked for: Too many levels of symbolic links; check"});
    for (const auto exists : {directory_exists, file_exists}) {
        expect_error<DataError>([&] { (void)exists(scratch.path("loop/a")); }, {"loop/a: cannot be looked for: "});
    }
    expect_error<DataError>([&] { (void)path_exists(std::string(300, 'x')); }, {"cannot be looked for: File name too"});
}

TEST(NamesIn, AreThoseOfTheDirectoryOrTheReason) {
    const Scratch scratch;
    (void)scratch.put("b", "");
    (void)scratch.put("a", "");
    std::error_code error;
    std::vector<std::string> names = names_in(scratch.path(), error);
    std::sort(names.begin(), names.end());
    EXPECT_EQ(names, (std::vector<std::string>{"a", "b"}));
    EXPECT_FALSE(error);
    EXPECT_TRUE(names_in(scratch.path("absent"), error).empty());
    EXPECT_EQ(error, std::errc::no_such_file_or_directory);
    EXPECT_TRUE(names_in(scratch.path("a"), error).empty());
    EXPECT_EQ(error, std::errc::not_a_directory);
}

}  // namespace
}  // namespace bnrun
