#include "report/follow.h"

#include <gtest/gtest.h>

#include <functional>

#include "base/error.h"
#include "support/shown_runs.h"

namespace bnrun {
namespace {

/// Keeps what is shown; while it is waited for, the next of the steps happens.
class KeptView : public FollowView {
  public:
    KeptView(bool redraws, std::vector<std::function<void()>> steps) : redraws_(redraws), steps_(std::move(steps)) {}

    [[nodiscard]] bool redraws() const override { return redraws_; }
    [[nodiscard]] TextLook look() const override { return {80, Glyphs::kAscii, false, true}; }
    void show(const std::string& text) override { shown.push_back(text); }
    void wait(std::chrono::milliseconds) override {
        if (waits_ == steps_.size()) throw Error(ExitCode::kInterrupted, "no more steps");
        steps_[waits_++]();
    }

    std::vector<std::string> shown;

  private:
    bool redraws_;
    std::vector<std::function<void()>> steps_;
    std::size_t waits_ = 0;
};

class FollowRun : public testing::Test {
  protected:
    FollowRun() { (void)make_run(scratch_, "a", "{}", "running", "null"); }

    void append(const std::string& file, const std::string& text) {
        (void)scratch_.put("a/" + file, scratch_.get("a/" + file) + text);
    }
    void end(const std::string& status) { (void)scratch_.put("a/summary.json", made_up_summary(status, "0.125")); }

    Scratch scratch_;
};

TEST_F(FollowRun, PrintsTheLastRowAndThenEachThatComes) {
    KeptView view(false, {[&] { append("gradients.csv", "3,1,1,100,8\n3,2,"); }, [] {},
                          [&] {
                              append("gradients.csv", "1,4,8\n");
                              append("epochs.csv", "3,1,0.5,1,0.25\n");
                              end("done");
                          }});
    follow_run(scratch_.path("a"), view);
    EXPECT_EQ(view.shown,
              (std::vector<std::string>{"epoch 2 iteration 3/3: first layer 6, output 48, even: x4 a layer\n"
                                        "epoch 2: training error 0.2500, test error 0.1250\n",
                                        "epoch 3 iteration 1/3: first layer 1, output 8, vanishing: x100 a layer\n",
                                        "epoch 3 iteration 2/3: first layer 1, output 8, even: x4 a layer\n"
                                        "epoch 3: training error 0.5000, test error 0.2500\n",
                                        "done: test error 0.1250\n"}));
}

TEST_F(FollowRun, EndsAtOnceWhereTheRunHasEnded) {
    end("diverged");
    KeptView view(false, {});
    follow_run(scratch_.path("a"), view);
    ASSERT_EQ(view.shown.size(), 2U);
    EXPECT_EQ(view.shown.back(), "diverged: test error 0.1250\n");
}

TEST_F(FollowRun, EndsWhereTheRunWasCutOff) {
    const auto long_ago = std::filesystem::file_time_type::clock::now() - std::chrono::hours(1);
    KeptView view(false, {[&] { std::filesystem::last_write_time(scratch_.path("a/summary.json"), long_ago); }});
    follow_run(scratch_.path("a"), view);
    EXPECT_EQ(view.shown.back(), "cut off\n");
}

TEST_F(FollowRun, ATableThatBeganAnewIsReadFromItsLastRow) {
    KeptView view(false, {[&] { (void)scratch_.put("a/gradients.csv", "epoch,iteration,layer_1,layer_2\n1,1,1,2\n"); },
                          [&] { end("done"); }});
    follow_run(scratch_.path("a"), view);
    EXPECT_EQ(view.shown.at(1),
              "epoch 1 iteration 1/3: first layer 1, output 2, one hidden layer: nothing to compare\n");
}

TEST_F(FollowRun, DrawsTheWholePictureAnew) {
    KeptView view(true, {[&] {
                      append("gradients.csv", "3,1,1,100,8\n");
                      end("done");
                  }});
    follow_run(scratch_.path("a"), view);
    ASSERT_EQ(view.shown.size(), 2U);
    EXPECT_NE(view.shown[0].find("status   running"), std::string::npos) << view.shown[0];
    EXPECT_NE(view.shown[0].find("even: x4 a layer"), std::string::npos);
    EXPECT_NE(view.shown[1].find("status   done"), std::string::npos);
    EXPECT_NE(view.shown[1].find("vanishing: x100 a layer"), std::string::npos);
}

TEST_F(FollowRun, OfWhatIsNoRunIsRefused) {
    KeptView view(false, {});
    expect_error<DataError>([&] { follow_run(scratch_.path("none"), view); }, {"none: not a run directory"});
}

}  // namespace
}  // namespace bnrun
