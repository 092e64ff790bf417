#include "train/quantities/covariance.h"

#include <cmath>

#include "math/symmetric_eigen.h"

namespace bnrun {

/// With Y centred, Y Y^T and Y^T Y have the same eigenvalues but zeros: the smaller one is solved.
double effective_rank(const Matrix<double>& outputs) {
    const Matrix<double> centred = outputs.colwise() - outputs.rowwise().mean();
    Matrix<double> product;
    if (centred.rows() <= centred.cols()) {
        product = centred * centred.transpose();
    } else {
        product = centred.transpose() * centred;
    }
    const double sum = product.trace();
    if (!(sum > 0)) return sum;  // nothing varies: 0; or a value is not a number
    double entropy = 0;
    for (const double value : symmetric_eigenvalues(product)) {
        const double share = value / sum;
        if (share > 0) entropy -= share * std::log(share);
    }
    return std::exp(entropy);
}

/// For u_i = y_i / |y_i|, of which a sample of zeros is 0: |sum u|^2 = sum |u_i|^2 + the sum over ordered pairs.
double sample_cosine(const Matrix<double>& outputs) {
    Vector<double> sum = Vector<double>::Zero(outputs.rows());
    double own = 0;
    for (Index sample = 0; sample < outputs.cols(); ++sample) {
        const double length = outputs.col(sample).norm();
        if (length == 0) continue;
        const Vector<double> unit = outputs.col(sample) / length;
        sum += unit;
        own += unit.squaredNorm();
    }
    const auto samples = static_cast<double>(outputs.cols());
    return (sum.squaredNorm() - own) / (samples * (samples - 1));
}

template <class T>
void Covariance<T>::after_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) {
    if (layer.activation == nullptr) return;
    const Matrix<double> outputs = to_matrix(*layer.output).template cast<double>();
    const auto name = static_cast<std::int64_t>(number) + 1;
    values.push_back({name, "effective_rank", effective_rank(outputs)});
    if (outputs.cols() > 1) values.push_back({name, "sample_cosine", sample_cosine(outputs)});
}

template class Covariance<float>;
template class Covariance<double>;

}  // namespace bnrun
