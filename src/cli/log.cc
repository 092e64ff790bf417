#include "cli/log.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/sinks/base_sink.h>

#include <cstdlib>
#include <optional>

#include "base/error.h"
#include "base/paths.h"
#include "base/printable.h"
#include "files/growing_file.h"
#include "files/run_files.h"

namespace bnrun {

/// Holds lines until there is a file for them. A failure to write is kept for the caller, as spdlog swallows it.
class RunLogSink : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
  public:
    void open(const std::string& path) {
        file_ = GrowingFile::at_end(path);
        file_->append(waiting_);
        waiting_.clear();
    }

    std::string take_failure() { return std::exchange(failure_, {}); }

  protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
        spdlog::memory_buf_t formatted;
        formatter_->format(message, formatted);
        const std::string line(formatted.data(), formatted.size());
        if (!file_) {
            waiting_ += line;
            return;
        }
        try {
            file_->append(line);
        } catch (const WriteError& error) {
            failure_ = error.what();
        }
    }
    void flush_() override {}

  private:
    std::string waiting_;
    std::optional<GrowingFile> file_;
    std::string failure_;
};

namespace {

spdlog::color_mode wanted_colour() {
    const char* const no_color = std::getenv("NO_COLOR");
    const bool refused = no_color != nullptr && *no_color != '\0';
    return refused ? spdlog::color_mode::never : spdlog::color_mode::automatic;
}

}  // namespace

Log::Log(Where where) : kept_(std::make_shared<RunLogSink>()) {
    logger_ = std::make_shared<spdlog::logger>("bnrun", kept_);
    if (where == Where::kTerminalAndFile) {
        auto& sinks = logger_->sinks();
        sinks.insert(sinks.begin(), std::make_shared<spdlog::sinks::ansicolor_stderr_sink_st>(wanted_colour()));
    }
    logger_->set_pattern("%H:%M:%S %^%l%$: %v");
}

void Log::write(LogLevel level, const std::string& line) {
    const std::string single = printable(line);
    switch (level) {
        case LogLevel::kInfo: logger_->info("{}", single); break;
        case LogLevel::kWarning: logger_->warn("{}", single); break;
        case LogLevel::kError: logger_->error("{}", single); break;
    }
    logger_->flush();
    const std::string failure = kept_->take_failure();
    if (!failure.empty() && level != LogLevel::kError) throw WriteError(failure);
}

void Log::keep_in(const std::string& directory) { kept_->open(path_in(directory, kLogFile)); }

}  // namespace bnrun
