#!/usr/bin/env python3
"""Prints how much of each room of src/ the tests reach, from the summary that gcovr writes: coverage_table.py SUMMARY"""

import json
import sys
from collections import Counter
from pathlib import Path

from check_layers import room_of

KINDS = ("line", "branch")


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    rooms: dict[str, Counter[str]] = {}
    for file in json.loads(Path(sys.argv[1]).read_text())["files"]:
        path = file["filename"]
        room = (path.startswith("src/") and room_of(path.removeprefix("src/"))) or "public headers"
        counts = Counter({f"{kind}_{what}": file[f"{kind}_{what}"] for kind in KINDS for what in ("covered", "total")})
        for name in (room, "all"):
            rooms[name] = rooms.get(name, Counter()) + counts
    print(f"{'room':20} {'lines':>7} {'reached':>8} {'branches':>9} {'reached':>8}")
    for room in sorted(rooms, key=lambda name: (name == "all", name)):
        counts = rooms[room]
        row = [f"{room:20}"]
        for kind, width in (("line", 7), ("branch", 9)):
            total = counts[f"{kind}_total"]
            share = f"{100 * counts[f'{kind}_covered'] / total:.1f}%" if total else "-"
            row.append(f"{total:{width}} {share:>8}")
        print(" ".join(row))
    return 0


if __name__ == "__main__":
    sys.exit(main())
