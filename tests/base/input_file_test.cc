#include "base/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

class InputFileTest : public testing::Test {
  protected:
    [[nodiscard]] std::string pipe() const {
        EXPECT_EQ(::mkfifo(scratch_.path("pipe").c_str(), 0600), 0);
        return scratch_.path("pipe");
    }

    Scratch scratch_;
};

TEST_F(InputFileTest, ARegularFileIsReadToItsEnd) {
    for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 200000U}) {
        const std::string contents(size, 'x');
        EXPECT_EQ(read_file(scratch_.put("file", contents), kAnySize, Pipes::kRefused), contents) << size;
    }
    EXPECT_GT(read_file("/proc/self/status", kAnySize, Pipes::kRefused).size(), 0U);  // whose size reads as 0
}

TEST_F(InputFileTest, ALargerFileThanExpectedIsRefused) {
    const std::string path = scratch_.put("file", "12345");
    EXPECT_EQ(read_file(path, 5, Pipes::kRefused), "12345");
    expect_error<DataError>([&] { (void)read_file(path, 4, Pipes::kRefused); },
                            {"file: has 5 bytes; expected at most 4 bytes; check that it is the file"});
    expect_error<DataError>([&] { (void)read_file("/proc/self/status", 4, Pipes::kRefused); },
                            {"has more than 4 bytes; expected at most 4 bytes; check"});
}

TEST_F(InputFileTest, DevicesAndDirectoriesAreRefused) {
    for (const char* path : {"/dev/zero", "/dev/full", "/dev/tty"}) {
        expect_error<DataError>([&] { (void)read_file(path, kAnySize, Pipes::kRead); }, {path, "device"});
    }
    expect_error<DataError>([&] { (void)read_file(scratch_.path(), kAnySize, Pipes::kRead); },
                            {"directory", "expected a readable file"});
    expect_error<DataError>([&] { (void)read_file(scratch_.path("none"), kAnySize, Pipes::kRead); },
                            {"none: cannot be read: No such file", "expected a readable file"});
}

TEST_F(InputFileTest, APipeIsReadHoweverSlowItsWriterIs) {
    const std::string path = pipe();
    std::thread writer([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
        for (const char* part : {"one", " two", " three"}) {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            EXPECT_GT(::write(descriptor, part, std::string(part).size()), 0);
        }
        ::close(descriptor);
    });
    EXPECT_EQ(read_file(path, kAnySize, Pipes::kRead), "one two three");
    writer.join();
}

TEST_F(InputFileTest, OfAPipeNoMoreIsReadThanExpected) {
    const std::string path = pipe();
    const int both = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    EXPECT_EQ(::write(both, "12345", 5), 5);
    std::thread writer([&] {
        const std::string rest(1 << 16, 'x');
        EXPECT_GT(::write(both, rest.data(), rest.size()), 0);
    });
    expect_error<DataError>([&] { (void)read_file(path, 4, Pipes::kRead); }, {"pipe: has more than 4 bytes"});
    writer.join();
    ::close(both);
}

TEST_F(InputFileTest, APipeThatNobodyWritesToIsGivenUp) {
    const std::string path = pipe();
    expect_error<DataError>([&] { (void)read_file(path, kAnySize, Pipes::kRefused); }, {"pipe: ", "it is a pipe"});
    expect_error<DataError>([&] { (void)read_file(path, kAnySize, Pipes::kRead); }, {"nobody wrote to"});
}

TEST_F(InputFileTest, APipeWhoseWriterStaysSilentIsGivenUp) {
    const std::string path = pipe();
    const int both = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    for (const char* begin : {"", "begun"}) {
        EXPECT_EQ(::write(both, begin, std::string(begin).size()), static_cast<ssize_t>(std::string(begin).size()));
        expect_error<DataError>([&] { (void)read_file(path, kAnySize, Pipes::kRead, std::chrono::milliseconds(200)); },
                                {"pipe: cannot be read: ", "nothing came for 0.2 s"});
    }
    ::close(both);
}

TEST_F(InputFileTest, TheStartOfWhatIsNoFileIsEmpty) {
    EXPECT_EQ(start_of_file(scratch_.put("file", "12345"), 3), "123");
    EXPECT_EQ(start_of_file(scratch_.path("file"), 9), "12345");
    for (const std::string& path : {pipe(), scratch_.path("none"), scratch_.path(), std::string("/dev/zero")}) {
        EXPECT_EQ(start_of_file(path, 3), "") << path;
    }
}

}  // namespace
}  // namespace bnrun
