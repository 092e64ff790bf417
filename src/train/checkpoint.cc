#include "train/checkpoint.h"

#include <fmt/format.h>

#include "base/error.h"
#include "data/batches.h"
#include "nn/network.h"
#include "nn/optimizer.h"
#include "train/observer.h"

namespace bnrun {
namespace {

/// Into a network that is then dropped.
template <class T>
void restore(const Config& config, const Dataset& dataset, const Checkpoint& checkpoint) {
    ThreadTeam team(1);
    Network<T> network(dataset.shape, dataset.classes, config, team);
    StateExchange exchange = StateExchange::restoring(checkpoint.state);
    network.exchange_state(exchange);
    Optimizer<T>(config.train, network.parameters()).exchange_state(exchange);
    Observer<T>(config, dataset.shape, dataset.classes, network, team).exchange_state(exchange);
}

}  // namespace

void exchange_progress(StateExchange& exchange, TrainingProgress& at) {
    exchange.number("progress.epoch", at.epoch);
    exchange.number("progress.iteration", at.iteration);
    exchange.number("progress.step", at.step);
    exchange.number("progress.learning_rate", at.learning_rate);
    exchange.number("progress.loss_sum", at.loss_sum);
    exchange.number("progress.wrong", at.wrong);
    exchange.number("progress.seen", at.seen);
    exchange.number("last.epoch", at.last.epoch);
    exchange.number("last.train_loss", at.last.train_loss);
    exchange.number("last.train_error", at.last.train_error);
    exchange.number("last.test_loss", at.last.test_loss);
    exchange.number("last.test_error", at.last.test_error);
    exchange.number("last.test_wrong", at.last.test_wrong);
    exchange.number("last.test_samples", at.last.test_samples);
    if (exchange.can_restore("last.validation_loss")) at.last.validation.emplace();
    if (!at.last.validation) return;
    exchange.number("last.validation_loss", at.last.validation->loss);
    exchange.number("last.validation_error", at.last.validation->error);
    exchange.number("last.validation_wrong", at.last.validation->wrong);
    exchange.number("last.validation_samples", at.last.validation->samples);
}

TrainingProgress Checkpoint::progress() const {
    TrainingProgress at;
    StateExchange exchange = StateExchange::restoring(state);
    exchange_progress(exchange, at);
    return at;
}

void check_checkpoint(const Config& config, const Dataset& dataset, const Checkpoint& checkpoint) {
    const TrainingProgress at = checkpoint.progress();
    if (at.epoch < 1 || at.epoch > config.train.epochs || at.iteration > batch_count(config, dataset.train.samples()) ||
        at.last.epoch + 1 != at.epoch) {
        throw DataError(
            fmt::format("its state is of epoch {}, iteration {}, which the run does not have", at.epoch, at.iteration));
    }
    if (config.precision == Precision::kFloat32) {
        restore<float>(config, dataset, checkpoint);
    } else {
        restore<double>(config, dataset, checkpoint);
    }
}

}  // namespace bnrun
