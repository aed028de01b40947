#!/usr/bin/env python3
"""Changes the sources of a room a little and tells which changes no test of that room notices.

mutate.py ROOM [FILE ...] [OPTION ...], such as: mutate.py score; mutate.py evidence verify.cpp --jobs 4

A mutant has one change: another comparison or calculation, a condition that is always or never met, a constant that is one
more, a statement left out, another value returned. It is killed if a test in tests/ROOM fails or takes far longer than usual;
else it survives. All mutants are compiled into one program, so that only a changed constant expression takes a compiler run.
Needs the release preset with its tests (`cmake --preset release`) and builds there what it needs. Properties are tried with
fewer cases than usual, so what survives here may yet be noticed by the whole tests.

tests/mutation/explained.tsv lists the survivors that no test can kill, each with the reason; they are not tried again without
--all. The program exits with 1 if any other mutant survives. --write-decisions writes tests/mutation/decisions.tsv: the test
that fails if a condition of a decision is always or never met, which shows that the condition alone decides there.
"""

import argparse
import csv
import os
import re
import resource
import shlex
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from mutants import Mutant, Source, squeeze

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "tests/mutation"
IMPOSSIBLE = 77  # the exit code of selected.hpp
MOST_BYTES = 4 << 30


def sources_of(room: str) -> list[Source]:
    """All sources of a room, with mutants that have different numbers."""
    out, number = [], 1
    for path in sorted((ROOT / "src" / room).glob("*.[ch]pp")):
        source = Source(f"{room}/{path.name}", path.read_text(encoding="utf-8"), number)
        number += len(source.mutants)
        out.append(source)
    return out


def read_table(name: str) -> list[dict[str, str]]:
    path = TABLES / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, dialect="excel-tab", quoting=csv.QUOTE_NONE))


def write_table(name: str, columns: list[str], rows: list[list[str]]) -> None:
    with (TABLES / name).open("w", encoding="utf-8") as file:
        for row in [columns, *rows]:
            file.write("\t".join(row) + "\n")


def explained() -> dict[tuple[str, str, str], str]:
    return {(row["file"], row["line"], row["change"]): row["reason"] for row in read_table("explained.tsv")}


class Program:
    """The tests of a room, with changed sources."""

    def __init__(self, room: str, build: Path, tests: str) -> None:
        self.room, self.build = room, build
        self.folder = build / "mutation" / room
        link = self._ninja("-t", "commands", "unit_tests").splitlines()[-1].split(" && ")[1]
        words = shlex.split(link)
        ours = re.compile(rf"/unit_tests\.dir/(main|{room}/\w+)\.cpp\.o$")
        self.link = [w for w in words if not w.endswith(".o") or ours.search(w)]
        self.output = self.link.index("-o") + 1
        self._ninja(*(w for w in self.link if w.endswith(".o") or w == "libsaleschecklist.a"))
        self.tests = [p for p in sorted((ROOT / "tests" / room).glob("*_test.cpp")) if p.match(tests)]
        self.limits: dict[Path, int] = {}  # CPU seconds

    def _ninja(self, *words: str) -> str:
        run = subprocess.run(["ninja", "-C", self.build, *words], check=True, capture_output=True, text=True)
        return run.stdout

    def make(self, name: str, texts: dict[str, str], common: str) -> Path | None:
        """Compiles the sources of the room, or those that the texts are about; None if they do not compile."""
        folder = self.folder / name
        for file, text in texts.items():
            path = folder / "src" / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        whole = any(file.endswith(".hpp") for file in texts)
        objects = []
        for path in sorted((ROOT / "src" / self.room).glob("*.cpp")):
            file = f"{self.room}/{path.name}"
            if not whole and file not in texts:
                continue
            target = f"CMakeFiles/saleschecklist_objects.dir/src/{file}.o"
            command = shlex.split(self._ninja("-t", "commands", target).splitlines()[-1])
            changed = folder / "src" / file
            command = [w for w in command if w not in ("-MD", "-c", "-Werror")]
            for option, count in (("-MT", 2), ("-MF", 2), ("-o", 2)):
                at = command.index(option)
                del command[at : at + count]
            command[-1] = str(changed if changed.exists() else path)
            output = folder / f"{path.stem}.o"
            command.insert(next(i for i, w in enumerate(command) if w.startswith("-I")), f"-I{folder / 'src'}")
            command += ["-O1", "-w", "-Wno-narrowing", "-fpermissive", "-c", "-o", str(output)]
            command += ["-include", common] if common else []
            run = subprocess.run(command, cwd=self.build, capture_output=True, text=True)
            if run.returncode != 0:
                if common:
                    sys.exit(f"{file} with its mutants does not compile:\n{run.stderr[:5000]}")
                return None
            objects.append(str(output))
        program = folder / "tests"
        # Before the library, which otherwise would give what is already there.
        words = [*self.link[: self.output], str(program), *objects, *self.link[self.output + 1 :]]
        subprocess.run(words, cwd=self.build, check=True)
        return program

    def measure(self, program: Path) -> None:
        """Sets the time limits and the order of the tests, the fastest first. They have to pass without a mutant."""
        spent = {}
        for test in self.tests:
            before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            self.limits[test] = 3600
            if outcome := self._run(program, test, 0):
                sys.exit(f"{test.name} fails without a mutant: {outcome}")
            spent[test] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before[1]
            self.limits[test] = 2 + int(2 * spent[test])
        self.tests.sort(key=lambda test: spent[test])

    def killer(self, program: Path, number: int) -> str:
        """The name of a test case that kills the mutant; else why it was not judged; empty if it survives."""
        for test in self.tests:
            if outcome := self._run(program, test, number):
                return outcome
        return ""

    def _run(self, program: Path, test: Path, number: int) -> str:
        def limit() -> None:
            resource.setrlimit(resource.RLIMIT_CPU, (self.limits[test], self.limits[test] + 5))
            resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        environment = os.environ | {"SALESCHECKLIST_MUTANT": str(number), "RC_PARAMS": "seed=20261120 noshrink=1 max_success=20"}
        command = [program, f"--source-file=*/{self.room}/{test.name}", "--abort-after=1", "--minimal"]
        run = subprocess.run(command, env=environment, capture_output=True, cwd=self.build / "tests", preexec_fn=limit)
        if run.returncode == 0:
            return ""
        if run.returncode == IMPOSSIBLE:
            return "(does not compile)"
        name = re.search(rb"^TEST CASE:\s+(.+)$", run.stdout, re.MULTILINE)
        return name[1].decode().strip() if name else "(time limit)"


def chosen(sources: list[Source], arguments: argparse.Namespace) -> list[Mutant]:
    files = {f"{arguments.room}/{name}" for name in arguments.file}
    if unknown := files - {s.file for s in sources}:
        sys.exit(f"no such file: {', '.join(sorted(unknown))}")
    mutants = [m for s in sources if not files or s.file in files for m in s.mutants]
    return mutants[:: arguments.sample]


def judge_all(sources: list[Source], mutants: list[Mutant], arguments: argparse.Namespace) -> dict[int, str]:
    """By number of mutant, what Program.killer() says."""
    build = ROOT / arguments.build
    program = Program(arguments.room, build, arguments.tests)
    texts = {s.file: s.selectable() for s in sources}
    common = program.make("selected", texts, str(TABLES / "selected.hpp"))
    assert common
    program.measure(common)
    by_file = {s.file: s for s in sources}

    def judge(mutant: Mutant) -> str:
        if not mutant.constant:
            return program.killer(common, mutant.number)
        alone = program.make(f"constant{mutant.number}", {mutant.file: by_file[mutant.file].with_mutant(mutant)}, "")
        return program.killer(alone, 0) if alone else "(does not compile)"

    outcomes: dict[int, str] = {}
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for done, (mutant, outcome) in enumerate(zip(mutants, pool.map(judge, mutants)), 1):
            outcomes[mutant.number] = outcome
            if not outcome:
                print(f"src/{mutant.file}:{mutant.line}: {mutant.change}", f"    {mutant.line_text}", sep="\n", flush=True)
            elif arguments.verbose:
                print(f"{done}/{len(mutants)} src/{mutant.file}:{mutant.line}: {mutant.change}: {outcome}", flush=True)
    return outcomes


def write_decisions(room: str, sources: list[Source], outcomes: dict[int, str], reasons: dict[tuple[str, str, str], str]) -> None:
    """Replaces the rows of the room. A mutant that was not tried keeps its test."""
    table = [list(row.values()) for row in read_table("decisions.tsv")]
    rows = [row for row in table if not row[0].startswith(room + "/")]
    old = {tuple(row[:4]): row[4] for row in table}
    for mutant in (m for s in sources for m in s.mutants if m.decision):
        place = (mutant.file, squeeze(mutant.decision), squeeze(mutant.condition), mutant.text)
        test = "(explained)" if mutant.key in reasons else outcomes.get(mutant.number, old.get(place, ""))
        rows.append([*place, test])
    write_table("decisions.tsv", ["file", "decision", "condition", "replaced_by", "test"], sorted(rows))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("room", help="a folder of src/ whose tests are in tests/ under the same name")
    parser.add_argument("file", nargs="*", help="of the room, to try only its mutants")
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="try every N-th mutant")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="mutants at a time (one per processor)")
    parser.add_argument("--tests", default="*", metavar="PATTERN", help="use only the test files that match, such as 'score_*'")
    parser.add_argument("--all", action="store_true", help="try the mutants that are explained, too")
    parser.add_argument("--list", action="store_true", help="show the mutants and try none")
    parser.add_argument("--write-decisions", action="store_true", help="write the table of decisions, see above")
    parser.add_argument("--verbose", action="store_true", help="show the killed mutants, too, and what killed them")
    parser.add_argument("--build", default="build/release", help="the folder of the build (build/release)")
    arguments = parser.parse_args()

    sources, reasons = sources_of(arguments.room), explained()
    mutants = chosen(sources, arguments)
    if arguments.list:
        for mutant in mutants:
            print(f"{mutant.number}\tsrc/{mutant.file}:{mutant.line}\t{mutant.change}{' (constant)' * mutant.constant}")
        return 0
    known = [m for m in mutants if m.key in reasons]
    outcomes = judge_all(sources, [m for m in mutants if arguments.all or m.key not in reasons], arguments)
    counts = Counter(
        "not compiled" if o == "(does not compile)" else "by time" if o == "(time limit)" else "killed" if o else "survived"
        for o in outcomes.values()
    )
    unexplained = [m for m in mutants if outcomes.get(m.number) == "" and m.key not in reasons]
    print(
        f"{arguments.room}: {len(mutants) - counts['not compiled']} mutants, {counts['killed'] + counts['by time']} killed "
        f"({counts['by time']} by time), {len(known)} explained, {len(unexplained)} survived; "
        f"{counts['not compiled']} more do not compile"
    )
    if arguments.write_decisions:
        write_decisions(arguments.room, sources, outcomes, reasons)
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
