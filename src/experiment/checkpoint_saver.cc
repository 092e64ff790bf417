#include "experiment/checkpoint_saver.h"

#include <chrono>

#include "files/checkpoint.h"

namespace bnrun {

bool CheckpointSaver::is_free() {
    if (saving_.valid() && saving_.wait_for(std::chrono::seconds(0)) == std::future_status::timeout) return false;
    finish();
    return true;
}

void CheckpointSaver::save(Checkpoint checkpoint) {
    finish();
    CheckpointFile file{config_sha256_, data_sha256_, tables_.marks(), std::move(checkpoint.state)};
    saving_ = std::async([this, file = std::move(file)] {  // where there is no thread to be had, by whoever waits
        tables_.sync();
        save_checkpoint(claim_, file);
    });
}

void CheckpointSaver::finish() {
    if (saving_.valid()) saving_.get();
}

}  // namespace bnrun
