#!/usr/bin/env bash
# Builds the fuzz targets for a fuzzing service, as OSS-Fuzz asks for it: build.sh
# Takes $CC, $CXX, $CFLAGS, $CXXFLAGS and $LIB_FUZZING_ENGINE; the sources are $SRC/saleschecklist if it exists, else this
# checkout. Each target becomes $OUT/fuzz_NAME with $OUT/fuzz_NAME_seed_corpus.zip; shared libraries that it needs are
# copied to $OUT/lib. Without these variables, it builds with clang, libFuzzer and the address sanitizer in build/oss-fuzz.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
[ ! -d "${SRC:-}/saleschecklist" ] || root=$SRC/saleschecklist
work=${WORK:-$root/build/oss-fuzz}
out=${OUT:-$work/out}
export CC=${CC:-clang} CXX=${CXX:-clang++}
if [ -z "${LIB_FUZZING_ENGINE:-}" ]; then
  LIB_FUZZING_ENGINE=-fsanitize=fuzzer
  export CFLAGS=${CFLAGS:--O1 -g1 -fsanitize=fuzzer-no-link,address} CXXFLAGS=${CXXFLAGS:--O1 -g1 -fsanitize=fuzzer-no-link,address}
fi
mkdir -p "$out/lib"
cmake -S "$root" -B "$work/targets" -G Ninja -DSALESCHECKLIST_FUZZ=ON -DSALESCHECKLIST_FUZZ_ENGINE="$LIB_FUZZING_ENGINE" \
  -DSALESCHECKLIST_TESTS=OFF -DSALESCHECKLIST_EXAMPLES=OFF -DSALESCHECKLIST_SHARED=OFF -DSALESCHECKLIST_INSTALL=OFF \
  -DSALESCHECKLIST_POSTGRES=OFF -DCMAKE_BUILD_RPATH='$ORIGIN/lib'
cmake --build "$work/targets" --parallel "${JOBS:-$(nproc)}"
for target in "$work"/targets/tests/fuzz/fuzz_*; do
  name=$(basename "$target")
  corpus=$root/tests/fuzz/corpus/${name#fuzz_}
  [ -x "$target" ] && [ -d "$corpus" ] || continue  # the object library and the replay are no targets
  cp "$target" "$out/$name"
  (cd "$corpus" && cmake -E tar cf "$out/${name}_seed_corpus.zip" --format=zip -- *)
  # All but those of the C library, which every machine has.
  ldd "$target" | awk '$3 ~ "^/" && $1 !~ /^(libc|libm|libdl|libpthread|librt|ld-linux.*)\.so/ {print $3}' |
    xargs -r cp -Lnt "$out/lib"
done
ls "$out"
