#!/usr/bin/env bash
# Analyses the C++ sources, and fails if there is a finding: tidy.sh [--fast] [FILE...]
# clang-tidy checks by .clang-tidy and so compiles each file with Clang, whose warnings are findings, too; cppcheck looks
# for what it calls errors, warnings, performance and portability. A false finding is worded away, not suppressed.
#   --fast  without clang-tidy's paths through the program (clang-analyzer-*), which take as long as all else
# Without a FILE: all files of src/, examples/ and tests/fuzz/; FILEs are checked by clang-tidy only.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/packages.sh"
need_packages "${build_packages[@]}" "${test_packages[@]}" clang clang-tidy cppcheck
cd "$root"
jobs=${JOBS:-$(nproc)}
checks=()
if [ "${1:-}" = --fast ]; then
  checks=(--checks='-clang-analyzer-*')
  shift
fi
files=("$@")
if [ $# -eq 0 ]; then
  mapfile -t files < <(git ls-files 'src/*.cpp' 'examples/*.cpp' 'tests/fuzz/*.cpp' ':!tests/fuzz/libfuzzer.cpp')
  cppcheck --enable=warning,performance,portability --std=c++20 --language=c++ --quiet --error-exitcode=1 -j "$jobs" \
    -Iinclude -Isrc src include examples
  echo "cppcheck has no findings"
fi
cmake --preset tidy >/dev/null
# xargs fails if one of them does; the counts of warnings in system headers are left out.
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "$jobs" \
  clang-tidy -p build/tidy --quiet ${checks[@]+"${checks[@]}"} 2> >(grep -vE '^[0-9]+ warnings? generated' >&2)
echo "clang-tidy has no findings in ${#files[@]} files"
