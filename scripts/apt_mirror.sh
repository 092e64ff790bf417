#!/usr/bin/env bash
# Prints where this machine's apt has its packages from: the first of its sources that is not for security updates, or nothing.
set -euo pipefail
command -v apt-get >/dev/null || exit 0
# shellcheck disable=SC2016 # apt's own variable
apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1 || true
