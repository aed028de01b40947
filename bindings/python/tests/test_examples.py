"""The examples run and print what is kept beside them (pytest --update-golden writes it anew)."""

import csv
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

EXAMPLES = ROOT / "examples" / "python"
REPS = ["Nikhil", "Harriet", "Imogen"]
CALLS = ["accounting-renewal.vtt", "freight-tracking.vtt", "restaurant-payroll.vtt"]


def run(folder: Path, script: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(EXAMPLES / script), *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


def assert_golden(printed: str, name: str, update: bool) -> None:
    golden = EXAMPLES / f"{name}.golden"
    if update:
        golden.write_text(printed, encoding="utf-8")
    assert printed == golden.read_text(encoding="utf-8")


def test_the_program_in_the_readme_runs(calls: Path, tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    program = readme.partition("```python\n")[2].partition("```")[0]
    shutil.copy(calls / "freight-tracking.vtt", tmp_path / "call.vtt")
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert " red\n" in done.stdout and "trigger.0" in done.stdout
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_the_first_example_prints_score_and_proofs(
    calls: Path, tmp_path: Path, update: bool
) -> None:
    done = run(tmp_path, "01_score_a_call.py", calls / "restaurant-payroll.vtt", "Harriet")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert_golden(done.stdout, "01_score_a_call", update)


def test_the_example_with_services_runs_from_its_recorded_run(tmp_path: Path, update: bool) -> None:
    example = ROOT / "examples" / "recording"
    done = run(tmp_path, "03_judge_a_recording.py", example / "call.m4a", example / "cassette")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "coach.mp3").stat().st_size > 100_000
    assert_golden(done.stdout, "03_judge_a_recording", update)


def test_the_example_of_sessions_keeps_and_erases_them(
    calls: Path, tmp_path: Path, update: bool
) -> None:
    done = run(tmp_path, "04_keep_sessions.py", "deals", *(calls / name for name in CALLS[1:]))
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "deals" / "report.pdf").read_bytes().startswith(b"%PDF")
    assert_golden(done.stdout, "04_keep_sessions", update)


@pytest.fixture
def folder(calls: Path, tmp_path: Path) -> Path:
    made = tmp_path / "calls"
    made.mkdir()
    for name in CALLS:
        shutil.copy(calls / name, made)
    (made / "notes.md").write_text("not a call")
    return made


def options(*more: str) -> list[str]:
    reps = [word for rep in REPS for word in ("--rep", rep)]
    return [*reps, "--green", "50", "--yellow", "33", *more]


def test_the_second_example_makes_a_table_a_csv_and_a_chart(
    folder: Path, tmp_path: Path, update: bool
) -> None:
    done = run(tmp_path, "02_folder_to_pandas.py", folder, *options())
    assert (done.returncode, done.stderr) == (0, "")
    assert_golden(done.stdout, "02_folder_to_pandas", update)
    with (tmp_path / "scores.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["call"] for row in rows} == set(CALLS)
    assert all(row["score"] in done.stdout for row in rows)
    assert (tmp_path / "scores.png").read_bytes().startswith(b"\x89PNG")


def test_a_file_that_cannot_be_read_is_named_and_skipped(folder: Path, tmp_path: Path) -> None:
    (folder / "broken.vtt").write_bytes(b"WEBVTT\n\nnonsense --> 00:01\nHi\n")
    (folder / "empty.txt").write_bytes(b"")
    done = run(tmp_path, "02_folder_to_pandas.py", folder, *options("--csv", "out.csv"))
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines()] == [
        "skipped broken.vtt",
        "skipped empty.txt",
    ]
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 1 + len(CALLS)


def test_an_empty_folder_gives_an_empty_table(tmp_path: Path) -> None:
    empty = tmp_path / "none"
    empty.mkdir()
    done = run(tmp_path, "02_folder_to_pandas.py", empty)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "scores.csv").read_text().startswith("call,score,band")


def test_help_tells_the_options(tmp_path: Path) -> None:
    done = run(tmp_path, "02_folder_to_pandas.py", "--help")
    assert done.returncode == 0
    assert all(option in done.stdout for option in ("--rep", "--csv", "--chart", "folder"))
