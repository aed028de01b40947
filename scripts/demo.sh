#!/usr/bin/env bash
# Builds a release, scores a sample call and leaves report.pdf in the current folder.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
. "$root/scripts/packages.sh"
need_packages "${build_packages[@]}"
cd "$root"
cmake --preset release -DSALESCHECKLIST_TESTS=OFF -DSALESCHECKLIST_BENCHMARKS=OFF -B build/demo >/dev/null
cmake --build build/demo --parallel "$(nproc)"
cd "$OLDPWD"
"$root/build/demo/examples/cli/saleschecklist" analyze "$root/examples/calls/freight-tracking.vtt" \
  --rep Imogen --customer "Halden Freight" --opportunity "Shipment tracking" --stage Evaluation \
  --pdf "$PWD/report.pdf"
