#!/usr/bin/env bash
# Fuzzes with libFuzzer under the address and undefined behaviour sanitizers: fuzz.sh [MINUTES [TARGET...]]
# Each target (the folders of tests/fuzz/corpus, all unless named) runs for MINUTES, 1 by default. A line per target says
# how many inputs were tried, how many of them in a second, and what they reached: `cov` counts edges of the code, `ft`
# edges together with how often they were taken. Inputs that reached new code are kept in build/fuzz/found/TARGET; those
# that crash, hang or use too much memory are build/fuzz/found/TARGET-*. Add such an input, made small with
# `build/fuzz/tests/fuzz/fuzz_TARGET -minimize_crash=1`, to tests/fuzz/corpus/TARGET together with the fix: every build
# replays that folder.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/packages.sh"
cd "$root"
minutes=${1:-1}
[[ $minutes =~ ^[1-9][0-9]*$ ]] || { echo "usage: $0 [MINUTES [TARGET...]]" >&2; exit 2; }
targets=("${@:2}")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(ls tests/fuzz/corpus)
for target in "${targets[@]}"; do
  [ -d "tests/fuzz/corpus/$target" ] || { echo "there is no target '$target'; there are:" $(ls tests/fuzz/corpus) >&2; exit 2; }
done
need_packages "${build_packages[@]}" ccache clang llvm libcjson-dev libicu-dev
need_packages "libclang-rt-$(clang -dumpversion | cut -d. -f1)-dev"  # libFuzzer and the sanitizers
export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --parallel "${JOBS:-$(nproc)}" --target "${targets[@]/#/fuzz_}"

# The last value of `NAME: VALUE` in a log of libFuzzer.
last() { grep -oE "$1: +[0-9]+" "$2" | tail -1 | grep -oE '[0-9]+$' || echo '?'; }

failed=()
for target in "${targets[@]}"; do
  found=build/fuzz/found/$target
  mkdir -p "$found"
  # -timeout is seconds for one input, -rss_limit_mb is for the whole process.
  "build/fuzz/tests/fuzz/fuzz_$target" -max_total_time="$((60 * minutes))" -timeout=10 -rss_limit_mb=2048 \
    -max_len=16384 -print_final_stats=1 -artifact_prefix="$found-" "$found" "tests/fuzz/corpus/$target" \
    >"$found.log" 2>&1 || failed+=("$target")
  printf '%-12s %2d min  %9s inputs  %6s exec/s  cov %6s  ft %6s  %5s MB\n' "$target" "$minutes" \
    "$(last stat::number_of_executed_units "$found.log")" "$(last stat::average_exec_per_sec "$found.log")" \
    "$(last cov "$found.log")" "$(last ft "$found.log")" "$(last stat::peak_rss_mb "$found.log")"
  grep -E '^SUMMARY|^broken promise' "$found.log" || true
done
if [ ${#failed[@]} -gt 0 ]; then
  echo "These targets found something, see build/fuzz/found/TARGET.log: ${failed[*]}" >&2
  exit 1
fi
