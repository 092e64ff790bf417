// Sweeps from flags and specs, planned.
#pragma once

#include <string>
#include <vector>

#include "settings/sweep_plan.h"
#include "support/scratch.h"

namespace bnrun {

using Texts = std::vector<std::string>;

/// The config is that of synthetic data.
class PlannedSweeps : public testing::Test {
  protected:
    PlannedSweeps() { config = scratch.put("small.json", R"({"data": {"source": "synthetic"}})"); }

    SweepPlan plan(const Texts& grid, const Texts& zip = {}, const std::vector<Override>& set = {}) const {
        return plan_sweep(sweep_from_flags({{config}, grid, zip}), set);
    }

    SweepPlan plan_text(const std::string& text) const {
        return plan_sweep(read_sweep_spec(scratch.put("lr.json", text)), {});
    }

    static Texts names(const SweepPlan& plan) {
        Texts names;
        for (const SweepPoint& point : plan.points) names.push_back(point.name);
        return names;
    }

    Scratch scratch;
    std::string config;
};

}  // namespace bnrun
