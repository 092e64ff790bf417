#!/usr/bin/env bash
# Puts the four files of Fashion-MNIST (Zalando Research, https://github.com/zalandoresearch/fashion-mnist) into
# data/fashion_mnist: from DIR, else from Debian's package dataset-fashion-mnist, which need not be installed, else by download.
#   scripts/get_fashion_mnist.sh [DIR]
# What is accepted, and exit codes: scripts/get_idx_common.sh.
set -euo pipefail
# shellcheck disable=SC2034 # the other script uses them
script=get_fashion_mnist what=Fashion-MNIST target=data/fashion_mnist
mirrors=(http://fashion-mnist.s3-website.eu-central-1.amazonaws.com https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion)
declare -A sha256=(
  [train-images-idx3-ubyte]=c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888
  [train-labels-idx1-ubyte]=bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9
  [t10k-images-idx3-ubyte]=5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b
  [t10k-labels-idx1-ubyte]=0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34
)
# shellcheck source=scripts/get_idx_common.sh
source "$(dirname "${BASH_SOURCE[0]}")/get_idx_common.sh"
package=dataset-fashion-mnist
in_package=usr/share/datasets/fashion-mnist

# From the package that is installed, or else from one that apt-get brings, for which nobody has to be root.
other_place() {
  place="package $package"
  directory=/$in_package
  [[ ! -d "$directory" ]] || return 0
  directory=
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 0
  (cd -- "$stage" && timeout --foreground 300 apt-get -qq download "$package" && dpkg-deb -x "$package"_*.deb package) >/dev/null 2>&1 || return 0
  directory=$PWD/$stage/package/$in_package
}
get_files "$@"
