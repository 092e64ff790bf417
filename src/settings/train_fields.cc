#include "settings/train_fields.h"

#include "settings/field_makers.h"

namespace bnrun {

namespace {

/// Whether the learning rate's schedule is one of these.
template <class... Names>
auto scheduled_as(Names... names) {
    return [=](const Config& c) { return ((c.train.learning_rate_schedule.name == names) || ...); };
}

void add_schedule(std::vector<Field>& all) {
    using K = FieldKind;
    const auto is_step = scheduled_as(ScheduleName::kStep);
    const auto is_inverse = scheduled_as(ScheduleName::kInverse);
    const auto is_changed = [](const Config& c) {
        const ScheduleConfig& schedule = c.train.learning_rate_schedule;
        return schedule.name != ScheduleName::kEpochFactor || schedule.warm_up > 0;
    };
    const auto add = [&](Field field) { all.push_back(std::move(field)); };
    add(written_if(choice("train.learning_rate_schedule.name", kScheduleNames,
                          "learning_rate_decay after each epoch; none; a factor at `iterations`; (1 + gamma t)^-power "
                          "after t iterations; half a cosine over the run, down to min_learning_rate",
                          BNRUN_MEMBER(train.learning_rate_schedule.name)),
                   is_changed));
    add(only_if(between(basic("train.learning_rate_schedule.iterations", K::kIntegers,
                              "of step: the factor comes after so many iterations of the run, a list that rises",
                              BNRUN_MEMBER(train.learning_rate_schedule.iterations)),
                        1, kMostCount),
                is_step));
    add(only_if(positive(basic("train.learning_rate_schedule.factor", K::kNumber, "of step",
                               BNRUN_MEMBER(train.learning_rate_schedule.factor))),
                is_step));
    add(only_if(between(basic("train.learning_rate_schedule.gamma", K::kNumber, "of inverse",
                              BNRUN_MEMBER(train.learning_rate_schedule.gamma)),
                        0, kNoLimit),
                is_inverse));
    add(only_if(between(basic("train.learning_rate_schedule.power", K::kNumber, "of inverse",
                              BNRUN_MEMBER(train.learning_rate_schedule.power)),
                        0, kNoLimit),
                is_inverse));
    add(written_if(between(basic("train.learning_rate_schedule.warm_up", K::kInteger,
                                 "so many first iterations have k/warm_up of the schedule's rate, k from 1",
                                 BNRUN_MEMBER(train.learning_rate_schedule.warm_up)),
                           0, kMostCount),
                   is_changed));
}

}  // namespace

void add_train_fields(std::vector<Field>& all) {
    using K = FieldKind;
    all.push_back(between(
        basic("train.epochs", K::kInteger, "passes over the training set", BNRUN_MEMBER(train.epochs)), 1, kMostCount));
    all.push_back(
        between(basic("train.batch_size", K::kInteger, "samples in a batch; at least 2 with batch normalization",
                      BNRUN_MEMBER(train.batch_size)),
                1, kMostCount));
    all.push_back(choice("train.order", kOrderNames, "a new permutation each epoch, or the file's order",
                         BNRUN_MEMBER(train.order)));
    all.push_back(choice("train.optimizer.name", kOptimizerNames, "how gradients become updates",
                         BNRUN_MEMBER(train.optimizer.name)));
    all.push_back(positive(basic("train.optimizer.learning_rate", K::kNumber, "of the first epoch",
                                 BNRUN_MEMBER(train.optimizer.learning_rate))));
    all.push_back(used_if(share(basic("train.optimizer.momentum", K::kNumber, "of rmsprop, sgd and nesterov",
                                      BNRUN_MEMBER(train.optimizer.momentum))),
                          [](const Config& c) { return c.train.optimizer.name != OptimizerName::kAdam; }));
    all.push_back(
        between(basic("train.l2", K::kNumber, "l2 times W is added to the gradient of weights", BNRUN_MEMBER(train.l2)),
                0, kNoLimit));
    all.push_back(written_if_changed(
        used_if(basic("train.l2_biases", K::kBool, "l2 is for layers' biases, too", BNRUN_MEMBER(train.l2_biases)),
                [](const Config& c) { return c.train.l2 > 0; })));
    all.push_back(written_if_changed(
        between(basic("train.bias_learning_rate", K::kNumber, "factor of the learning rate for layers' biases",
                      BNRUN_MEMBER(train.bias_learning_rate)),
                0, kNoLimit)));
    add_schedule(all);
    all.push_back(
        used_if(positive(basic("train.learning_rate_decay", K::kNumber, "factor after each epoch, of epoch_factor",
                               BNRUN_MEMBER(train.learning_rate_decay))),
                scheduled_as(ScheduleName::kEpochFactor)));
    all.push_back(used_if(between(basic("train.min_learning_rate", K::kNumber, "epoch_factor and cosine go no lower",
                                        BNRUN_MEMBER(train.min_learning_rate)),
                                  0, kNoLimit),
                          scheduled_as(ScheduleName::kEpochFactor, ScheduleName::kCosine)));
    all.push_back(interval("train.checkpoint_every", "how often the state to go on from (--resume) is saved; 0: never",
                           BNRUN_MEMBER(train.checkpoint_every)));
    all.push_back(written_if_changed(basic("train.save_model", K::kBool,
                                           "leave model.safetensors; false: none, for sweeps of many runs",
                                           BNRUN_MEMBER(train.save_model))));
}

}  // namespace bnrun
