// Gives names to the numbers that training carries from one iteration to the next, to save them or to put them back.
#pragma once

#include <cstdint>
#include <string>

#include "base/tensor.h"
#include "math/matrix.h"

namespace bnrun {

/// One list of names serves both ways, so that what is saved and what is put back cannot differ.
class StateExchange {
  public:
    static StateExchange saving(TensorMap& to) { return {&to, nullptr}; }
    static StateExchange restoring(const TensorMap& from) { return {nullptr, &from}; }

    /// Whether it restores, and the name is there: of what not every training carries.
    [[nodiscard]] bool can_restore(const std::string& name) const {
        return from_ != nullptr && from_->find(name) != from_->end();
    }

    // When restoring, each throws DataError where the name is missing or of another size or precision.
    template <class T, int columns, int options>
    void array(const std::string& name, Eigen::Matrix<T, Eigen::Dynamic, columns, options>& values) {
        exchange(name, values.data(), values.size());
    }
    void number(const std::string& name, double& value) { exchange(name, &value, 1); }
    void number(const std::string& name, std::int64_t& value);  ///< below 2^53
    void number(const std::string& name, bool& value);

  private:
    StateExchange(TensorMap* to, const TensorMap* from) : to_(to), from_(from) {}

    template <class T>
    void exchange(const std::string& name, T* values, Index count);

    TensorMap* to_;
    const TensorMap* from_;
};

}  // namespace bnrun
