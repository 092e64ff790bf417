#include "nn/tensor_list.h"

#include <gtest/gtest.h>

#include "nn/network.h"

namespace bnrun {
namespace {

std::vector<Config> several_configs() {
    std::vector<Config> configs(5);
    configs[0].model.depth = 3;
    configs[0].model.width = 4;
    for (std::size_t i = 1; i < configs.size(); ++i) {
        configs[i].model.hidden = {7, 5};
        configs[i].model.normalization.kind = i > 1 ? Normalization::kBatch : Normalization::kNone;
        configs[i].model.normalization.placement = i == 3 ? Placement::kPostActivation : Placement::kPreActivation;
        configs[i].model.dropout = i == 4 ? 0.5 : 0;
        configs[i].model.normalization.gamma.learn = i != 4;
    }
    return configs;
}

TEST(TensorList, HasTheNetworksNamesAndShapesInItsOrder) {
    for (const Config& config : several_configs()) {
        ThreadTeam team(1);
        Network<float> network(6, 3, config, team);
        const TensorMap saved = network.save();
        const std::vector<TensorSpec> list = tensor_list(config, 6, 3);
        ASSERT_EQ(list.size(), saved.size());
        std::vector<std::string> of_list;
        for (const TensorSpec& tensor : list) {
            of_list.push_back(tensor.name);
            ASSERT_EQ(saved.count(tensor.name), 1U) << tensor.name;
            EXPECT_EQ(saved.at(tensor.name).shape, tensor.shape) << tensor.name;
        }
        std::vector<std::string> of_network;
        for (const NamedTensor<float>& tensor : network.tensors()) of_network.push_back(tensor.name);
        EXPECT_EQ(of_network, of_list);
    }
}

TEST(TensorList, NamesKindsAndLayersByHand) {
    Config config;
    config.model.hidden = {5, 4};
    config.model.normalization.kind = Normalization::kBatch;
    std::string text;
    for (const TensorSpec& tensor : tensor_list(config, 6, 3)) {
        text += tensor.name + " " + std::to_string(tensor.layer) + " ";
        text += std::string("wbgemv").substr(static_cast<std::size_t>(tensor.kind), 1);
        for (const std::int64_t size : tensor.shape) text += " " + std::to_string(size);
        text += "\n";
    }
    EXPECT_EQ(text,
              "layers.0.weight 0 w 5 6\nlayers.0.bias 0 b 5\nlayers.0.gamma 0 g 5\nlayers.0.beta 0 e 5\n"
              "layers.0.mean 0 m 5\nlayers.0.variance 0 v 5\n"
              "layers.1.weight 1 w 4 5\nlayers.1.bias 1 b 4\nlayers.1.gamma 1 g 4\nlayers.1.beta 1 e 4\n"
              "layers.1.mean 1 m 4\nlayers.1.variance 1 v 4\n"
              "layers.2.weight 2 w 3 4\nlayers.2.bias 2 b 3\n");
}

TEST(TensorList, ATensorsNameHasItsLayersNumber) { EXPECT_EQ(tensor_name(3, "gamma"), "layers.3.gamma"); }

}  // namespace
}  // namespace bnrun
