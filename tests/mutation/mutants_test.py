#!/usr/bin/env python3
"""Checks what scripts/mutants.py makes of a small source: mutants_test.py COMPILER"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from mutants import Source  # noqa: E402

TEXT = """#include <string>
#include <vector>
constexpr int most = 3;
bool fits(const std::vector<int> &list, const std::string &name) {
  int sum = 0;
  for (int n : list) sum += n;
  if (list.size() < 2 && !(name == "a < b" || name.empty())) return true;  // a comment: x < y
  return sum > most;
}
int main() { return fits({1, 1}, "x") && !fits({most}, "") ? 0 : 1; }
"""
CHANGES = {
    "3 -> 3 + 1", "0 -> 0 + 1", "sum += n; -> removed", "+= -> -=", "&& -> ||", "|| -> &&",
    "list.size() < 2 -> true", "list.size() < 2 -> false", 'name == "a < b" -> true', 'name == "a < b" -> false',
    "name.empty() -> true", "name.empty() -> false", "< -> <=", "< -> >=", "2 -> 2 + 1", "== -> !=", "true -> false",
    "return sum > most -> another value", "> -> >=", "> -> <=",
}  # fmt: skip


def main() -> int:
    head, tail = TEXT.split("int main", 1)
    source = Source("sample.cpp", head)
    changes = [m.change for m in source.mutants]
    assert set(changes) == CHANGES and len(changes) == len(CHANGES), sorted(set(changes) ^ CHANGES)
    assert [m.change for m in source.mutants if m.constant] == ["3 -> 3 + 1"]
    assert source.with_mutant(next(m for m in source.mutants if m.change == "> -> >=")) == head.replace(
        "sum > most", "sum >= most"
    )
    decision = 'list.size() < 2 && !(name == "a < b" || name.empty())'
    assert {m.condition for m in source.mutants if m.decision == decision} == {
        "list.size() < 2", 'name == "a < b"', "name.empty()"}  # fmt: skip
    assert {m.line for m in source.mutants if m.decision} == {7}

    # Without a mutant the program behaves as the source; with one, as the changed source.
    with tempfile.TemporaryDirectory() as folder:
        file, program = Path(folder, "sample.cpp"), Path(folder, "sample")
        file.write_text(source.selectable() + "int main" + tail, encoding="utf-8")
        header = ROOT / "tests/mutation/selected.hpp"
        subprocess.run([sys.argv[1], "-std=c++20", "-include", header, file, "-o", program], check=True)
        for mutant in [None, *(m for m in source.mutants if not m.constant)]:
            number = mutant.number if mutant else 0
            run = subprocess.run([program], env={"SALESCHECKLIST_MUTANT": str(number)})
            changed = source.with_mutant(mutant) if mutant else head
            file.write_text(changed + "int main" + tail, encoding="utf-8")
            if mutant is None or mutant.change in ("> -> >=", "|| -> &&", "list.size() < 2 -> true", "+= -> -="):
                subprocess.run([sys.argv[1], "-std=c++20", file, "-o", f"{program}1"], check=True)
                assert run.returncode == subprocess.run([f"{program}1"]).returncode, mutant
    return 0


if __name__ == "__main__":
    sys.exit(main())
