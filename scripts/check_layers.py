#!/usr/bin/env python3
"""Checks that no folder includes what its layer may not, that no file is too long, and that each type has one home.

The layers are those of docs/architecture.md. Exits 1 and names every fault.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 500

# Which folders of src/ a folder may include, beside itself and the public headers.
ALLOWED = {
    "core": set(),
    "analysis": {"core"},
    "report": {"core"},
    "net": {"core"},
    "providers": {"core", "net"},
    "media": {"core"},
    "storage": {"core", "net"},
    "engine": {"core"},
    "c_api": set(),
}
PUBLIC_ONLY = ["examples", "bindings", "benchmarks", "include"]  # must not include src/ at all

# A third-party header and the only files that may include it.
SINGLE_USER = {
    "hpdf.h": "src/report/",
    "curl/": "src/net/curl_transport.cpp",
    "sqlite3.h": "src/storage/",
    "libpq": "src/storage/",
    "libav": "src/media/",
    "libsw": "src/media/",
    "fontconfig/": "src/report/",
    "fribidi.h": "src/report/",
    "utf8proc.h": ("src/core/unicode.cpp", "src/report/fonts.cpp"),
    "libstemmer.h": "src/analysis/stems.cpp",
    "valijson/": "src/core/schema.cpp",
    "openssl/": ("src/core/sha256.cpp", "src/core/base64.cpp"),
}
NO_THIRD_PARTY = "include/"
TYPE = re.compile(r"^(?:struct|class) (?:SALESCHECKLIST_API )?(\w+)(?: final)?(?: :[^{;]*)? \{", re.MULTILINE)
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def tracked(*patterns):
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, check=True, capture_output=True, text=True)
    return [line for line in listing.stdout.splitlines() if (ROOT / line).is_file()]


def include_faults(path, number, quote, header):
    """Yields what is wrong with one include line."""
    where = f"{path}:{number}"
    folder = header.split("/")[0]
    if path.startswith("src/"):
        own = path.split("/")[1]
        if own not in ALLOWED:
            yield f"{where}: the layer '{own}' is not known to scripts/check_layers.py"
        elif quote == '"' and folder != own and folder not in ALLOWED[own]:
            yield f"{where}: {own} may not include {header}"
    elif any(path.startswith(top + "/") for top in PUBLIC_ONLY):
        if quote == '"' and folder in ALLOWED:
            yield f"{where}: only public headers may be included here, not {header}"
    if path.startswith(NO_THIRD_PARTY) and "/" in header and not header.startswith("saleschecklist/"):
        yield f"{where}: no third-party header in the public API: {header}"
    for prefix, users in SINGLE_USER.items():
        if path.startswith("src/") and header.startswith(prefix) and not path.startswith(users):
            yield f"{where}: {prefix} belongs to {users}"


def type_faults():
    """Yields the types that two headers define: in one namespace, the linker would mix them up."""
    homes = {}
    for path in tracked("src/*.hpp", "include/*.hpp"):
        for match in TYPE.finditer((ROOT / path).read_text(encoding="utf-8")):
            homes.setdefault(match.group(1), set()).add(path)
    for name, paths in sorted(homes.items()):
        if len(paths) > 1:
            yield f"{name} is defined in more than one header: {', '.join(sorted(paths))}"


def main():
    faults = list(type_faults())
    for path in tracked("*.cpp", "*.hpp", "*.h", "*.c", "*.py", "*.sh", "*.cmake", "*CMakeLists.txt"):
        lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
        if len(lines) > LONGEST:
            faults.append(f"{path}: {len(lines)} lines, more than {LONGEST}: split it")
        for number, line in enumerate(lines, 1):
            if match := INCLUDE.match(line):
                faults.extend(include_faults(path, number, *match.groups()))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
