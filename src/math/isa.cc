#include "math/isa.h"

#include <algorithm>
#include <cstdlib>

#include "base/error.h"

namespace bnrun {

Isa chosen_isa(const char* wanted, const std::vector<Isa>& usable) {
    if (wanted == nullptr) return usable.back();
    const std::string name = wanted;
    const auto* const known = std::find(kIsaNames.begin(), kIsaNames.end(), name);
    if (known == kIsaNames.end()) {
        throw ConfigError("$BNRUN_ISA: \"" + name +
                          "\" is no instruction set; expected \"avx2\", \"avx512\" or \"neon\"");
    }
    const auto asked = static_cast<Isa>(known - kIsaNames.begin());
    if (std::find(usable.begin(), usable.end(), asked) != usable.end()) return asked;
    throw ConfigError("$BNRUN_ISA: \"" + name +
                      "\": this processor does not have it; leave BNRUN_ISA out, or set it to " +
                      std::string(kIsaNames[static_cast<std::size_t>(usable.back())]));
}

Isa isa() {
    static const Isa chosen = chosen_isa(std::getenv("BNRUN_ISA"), usable_isas());
    return chosen;
}

}  // namespace bnrun
