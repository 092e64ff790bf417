#!/bin/bash
# scripts/get_fashion_mnist.sh: from a directory, else from Debian's package, else from a mirror; the known contents only.
# shellcheck source=tests/cli/support.sh
source "$(dirname "$0")/support.sh"
scripts=$(realpath "$(dirname "$0")/../../scripts")
names=(train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte)
grep -q '^ *{*"train-images-idx3-ubyte", "c59f468a2f67' "$scripts/../src/data/mnist.cc" || fail "other checksums than the program's"
cd "$scratch" || exit 1

# The script as it is, but for the checksums, the mirror, which is not there, and the place of a package that is installed.
mkdir -p scripts good programs
cp "$scripts"/get_{fashion_mnist,idx_common}.sh scripts/
for name in "${names[@]}"; do
    echo "$name" > "good/$name"
    sum=$(sha256sum < "good/$name")
    sed -i "s/\[$name\]=.*/[$name]=${sum%% *}/" scripts/get_fashion_mnist.sh
done
sed -i 's#^mirrors=.*#mirrors=(http://127.0.0.1:1)#; s#^in_package=.*#in_package=no/such/place#' scripts/get_fashion_mnist.sh

# get CODE [DIR]
get() {
    local code=0 expected=$1
    shift
    rm -rf data
    mkdir data
    PATH=$scratch/programs:$PATH scripts/get_fashion_mnist.sh "$@" 2> stderr || code=$?
    [ "$code" -eq "$expected" ] || fail "get_fashion_mnist.sh $*: exit code $code, expected $expected: $(cat stderr)"
    [ "$expected" -eq 0 ] || [ ! -e data/fashion_mnist ] || fail "get_fashion_mnist.sh $* left $(ls -A data/fashion_mnist)"
}

# package NAME: what apt-get brings holds these files.
package() {
    printf '#!/bin/sh\n[ "$*" = "-qq download dataset-fashion-mnist" ] && touch dataset-fashion-mnist_0_all.deb\n' > programs/apt-get
    printf '#!/bin/sh\n[ "$1" = -x ] && [ -f "$2" ] && mkdir -p "$3/no/such" && cp -r %s "$3/no/such/place"\n' "$scratch/$1" > programs/dpkg-deb
    chmod +x programs/*
}

printf '#!/bin/sh\nexit 100\n' > programs/apt-get
chmod +x programs/apt-get
get 0 good
diff -r good data/fashion_mnist || fail "other files than were given"
get 3
grep -q 'get_fashion_mnist: none of the mirrors could be reached' stderr || fail "nothing to be had: $(cat stderr)"
get 3 nowhere
grep -q 'get_fashion_mnist: nowhere: no such directory; give one with the four Fashion-MNIST files' stderr || fail "$(cat stderr)"

package good
get 0
diff -r good data/fashion_mnist || fail "other files than the package's"
cp -r good wrong
echo other > wrong/t10k-images-idx3-ubyte
package wrong
get 3
grep -q "package dataset-fashion-mnist: .*SHA-256 of its uncompressed contents is not that of Fashion-MNIST's t10k-images" stderr ||
    fail "a package with other contents: $(cat stderr)"
get 3 wrong
finish
