#include "settings/schema.h"

#include <memory>

#include "cli/commands.h"
#include "cli/shared_options.h"

namespace bnrun {

Action add_schema(CLI::App& app) {
    const auto markdown = std::make_shared<bool>(false);
    app.add_flag("--markdown", *markdown, "print the reference page instead");
    return [markdown](Terminal& terminal) {
        terminal.table(*markdown ? reference_text() : schema_text());
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
