#!/usr/bin/env bash
# Checks what the shared library shows to the outside: check_abi.sh [--update] BUILD_DIR
#  - It exports the C API and marked names of saleschecklist::, nothing else.
#  - Functions and types of the C API are those in tests/abi/saleschecklist-N.abi, N being SCL_ABI.
# A removed or changed one needs another SCL_ABI; --update writes the file anew for added ones and
# for a new SCL_ABI.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
usage() { echo "usage: $0 [--update] BUILD_DIR" >&2; exit 2; }
update=
if [ "${1:-}" = --update ]; then update=1; shift; fi
[ $# -eq 1 ] && [ -d "$1" ] || usage
library=$(find "$1" -maxdepth 1 -name 'libsaleschecklist.so.*.*.*' | sort | tail -1)
[ -n "$library" ] || { echo "There is no shared library in $1." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

exported() { nm -DC --defined-only "$library" | sed 's/^[0-9a-f]* *[A-Za-z] //'; }
if exported | grep -vE '^(scl_[a-z_]+|((typeinfo|typeinfo name|vtable) for )?saleschecklist::.*)(@.*)?$' >"$work/others"; then
  echo "The library exports what is not its own:" >&2
  head -20 "$work/others" >&2
  exit 1
fi

# The C API as C programs see it: the header's functions with empty bodies. That the library's own
# functions are these, the compiler has checked; that it has all of them is checked below. (Enums
# that no function takes, c_api_tests checks.)
header=$root/include/saleschecklist/saleschecklist.h
"${CC:-cc}" -E -P -I"$root/include" -x c "$header" |
  sed -zE 's/__attribute__\(\(visibility\("default"\)\)\)([^;]*);/\1 { __builtin_trap(); }/g' >"$work/c_api.c"
"${CC:-cc}" -std=c11 -g -O0 -fPIC -shared "$work/c_api.c" -o "$work/c_api.so"
abidw --no-architecture --no-corpus-path --no-comp-dir-path --no-show-locs \
  --no-elf-needed --no-parameter-names --out-file "$work/now.abi" "$work/c_api.so"
sed -i -E "s#path='[^']*/#path='#" "$work/now.abi"

abi=$(sed -nE 's/^#define SCL_ABI ([0-9]+)$/\1/p' "$header")
known=$root/tests/abi/saleschecklist-$abi.abi
if [ -f "$known" ]; then
  if ! abidiff --no-added-syms "$known" "$work/now.abi"; then
    echo "The C API is not what programs built with SCL_ABI $abi expect. Give new names to what" >&2
    echo "changed, or raise SCL_ABI and run: $0 --update $1" >&2
    exit 1
  fi
  [ -n "$update" ] || abidiff --harmless "$known" "$work/now.abi" || {
    echo "The C API has grown. If that is meant, run: $0 --update $1" >&2
    exit 1
  }
elif [ -z "$update" ]; then
  echo "tests/abi/saleschecklist-$abi.abi does not exist yet. Run: $0 --update $1" >&2
  exit 1
fi
names() { grep -oE '^scl_[a-z_]+' | sort -u; }
if ! diff <(exported | names) <(nm -D --defined-only "$work/c_api.so" | sed 's/.* //' | names); then
  echo "The shared library in $1 has not these functions: build it first." >&2
  exit 1
fi

if [ -n "$update" ]; then
  cp "$work/now.abi" "$known"
  echo "Written: tests/abi/saleschecklist-$abi.abi"
fi
