#include "report/report.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "report/figures/list.h"
#include "report/page.h"
#include "report/reader.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

const std::string kTwoLayers = "epoch,iteration,layer_1,layer_2\n1,1,0.5,2\n1,2,1e-6,1\n";

class Quiet : public Reporter {
  public:
    void table(const std::string& text) override { text_ += text; }
    void log(LogLevel, const std::string&) override {}
    void progress(const Progress&) override {}
    void run_directory_ready(const std::string&) override {}
    std::string text_;
};

class ReportTest : public testing::Test {
  protected:
    std::string run(const std::string& name, bool batch_norm, int seed, const std::string& gradients = kTwoLayers,
                    const std::string& status = "done") {
        std::filesystem::create_directories(scratch_.path(name));
        const auto put = [&](const std::string& file, const std::string& text) {
            (void)scratch_.put(name + "/" + file, text);
        };
        put("config.json",
            R"({"name": ")" + name + R"(", "seed": )" + std::to_string(seed) +
                R"(, "data": {"source": "synthetic"}, "model": {"activation": "sigmoid", "batch_norm": {"enabled": )" +
                (batch_norm ? "true" : "false") + R"(}}, "log": {"norm": "spectral"}})");
        put("summary.json", R"({"status": ")" + status + R"(", "test_error": 0.25, "train_error": 0.5})");
        put("gradients.csv", gradients);
        put("gradients.txt", "epoch:1 iteration:1/2\n 0.5 2\n");
        put("activations.csv", "epoch,iteration,layer_1_min,layer_1_max\n1,1,0.2,0.8\n1,2,0.1,0.9\n");
        put("iterations.csv", "epoch,iteration,loss,learning_rate\n1,1,2.5,1e-4\n1,2,2,1e-4\n");
        put("epochs.csv", "epoch,train_loss,train_error,test_loss,test_error\n1,2.2,0.5,2,0.25\n");
        return scratch_.path(name);
    }

    [[nodiscard]] std::vector<std::string> pair() {
        return {run("off1", false, 1), run("off2", false, 2), run("on1", true, 1)};
    }

    Scratch scratch_;
};

TEST_F(ReportTest, EveryDrawingOfEveryFigureIsOnThePageWithItsTitle) {
    const ReportData data = read_report(pair());
    const std::string page = report_page(data, 1);
    for (const FigureKind& kind : kFigures) {
        const std::optional<Figure> figure = kind.draw(data, 1);
        if (!figure) continue;
        EXPECT_EQ(figure->name, kind.name);
        EXPECT_FALSE(figure->drawings.empty()) << kind.name;
        for (const Drawing& drawing : figure->drawings) {
            EXPECT_NE(drawing.title, "") << kind.name;
            EXPECT_NE(page.find(escaped(drawing.title) + "</title>"), std::string::npos) << drawing.title;
            EXPECT_NE(page.find(drawing.body), std::string::npos) << kind.name;
        }
    }
}

TEST_F(ReportTest, ASettingsRunsAreCountedWhereThereAreSeveral) {
    const std::string page = report_page(read_report(pair()), 1);
    EXPECT_NE(page.find("×2</small>"), std::string::npos);
    EXPECT_EQ(page.find("×1</small>"), std::string::npos);
}

TEST_F(ReportTest, TablesByLayerNameEachLayer) {
    const std::string page = report_page(read_report(pair()), 1);
    EXPECT_NE(page.find(">1</th><th scope=\"col\">2</th>"), std::string::npos) << page;
}

TEST_F(ReportTest, RunsThatDifferInTheirSeedAreOneGroup) {
    const ReportData data = read_report(pair());
    ASSERT_EQ(data.groups.size(), 2U);
    EXPECT_EQ(data.groups[0].label, "batch_norm=false");
    EXPECT_EQ(data.groups[0].runs, (std::vector<std::size_t>{0, 1}));
    EXPECT_NE(data.groups[0].colour, data.groups[1].colour);
    EXPECT_EQ(data.differing, (std::vector<std::string>{"model.batch_norm.enabled"}));
}

TEST_F(ReportTest, SeedsOfOneSettingAreOneGroup) {
    const ReportData data = read_report({run("off1", false, 1), run("off2", false, 2)});
    ASSERT_EQ(data.groups.size(), 1U);
    EXPECT_EQ(data.groups[0].label, "2 seeds");
}

TEST_F(ReportTest, EqualInputGivesEqualBytes) {
    const std::vector<std::string> runs = pair();
    const std::string page = report_page(read_report(runs), 2);
    EXPECT_EQ(report_page(read_report(runs), 2), page);
    EXPECT_EQ(page.rfind("<!doctype html>\n<!-- bnrun report -->", 0), 0U);
}

TEST_F(ReportTest, PageAsksForNothingFromElsewhere) {
    const std::string page = report_page(read_report(pair()), 2);
    for (const char* word : {"http://", "https://", "url(h", "@import", "src=", "fetch(", "href="}) {
        EXPECT_EQ(page.find(word), std::string::npos) << word;
    }
}

TEST_F(ReportTest, PageSaysWhatTheDataIs) {
    EXPECT_NE(report_page(read_report(pair()), 2).find("<td>synthetic</td>"), std::string::npos);
}

TEST_F(ReportTest, NamesCannotEscapeIntoThePage) {
    const std::string page = report_page(read_report({run("<script>alert(1)<", false, 1)}), 2);
    EXPECT_EQ(page.find("<script>alert"), std::string::npos);
    EXPECT_NE(page.find("&lt;script&gt;alert(1)&lt;"), std::string::npos);
}

TEST_F(ReportTest, DescriptionsSayTheFindingInNumbers) {
    const Figure figure = gradient_norms(read_report({run("off", false, 1)}), 2);
    EXPECT_NE(figure.drawings.front().description.find(
                  "At epoch 1, iteration 2 of 2: off: first layer 1e-6, last layer 1, ratio 1e-6."),
              std::string::npos)
        << figure.drawings.front().description;
    const Figure ranges = activation_ranges(read_report({run("off", false, 1)}), 2);
    EXPECT_EQ(ranges.drawings.front().description.rfind("At epoch 1, iteration 2 of 2: ", 0), 0U)
        << ranges.drawings.front().description;
}

TEST_F(ReportTest, ARunThatEndedEarlierIsNotDrawnBeyondItsEnd) {
    const ReportData data = read_report(
        {run("long", false, 1), run("short", true, 1, "epoch,iteration,layer_1,layer_2\n1,1,nan,inf\n", "diverged")});
    EXPECT_NE(row_at(data.runs[1], 1), nullptr);
    EXPECT_EQ(row_at(data.runs[1], 2), nullptr);
    EXPECT_EQ(last_shared_step(data), 2);
    const std::string json = frames_json(data, steps_of(data, 10));
    EXPECT_NE(json.find(R"("gradients":["NaN Inf",""])"), std::string::npos) << json;
}

TEST_F(ReportTest, DepthsMayDiffer) {
    const ReportData data =
        read_report({run("deep", false, 1), run("flat", true, 1, "epoch,iteration,layer_1\n1,1,0.5\n1,2,0.5\n")});
    EXPECT_EQ(most_layers(data), 2U);
    EXPECT_NE(report_page(data, 2).find("flat"), std::string::npos);
}

TEST_F(ReportTest, ARunThatFailedBeforeItsFirstRowIsShownWithItsStatus) {
    const std::string failed = run("failed", true, 1, kTwoLayers, "failed");
    for (const char* file : {"/gradients.csv", "/activations.csv", "/iterations.csv", "/epochs.csv"}) {
        std::filesystem::remove(failed + file);
    }
    const std::string page = report_page(read_report({run("off", false, 1), failed}), 2);
    EXPECT_NE(page.find("<td>failed</td>"), std::string::npos);
    EXPECT_NE(report_page(read_report({failed}), 0).find("No iteration of it was logged."), std::string::npos);
}

TEST_F(ReportTest, ASweepDirectoryStandsForItsRunsInTheOrderOfItsSummary) {
    (void)run("sweep/b", false, 1);
    (void)run("sweep/a", true, 1);
    (void)scratch_.put("sweep/summary.csv",
                       "run,model.batch_norm,status,train_loss,train_error,test_loss,test_error,test_wrong\n"
                       "b,false,done,2,0.5,2,0.25,25\na,true,done,2,0.5,2,0.25,25\nc,true,missing,,,,,\n");
    const ReportData data = read_report({scratch_.path("sweep")});
    ASSERT_EQ(data.runs.size(), 2U);
    EXPECT_EQ(data.runs[0].directory, scratch_.path("sweep/b"));
    const std::optional<Figure> figure = sweep_figure(data);
    ASSERT_TRUE(figure.has_value());
    EXPECT_EQ(figure->columns, 1);
    EXPECT_EQ(data.notes, (std::vector<std::string>{"1 of the sweep's 3 points have no run directory yet."}));
}

TEST_F(ReportTest, OfManyRunsEverySeedCounts) {
    std::vector<std::string> runs;
    for (int seed = 1; seed <= 26; ++seed) {
        runs.push_back(run("off" + std::to_string(seed), false, seed));
        runs.push_back(run("on" + std::to_string(seed), true, seed));
    }
    const ReportData data = read_report(runs);
    EXPECT_EQ(data.runs.size(), 52U);
    EXPECT_TRUE(data.notes.empty());
    EXPECT_NE(report_page(data, 1).find("<td>0.2500 ± 0.0000</td>"), std::string::npos);
    EXPECT_NE(report_page(data, 1).find("<td>26</td>"), std::string::npos);
}

TEST_F(ReportTest, ManySettingsAreNotTooMany) {
    std::vector<std::string> runs;
    for (int i = 1; i <= 202; ++i) {
        runs.push_back(run("rate" + std::to_string(i), false, 1));
        std::string config = scratch_.get("rate" + std::to_string(i) + "/config.json");
        config.replace(config.rfind("}"), 1, R"(, "train": {"l2": 0.)" + std::to_string(1000 + i) + "}}");
        (void)scratch_.put("rate" + std::to_string(i) + "/config.json", config);
    }
    const ReportData data = read_report(runs);
    ASSERT_EQ(data.groups.size(), 202U);
    const std::string page = report_page(data, 1);
    for (const char* const name : {"rate1<", "rate202<"}) EXPECT_NE(page.find(name), std::string::npos) << name;
    EXPECT_NE(page.find("Of 202 settings the 12 with the lowest test error are shown"), std::string::npos);
}

TEST_F(ReportTest, AKeyThatSomeRunsLackIsOneInWhichTheyDiffer) {
    const std::string with = run("with", false, 1);
    const std::string without = run("without", false, 1);
    std::string config = scratch_.get("without/config.json");
    config.replace(config.find(", \"log\""), std::string::npos, "}");
    (void)scratch_.put("without/config.json", config);
    EXPECT_EQ(read_report({with, without}).differing, (std::vector<std::string>{"log.norm"}));
    EXPECT_EQ(read_report({without, with}).differing, (std::vector<std::string>{"log.norm"}));
    EXPECT_TRUE(read_report({with, run("alike", false, 2)}).differing.empty());
}

TEST_F(ReportTest, WhatIsNoRunIsNamed) {
    Quiet reporter;
    std::filesystem::create_directory(scratch_.path("empty"));
    for (const char* name : {"empty", "nowhere"}) {
        expect_error<DataError>(
            [&] {
                write_report({scratch_.path(name)}, {"-", {}, {}, false}, reporter);
            },
            {name, "not a run directory"});
    }
    expect_error<ConfigError>([&] { write_report({run("off", false, 1)}, {}, reporter); }, {"-o", "--svg"});
    for (const char* text : {"1", "1:", "a:b", "1:2x"}) {
        expect_error<ConfigError>(
            [&] {
                write_report({run("off", false, 1)}, {"-", {}, text, false}, reporter);
            },
            {text, "epoch:iteration"});
    }
    expect_error<ConfigError>(
        [&] {
            write_report({run("off", false, 1)}, {"-", {}, "1:9", false}, reporter);
        },
        {"1:9", "no run has a row"});
}

TEST_F(ReportTest, ReplacesReportsButNotOtherFiles) {
    Quiet reporter;
    const std::string page = scratch_.path("page.html");
    const std::vector<std::string> runs{run("off", false, 1)};
    write_report(runs, {page, {}, {}, false}, reporter);
    write_report(runs, {page, {}, {}, false}, reporter);
    (void)scratch_.put("page.html", "my notes");
    expect_error<ConfigError>([&] { write_report(runs, {page, {}, {}, false}, reporter); }, {"page.html", "--force"});
    EXPECT_EQ(scratch_.get("page.html"), "my notes");
    write_report(runs, {page, {}, {}, true}, reporter);
    write_report(runs, {"-", {}, {}, false}, reporter);
    EXPECT_EQ(scratch_.get("page.html"), reporter.text_);
}

TEST_F(ReportTest, WritesAFileForEachFigure) {
    Quiet reporter;
    write_report(pair(), {{}, scratch_.path("figures"), "1:2", false}, reporter);
    for (const char* name :
         {"gradient_norms", "gradients_over_iterations", "gradient_heatmap", "activation_ranges", "loss", "error"}) {
        const std::string svg = scratch_.get(std::string("figures/") + name + ".svg");
        EXPECT_EQ(svg.rfind("<!-- bnrun report -->\n<svg xmlns=", 0), 0U) << name;
        EXPECT_NE(svg.find("prefers-color-scheme:dark"), std::string::npos) << name;
        EXPECT_NE(svg.find("<desc "), std::string::npos) << name;
    }
    EXPECT_FALSE(std::filesystem::exists(scratch_.path("figures/sweep.svg")));
}

}  // namespace
}  // namespace bnrun
