#!/usr/bin/env bash
# Analyses the C++ sources with clang-tidy, by .clang-tidy, and so compiles each of them with Clang: tidy.sh [FILE...]
# Without a FILE, all files of src/, examples/ and tests/fuzz/. A warning of the compiler is a finding, too.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/packages.sh"
need_packages "${build_packages[@]}" "${test_packages[@]}" clang clang-tidy
cd "$root"
cmake --preset tidy >/dev/null
files=("$@")
[ $# -gt 0 ] ||
  mapfile -t files < <(git ls-files 'src/*.cpp' 'examples/*.cpp' 'tests/fuzz/*.cpp' ':!tests/fuzz/libfuzzer.cpp')
# xargs fails if one of them does; the counts of warnings in system headers are left out.
printf '%s\0' "${files[@]}" | xargs -0 -n 1 -P "${JOBS:-$(nproc)}" \
  clang-tidy -p build/tidy --quiet 2> >(grep -vE '^[0-9]+ warnings? generated' >&2)
echo "clang-tidy has no findings in ${#files[@]} files"
