#!/usr/bin/env bash
# The worst relative error of the spectral norm on random matrices of many kinds, and on gradients of every config, against
# LAPACK's singular values in float64; exit code 1 where the promise is broken. 100,000 matrices take some ten minutes.
#   scripts/spectral_norm_accuracy.sh [COUNT]       default: 100000; data as BNRUN_DATA_DIR or data/mnist has it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
count=${1:-100000}
[[ $# -le 1 && "$count" =~ ^[1-9][0-9]*$ ]] || { echo "spectral_norm_accuracy: usage: spectral_norm_accuracy.sh [COUNT]" >&2; exit 2; }
cmake --preset release >&2
cmake --build --preset release --target spectral_norms >&2
python=python3
! /usr/bin/python3 -c 'import numpy' 2>/dev/null || python=/usr/bin/python3 # where Debian's numpy is
"$python" tests/accuracy/spectral_norm_accuracy.py build/release/tests/spectral_norms --count "$count" --gradients
