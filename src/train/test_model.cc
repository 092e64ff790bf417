#include "train/test_model.h"

#include "data/preprocess.h"
#include "files/run_files.h"
#include "nn/init.h"
#include "nn/network.h"

namespace bnrun {
namespace {

template <class T>
TestResult test(const Config& config, const Dataset& dataset, const TensorMap& model, ThreadTeam& team) {
    Network<T> network(dataset.shape, dataset.classes, config, team);
    network.load(model);
    const Transform transform = fit_transform(dataset.train, dataset.features(), config.data.preprocess, team);
    return evaluate(network, dataset.test, Inputs<T>(dataset.test, dataset.features(), transform, team), team);
}

}  // namespace

TestResult test_model(const Config& config, const Dataset& dataset, const TensorMap& model, ThreadTeam& team) {
    check_tensors(config, dataset.shape, dataset.classes, model, true, kModelFile);
    return config.precision == Precision::kFloat32 ? test<float>(config, dataset, model, team)
                                                   : test<double>(config, dataset, model, team);
}

}  // namespace bnrun
