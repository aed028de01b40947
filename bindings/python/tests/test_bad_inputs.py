"""The table of bad inputs that C++, C and Python share: the same error from each."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
import saleschecklist as sc
from conftest import ROOT

TEN = sc.Checklist.ten_point()
ESCAPES = {"n": b"\n", "r": b"\r", "t": b"\t", "\\": b"\\"}


def unescaped(text: str) -> bytes:
    out = b""
    while text:
        plain, escape, text = text.partition("\\")
        out += plain.encode()
        if not escape:
            break
        if text[0] == "x":
            out, text = out + bytes.fromhex(text[1:3]), text[3:]
        else:
            out, text = out + ESCAPES[text[0]], text[1:]
    return out


def given(field: str) -> bytes:
    if field == "-":
        return b""
    if field.startswith("@"):
        return (ROOT / "tests" / "data" / field[1:]).read_bytes()
    return unescaped(field)


def rows() -> list[list[str]]:
    lines = (ROOT / "tests" / "bad_inputs.tsv").read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def talk(text: bytes) -> sc.Transcript:
    return sc.Transcript.from_json(text)


def pdf(options: bytes) -> bytes:
    report = sc.analyze("Ann: We lose money.\nBen: How much?\n", TEN)
    return sc.render_pdf(report, **json.loads(options))


def batch(answers: bytes) -> sc.BatchScores:
    table = numpy.frombuffer(answers, numpy.uint8).reshape(-1, sc.item_count(TEN))
    return sc.score_many(table, checklist=TEN)


CALLS: dict[str, Callable[[bytes, bytes, bytes], object]] = {
    "read": lambda a, b, c: sc.read_transcript(a, rep_names=[b.decode()] if b else []),
    "find_checklist": lambda a, b, c: sc.find_checklist(a.decode()),
    "checklist": lambda a, b, c: sc.read_checklist(a),
    "cues": lambda a, b, c: sc.Cues.from_json(a, TEN),
    "policy": lambda a, b, c: sc.Policy.from_json(a),
    "score": lambda a, b, c: sc.score(TEN, sc.responses_from_json(a)),
    "measure": lambda a, b, c: talk(a),
    "verify": lambda a, b, c: sc.claims_from_json(b),
    "compose": lambda a, b, c: sc.compose(talk(a), TEN, sc.responses_from_json(b), c.decode()),
    "coach": lambda a, b, c: sc.coach_offline(
        talk(a), TEN, sc.responses_from_json(b), sc.Score.from_json(c)
    ),
    "report": lambda a, b, c: sc.Report.from_json(a, TEN),
    "pdf": lambda a, b, c: pdf(a),
    "score_many": lambda a, b, c: batch(a),
}


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_each_bad_input_gives_its_error(
    row: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    _, call, a, b, c, code, where, message = row
    with pytest.raises(sc.Error) as caught:
        CALLS[call](given(a), given(b), given(c))
    error = caught.value
    assert (error.code, error.where, error.message) == (
        code,
        unescaped(where).decode(),
        unescaped(message).decode(),
    )


def test_the_table_has_rows() -> None:
    assert len(rows()) > 20
