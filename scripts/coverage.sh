#!/usr/bin/env bash
# Measures which lines and branches of src/ the tests reach: coverage.sh [CTEST_OPTION...], such as coverage.sh -R unit
# The summary goes to the terminal, the pages with every line to build/coverage/report/index.html.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/packages.sh"
need_packages "${build_packages[@]}" "${test_packages[@]}" gcovr
cd "$root"
export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache RC_PARAMS=seed=20261120
cmake --preset coverage >/dev/null
cmake --build --preset coverage --parallel "${JOBS:-$(nproc)}"
find build/coverage -name '*.gcda' -delete  # counts of earlier runs
# Killed workers write no counts, other compilers measure nothing here, and valgrind would take hours.
ctest --preset coverage --parallel "$(nproc)" -LE 'long|sweep|install|independent' -E '^(kills_|torture_|c_api_valgrind$|abi$)' "$@"
mkdir -p build/coverage/report
gcovr --root "$root" --filter "$root/src/" --filter "$root/include/" \
  --exclude-throw-branches --exclude-unreachable-branches \
  -j "$(nproc)" --html-details build/coverage/report/index.html --print-summary build/coverage | tail -3
