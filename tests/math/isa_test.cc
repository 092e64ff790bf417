#include "math/isa.h"

#include <cstdlib>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

const std::vector<Isa> kNarrow{Isa::kAvx2};
const std::vector<Isa> kWide{Isa::kAvx2, Isa::kAvx512};
const std::vector<Isa> kArm{Isa::kNeon};

TEST(Isa, IsTheWidestWhereNoneIsWanted) {
    EXPECT_EQ(chosen_isa(nullptr, kNarrow), Isa::kAvx2);
    EXPECT_EQ(chosen_isa(nullptr, kWide), Isa::kAvx512);
    EXPECT_EQ(chosen_isa(nullptr, kArm), Isa::kNeon);
}

TEST(Isa, IsTheOneThatIsWantedWhereTheProcessorHasIt) {
    EXPECT_EQ(chosen_isa("avx2", kNarrow), Isa::kAvx2);
    EXPECT_EQ(chosen_isa("avx2", kWide), Isa::kAvx2);
    EXPECT_EQ(chosen_isa("avx512", kWide), Isa::kAvx512);
    EXPECT_EQ(chosen_isa("neon", kArm), Isa::kNeon);
}

TEST(Isa, ThatTheProcessorLacksIsAnErrorThatSaysWhatToDo) {
    expect_error<ConfigError>([] { chosen_isa("avx512", kNarrow); },
                              {"$BNRUN_ISA: \"avx512\": this processor does not have it", "set it to avx2"});
    expect_error<ConfigError>([] { chosen_isa("neon", kWide); }, {"$BNRUN_ISA: \"neon\"", "set it to avx512"});
    expect_error<ConfigError>([] { chosen_isa("avx2", kArm); }, {"$BNRUN_ISA: \"avx2\"", "set it to neon"});
}

TEST(Isa, ThatThereIsNotIsAnErrorThatNamesThoseThereAre) {
    for (const char* wanted : {"", "sse", "AVX2", "avx", "avx2 ", "avx5120", "neo", "sve"}) {
        for (const std::vector<Isa>& usable : {kNarrow, kWide, kArm}) {
            const std::string start = "$BNRUN_ISA: \"" + std::string(wanted) + "\" is no instruction set";
            expect_error<ConfigError>([&] { chosen_isa(wanted, usable); },
                                      {start.c_str(), "expected \"avx2\", \"avx512\" or \"neon\""});
        }
    }
}

TEST(Isa, OfTheProgramIsChosenByItsEnvironment) {
    EXPECT_EQ(isa(), chosen_isa(std::getenv("BNRUN_ISA"), usable_isas()));
    EXPECT_EQ(isa(), isa());
}

TEST(Isa, NamesStandInTheOrderOfTheEnumerators) {
    EXPECT_EQ(kIsaNames[static_cast<std::size_t>(Isa::kAvx2)], "avx2");
    EXPECT_EQ(kIsaNames[static_cast<std::size_t>(Isa::kAvx512)], "avx512");
    EXPECT_EQ(kIsaNames[static_cast<std::size_t>(Isa::kNeon)], "neon");
}

}  // namespace
}  // namespace bnrun
