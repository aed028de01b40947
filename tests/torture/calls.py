#!/usr/bin/env python3
"""Every system call about a file or the network fails once, and sessions and the program survive it.

calls.py FAILING_CALLS SESSION_DRIVER PROGRAM SOURCE [--every]

For each kind of call and each error, the n-th call of that kind fails, for n from 1 until a run has no such call (without
--every: for some 12 n of each, evenly spread, with the first error of each kind). Then, the disk is full from the n-th
write on; every read and write is short; and every call that may be interrupted is. What must hold: the run succeeds with
the same product, or says truthfully why not; nothing crashes; no file is half-written or left over; and a run without
failures goes on to the same product.
"""

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

LIBRARY, DRIVER, PROGRAM, SOURCE = sys.argv[1:5]
EVERY = "--every" in sys.argv
MOST = 12  # of the calls of one kind, without --every

ERRORS = {
    "open": [errno.EMFILE, errno.EACCES, errno.EIO, errno.ENOSPC],
    "read": [errno.EIO],
    "write": [errno.EIO, errno.ENOSPC, errno.EFBIG],
    "sync": [errno.EIO, errno.ENOSPC],
    "rename": [errno.EIO, errno.ENOSPC],
    "unlink": [errno.EIO, errno.EACCES],
    "mkdir": [errno.ENOSPC, errno.EACCES],
    "map": [errno.ENOMEM],
    "truncate": [errno.EIO, errno.ENOSPC],
    "close": [errno.EIO],
    "lock": [errno.ENOLCK, errno.EIO],
    "stat": [errno.EIO],
    "socket": [errno.EMFILE, errno.EACCES],
    "connect": [errno.ECONNREFUSED, errno.ENETUNREACH, errno.ETIMEDOUT],
    "send": [errno.ECONNRESET, errno.EPIPE],
    "receive": [errno.ECONNRESET, errno.ENOMEM],
    "poll": [errno.ENOMEM],
}
NETWORK = ("socket", "connect", "send", "receive", "poll")
FILES = tuple(kind for kind in ERRORS if kind not in NETWORK)
# What libcurl says of the network, whose errors have no number in the message.
WORDS_OF_CURL = ["connect to server", "Failed to connect", "Recv failure", "Send failure", "Failed sending",
                 "Failure when receiving", "Couldn't connect", "Timeout", "cannot wait", "Out of memory", "Unrecoverable"]
# What SQLite says of errors whose number it does not keep, or that it has words of its own for.
WORDS_OF_SQLITE = ["disk I/O error", "the disk is full", "unable to open database file", "cannot be written",
                   "out of memory", "locking protocol", "held locks", "write-ahead log"]

COMPOSED_OFFLINE = "The coaching was composed offline, because the model could not coach (network)."

faults = []


def run(flow, folder, **plan):
    environment = dict(os.environ, LD_PRELOAD=LIBRARY, TORTURE_FOLDER=str(folder), **flow.environment)
    environment.update({"TORTURE_" + key.upper(): str(value) for key, value in plan.items()})
    return subprocess.run(flow.words(folder), env=environment, capture_output=True, timeout=120)


def check(holds, what):
    if not holds:
        faults.append(what)
        if len(faults) <= 40:
            print("  FAULT:", what, flush=True)


class Sessions:
    name = "session"
    kinds = FILES
    environment = {}

    def words(self, folder):
        return [DRIVER, folder]

    def prepare(self, folder):
        pass

    def product(self, done, folder):
        return done.stdout

    def is_the_same(self, product, right):
        return product == right

    def said(self, done):
        return done.stdout.decode(errors="replace")

    def leftovers(self, folder):
        checked = subprocess.run([DRIVER, folder, "check"], capture_output=True)
        out = checked.stdout.decode() or checked.stderr.decode()
        database = sqlite3.connect(folder / "sessions.db")
        verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
        database.close()
        return out if verdict == "ok" else out + " integrity_check: " + verdict

    def goes_on(self):
        return True


class Analysis:
    name = "program"
    kinds = FILES
    environment = {}

    def prepare(self, folder):
        shutil.copy(Path(SOURCE) / "examples/calls/freight-tracking.vtt", folder / "call.vtt")

    def words(self, folder):
        return [PROGRAM, "analyze", folder / "call.vtt", "--quiet", "--json", folder / "report.json"]

    def product(self, done, folder):
        return (folder / "report.json").read_bytes()

    def is_the_same(self, product, right):
        return product == right

    def said(self, done):
        return done.stderr.decode(errors="replace")

    def leftovers(self, folder):
        return " ".join(sorted(file.name for file in folder.iterdir() if file.name not in ("call.vtt", "report.json")))

    def goes_on(self):
        return False  # it has no state


class Services(Analysis):
    """A recording is transcribed, judged and coached by the example's local server. One failure is tried again."""

    name = "services"
    kinds = NETWORK
    environment = {"OPENAI_API_KEY": "key-of-nobody"}

    def __init__(self):
        self.server = subprocess.Popen([sys.executable, Path(SOURCE) / "examples/recording/local_services.py", "0"],
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.server.stdout.readline().split()[-1]

    def prepare(self, folder):
        shutil.copy(Path(SOURCE) / "examples/recording/call.m4a", folder / "call.vtt")

    def words(self, folder):
        return [PROGRAM, "analyze", folder / "call.vtt", "--quiet", "--json", folder / "report.json", "--rep", "Speaker A",
                "--transcriber", "openai:gpt-4o-transcribe-diarize", "--model", "openai:gpt-4o-mini",
                "--base-url", self.address]

    def product(self, done, folder):
        report = json.loads((folder / "report.json").read_bytes())
        del report["usage"]  # counts the requests
        return report

    def is_the_same(self, report, right):
        """Or the model was out of reach when it was to coach, and the report says so: coaching is then composed offline."""
        if COMPOSED_OFFLINE not in report["notices"]:
            return report == right
        report["notices"].remove(COMPOSED_OFFLINE)
        return dict(report, coaching=None) == dict(right, coaching=None)


def is_truthful(said, number):
    return os.strerror(number) in said or any(words in said for words in WORDS_OF_SQLITE + WORDS_OF_CURL)


def trial(flow, right, what, must_succeed=False, **plan):
    """One run with the failure, one without; returns whether the first succeeded."""
    folder = Path(tempfile.mkdtemp(dir=FOLDER))
    flow.prepare(folder)
    done = run(flow, folder, **plan)
    said = flow.said(done).strip()
    ok = done.returncode == 0
    incomplete = done.returncode == 4 and "the result is incomplete" in said  # answers that a service gave are kept
    check(done.returncode in (0, 1, 2) or incomplete, f"{what}: ended with {done.returncode}: {done.stderr.decode()[-300:]}")
    check(ok or not must_succeed, f"{what}: {said[:300]}")
    if ok:
        product = flow.product(done, folder)
        check(flow.is_the_same(product, right) if plan.get("later") else product == right, f"{what}: another product")
    elif done.returncode > 0 and not must_succeed and not incomplete:
        check(is_truthful(said, plan["errno"]), f"{what}: says {said[:300]}")
    if not flow.goes_on():
        # What cannot be removed because removing fails stays, of course.
        check(plan.get("call") == "unlink" or not flow.leftovers(folder), f"{what}: left {flow.leftovers(folder)}")
        check(ok or incomplete or not (folder / "report.json").exists(), f"{what}: wrote in spite of the error: {said[:200]}")
    again = run(flow, folder)
    check(again.returncode == 0, f"{what}: not repeatable: {flow.said(again)[:300]}")
    check(again.returncode != 0 or flow.product(again, folder) == right, f"{what}: another product when repeated")
    if flow.goes_on():
        check(not flow.leftovers(folder), f"{what}: left {flow.leftovers(folder)}")
    shutil.rmtree(folder)
    return ok


def some(count):
    if EVERY or count <= MOST:
        return range(1, count + 1)
    return sorted({1 + i * (count - 1) // (MOST - 1) for i in range(MOST)})


def sweep(flow):
    folder = Path(tempfile.mkdtemp(dir=FOLDER))
    flow.prepare(folder)
    done = run(flow, folder, counts=FOLDER / "counts.txt")
    if done.returncode != 0:
        sys.exit(f"{flow.name} fails by itself: {flow.said(done)}")
    right = flow.product(done, folder)
    shutil.rmtree(folder)
    counts = {name: int(count) for name, count in map(str.split, (FOLDER / "counts.txt").read_text().splitlines())}
    print(flow.name, counts, flush=True)
    for kind in flow.kinds:
        count = counts[kind]
        for error in ERRORS[kind] if EVERY else ERRORS[kind][:1]:
            succeeded = sum(trial(flow, right, f"{flow.name}: {kind} {n}: {errno.errorcode[error]}", call=kind, number=n,
                                  errno=error) for n in some(count))
            print(f"  {kind}: {errno.errorcode[error]} at {len(some(count))} of {count}: {succeeded} succeeded", flush=True)
    for kind, error, what in (("write", errno.ENOSPC, "disk full"), ("connect", errno.ENETUNREACH, "no network"),
                              ("receive", errno.ECONNRESET, "no replies")):
        for n in some(counts[kind]) if kind in flow.kinds else ():
            trial(flow, right, f"{flow.name}: {what} from {kind} {n} on", call=kind, number=n, errno=error, later=1)
    trial(flow, right, f"{flow.name}: short", must_succeed=True, short=1)
    trial(flow, right, f"{flow.name}: interrupted", must_succeed=True, eintr=1)
    trial(flow, right, f"{flow.name}: short and interrupted", must_succeed=True, short=1, eintr=1)


with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as top:
    FOLDER = Path(os.path.realpath(top))
    for tried in (Analysis(), Sessions()):
        sweep(tried)
    services = Services()
    try:
        sweep(services)
    finally:
        services.server.kill()
print(len(faults), "faults")
sys.exit(1 if faults else 0)
