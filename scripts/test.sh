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

# run_preset PRESET TARGET [CTEST_OPTION...]: builds a target and runs its tests.
run_preset() {
  cmake --preset "$1" >/dev/null
  cmake --build --preset "$1" --parallel "$(nproc)" --target "$2"
  ctest --preset "$1" --parallel "$(nproc)" "${@:3}"
}

python3 scripts/check_layers.py
run_preset release all
bindings/python/test.sh
if [ -n "$sanitizers" ]; then
  run_preset asan all
  run_preset tsan c_api_tests -R '^c_api_threads$'  # sixteen threads share a checklist
fi
