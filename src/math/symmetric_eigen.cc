#include "math/symmetric_eigen.h"

#include <Eigen/Eigenvalues>

namespace bnrun {
namespace {

using Solver = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>;

}  // namespace

SymmetricEigen symmetric_eigen(const Eigen::MatrixXd& matrix) {
    const Solver solver(matrix);
    return {solver.eigenvalues(), solver.eigenvectors()};
}

Vector<double> symmetric_eigenvalues(const Eigen::MatrixXd& matrix) {
    return Solver(matrix, Eigen::EigenvaluesOnly).eigenvalues();
}

}  // namespace bnrun
