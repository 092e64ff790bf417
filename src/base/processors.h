// How many processors this process may keep busy at once.
#pragma once

namespace bnrun {

int usable_processors();

}  // namespace bnrun
