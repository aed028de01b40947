#!/usr/bin/env bash
# Builds everything and runs every test: C++, C, the program, an installation, and Python. What takes hours is left out:
# `ctest --preset release -L sweep` fails every allocation and every system call of whole flows. Options:
#   --address      the C++ test cases run under the address and undefined behaviour sanitizers instead of in the
#                  release build, and the trial with 1,000 killed workers is left out, which takes minutes
#   --sanitizers   the same, the program under the address sanitizer and threads under the thread sanitizer, too
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/packages.sh"
need_packages "${build_packages[@]}" "${test_packages[@]}"
cd "$root"
address= thread=
for option in "$@"; do
  case "$option" in
    --address) address=yes ;;
    --sanitizers) address=yes thread=yes ;;
    *) echo "usage: $0 [--address | --sanitizers]" >&2; exit 2 ;;
  esac
done

export RC_PARAMS=seed=20261120  # the same properties are tried each time
# The library is compiled for the tests, for Python and in a parent project alike.
export CC=${CC:-cc} CXX=${CXX:-c++}
export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache

# build PRESET CONFIGURATION TARGET...
build() {
  cmake --preset "$1" "$2" >/dev/null
  cmake --build --preset "$1" --parallel "$(nproc)" --target "${@:3}"
}

python3 scripts/check_layers.py
if [ -z "$address" ]; then
  build release -DSALESCHECKLIST_TEST_CASES=ON all
  ctest --preset release --parallel "$(nproc)" -LE '^sweep$'
else
  build release -DSALESCHECKLIST_TEST_CASES=OFF all
  # The address sanitizer finds what valgrind does, sooner.
  ctest --preset release --parallel "$(nproc)" -E '^c_api_valgrind$' -LE '^(long|sweep)$'
fi
bindings/python/test.sh
build/python/venv/bin/python tests/documents/run.py python .  # with the package that was just installed
if [ -n "$address" ]; then
  build asan -DSALESCHECKLIST_TEST_CASES=ON unit_tests service_tests wiping_tests storage_tests engine_tests c_api_tests
  build/asan/tests/unit_tests --minimal &
  unit_tests=$!
  build/asan/tests/service_tests --minimal
  build/asan/tests/wiping_tests --minimal
  build/asan/tests/engine_tests --minimal
  build/asan/tests/storage_tests --minimal
  build/asan/tests/c_api/c_api_tests --small
  wait "$unit_tests"
fi
if [ -n "$thread" ]; then
  build asan -DSALESCHECKLIST_TEST_CASES=ON saleschecklist_cli
  ctest --preset asan --parallel "$(nproc)" -R '^program'
  build tsan -DSALESCHECKLIST_TEST_CASES=ON service_tests engine_tests c_api_tests
  ctest --preset tsan -R '^c_api_threads$'  # sixteen threads share a checklist
  export TSAN_OPTIONS=suppressions=$root/tests/tsan.supp
  build/tsan/tests/service_tests --minimal --source-file='*recordings*,*assess*' &
  service_tests=$!
  build/tsan/tests/service_tests --minimal --source-file-exclude='*recordings*,*assess*'
  build/tsan/tests/engine_tests --minimal
  wait "$service_tests"
fi
