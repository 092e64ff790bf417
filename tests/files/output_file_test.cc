#include "files/output_file.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <thread>

#include "base/error.h"
#include "base/input_file.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

TEST(OutputFile, AStreamIsWrittenToAndStays) {
    const Scratch scratch;
    const std::string path = scratch.path("pipe");
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    const std::string contents(200000, 'x');
    std::string received;
    std::thread reader([&] { received = read_file(path, contents.size(), Pipes::kRead); });
    EXPECT_EQ(output_kind(path), OutputKind::kStream);
    write_output(path, contents);
    reader.join();
    EXPECT_EQ(received, contents);
    EXPECT_TRUE(fs::is_fifo(path));
    EXPECT_EQ(output_kind("/dev/null"), OutputKind::kStream);
    write_output("/dev/null", "text");
    EXPECT_TRUE(fs::is_character_file("/dev/null"));
    expect_error<WriteError>([] { write_output("/dev/full", "text"); }, {"/dev/full: cannot be written"});
}

TEST(OutputFile, APipeThatNobodyReadsIsNotWaitedForLong) {
    const Scratch scratch;
    ASSERT_EQ(mkfifo(scratch.path("pipe").c_str(), 0600), 0);
    expect_error<WriteError>([&] { write_output(scratch.path("pipe"), "text"); }, {"pipe: nobody reads it"});
}

TEST(OutputFile, APipeWhoseReaderStallsIsGivenUp) {
    const Scratch scratch;
    ASSERT_EQ(mkfifo(scratch.path("pipe").c_str(), 0600), 0);
    const int reader = ::open(scratch.path("pipe").c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    const int waiting = ::open(scratch.path("pipe").c_str(), O_WRONLY | O_CLOEXEC);  // as a shell's `>(…)`
    const std::string contents(200000, 'x');
    for (const std::string& path : {scratch.path("pipe"), "/dev/fd/" + std::to_string(waiting)}) {
        expect_error<WriteError>([&] { write_output(path, contents, std::chrono::milliseconds(200)); },
                                 {path.c_str(), ": its reader has taken nothing for 0.2 s"});
    }
    ::close(waiting);
    ::close(reader);
}

TEST(OutputFile, ADescriptorsNameIsThatDescriptor) {
    const Scratch scratch;
    const int descriptor = ::open(scratch.put("file", "begun, ").c_str(), O_WRONLY | O_APPEND);
    const std::string name = "/dev/fd/" + std::to_string(descriptor);
    write_output(name, "and ");
    write_output("/proc/self/fd/" + std::to_string(descriptor), "ended");
    ::close(descriptor);
    EXPECT_EQ(scratch.get("file"), "begun, and ended");
    expect_error<ConfigError>([&] { (void)output_kind(name); }, {name.c_str(), ": is not open for writing"});
    const int reading = ::open(scratch.path("file").c_str(), O_RDONLY);
    expect_error<ConfigError>([&] { (void)output_kind("/dev/fd/" + std::to_string(reading)); },
                              {"not open for writing"});
    ::close(reading);
    for (const char* stdout_name : {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}) {
        EXPECT_TRUE(is_stdout(stdout_name)) << stdout_name;
    }
    for (const char* other : {"/dev/stderr", "/dev/fd/2", "/dev/fd/1x", "/dev/fd/", "stdout", ""}) {
        EXPECT_FALSE(is_stdout(other)) << other;
    }
}

TEST(OutputFile, ALinkToAStreamLeadsThere) {
    const Scratch scratch;
    fs::create_symlink("/dev/null", scratch.path("link"));
    EXPECT_EQ(output_kind(scratch.path("link")), OutputKind::kStream);
    write_output(scratch.path("link"), "text");
    EXPECT_TRUE(fs::is_symlink(scratch.path("link")));
    fs::create_directory_symlink("/dev", scratch.path("devices"));
    fs::create_directory(scratch.path("below"));
    const std::string up = fs::relative("/", fs::canonical(scratch.path("below"))).string();
    for (const std::string& name : {scratch.path("devices/stdout"), scratch.path("devices/fd/1"),
                                    scratch.path("below/" + up + "/dev/stdout"), std::string("//dev/./stdout")}) {
        EXPECT_TRUE(is_stdout(name)) << name;
    }
    (void)scratch.put("stdout", "");
    EXPECT_FALSE(is_stdout(scratch.path("stdout")));
}

TEST(OutputFile, AFileOrLinkIsReplacedAndNothingElse) {
    const Scratch scratch;
    (void)scratch.put("mine", "text");
    EXPECT_EQ(output_kind(scratch.path("new")), OutputKind::kNew);
    EXPECT_EQ(output_kind(scratch.path("mine")), OutputKind::kFile);
    for (const char* target : {"mine", "absent"}) {
        fs::remove(scratch.path("link"));
        fs::create_symlink(scratch.path(target), scratch.path("link"));
        EXPECT_EQ(output_kind(scratch.path("link")), OutputKind::kFile);
        write_output(scratch.path("link"), "new");
        EXPECT_EQ(scratch.get("link"), "new");
        EXPECT_EQ(scratch.get("mine"), "text");
        EXPECT_FALSE(fs::exists(scratch.path("absent")));
    }
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{AF_UNIX, {}};
    scratch.path("socket").copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    for (const char* name : {"socket", ""}) {
        expect_error<ConfigError>([&] { (void)output_kind(scratch.path(name)); }, {"; name a file"});
        expect_error<ConfigError>([&] { write_output(scratch.path(name), "text"); }, {"; name a file"});
    }
    ::close(socket);
}

}  // namespace
}  // namespace bnrun
