// What holds for every layer: its backward pass is the central difference of its forward pass.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "support/layers.h"

namespace bnrun {

/// Of the input and of every parameter, at random values, for batches of many sizes.
/// @param least samples of a batch. @param spread of the input, which is to keep clear of kinks
inline void expect_central_differences(Layer<double>& layer, Index inputs, double limit = 1e-7, Index least = 1) {
    for (const Index samples : {1, 2, 7, 9, 16, 25}) {
        if (samples < least) continue;
        Matrix<double> x = normal_matrix(inputs, samples, 0.3, 1, 3);
        const Matrix<double> weights = normal_matrix(layer.units(), samples, 0, 1, 4);
        LayerRun<double> run(layer);
        run.in_place = samples % 2 == 0;
        const auto loss = [&] { return run.forward(x).cwiseProduct(weights).sum(); };
        (void)loss();
        const Matrix<double> d = run.backward(weights);
        EXPECT_LT(distance(d, slopes(x, loss)), limit) << samples;
        for (const NamedTensor<double>& tensor : layer.tensors()) {
            if (tensor.gradient == nullptr) continue;
            const Matrix<double> gradient = *tensor.gradient;
            EXPECT_LT(distance(gradient, slopes(*tensor.value, loss)), limit * 10) << tensor.name << " " << samples;
        }
    }
}

/// Random values in every learned tensor.
inline void fill_tensors(Layer<double>& layer) {
    std::uint32_t number = 10;
    for (const NamedTensor<double>& tensor : layer.tensors()) {
        if (tensor.gradient == nullptr) continue;
        *tensor.value = normal_matrix(tensor.value->rows(), tensor.value->cols(), 0.2, 0.6, number++);
    }
}

}  // namespace bnrun
