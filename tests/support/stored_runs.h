// What an earlier process left of a run, made up.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "base/sha256.h"
#include "files/summary.h"
#include "settings/json.h"
#include "support/scratch.h"

namespace bnrun {

/// A directory for a run of `config`; `other` has another seed.
class StoredRunFiles : public testing::Test {
  protected:
    StoredRunFiles() {
        std::filesystem::create_directory(directory);
        config.name = "run";
        other = config;
        other.seed = 2;
    }

    void put_summary(const std::string& status, const Config& of, std::int64_t iteration = 0) {
        Summary summary;
        summary.iteration = iteration;
        summary.status = status;
        summary.config_sha256 = sha256_text(config_text(of));
        put("summary.json", summary_text(summary));
    }
    void put(const std::string& name, const std::string& text) { (void)scratch.put("run/" + name, text); }
    void remove(const std::string& name) { std::filesystem::remove(scratch.path("run/" + name)); }

    const Scratch scratch;
    const std::string directory = scratch.path("run");
    Config config;
    Config other;
};

}  // namespace bnrun
