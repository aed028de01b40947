# Sourced by the other scripts: makes sure that what the build needs is installed.
# need_packages PACKAGE...: installs missing Debian or Ubuntu packages with apt, or says which to install.
need_packages() {
  local missing=() package
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    command -v cmake >/dev/null && [ -n "${SALESCHECKLIST_HAVE_PACKAGES:-}" ] && return 0
    echo "There is no apt here. Install what these Debian packages hold, then run again with" >&2
    echo "SALESCHECKLIST_HAVE_PACKAGES=1: $*" >&2
    return 1
  fi
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || { echo "Please install as root: apt-get install ${missing[*]}" >&2; return 1; }
    sudo=(sudo)
  fi
  echo "Installing: ${missing[*]}"
  "${sudo[@]}" apt-get update -qq
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

build_packages=(g++ cmake ninja-build pkg-config nlohmann-json3-dev libfmt-dev libssl-dev libvalijson-dev
  libcld2-dev libutf8proc-dev libzip-dev libstemmer-dev libhpdf-dev libfontconfig-dev libfreetype-dev libfribidi-dev libcli11-dev
  libcurl4-openssl-dev libavformat-dev libavcodec-dev libavutil-dev libswresample-dev libsqlite3-dev libpq-dev fonts-dejavu-core)
test_packages=(ccache espeak-ng ffmpeg libcpp-httplib-dev nghttp2-server openssl doctest-dev librapidcheck-dev libbenchmark-dev libcjson-dev libicu-dev python3 poppler-utils qpdf
  postgresql pgbouncer valgrind abigail-tools clang doxygen doxygen-awesome-css)
