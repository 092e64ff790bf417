#!/usr/bin/env bash
# Checks that the sources are laid out as .clang-format says; exits with 77 (skipped, for CTest) without clang-format.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v clang-format >/dev/null; then
  echo "check_format: SKIPPED: clang-format is not installed (apt-get install -y clang-format)"
  exit 77
fi
version=$(clang-format --version | grep -oE '[0-9]+' | head -n 1)
if [[ "$version" != 14 ]]; then
  echo "check_format: SKIPPED: clang-format $version has other rules than version 14, which the build machine has"
  exit 77
fi
mapfile -t folders < <(find src tests bench -maxdepth 0 -type d 2>/dev/null)
find "${folders[@]}" -type f \( -name '*.h' -o -name '*.cc' \) -print0 | sort -z |
  xargs -0 -r clang-format --dry-run -Werror || exit 1
