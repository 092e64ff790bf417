#!/usr/bin/env bash
# check_includes.sh accepts a lawful tree and rejects each kind of unlawful include. ($1, bnrun's path, is not needed.)
set -euo pipefail
check=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)/scripts/check_includes.sh
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
failures=0

# put FILE INCLUDE…: writes a source of the fake tree, one include a line.
put() {
  mkdir -p "$(dirname "$scratch/src/$1")"
  printf '#include %s\n' "${@:2}" >"$scratch/src/$1"
}

lawful_tree() {
  rm -rf -- "$scratch/src" "$scratch/tests"
  put base/types.h '<vector>'
  put nn/linear.h '"math/matrix.h"'
  put nn/linear.cc '"nn/linear.h"' '<cmath>'
  put data/idx.h '"math/matrix.h"'
  put files/table.h '"base/types.h"' '<nlohmann/json.hpp>'
  put files/table.cc '"files/table.h"'
  put train/trainer.h '"nn/linear.h"' '"data/idx.h"'
  put experiment/run.h '"train/trainer.h"' '"files/table.h"' '"version_info.h"'
  put cli/main.cc '"experiment/run.h"' '<CLI/CLI.hpp>' '<spdlog/spdlog.h>'
}

# rejects NAME TEXT: the check fails with 1 and prints TEXT.
rejects() {
  local printed status=0
  printed=$("$check" "$scratch") || status=$?
  if [[ $status -ne 1 || "$printed" != *"$2"* ]]; then
    echo "FAILED $1: exit $status, expected 1 and '$2', got: $printed"
    failures=$((failures + 1))
  fi
  lawful_tree
}

lawful_tree
if ! printed=$("$check" "$scratch") || [[ -n "$printed" ]]; then
  echo "FAILED lawful tree: expected silence and exit 0, got: $printed"
  failures=1
fi
put base/types.h '<vector>' '"nn/init.h"';            rejects upward 'src/base/types.h:2: base looks upward'
put nn/linear.h '"data/idx.h"';                       rejects sideways 'src/nn/linear.h:1: nn looks sideways'
put files/table.h '<train/trainer.h>';                rejects angle_brackets 'src/files/table.h:1: files looks upward'
put settings/keys.h '"files/table.h"';                rejects settings_of_files 'src/settings/keys.h:1: settings looks sideways'
put nn/linear.h '"../base/types.h"';                  rejects dots 'src/nn/linear.h:1'
put nn/linear.cc '"linear.h"';                        rejects not_from_src 'src/nn/linear.cc:1'
put train/trainer.h '<CLI/CLI.hpp>';                  rejects cli11 'src/train/trainer.h:1: <CLI/CLI.hpp> is not for src/train'
put experiment/run.h '<spdlog/spdlog.h>';             rejects spdlog 'src/experiment/run.h:1: <spdlog/spdlog.h> is not'
put cli/main.cc '<nlohmann/json.hpp>';                rejects json 'src/cli/main.cc:1: <nlohmann/json.hpp> is not for src/cli'
put cli/main.cc '<fmt/core.h>';                       rejects fmt_core 'src/cli/main.cc:1: <fmt/core.h> is not'
put ../tests/cli/a_test.cc '<vector>' '<fmt/core.h>'; rejects fmt_core_in_tests 'tests/cli/a_test.cc:2: <fmt/core.h> is not'
put nn/hidden.cc '"nn/linear.h"';                     rejects no_header 'src/nn/hidden.cc:1: has no header of its name'
put util/text.h '<string>';                           rejects unknown_folder 'src/util/text.h:1: is in none'
put nn/a.h '"nn/b.h"'; put nn/b.h '"nn/a.h"';         rejects circle_of_headers 'closes a circle: nn/a nn/b nn/a'
put nn/a.h '<vector>'; put nn/a.cc '"nn/a.h"' '"nn/b.h"'; put nn/b.h '"nn/a.h"'; rejects circle_through_cc 'closes a circle'
put nn/a.h '"nn/b.h"'; put nn/b.h '"nn/c.h"'; put nn/c.h '"nn/a.h"'; rejects circle_of_three 'nn/a nn/b nn/c nn/a'
put nn/linear.cc '"nn/a.cc"';                         rejects source 'src/nn/linear.cc:1: "nn/a.cc" is a source'
put nn/a.h '"nn/a.h"';                                rejects self 'src/nn/a.h:1: "nn/a.h" includes itself'

rm -rf -- "$scratch/src"
if "$check" "$scratch" 2>/dev/null; then
  echo "FAILED empty tree: expected an error"
  failures=$((failures + 1))
fi
exit "$((failures > 0))"
