#include "report/data_page.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "report/target.h"
#include "support/scratch.h"
#include "support/small_run.h"

namespace bnrun {
namespace {

TEST(DataPage, SaysWhatIsShown) {
    ThreadTeam team(1);
    Config config;
    config.train.order = Order::kSequential;
    Dataset dataset;
    dataset.shape = {1, 2, 3};
    dataset.train.images.resize(18);
    dataset.train.labels = {4, 0, 9};
    const auto page_of = [&] { return data_page(config, dataset, data_sheet(config, dataset, 10, 2, team)); };
    config.data.source = Source::kSynthetic;
    config.data.distort.rotate = 15;
    config.data.distort.elastic = {4, 34.5};
    const std::string page = page_of();
    for (const char* text :
         {"<title>Synthetic digits, not MNIST, seed 1: rotate 15, elastic.sigma 4, elastic.alpha 34.5</title>",
          "The first 3 of 3 training samples, in the order of epoch 1. Each has 3 × 2 pixels.",
          "0 is black and 1 white", "alt=\"label 9, epoch 2\" src=\"data:image/png;base64,",
          "alt=\"label 4, undistorted\"", "<small>sample 2</small>"}) {
        EXPECT_NE(page.find(text), std::string::npos) << text;
    }
    config.data.distort = {};
    dataset.directory = "<b>";
    config.data.source = Source::kIdx;
    const std::string plain = page_of();
    EXPECT_NE(plain.find("<title>IDX files, seed 1: not distorted</title>"), std::string::npos);
    EXPECT_NE(plain.find("training samples of &lt;b&gt;, in"), std::string::npos);
    EXPECT_NE(plain.find("alt=\"label 9\" src"), std::string::npos);
}

TEST(DataPage, IsWrittenWhereNoOtherFileIs) {
    const Scratch scratch;
    RecordingReporter reporter;
    DataPageOptions options;
    options.samples = 3;
    const auto write = [&] { write_data_page(small_run_config(), options, reporter); };
    expect_error<ConfigError>(write, {"show-data: say where to write: -o FILE.html"});
    options.out = scratch.put("page.html", "mine");
    expect_error<ConfigError>(write, {"page.html: is there already"});
    EXPECT_EQ(scratch.get("page.html"), "mine");
    options.force = true;
    write();
    EXPECT_NE(reporter.lines.find("wrote 3 samples to "), std::string::npos) << reporter.lines;
    const std::string page = scratch.get("page.html");
    EXPECT_NE(page.find(kReportMark), std::string::npos);
    options.out = "-";
    write();
    EXPECT_EQ(reporter.tables, page);
}

}  // namespace
}  // namespace bnrun
