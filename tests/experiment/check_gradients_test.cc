#include "experiment/check_gradients.h"

#include <gtest/gtest.h>

#include "support/small_run.h"

namespace bnrun {
namespace {

TEST(CheckGradients, HasARowForEachTensorAndAVerdict) {
    RecordingReporter reporter;
    check_gradients(small_run_config(), 1, reporter);
    EXPECT_TRUE(reporter.tables.starts_with("tensor ")) << reporter.tables;
    for (const char* tensor : {"\nlayers.0.weight ", "\nlayers.1.bias ", "\nlayers.2.bias "}) {
        EXPECT_NE(reporter.tables.find(tensor), std::string::npos) << tensor << reporter.tables;
    }
    EXPECT_NE(reporter.tables.find("\nlargest relative error "), std::string::npos) << reporter.tables;
    EXPECT_NE(reporter.tables.find(" (limit 1e-06): passed"), std::string::npos) << reporter.tables;
}

}  // namespace
}  // namespace bnrun
