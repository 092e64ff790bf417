#include "data/load_dataset.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <future>

#include "base/error.h"
#include "base/paths.h"
#include "data/idx.h"
#include "data/idx_paths.h"
#include "data/mnist.h"
#include "data/synthetic.h"

namespace bnrun {

namespace {

/// The directory, and what begins a message about it.
struct Place {
    std::string directory;
    std::string named_by;
};

bool is_directory(const std::string& path) {
    std::error_code ignored;
    return std::filesystem::is_directory(path, ignored);
}

Place data_place(const Config& config) {
    if (config.data.dir) {
        const std::string absolute = config.data.absolute_dir.value_or("");
        return {is_directory(absolute) ? absolute : *config.data.dir, config.origins.of({"data.dir"}) + ": data.dir: "};
    }
    const char* const variable = std::getenv("BNRUN_DATA_DIR");
    const bool is_set = variable != nullptr && *variable != '\0';
    if (config.data.source == Source::kFashionMnist) {
        const std::string within = is_set ? path_in(variable, "fashion_mnist") : "";
        if (is_set && directory_exists(within)) return {within, "BNRUN_DATA_DIR: "};
        return {"data/fashion_mnist", ""};
    }
    if (is_set) return {variable, "BNRUN_DATA_DIR: "};
    return {"data/mnist", ""};
}

void check_directory(const Place& place, Source source) {
    try {
        if (directory_exists(place.directory)) return;
    } catch (const DataError& error) {
        throw DataError(place.named_by + error.what());
    }
    throw DataError(fmt::format(
        "{}{}: no such data directory; expected the four IDX files (--data DIR names another; {}; a run with "
        "data.source=synthetic needs none)",
        place.named_by, place.directory, how_to_get(source)));
}

/// The canonical name. Images may have any shape of sample, and so any dimension in it.
std::string images_name(const std::string& directory, const std::string& part, Source source) {
    constexpr std::size_t kMostDimensions = 9;
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> paths;
    for (std::size_t dimensions = 1; source == Source::kIdx && dimensions <= kMostDimensions; ++dimensions) {
        names.push_back(fmt::format("{}-images-idx{}-ubyte", part, dimensions));
        paths.push_back(idx_paths(path_in(directory, names.back())));
    }
    for (std::size_t spelling = 0; !paths.empty() && spelling < paths.front().size(); ++spelling) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (file_exists(paths[i][spelling])) return names[i];
        }
    }
    return part + "-images-idx3-ubyte";
}

struct Part {
    std::string images_name;
    std::string labels_name;
    IdxFile images;
    IdxFile labels;
};

Part read_part(const std::string& directory, const std::string& part, Source source) {
    Part read;
    read.images_name = images_name(directory, part, source);
    read.labels_name = part + "-labels-idx1-ubyte";
    read.images = read_idx(path_in(directory, read.images_name));
    read.labels = read_idx(path_in(directory, read.labels_name));
    if (read.images.shape.size() < 2) {
        throw DataError(fmt::format("{}: has no dimension beside the samples; expected images", read.images.path));
    }
    if (read.labels.shape.size() != 1) {
        throw DataError(fmt::format("{}: has {} dimensions; expected one, a label for each image", read.labels.path,
                                    read.labels.shape.size()));
    }
    if (read.labels.shape[0] != read.images.shape[0]) {
        throw DataError(fmt::format("{}: {} labels, but {} images in {}; expected as many", read.labels.path,
                                    read.labels.shape[0], read.images.shape[0], read.images.path));
    }
    if (read.images.values.empty()) throw DataError(fmt::format("{}: holds no samples", read.images.path));
    check_official(read.images, read.images_name, source);
    check_official(read.labels, read.labels_name, source);
    return read;
}

/// Of one sample: (samples, height, width) or (samples, channels, height, width) are images, others plain vectors.
Shape sample_shape(const IdxFile& images) {
    const std::vector<std::int64_t>& shape = images.shape;
    if (shape.size() == 3) return {1, shape[1], shape[2]};
    if (shape.size() == 4) return {shape[1], shape[2], shape[3]};
    return {static_cast<Index>(images.values.size()) / shape[0], 1, 1};
}

constexpr Index kMostMissing = 32;

/// Largest training label + 1, unless most classes below it, and more than a few, never occur: then it is a stray one.
Index count_classes(const IdxFile& labels) {
    std::array<bool, 256> occurs{};
    for (const std::uint8_t label : labels.values) occurs[label] = true;
    const auto largest = std::max_element(labels.values.begin(), labels.values.end());
    const auto distinct = std::count(occurs.begin(), occurs.end(), true);
    const Index missing = *largest + 1 - distinct;
    if (missing > kMostMissing && missing > distinct) {
        throw DataError(
            fmt::format("{}: label {} at byte {} is out of range: only {} distinct labels occur; expected "
                        "classes numbered from 0",
                        labels.path, *largest,
                        labels.header_bytes + static_cast<std::size_t>(largest - labels.values.begin()), distinct));
    }
    return *largest + 1;
}

void check_test_labels(const IdxFile& labels, Index classes) {
    for (std::size_t i = 0; i < labels.values.size(); ++i) {
        if (labels.values[i] < classes) continue;
        throw DataError(fmt::format("{}: label {} at byte {} is out of range: the training set has {} classes",
                                    labels.path, labels.values[i], labels.header_bytes + i, classes));
    }
}

void cut(Split& split, Index features, const std::optional<std::int64_t>& samples, const char* key,
         const Origins& origins) {
    if (!samples) return;
    if (*samples > split.samples()) {
        throw ConfigError(
            fmt::format("{}: {}: {} samples asked for, but the data has {}; use at most that, or null for all",
                        origins.of({key, "data.source", "data.dir"}), key, *samples, split.samples()));
    }
    split.labels.resize(static_cast<std::size_t>(*samples));
    split.images.resize(static_cast<std::size_t>(*samples * features));
}

/// The last of the training samples become those of validation.
void set_aside(Dataset& dataset, const Config& config) {
    const std::int64_t count = config.data.validation_samples;
    if (count == 0) return;
    Split& train = dataset.train;
    const std::int64_t left = train.samples() - count;
    if (left < 1) {
        throw ConfigError(
            fmt::format("{}: data.validation_samples: {} of {} training samples leave none to train; use fewer",
                        config.origins.of({"data.validation_samples", "data.train_samples", "data.source", "data.dir"}),
                        count, train.samples()));
    }
    const auto labels = train.labels.begin() + left;
    const auto images = train.images.begin() + left * dataset.features();
    dataset.validation = {Bytes(images, train.images.end()), Bytes(labels, train.labels.end())};
    train.labels.erase(labels, train.labels.end());
    train.images.erase(images, train.images.end());
}

Dataset read_dataset(const Config& config) {
    const Source source = config.data.source;
    const Place place = data_place(config);
    check_directory(place, source);
    Dataset dataset;
    dataset.directory = place.directory;
    // Where there is no thread to be had, the test part is read when it is asked for.
    auto reading_test = std::async([&] { return read_part(dataset.directory, "t10k", source); });
    Part train = read_part(dataset.directory, "train", source);
    Part test = reading_test.get();
    for (const Part* part : {&train, &test}) {
        dataset.sha256[part->images_name] = part->images.sha256;
        dataset.sha256[part->labels_name] = part->labels.sha256;
    }
    if (!std::equal(train.images.shape.begin() + 1, train.images.shape.end(), test.images.shape.begin() + 1,
                    test.images.shape.end())) {
        throw DataError(fmt::format("{}: images of another shape than in {}", test.images.path, train.images.path));
    }
    dataset.classes = count_classes(train.labels);
    check_test_labels(test.labels, dataset.classes);
    dataset.shape = sample_shape(train.images);
    dataset.train = {std::move(train.images.values), std::move(train.labels.values)};
    dataset.test = {std::move(test.images.values), std::move(test.labels.values)};
    return dataset;
}

}  // namespace

Dataset load_dataset(const Config& config) {
    const DataConfig& data = config.data;
    Dataset dataset = data.source == Source::kSynthetic ? draw_synthetic(config) : read_dataset(config);
    cut(dataset.train, dataset.features(), data.train_samples, "data.train_samples", config.origins);
    cut(dataset.test, dataset.features(), data.test_samples, "data.test_samples", config.origins);
    set_aside(dataset, config);
    return dataset;
}

}  // namespace bnrun
