#include "math/isa.h"

#include <cstdlib>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

TEST(Isa, IsTheWidestWhereNoneIsWanted) {
    EXPECT_EQ(chosen_isa(nullptr, Isa::kAvx2), Isa::kAvx2);
    EXPECT_EQ(chosen_isa(nullptr, Isa::kAvx512), Isa::kAvx512);
}

TEST(Isa, IsTheOneThatIsWantedWhereTheProcessorHasIt) {
    EXPECT_EQ(chosen_isa("avx2", Isa::kAvx2), Isa::kAvx2);
    EXPECT_EQ(chosen_isa("avx2", Isa::kAvx512), Isa::kAvx2);
    EXPECT_EQ(chosen_isa("avx512", Isa::kAvx512), Isa::kAvx512);
}

TEST(Isa, ThatTheProcessorLacksIsAnErrorThatSaysWhatToDo) {
    expect_error<ConfigError>([] { chosen_isa("avx512", Isa::kAvx2); },
                              {"$BNRUN_ISA: \"avx512\": this processor has no AVX-512", "set it to avx2"});
}

TEST(Isa, ThatThereIsNotIsAnErrorThatNamesThoseThereAre) {
    for (const char* wanted : {"", "sse", "AVX2", "avx", "avx2 ", "avx5120"}) {
        for (const Isa widest : {Isa::kAvx2, Isa::kAvx512}) {
            const std::string start = "$BNRUN_ISA: \"" + std::string(wanted) + "\" is no instruction set";
            expect_error<ConfigError>([&] { chosen_isa(wanted, widest); },
                                      {start.c_str(), "expected \"avx2\" or \"avx512\""});
        }
    }
}

TEST(Isa, OfTheProgramIsChosenByItsEnvironment) {
    EXPECT_EQ(isa(), chosen_isa(std::getenv("BNRUN_ISA"), widest_isa()));
    EXPECT_EQ(isa(), isa());
}

TEST(Isa, NamesStandInTheOrderOfTheEnumerators) {
    EXPECT_EQ(kIsaNames[static_cast<std::size_t>(Isa::kAvx2)], "avx2");
    EXPECT_EQ(kIsaNames[static_cast<std::size_t>(Isa::kAvx512)], "avx512");
}

}  // namespace
}  // namespace bnrun
