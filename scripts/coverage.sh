#!/usr/bin/env bash
# Measures which lines and branches of src/ the tests reach.
# A table of the rooms goes to the terminal, the pages with every line to build/coverage/report/index.html. Exits with
# the status of the tests.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/packages.sh"
need_packages "${build_packages[@]}" "${test_packages[@]}" gcovr
cd "$root"
jobs=${JOBS:-$(nproc)}
export CMAKE_C_COMPILER_LAUNCHER=ccache CMAKE_CXX_COMPILER_LAUNCHER=ccache
export RC_PARAMS="seed=20261120 max_success=25"  # counting makes the code slow
export GCOV_ERROR_FILE=/dev/null                 # programs are tested for what they print
cmake --preset coverage -DSALESCHECKLIST_TEST_CASES=ON >/dev/null
cmake --build --preset coverage --parallel "$jobs"
find build/coverage -name '*.gcda' -delete  # counts of earlier runs
status=0
# The C++ test cases in a few processes, since each of them reads and writes all counts.
printf '%s\n' engine_tests unit_tests service_tests storage_tests wiping_tests |
  xargs -P "$jobs" -I '{}' build/coverage/tests/'{}' --minimal || status=$?
# Killed workers write no counts, other compilers measure nothing here, and valgrind would take hours.
cmake --preset coverage -DSALESCHECKLIST_TEST_CASES=OFF >/dev/null
ctest --preset coverage --timeout 1200 --parallel "$jobs" -LE 'long|sweep|install|independent' \
  -E '^(kills_|torture_|c_api_valgrind$|abi$|documents$|site$)' || status=$?
mkdir -p build/coverage/report
gcovr --root "$root" --filter "$root/src/" --filter "$root/include/" \
  --exclude-throw-branches --exclude-unreachable-branches -j "$jobs" \
  --html-details build/coverage/report/index.html --json-summary build/coverage/report/summary.json build/coverage
python3 scripts/coverage_table.py build/coverage/report/summary.json
exit "$status"
