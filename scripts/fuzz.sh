#!/usr/bin/env bash
# Fuzzes with libFuzzer under the address and undefined behaviour sanitizers: fuzz.sh [SECONDS [TARGET...]]
# Each target (the folders of tests/fuzz/corpus, all unless named) runs for SECONDS, 60 by default. Inputs that reached
# new code are kept in build/fuzz/found/TARGET; those that crash, hang or use too much memory are
# build/fuzz/found/TARGET-*. Add such an input, made small with `build/fuzz/tests/fuzz/fuzz_TARGET -minimize_crash=1`, to tests/fuzz/corpus/TARGET together
# with the fix: every build replays that folder.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/packages.sh"
need_packages "${build_packages[@]}" ccache clang llvm
need_packages "libclang-rt-$(clang -dumpversion | cut -d. -f1)-dev"  # libFuzzer and the sanitizers
cd "$root"
seconds=${1:-60}
[[ $seconds =~ ^[0-9]+$ ]] || { echo "usage: $0 [SECONDS [TARGET...]]" >&2; exit 2; }
targets=("${@:2}")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(ls tests/fuzz/corpus)
export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --parallel "${JOBS:-$(nproc)}" --target "${targets[@]/#/fuzz_}"
failed=()
for target in "${targets[@]}"; do
  found=build/fuzz/found/$target
  mkdir -p "$found"
  echo "== $target, $seconds s"
  # -timeout is seconds for one input, -rss_limit_mb is for the whole process.
  "build/fuzz/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=16384 \
    -print_final_stats=1 -verbosity=0 -artifact_prefix="$found-" "$found" "tests/fuzz/corpus/$target" \
    >"$found.log" 2>&1 || failed+=("$target")
  grep -E '^stat::(number_of_executed_units|peak_rss_mb)|^SUMMARY|^broken promise' "$found.log" || tail -5 "$found.log"
done
if [ ${#failed[@]} -gt 0 ]; then
  echo "These targets found something, see build/fuzz/found/TARGET.log: ${failed[*]}" >&2
  exit 1
fi
