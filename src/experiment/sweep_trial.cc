#include "experiment/sweep_trial.h"

#include <fmt/format.h>

#include <exception>
#include <map>
#include <numeric>

#include "base/error.h"
#include "base/paths.h"
#include "experiment/inputs.h"
#include "files/free_space.h"
#include "nn/net_plan.h"
#include "nn/tensor_list.h"
#include "train/check_fit.h"

namespace bnrun {
namespace {

constexpr double kMegabyte = 1e6;

/// What one point needs, and another may need, too: tried once, and the failure kept.
class Trial {
  public:
    explicit Trial(DataCache& data) : data_(data) {}

    /// Throws what the point's run would throw before its first iteration.
    void try_point(const Config& config) {
        const std::string key = data_key(config);
        once(data_failures_, key, [&] { dataset_ = data_.get(config); });
        const std::string from = config.model.init.from.value_or("");
        if (!from.empty()) once(init_failures_, from, [&] { read_init(config, from); });
        check_fit(config, *dataset_, from.empty() ? TensorMap() : initial_);
        sample_ = config;
    }

    [[nodiscard]] const Dataset& dataset() const { return *dataset_; }

    /// Whether the point's samples have the shape of those that were loaded last.
    [[nodiscard]] bool has_same_source(const Config& config) const {
        const DataConfig& data = config.data;
        return data.source == sample_.data.source && data.dir == sample_.data.dir &&
               data.absolute_dir == sample_.data.absolute_dir;
    }
    [[nodiscard]] bool has_same_data(const Config& config) const { return data_key(config) == data_key(sample_); }

  private:
    using Failures = std::map<std::string, std::exception_ptr>;

    template <class Call>
    static void once(Failures& failures, const std::string& key, const Call& call) {
        if (const auto known = failures.find(key); known != failures.end()) std::rethrow_exception(known->second);
        try {
            call();
        } catch (const Error&) {
            failures.emplace(key, std::current_exception());
            throw;
        }
    }

    void read_init(const Config& config, const std::string& from) {
        if (from == initial_from_) return;
        initial_ = read_initial_values(config);
        initial_from_ = from;
    }

    DataCache& data_;
    Failures data_failures_;
    Failures init_failures_;
    std::shared_ptr<const Dataset> dataset_;
    TensorMap initial_;
    std::string initial_from_;
    Config sample_;
};

/// Those that are to run first.
std::vector<std::size_t> all_points(const SweepPlan& plan, const std::vector<std::size_t>& order) {
    std::vector<bool> is_first(plan.points.size());
    for (const std::size_t point : order) is_first[point] = true;
    std::vector<std::size_t> all = order;
    for (std::size_t i = 0; i < plan.points.size(); ++i) {
        if (!is_first[i]) all.push_back(i);
    }
    return all;
}

/// Until one could start. Throws what the first of them lacks where none could.
void find_sound_point(const SweepPlan& plan, const std::vector<std::size_t>& order, Trial& trial) {
    std::exception_ptr first;
    for (const std::size_t point : all_points(plan, order)) {
        try {
            return trial.try_point(plan.points[point].config);
        } catch (const Error& error) {
            if (error.code() != ExitCode::kData && error.code() != ExitCode::kUsage) throw;
            if (!first) first = std::current_exception();
        }
    }
    std::rethrow_exception(first);
}

void check_shapes(const SweepPlan& plan, const std::vector<std::size_t>& order, const Trial& trial) {
    for (const std::size_t i : order) {
        const SweepPoint& point = plan.points[i];
        try {
            if (trial.has_same_data(point.config)) {
                check_fit(point.config, trial.dataset(), {});
            } else if (trial.has_same_source(point.config)) {
                (void)plan_net(point.config, trial.dataset().shape, trial.dataset().classes);
            }
        } catch (const ConfigError& error) {
            throw ConfigError(fmt::format("point {}: {}", point.name, error.what()));
        }
    }
}

/// In bytes; 0 where its data has another shape, so that it is not known.
double size_of_model(const Config& config, const Trial& trial) {
    if (!config.train.save_model || !trial.has_same_source(config)) return 0;
    double weights = 0;
    for (const LayerPlan& layer : plan_net(config, trial.dataset().shape, trial.dataset().classes)) {
        weights += static_cast<double>(parameters_of(layer));
    }
    return weights * (config.precision == Precision::kFloat32 ? 4 : 8);
}

void check_room(const SweepPlan& plan, const std::vector<std::size_t>& order, const std::string& out,
                const Trial& trial) {
    double needed = 0;
    for (const std::size_t i : order) needed += size_of_model(plan.points[i].config, trial);
    double room = room_at(out);
    if (needed <= room) return;
    for (const std::size_t i : order) room += bytes_of_run(path_in(out, plan.points[i].name));
    if (needed <= room) return;
    throw DataError(fmt::format(
        "{}: the models of {} runs need {:.1f} MB, but there is room for {:.1f} MB; make room, choose another "
        "directory with --out, or leave no models with --set train.save_model=false",
        out, order.size(), needed / kMegabyte, room / kMegabyte));
}

}  // namespace

void try_sweep(const SweepPlan& plan, const std::vector<std::size_t>& order, const std::string& out, DataCache& data) {
    Trial trial(data);
    find_sound_point(plan, order, trial);
    check_shapes(plan, order, trial);
    check_room(plan, order, out, trial);
}

}  // namespace bnrun
