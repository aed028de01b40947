#!/usr/bin/env bash
# Builds everything and runs every test. Options:
#   --sanitizers   also under the address and undefined behaviour sanitizers
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/packages.sh"
need_packages "${build_packages[@]}" "${test_packages[@]}"
cd "$root"
presets=(release)
for option in "$@"; do
  case "$option" in
    --sanitizers) presets+=(asan) ;;
    *) echo "usage: $0 [--sanitizers]" >&2; exit 2 ;;
  esac
done
python3 scripts/check_layers.py
for preset in "${presets[@]}"; do
  cmake --preset "$preset" >/dev/null
  cmake --build --preset "$preset" --parallel "$(nproc)"
  ctest --preset "$preset" --parallel "$(nproc)"
done
