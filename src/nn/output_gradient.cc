#include "nn/output_gradient.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "math/functions.h"
#include "math/quadrature.h"

namespace bnrun {

namespace {

constexpr double kMostDeviation = 10;  ///< of logits; beyond it, softmax picks one class as it does here

struct Node {
    double at = 0;
    double weight = 0;
};

/// Of a normal value of mean 0: the trapezoid rule, which is exact to 1e-9 for what changes over one unit of it.
std::vector<Node> normal_nodes(double deviation) {
    if (deviation == 0) return {{0, 1}};
    const double step = std::min(0.5, 0.5 / deviation);
    std::vector<Node> nodes;
    double sum = 0;
    for (auto i = static_cast<int>(-6.5 / step); i * step <= 6.5; ++i) {
        const double z = i * step;
        nodes.push_back({deviation * z, elementary::exp(-0.5 * z * z)});
        sum += nodes.back().weight;
    }
    for (Node& node : nodes) node.weight /= sum;
    return nodes;
}

/// For each m of `common`: the means over u = m + own of e^(-t e^u) and of e^u e^(-t e^u).
struct Laplace {
    std::vector<double> plain;
    std::vector<double> weighted;
};

Laplace laplace(double t, const std::vector<Node>& common, const std::vector<Node>& own) {
    Laplace means{std::vector<double>(common.size()), std::vector<double>(common.size())};
    for (std::size_t m = 0; m < common.size(); ++m) {
        for (const Node& node : own) {
            const double u = elementary::exp(common[m].at + node.at);
            const double value = node.weight * elementary::exp(-t * u);
            means.plain[m] += value;
            means.weighted[m] += u * value;
        }
    }
    return means;
}

/// E[p . p'] of the softmax outputs of two samples, whose logits have a part in common and one of their own.
/// 1/S is the integral of e^(-t S) over t, so that with S the sum of all e^u
/// E[p_1 p'_1] = integral over t, t' of E[e^u e^u' e^(-t e^u - t' e^u')] E[e^(-t e^u - t' e^u')]^(classes - 1).
double softmax_product(double variance, double common_variance, double classes) {
    const double within = std::clamp(common_variance, 0.0, variance);
    const std::vector<Node> common = normal_nodes(std::sqrt(within));
    const std::vector<Node> own = normal_nodes(std::sqrt(variance - within));
    const double deviation = std::sqrt(variance);
    constexpr double kStep = 0.5;  // of ln t
    std::vector<Laplace> means;
    std::vector<double> weights;
    const double first = -elementary::log(classes) - 6.5 * deviation - 20;
    for (double s = first; s < 6.5 * deviation + 4; s += kStep) {
        means.push_back(laplace(elementary::exp(s), common, own));
        weights.push_back(kStep * elementary::exp(s));
    }
    double sum = 0;
    for (std::size_t i = 0; i < means.size(); ++i) {
        for (std::size_t j = 0; j < means.size(); ++j) {
            double plain = 0;
            double weighted = 0;
            for (std::size_t m = 0; m < common.size(); ++m) {
                plain += common[m].weight * means[i].plain[m] * means[j].plain[m];
                weighted += common[m].weight * means[i].weighted[m] * means[j].weighted[m];
            }
            if (!(plain > 0)) continue;
            sum += weights[i] * weights[j] * weighted * elementary::exp((classes - 1) * elementary::log(plain));
        }
    }
    return classes * sum;
}

// Of labels: y . y is 1, and 1 or 0 for two samples of the same or of another class; E[p . y] is 1 / classes.
Kernel softmax_gradient(const Kernel& logits, double classes) {
    const double scale = std::min(1.0, kMostDeviation * kMostDeviation / logits.square);
    const Kernel scaled = logits * scale;
    const double same = softmax_product(scaled.square, scaled.same, classes);
    const double other = scaled.other == scaled.same ? same : softmax_product(scaled.square, scaled.other, classes);
    const double whole = softmax_product(scaled.square, scaled.square, classes);
    const Kernel products{whole + 1, same + 1, other};
    return products + -2 / classes;
}

// Of one class: f(u) where it is the sample's label or where it is not, and halfway, from which the mixed product
// comes.
Kernel squared_gradient(const Kernel& logits, double classes) {
    const NormalValue u{0, std::sqrt(logits.square)};
    const auto pair = [&](double label, double covariance) {
        const Function f = [label](double x) {
            const double p = elementary::sigmoid(x);
            return (p - label) * p * (1 - p);
        };
        return normal_pair_mean(f, u, std::clamp(covariance / logits.square, -1.0, 1.0));
    };
    // Its label for both samples one time in `classes`, else for none of them.
    const auto alike = [&](double covariance) { return (classes - 1) * pair(0, covariance) + pair(1, covariance); };
    const double neither = pair(0, logits.other);
    const double mixed = 2 * pair(0.5, logits.other) - 0.5 * (neither + pair(1, logits.other));
    return {alike(logits.square), alike(logits.same), (classes - 2) * neither + 2 * mixed};
}

}  // namespace

Kernel output_gradient(Output output, const Kernel& logits, double classes) {
    if (std::isnan(logits.square + logits.same + logits.other)) return logits;
    if (output == Output::kSoftmax) return softmax_gradient(logits, classes);
    return squared_gradient(logits, classes);
}

}  // namespace bnrun
