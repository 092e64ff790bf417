#!/usr/bin/env bash
# Runs cppcheck over src/; exits with 77 (skipped, for CTest) without cppcheck.
# What it should not report stands in scripts/cppcheck.txt, with reasons.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if ! command -v cppcheck >/dev/null; then
  echo "check_cppcheck: SKIPPED: cppcheck is not installed (apt-get install -y cppcheck)"
  exit 77
fi
version=$(cppcheck --version | grep -oE '[0-9]+\.[0-9]+')
if [[ "$version" != 2.10 ]]; then
  echo "check_cppcheck: SKIPPED: cppcheck $version finds other things than version 2.10, which the build machine has"
  exit 77
fi
cppcheck --quiet --std=c++20 --language=c++ --enable=warning,style,performance,portability --inline-suppr \
  --suppressions-list=scripts/cppcheck.txt --error-exitcode=1 -j "$(nproc)" -I src src \
  --template='{file}:{line}: {severity}: {message} [{id}]'
