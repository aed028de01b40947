"""The GIL is released while the library works, and results do not depend on threads."""

import logging
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import saleschecklist as sc


@pytest.fixture
def patient_interpreter() -> Iterator[None]:
    """No thread is ever asked to give up the GIL: others run only when it is released."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e6)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


@pytest.mark.usefixtures("patient_interpreter")
def test_python_runs_on_while_the_library_works() -> None:
    talk = "\n".join(f"Dana: We lose {i} thousand a month." for i in range(200_000)).encode()
    counted = 0
    running = threading.Event()
    done = False

    def count() -> None:
        nonlocal counted
        while not done:
            counted += 1
            running.set()
            time.sleep(0.0005)  # gives up the GIL, else the main thread would never run

    counter = threading.Thread(target=count)
    counter.start()
    running.wait()
    before = counted
    with pytest.raises(sc.InvalidArgument):  # after all is read, so nothing is converted
        sc.read_transcript(talk, rep_names=["Nobody"])
    during = counted - before
    done = True
    counter.join()
    # With the GIL held, the counter could not have advanced by a single step.
    assert during >= 20


def test_two_calls_are_inside_the_library_at_once(call: sc.Transcript) -> None:
    meeting = threading.Barrier(2, timeout=60)
    met: list[int] = []

    class Meet(logging.Filter):
        """Called by the library in the middle of analyze(); waits for the other thread there."""

        def filter(self, record: logging.LogRecord) -> bool:
            if threading.get_ident() not in met:
                meeting.wait()
                met.append(threading.get_ident())
            return False

    logger = logging.getLogger("saleschecklist")
    waits = Meet()
    logger.addFilter(waits)
    logger.setLevel(logging.INFO)
    try:
        with ThreadPoolExecutor(2) as pool:
            reports = list(pool.map(sc.analyze, [call, call]))
    finally:
        logger.removeFilter(waits)
        logger.setLevel(logging.NOTSET)
    assert len(set(met)) == 2
    assert reports[0] == reports[1]


def test_threads_find_what_one_thread_finds(calls: Path) -> None:
    files = sorted(calls.glob("*.vtt"))[:8] * 2
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(sc.analyze, files)) == [sc.analyze(file) for file in files]


def test_threads_share_one_checklist_object() -> None:
    with ThreadPoolExecutor(8) as pool:
        objects = set(pool.map(lambda _: id(sc.Checklist.ten_point()), range(64)))
    assert len(objects) == 1
