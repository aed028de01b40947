#!/usr/bin/env python3
"""Checks that the rooms of src/ include each other one way only, and that each thing has one home.

ROOMS below is the picture: docs/architecture.md says what is in each room. Exits 1 and names every fault.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 500
WHOLE = {"include/saleschecklist/saleschecklist.h"}  # one header, so that one file is the whole C API

# A room, its namespace in saleschecklist, and the rooms that it may include beside itself and the public headers.
# A room includes only rooms that are named before it, so the arrows form no circle. The namespace is the room's name,
# except where a public function has that name.
ROOMS = {
    # what knows nothing of sales
    "base": ("base", ""),
    "text": ("text", "base"),
    "json": ("json", "base text"),
    # the nouns
    "checklist": ("checklist", "base json"),
    "cues": ("cues", "base text json checklist"),
    "listen": ("listening", "base text cues"),
    "transcript": ("transcript", "base text json cues listen"),
    "metrics": ("metrics", "base text json"),
    "response": ("response", "base json"),
    "score": ("scoring", "base json checklist"),
    "deal": ("deal", "base json score"),
    "usage": ("usage", "base json"),
    # the arrows
    "assessability": ("assessable", "base text json transcript"),
    "evidence": ("evidence", "base text"),
    "assess/offline": ("assessing", "base text json checklist cues listen transcript evidence assessability"),
    "assess/model": ("assessing", "base text json checklist usage evidence"),
    "turns": ("turns", "base text json usage transcript assess/model"),
    "coach": ("coaching", "base text json usage evidence assess/model"),
    "redact": ("redaction", "base text"),
    "speak": ("speech", "base text usage"),
    "report": ("report", "base text score evidence"),
    "pipeline": ("pipeline", "base json evidence assessability assess/offline assess/model"),
    # the world
    "media": ("media", "base text transcript usage"),
    "net": ("net", "base json"),
    "providers": ("providers", "base text json net"),
    "storage": ("storage", "base json net"),
    "engine": ("engine", "base json checklist transcript cues pipeline"),
    "c_api": ("c_api", ""),
}
# The room of each public header that has not the name of its room; None: inline, or the umbrella.
HOMES = {
    "audio": "media", "batch": "score", "blob_store": "storage", "call_options": None, "cancel": None, "cassette": "net",
    "coaching": "response", "engine": "engine", "fields": "json", "language_model": "providers", "limits": None,
    "log": None,
    "network": "net",
    "progress": None, "providers": "providers", "result": "base", "saleschecklist": None, "secret": "base",
    "services": "providers", "session": "engine", "stage_plan": "deal", "store": "storage", "transcriber": "providers",
    "transport": "net", "voice": "providers", "assess": "assess/model",
}
PUBLIC_ONLY = ["examples", "bindings", "benchmarks", "include"]  # must not include src/ at all

# A third-party header and the only files that may include it.
SINGLE_USER = {
    "hpdf.h": "src/report/",
    "curl/": "src/net/curl_transport.cpp",
    "sqlite3.h": "src/storage/sqlite/",
    "libpq": "src/storage/postgres/",
    "libav": "src/media/",
    "libsw": "src/media/",
    "fontconfig/": "src/report/",
    "fribidi.h": "src/report/",
    "utf8proc.h": ("src/base/unicode.cpp", "src/report/fonts.cpp"),
    "zip.h": "src/transcript/readers/docx.cpp",
    "libstemmer.h": "src/text/stems.cpp",
    "cld2/": "src/text/language.cpp",
    "nlohmann/": "src/json/library.hpp",
    "valijson/": "src/json/schema.cpp",
    "openssl/": ("src/base/sha256.cpp", "src/base/base64.cpp", "src/base/secret.cpp"),
}
NO_THIRD_PARTY = "include/"
TYPE = re.compile(r"^(?:struct|class) (?:SALESCHECKLIST_API )?(\w+)(?: final)?(?: :[^{;]*)? \{", re.MULTILINE)
NAMESPACE = re.compile(r"^namespace saleschecklist(?:::(\w+))? \{", re.MULTILINE)
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def tracked(*patterns):
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT, check=True, capture_output=True, text=True)
    return [line for line in listing.stdout.splitlines() if (ROOT / line).is_file()]


def room_of(path):
    """The room of a file or of what an include names, both below src/; None if it is in none."""
    folder = path.rsplit("/", 1)[0]
    return next((room for room in ROOMS if folder == room or folder.startswith(room + "/")), None)


def table_faults():
    """Yields what is wrong with the table itself."""
    known = []
    for room, (_, may_include) in ROOMS.items():
        for other in may_include.split():
            if other not in known:
                yield f"scripts/check_layers.py: {room} includes {other}, which is not named before it"
        known.append(room)
    for header in tracked("include/saleschecklist/*.hpp"):
        name = Path(header).stem
        home = HOMES.get(name, name)
        if home is not None and home not in ROOMS:
            yield f"{header}: scripts/check_layers.py knows no room of it"


def circle_faults(arrows):
    """Yields each circle that the includes between rooms form."""
    done = set()

    def visit(room, path):
        if room in path:
            yield "circle: " + " -> ".join(path[path.index(room):] + [room])
        elif room not in done:
            for other in sorted(arrows.get(room, ())):
                yield from visit(other, path + [room])
            done.add(room)

    for room in sorted(arrows):
        yield from visit(room, [])


def include_faults(path, number, quote, header, arrows):
    """Yields what is wrong with one include line; adds an include of another room to `arrows`."""
    where = f"{path}:{number}"
    target = room_of(header)
    if path.startswith("src/"):
        own = room_of(path.removeprefix("src/"))
        if own is None:
            yield f"{where}: its folder is not a room that scripts/check_layers.py knows"
        elif quote == '"' and target != own:
            arrows.setdefault(own, set()).add(target or header)
            if target not in ROOMS[own][1].split():
                yield f"{where}: {own} may not include {header}"
    elif any(path.startswith(top + "/") for top in PUBLIC_ONLY):
        if quote == '"' and target:
            yield f"{where}: only public headers may be included here, not {header}"
    if path.startswith(NO_THIRD_PARTY) and "/" in header and not header.startswith("saleschecklist/"):
        yield f"{where}: no third-party header in the public API: {header}"
    for prefix, users in SINGLE_USER.items():
        if path.startswith("src/") and header.startswith(prefix) and not path.startswith(users):
            yield f"{where}: {prefix} belongs to {users}"


def namespace_faults(path, text):
    """Yields namespaces that a file of a room opens and that are not the room's."""
    room = room_of(path.removeprefix("src/")) if path.startswith("src/") else None
    if room is None:
        return
    # The overloads that json/documents.hpp declares are defined in the room of their type, in *_json.cpp.
    allowed = {None, ROOMS[room][0]} | ({"json"} if path.endswith("_json.cpp") else set())
    for match in NAMESPACE.finditer(text):
        if match.group(1) not in allowed:
            line = text.count("\n", 0, match.start()) + 1
            yield f"{path}:{line}: the namespace of {room} is saleschecklist::{ROOMS[room][0]}"


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
    faults = [*table_faults(), *type_faults()]
    arrows = {}
    for path in tracked("*.cpp", "*.hpp", "*.h", "*.c", "*.py", "*.sh", "*.cmake", "*CMakeLists.txt"):
        text = (ROOT / path).read_text(encoding="utf-8")
        lines = text.splitlines()
        if len(lines) > LONGEST and str(path) not in WHOLE:
            faults.append(f"{path}: {len(lines)} lines, more than {LONGEST}: split it")
        faults.extend(namespace_faults(path, text))
        for number, line in enumerate(lines, 1):
            if match := INCLUDE.match(line):
                faults.extend(include_faults(path, number, *match.groups(), arrows))
    faults.extend(circle_faults(arrows))
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
