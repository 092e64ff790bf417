#include "settings/data_fields.h"

#include "settings/field_makers.h"

namespace bnrun {

namespace {

void add_distort(std::vector<Field>& all) {
    using K = FieldKind;
    constexpr double kMostPixels = 1000;
    const std::size_t first = all.size();
    const auto add = [&](const char* key, const char* description, double most, auto access) {
        all.push_back(between(basic(key, K::kNumber, description, access), 0, most));
    };
    add("data.distort.shift", "training images: pixels by which each axis moves, from [-shift, shift]; 0: off",
        kMostPixels, BNRUN_MEMBER(data.distort.shift));
    add("data.distort.rotate", "degrees of a turn about the middle, from [-rotate, rotate]", 180,
        BNRUN_MEMBER(data.distort.rotate));
    all.push_back(
        share(basic("data.distort.scale", K::kNumber, "factor of each axis's size, from [1 - scale, 1 + scale]",
                    BNRUN_MEMBER(data.distort.scale))));
    add("data.distort.shear", "pixels that a row moves for each row it is from the middle, from [-shear, shear]", 10,
        BNRUN_MEMBER(data.distort.shear));
    all.push_back(used_if(between(basic("data.distort.elastic.sigma", K::kNumber,
                                        "pixels; standard deviation of the Gaussian that smooths the displacements",
                                        BNRUN_MEMBER(data.distort.elastic.sigma)),
                                  0, kMostPixels),
                          [](const Config& c) { return c.data.distort.elastic.alpha > 0; }));
    add("data.distort.elastic.alpha",
        "pixels; displacements (Simard et al. 2003) are from [-1, 1] in each pixel and axis, smoothed, times alpha",
        100 * kMostPixels, BNRUN_MEMBER(data.distort.elastic.alpha));
    add("data.distort.contrast",
        "factor of each pixel's distance to the image's mean, from [1 - contrast, 1 + contrast]", 1,
        BNRUN_MEMBER(data.distort.contrast));
    add("data.distort.brightness",
        "what is added to all of an image's pixels, from [-brightness, brightness]; 1 is white", 1,
        BNRUN_MEMBER(data.distort.brightness));
    add("data.distort.noise", "standard deviation of the Gaussian noise that is added to each pixel", 1,
        BNRUN_MEMBER(data.distort.noise));
    for (std::size_t i = first; i < all.size(); ++i) all[i] = written_if_changed(all[i]);
}

}  // namespace

void add_data_fields(std::vector<Field>& all) {
    using K = FieldKind;
    all.push_back(choice("data.source", kSourceNames,
                         "MNIST, any directory with four IDX files, built-in synthetic digits, or Fashion-MNIST",
                         BNRUN_MEMBER(data.source)));
    all.push_back(none_or("data.dir", K::kText,
                          "directory of the four files; none: $BNRUN_DATA_DIR, then data/mnist; for fashion_mnist "
                          "$BNRUN_DATA_DIR/fashion_mnist where it is there, then data/fashion_mnist",
                          BNRUN_MEMBER(data.dir)));
    all.push_back(written_if_changed(used_if(
        none_or(kAbsoluteDirKey, K::kText,
                "where a relative data.dir was for the run that wrote this config; it is looked for there first",
                BNRUN_MEMBER(data.absolute_dir)),
        [](const Config& c) { return c.data.dir && c.data.source != Source::kSynthetic; })));
    all.push_back(choice("data.preprocess", kPreprocessNames,
                         "subtract the mean, also divide by the deviation, or whiten", BNRUN_MEMBER(data.preprocess)));
    all.push_back(between(none_or("data.train_samples", K::kInteger, "the first N training samples; null: all",
                                  BNRUN_MEMBER(data.train_samples)),
                          1, kMostCount));
    all.push_back(between(none_or("data.test_samples", K::kInteger, "the first N test samples; null: all",
                                  BNRUN_MEMBER(data.test_samples)),
                          1, kMostCount));
    all.push_back(written_if_changed(or_default(
        between(basic("data.validation_samples", K::kInteger,
                      "the last N training samples are not trained, but measured after each epoch; 0 or null: none",
                      BNRUN_MEMBER(data.validation_samples)),
                0, kMostCount))));
    add_distort(all);
}

}  // namespace bnrun
