#!/usr/bin/env bash
# Builds the site in build/site from the public headers and the guides; any warning of Doxygen is an error. The theme is
# Doxygen Awesome where its package is installed, else Doxygen's own.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
if ! command -v doxygen >/dev/null; then
  . "$root/scripts/packages.sh"
  need_packages doxygen doxygen-awesome-css python3
fi
cd "$root"
theme=/usr/share/doxygen-awesome-css
styles=docs/site/site.css
[ ! -d "$theme" ] || styles="$theme/doxygen-awesome.css $theme/doxygen-awesome-sidebar-only.css $styles"
version=$(sed -nE 's/^#define SALESCHECKLIST_VERSION "(.*)"$/\1/p' include/saleschecklist/config.h)
rm -rf build/site
mkdir -p build/site
{
  cat docs/site/Doxyfile
  echo "PROJECT_NUMBER = $version"
  echo "OUTPUT_DIRECTORY = build/site"
  echo "HTML_OUTPUT = ."
  echo "HTML_EXTRA_STYLESHEET = $styles"
} | doxygen -
[ -s build/site/index.html ] && [ -s build/site/classsaleschecklist_1_1Store.html ] || {
  echo "Doxygen made no pages." >&2
  exit 1
}
echo "build/site/index.html"
