// Eigenvalues and eigenvectors of a symmetric matrix.
#pragma once

#include "math/matrix.h"

namespace bnrun {

struct SymmetricEigen {
    Vector<double> values;    ///< increasing
    Eigen::MatrixXd vectors;  ///< a column of length 1 for each, of either sign
};

/// By Householder's tridiagonal form and implicit QR steps (Golub and Van Loan, 8.3), of the matrix's lower triangle.
SymmetricEigen symmetric_eigen(const Eigen::MatrixXd& matrix);

/// The values alone, in a third of the time.
Vector<double> symmetric_eigenvalues(const Eigen::MatrixXd& matrix);

}  // namespace bnrun
