#include "experiment/version.h"

#include <gtest/gtest.h>

#include "math/isa.h"

namespace bnrun {
namespace {

TEST(Version, IsOneLineThatEndsInTheKernelsInUse) {
    const Version built = version();
    EXPECT_EQ(built.version.find_first_not_of("0123456789."), std::string::npos) << built.version;
    EXPECT_TRUE(built.instruction_set.ends_with(", " + std::string(kIsaNames[static_cast<std::size_t>(isa())])));
    EXPECT_EQ(version_line(), "bnrun " + built.version + " (commit " + built.commit + ", " + built.compiler + ", " +
                                  built.instruction_set + ")");
}

}  // namespace
}  // namespace bnrun
