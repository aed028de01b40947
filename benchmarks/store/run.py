#!/usr/bin/env python3
"""Writing sessions durably beside SQLite alone and beside SQLAlchemy's ORM, and listing far pages.

Usage: run.py BUILD_DIR PYTHON, where PYTHON is an interpreter that has SQLAlchemy 2, such as build/release and the
bin/python of a fresh virtual environment. The session is that of an hour's call. On a disk much of the time is that
of its fsync; in memory (/dev/shm) the work itself shows. They take turns; the best of five rounds counts for each.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))
from postgres_server import PostgresServer  # noqa: E402

ROUNDS, SESSIONS, LISTED = 5, 30, 100_000


def run(*command):
    done = subprocess.run([str(word) for word in command], check=True, capture_output=True, text=True)
    return [float(word) for word in done.stdout.split()]


def written(program, python, place, bodies):
    """Best ms per session of ours, of SQLite alone, of the ORM."""
    rounds = []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory(dir=place) as folder:
            rounds.append((run(program, "ours", f"sqlite:{folder}/ours.db", bodies, SESSIONS)[0],
                           run(program, "raw", f"{folder}/raw.db", bodies, SESSIONS)[0],
                           run(python, HERE / "rows.py", f"{folder}/rows.db", bodies, SESSIONS)[0]))
    return [min(column) for column in zip(*rounds)]


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    program, python = Path(sys.argv[1]) / "benchmarks" / "store", sys.argv[2]
    with tempfile.TemporaryDirectory() as folder:
        run(program, "bodies", ROOT / "examples/calls/machine-sensors-hour.vtt", folder)
        sizes = sum(file.stat().st_size for file in Path(folder).iterdir())
        print(f"a session is {sizes // 1000} kB in 4 commits")
        for name, place in (("disk", tempfile.gettempdir()), ("memory", "/dev/shm")):
            ours, raw, rows = written(program, python, place, folder)
            print(f"{name}: {ours:.2f} ms a session; SQLite alone {raw:.2f} ms, {ours / raw:.2f} times as long; "
                  f"SQLAlchemy {rows:.2f} ms, {rows / ours:.1f} times ours")
        first, far = run(program, "pages", f"sqlite:{folder}/pages.db", LISTED)
        print(f"SQLite, {LISTED:,} sessions: page 1 in {first:.3f} ms, page 1,000 in {far:.3f} ms")
        if PostgresServer.programs():
            with PostgresServer() as server:
                ours = min(run(program, "ours", server.url, folder, SESSIONS)[0] for _ in range(ROUNDS))
                first, far = run(program, "pages", server.url, LISTED)
            print(f"PostgreSQL, without fsync: {ours:.2f} ms a session; page 1 in {first:.3f} ms, "
                  f"page 1,000 in {far:.3f} ms")


if __name__ == "__main__":
    main()
