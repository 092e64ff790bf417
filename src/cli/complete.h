// What a shell can offer for the word that is being typed.
#pragma once

#include <string>
#include <vector>

#include "cli/outline.h"

namespace bnrun {

/// A whole word; one that goes on, as a setting's key does, ends in `=`.
struct Candidate {
    std::string word;
    std::string description;  ///< may be empty
};

enum class Paths { kNone, kAny, kDirectories };

struct Offers {
    std::vector<Candidate> candidates;
    Paths paths = Paths::kNone;  ///< that the shell is to offer, too
    std::string before_path;     ///< what of the word stands before the path: `--out=`
};

/// For the last of the words that follow the program's name; it may be empty.
Offers offers_for(const Outline& outline, const std::vector<std::string>& words);

/// A line for each candidate, word and description with a tab between; `:paths` or `:directories`, a tab and
/// before_path, where the shell is to offer these.
std::string offers_text(const Offers& offers);

}  // namespace bnrun
