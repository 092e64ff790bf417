#!/usr/bin/env bash
# Checks the shell scripts of this repository; exits with 77 (skipped, for CTest) without shellcheck.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v shellcheck >/dev/null; then
  echo "check_shell: SKIPPED: shellcheck is not installed (apt-get install -y shellcheck)"
  exit 77
fi
find .ci scripts src tests -type f \( -name '*.sh' -o -name '*.bash' -o -name '*.sbatch' -o -path .ci/run \) -print0 | sort -z |
  xargs -0 -r shellcheck --external-sources --source-path=SCRIPTDIR --severity=warning || exit 1
