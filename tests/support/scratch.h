// A directory that lasts as long as one test, and files in it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace bnrun {

class Scratch {
  public:
    Scratch() {
        std::string name = (std::filesystem::temp_directory_path() / "bnrun_test_XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    [[nodiscard]] std::string path(const std::string& name = "") const { return path_ + "/" + name; }

    [[nodiscard]] std::string put(const std::string& name, const std::string& contents) const {
        std::ofstream(path(name), std::ios::binary) << contents;
        return path(name);
    }

    [[nodiscard]] std::string get(const std::string& name) const {
        std::ifstream file(path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

  private:
    std::string path_;
};

/// Expects that the call throws the error type, with every one of the texts in its line and no line break.
template <class ErrorType, class Call>
void expect_error(Call call, std::initializer_list<const char*> texts) {
    try {
        call();
    } catch (const ErrorType& error) {
        const std::string line = error.what();
        for (const char* text : texts) EXPECT_NE(line.find(text), std::string::npos) << line << "\nlacks: " << text;
        EXPECT_EQ(line.find('\n'), std::string::npos) << line;
        return;
    }
    ADD_FAILURE() << "no such error was thrown; expected one with: " << *texts.begin();
}

}  // namespace bnrun
