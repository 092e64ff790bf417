// Times a config's iterations with and without observation, in turns, beside the machine's peak; one line of JSON.
// An epoch's seconds are the median over repeats of the time of an iteration, times the epoch's iterations.
//   bnrun_epoch CONFIG THREADS REPEATS [KEY=VALUE…]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>

#include "base/error.h"
#include "data/load_dataset.h"
#include "nn/net_plan.h"
#include "peak.h"
#include "settings/json.h"
#include "train/trainer.h"

namespace bnrun {
namespace {

constexpr int kMostIterations = 150;  ///< timed in one repeat
constexpr double kMostSeconds = 15;   ///< likewise, once there is one

/// Time from the end of the first iteration to the end of the last.
class Stopwatch : public TrainingListener {
  public:
    void on_iteration(const IterationRecord& record) override {
        last_ = std::chrono::steady_clock::now();
        if (record.epoch == 1 && record.iteration == 1) first_ = last_;
        ++iterations_;
    }
    void on_epoch(const EpochRecord&) override {}
    bool stop_requested() override {
        const double seconds = std::chrono::duration<double>(last_ - first_).count();
        return iterations_ > kMostIterations || (iterations_ > 1 && seconds > kMostSeconds);
    }
    [[nodiscard]] double seconds_per_iteration() const {
        return std::chrono::duration<double>(last_ - first_).count() / (iterations_ - 1);
    }

  private:
    std::chrono::steady_clock::time_point first_;
    std::chrono::steady_clock::time_point last_;
    int iterations_ = 0;
};

/// Of forward, input gradients (but the first layer's) and weight gradients, for a full batch.
double flops_per_iteration(const Config& config, const Dataset& dataset) {
    const std::vector<LayerPlan> plan = plan_net(config, dataset.shape, dataset.classes);
    double products = -plan.front().multiply_adds();
    for (const LayerPlan& layer : plan) products += 3 * layer.multiply_adds();
    return 2 * products * static_cast<double>(config.train.batch_size);
}

double time_iteration(Config config, const Dataset& dataset, ThreadTeam& team, bool observed) {
    config.log.every = observed ? 1 : 0;
    config.log.print_every = 0;
    Stopwatch stopwatch;
    train(config, dataset, {}, team, stopwatch);
    return stopwatch.seconds_per_iteration();
}

double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + static_cast<Index>(values.size() / 2), values.end());
    return values[values.size() / 2];
}

int run(int argc, char** argv) {
    if (argc < 4) throw ConfigError("usage: bnrun_epoch CONFIG THREADS REPEATS [KEY=VALUE…]");
    std::vector<Override> overrides;
    for (int i = 4; i < argc; ++i) {
        const std::string text = argv[i];
        overrides.emplace_back(text.substr(0, text.find('=')), text.substr(text.find('=') + 1));
    }
    const Config config = read_config(argv[1], overrides).config;
    const int threads = std::atoi(argv[2]);
    const int repeats = std::atoi(argv[3]);
    if (threads < 1 || repeats < 1) throw ConfigError("bnrun_epoch: THREADS and REPEATS are at least 1");
    const Dataset dataset = load_dataset(config);
    ThreadTeam team(threads);
    std::vector<double> plain;
    std::vector<double> observed;
    std::vector<double> peaks;
    const auto take_peak = [&] {
        const bool narrow = config.precision == Precision::kFloat32;
        peaks.push_back(narrow ? peak_flops<float>(threads) : peak_flops<double>(threads));
    };
    for (int i = 0; i < repeats; ++i) {
        take_peak();
        plain.push_back(time_iteration(config, dataset, team, false));
        take_peak();
        observed.push_back(time_iteration(config, dataset, team, true));
        take_peak();
    }
    const double flops = flops_per_iteration(config, dataset);
    const auto iterations = static_cast<double>(dataset.train.samples() / config.train.batch_size);
    const double peak = median(peaks);
    fmt::print(
        "{{\"threads\": {}, \"epoch_seconds\": {:.4f}, \"observed_epoch_seconds\": {:.4f}, \"epoch_gflop\": {:.1f}, "
        "\"peak_gflops\": {:.1f}, \"share_of_peak\": {:.3f}, \"observed_share_of_peak\": {:.3f}}}\n",
        threads, median(plain) * iterations, median(observed) * iterations, flops * iterations / 1e9, peak / 1e9,
        flops / median(plain) / peak, flops / median(observed) / peak);
    return 0;
}

}  // namespace
}  // namespace bnrun

int main(int argc, char** argv) {
    try {
        return bnrun::run(argc, argv);
    } catch (const bnrun::Error& error) {
        std::cerr << error.what() << '\n';
        return static_cast<int>(error.code());
    }
}
