#!/usr/bin/env bash
# What get_mnist.sh and get_fashion_mnist.sh share: the four files of a data set come from a directory or a mirror into data/.
# Sourced by a script that sets `script` (its name), `what` (the data set's), `target` (a directory), `mirrors` and `sha256`,
# and then calls get_files.
# A file (plain or .gz) is accepted only if its uncompressed contents have the known SHA-256. In a directory it may also be
# called train-images.idx3-ubyte, or lie in a directory of its name, as Kaggle has it; it is stored as train-images-idx3-ubyte.
# Nothing is put in place before all four are good; good files that are there already are kept. Exit codes: 2 bad usage, 3 not to be had, 5 cannot write.
# shellcheck disable=SC2034,SC2154 # what the other script uses and sets

names=(train-images-idx3-ubyte train-labels-idx1-ubyte t10k-images-idx3-ubyte t10k-labels-idx1-ubyte)
stage=
piece=150000 seconds=15 # a mirror has so many seconds for each piece of so many bytes
too_slow=101 too_long=102 unwritable=103

fail() {
  echo "$script: $2" >&2
  exit "$1"
}

# most NAME: bytes that NAME has at most: its own, and what any gzip may add.
most() {
  local size
  case "$1" in
    train-images*) size=47040016 ;;
    train-labels*) size=60008 ;;
    t10k-images*) size=7840016 ;;
    t10k-labels*) size=10008 ;;
  esac
  echo $((size + size / 100 + 1000))
}

# good FILE NAME: whether FILE, plain or gzip by its name, holds the contents of the official NAME.
good() {
  local sum
  case "$1" in
    *.gz) sum=$(gzip -dc -- "$1" 2>/dev/null | head -c "$(most "$2")" | sha256sum) || return 1 ;;
    *) sum=$(sha256sum <"$1") || return 1 ;;
  esac
  [[ "${sum%% *}" == "${sha256[$2]}" ]]
}

# kept NAME: whether $target has NAME, and every form of it that is there is good.
kept() {
  local file found=1
  for file in "$target/$1" "$target/$1.gz"; do
    [[ -e "$file" ]] || continue
    good "$file" "$1" || return 1
    found=0
  done
  return "$found"
}

# usual_names NAME: the names that NAME's file has in a directory, one a line, the official one first.
usual_names() {
  local folder name dotted=${1/-idx/.idx}
  printf '%s\n' "$1" "$1.gz" "$dotted" "$dotted.gz"
  for folder in "$1" "$dotted"; do
    for name in "$1" "$dotted"; do printf '%s\n' "$folder/$name" "$folder/$name.gz"; done
  done
}

# from_directory DIR NAME: copies NAME into the staging directory, or says in $why why not.
from_directory() {
  local file copy names
  why="$1: has neither $2 nor $2.gz, nor ${2/-idx/.idx}, nor a directory of the name with the file in it"
  mapfile -t names < <(usual_names "$2")
  for file in "${names[@]/#/$1/}"; do
    [[ -f "$file" ]] || continue
    copy=$stage/$2
    [[ "$file" != *.gz ]] || copy+=.gz
    # Copied first and checked after, so that what was checked is what is kept.
    head -c "$(most "$2")" -- "$file" >"$copy" || fail 5 "$stage: cannot copy $file to it; free some space or check its rights"
    good "$copy" "$2" && return 0
    rm -f -- "$copy"
    why="$file: SHA-256 of its uncompressed contents is not that of $what's $2"
  done
  return 1
}

# download URL: to stdout. What bounds its time here is for a mirror that sends nothing any more.
download() {
  if command -v curl >/dev/null; then
    curl -fsSL --connect-timeout 4 --speed-limit 1000 --speed-time "$seconds" --max-time 300 "$1" 2>/dev/null
  else
    timeout --foreground 300 wget -q --tries=1 --dns-timeout=4 --connect-timeout=4 --read-timeout="$seconds" -O - "$1"
  fi
}

# paced FILE BYTES: stdin to FILE, unless it comes too slowly, is longer than so many bytes or FILE takes no more.
paced() {
  local size=0 got=$piece code
  : >"$1" || return "$unwritable"
  while ((got == piece)); do
    code=0
    (trap '' XFSZ; exec timeout --foreground "$seconds" head -c "$piece") >>"$1" 2>/dev/null || code=$?
    case $code in
      0) ;;
      124) return "$too_slow" ;;
      *) return "$unwritable" ;;
    esac
    got=$(($(stat -c %s -- "$1") - size))
    size=$((size + got))
    ((size <= $2)) || return "$too_long"
  done
}

from_mirrors() {
  local mirror file code
  command -v curl >/dev/null || command -v wget >/dev/null ||
    fail 3 "neither curl nor wget is installed; install one, or give a directory with the four files"
  why="none of the mirrors could be reached (${mirrors[*]})"
  for mirror in "${mirrors[@]}"; do
    file=$stage/$1.gz code=0
    download "$mirror/$1.gz" | paced "$file" "$(most "$1")" || code=$?
    case $code in
      0) good "$file" "$1" && return 0
        why="$mirror/$1.gz: SHA-256 of its uncompressed contents is not that of $what's $1" ;;
      "$too_slow") why="$mirror/$1.gz: came at less than $((piece / seconds / 1000)) kB a second" ;;
      "$too_long") why="$mirror/$1.gz: longer than $what's $1" ;;
      "$unwritable") fail 5 "$stage: cannot write $1.gz to it; free some space or check its rights" ;;
    esac
    rm -f -- "$file"
  done
  return 1
}

cleanup() {
  [[ -z "$stage" ]] || rm -rf -- "$stage"
  rmdir -- "$target" 2>/dev/null || true
}

# get_files [DIR]: all of it. Where no directory is given, the function other_place may set `directory`, and `place` to what
# it is called; what is not good there comes from a mirror.
get_files() {
  local name form wanted=() place=
  if (($# > 1)) || [[ "${1:-}" == -* ]]; then
    fail 2 "expected at most one directory, got: $*; usage: scripts/$script.sh [DIR]"
  fi
  directory=${1:-}
  if [[ -n "$directory" ]]; then
    [[ -d "$directory" ]] || fail 3 "$directory: no such directory; give one with the four $what files, plain or .gz"
    directory=$(cd -- "$directory" && pwd)
  fi
  invoked_from=$PWD
  cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 70
  for name in "${names[@]}"; do
    kept "$name" || wanted+=("$name")
  done
  if ((${#wanted[@]} == 0)); then
    echo "$script: $target has all four files" >&2
    return
  fi

  trap cleanup EXIT
  trap 'exit 130' INT TERM HUP
  mkdir -p "$target" 2>/dev/null || fail 5 "$target: cannot be made; check the rights of data/"
  stage=$(mktemp -d "$target/.partial.XXXXXX" 2>/dev/null) || fail 5 "$target: cannot be written to; check its rights"
  [[ -n "$directory" ]] || other_place
  for name in "${wanted[@]}"; do
    if [[ -n "$directory" ]]; then
      from_directory "$directory" "$name" && continue
      [[ -n "$place" ]] || fail 3 "$why; give a directory with the four $what files, plain or .gz"
      echo "$script: $place: $why; trying the public mirrors" >&2
      directory=
    fi
    from_mirrors "$name" || fail 3 "$why; give a directory with the four files: scripts/$script.sh DIR"
  done
  for name in "${wanted[@]}"; do
    for form in "$name" "$name.gz"; do
      if [[ -e "$stage/$form" ]]; then
        mv -f -- "$stage/$form" "$target/$form" || fail 5 "$target/$form: cannot be written; check its rights"
      else
        rm -f -- "$target/$form"
      fi
    done
  done
  echo "$script: $target has all four files" >&2
}
