#!/usr/bin/env bash
# Builds everything and runs every test: C++, C, the program, an installation, and Python. Options:
#   --sanitizers   also under the address, undefined behaviour and thread sanitizers
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/packages.sh"
need_packages "${build_packages[@]}" "${test_packages[@]}"
cd "$root"
sanitizers=
for option in "$@"; do
  case "$option" in
    --sanitizers) sanitizers=yes ;;
    *) echo "usage: $0 [--sanitizers]" >&2; exit 2 ;;
  esac
done

export RC_PARAMS=seed=20261120  # the same properties are tried each time
# The library is compiled for the tests, for Python and in a parent project alike.
export CC=${CC:-cc} CXX=${CXX:-c++}
export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache

# build PRESET TARGET...
build() {
  cmake --preset "$1" >/dev/null
  cmake --build --preset "$1" --parallel "$(nproc)" --target "${@:2}"
}

python3 scripts/check_layers.py
build release all
# The address sanitizer finds what valgrind does, sooner.
ctest --preset release --parallel "$(nproc)" ${sanitizers:+-E '^c_api_valgrind$'}
bindings/python/test.sh
if [ -n "$sanitizers" ]; then
  build asan unit_tests service_tests c_api_tests saleschecklist_cli
  build/asan/tests/unit_tests --minimal &
  unit_tests=$!
  build/asan/tests/service_tests --minimal
  ctest --preset asan -R '^(c_api|program|program_with_services)$'
  wait "$unit_tests"
  build tsan service_tests c_api_tests
  ctest --preset tsan -R '^c_api_threads$'  # sixteen threads share a checklist
  export TSAN_OPTIONS=suppressions=$root/tests/tsan.supp
  build/tsan/tests/service_tests --minimal --source-file='*recordings*,*assess*' &
  service_tests=$!
  build/tsan/tests/service_tests --minimal --source-file-exclude='*recordings*,*assess*'
  wait "$service_tests"
fi
