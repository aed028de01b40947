#!/usr/bin/env python3
"""Checks that decisions.tsv has each decision with more than one condition, and that the tests that it names exist.

For each condition there have to be a test that fails if it is always met and one that fails if it is never met, or an
explanation in explained.tsv. `scripts/mutate.py ROOM --write-decisions` writes the table.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from mutate import explained, read_table, sources_of  # noqa: E402

ROOMS = ["score"]


def faults_of(room: str) -> list[str]:
    names = set()
    for path in (ROOT / "tests" / room).glob("*_test.cpp"):
        for case in re.findall(r'TEST_CASE\(\s*((?:"(?:\\.|[^"\\])*"\s*)+)\)', path.read_text(encoding="utf-8")):
            names.add("".join(re.findall(r'"((?:\\.|[^"\\])*)"', case)))
    rows = {(r["file"], r["decision"], r["condition"], r["replaced_by"]): r["test"] for r in read_table("decisions.tsv")}
    reasons, out = explained(), []
    for source in sources_of(room):
        for mutant in (m for m in source.mutants if m.decision):
            place = f"src/{source.file}:{mutant.line}: '{mutant.condition}' in '{mutant.decision}'"
            test = rows.get((source.file, mutant.decision, mutant.condition, mutant.text))
            if test is None:
                out.append(f"{place} is not in decisions.tsv: run scripts/mutate.py {room} --write-decisions")
            elif test == "(explained)":
                if mutant.key not in reasons:
                    out.append(f"{place}, replaced by {mutant.text}, is not in explained.tsv")
            elif not test:
                out.append(f"{place}, replaced by {mutant.text}: no test fails")
            elif test != "(time limit)" and test not in names:
                out.append(f"{place}, replaced by {mutant.text}: no test case is named '{test}'")
        known = {m.key for m in source.mutants}
        out += [f"explained.tsv: no longer in src/{k[0]}: {k[1]}: {k[2]}" for k in reasons if k[0] == source.file and k not in known]
    return out


def main() -> int:
    faults = [fault for room in ROOMS for fault in faults_of(room)]
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
