#include "files/file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <csignal>
#include <thread>

namespace bnrun {
namespace {

TEST(WaitForRoom, IsNotCutShortByASignal) {
    std::array<int, 2> ends{};
    ASSERT_EQ(pipe2(ends.data(), O_NONBLOCK | O_CLOEXEC), 0);
    std::array<char, 4096> page{};
    while (write(ends[1], page.data(), page.size()) > 0) continue;
    struct sigaction before {};
    struct sigaction action {};
    action.sa_handler = [](int) {};
    ASSERT_EQ(sigaction(SIGALRM, &action, &before), 0);
    std::thread other([&, waiting = pthread_self()] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        pthread_kill(waiting, SIGALRM);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        while (read(ends[0], page.data(), page.size()) > 0) continue;
    });
    wait_for_room(ends[1]);
    EXPECT_EQ(write(ends[1], "x", 1), 1);
    other.join();
    sigaction(SIGALRM, &before, nullptr);
    for (const int end : ends) close(end);
}

}  // namespace
}  // namespace bnrun
