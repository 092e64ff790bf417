// Runs' directories as show and list read them, made up.
#pragma once

#include <filesystem>
#include <string>

#include "support/scratch.h"

namespace bnrun {

/// Text of a summary.json.
inline std::string made_up_summary(const std::string& status, const std::string& test_error) {
    return R"({"status": ")" + status + R"(", "name": "made_up", "test_error": )" + test_error +
           R"(, "test_wrong": 3, "test_samples": 24, "train_error": 0.25, "epoch": 2, "iteration": 3,
               "seconds": 1.5, "samples_per_second": 400, "data": {"source": "synthetic"}, "version": "0.2.0",
               "commit": "abc", "threads": 2})";
}

/// A run of two epochs of three iterations, with two hidden layers: its norms are (1, 4, 8) times the iteration's
/// number.
inline std::string make_run(const Scratch& scratch, const std::string& name, const std::string& config = "{}",
                            const std::string& status = "done", const std::string& test_error = "0.125") {
    std::filesystem::create_directories(scratch.path(name));
    const auto put = [&](const std::string& file, const std::string& text) {
        (void)scratch.put(name + "/" + file, text);
    };
    put("config.json", config);
    put("summary.json", made_up_summary(status, test_error));
    std::string gradients = "epoch,iteration,layer_1,layer_2,layer_3\n";
    std::string activations = "epoch,iteration,layer_1_min,layer_1_max,layer_2_min,layer_2_max\n";
    std::string iterations = "epoch,iteration,loss,learning_rate\n";
    for (int step = 1; step <= 6; ++step) {
        const std::string place = std::to_string((step + 2) / 3) + "," + std::to_string((step - 1) % 3 + 1);
        gradients +=
            place + "," + std::to_string(step) + "," + std::to_string(4 * step) + "," + std::to_string(8 * step) + "\n";
        activations += place + ",0.25,0.75,0.125,0." + std::to_string(step) + "\n";
        iterations += place + "," + std::to_string(7 - step) + ",0.1\n";
    }
    put("gradients.csv", gradients);
    put("gradients.txt", "epoch:1 iteration:1/3\n 1 4 8\n");
    put("activations.csv", activations);
    put("iterations.csv", iterations);
    put("epochs.csv", "epoch,train_loss,train_error,test_loss,test_error\n1,1,0.5,1,0.25\n2,1,0.25,1,0.125\n");
    return scratch.path(name);
}

}  // namespace bnrun
