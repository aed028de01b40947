"""Failures are clean: one class per code, types named with class and field, never a crash."""

import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import saleschecklist as sc
from hypothesis import given
from hypothesis import strategies as st

CLASSES = {
    sc.ErrorCode.INVALID_ARGUMENT: (sc.InvalidArgument, ValueError),
    sc.ErrorCode.INVALID_INPUT: (sc.InvalidInput, ValueError),
    sc.ErrorCode.NOT_FOUND: (sc.NotFound, LookupError),
    sc.ErrorCode.IO: (sc.IoError, OSError),
    sc.ErrorCode.UNSUPPORTED: (sc.Unsupported, NotImplementedError),
    sc.ErrorCode.OUT_OF_MEMORY: (sc.OutOfMemory, MemoryError),
    sc.ErrorCode.INTERNAL: (sc.InternalError, sc.Error),
    sc.ErrorCode.NETWORK: (sc.NetworkError, ConnectionError),
    sc.ErrorCode.TIMEOUT: (sc.Timeout, TimeoutError),
    sc.ErrorCode.CANCELLED: (sc.Cancelled, sc.Error),
    sc.ErrorCode.UNAUTHORIZED: (sc.Unauthorized, PermissionError),
    sc.ErrorCode.QUOTA: (sc.QuotaExceeded, sc.Error),
    sc.ErrorCode.RATE_LIMITED: (sc.RateLimited, sc.Error),
    sc.ErrorCode.REFUSED: (sc.Refused, sc.Error),
    sc.ErrorCode.OVER_BUDGET: (sc.OverBudget, sc.Error),
    sc.ErrorCode.CONFLICT: (sc.Conflict, sc.Error),
    sc.ErrorCode.CORRUPT: (sc.Corrupt, sc.Error),
}


def said(text: Any = "hello", **more: Any) -> sc.Transcript:
    return sc.Transcript(utterances=(sc.Utterance(text=text, **more),))


@pytest.mark.parametrize("code", sc.ErrorCode)
def test_each_code_has_a_class_that_python_knows_and_that_pickles(code: sc.ErrorCode) -> None:
    kind, base = CLASSES[code]
    error = kind("what is wrong", "/items/3", provider="nobody", http_status=418)
    assert isinstance(error, base) and isinstance(error, sc.Error)
    assert error.code is code
    assert str(error) == "/items/3: what is wrong"
    assert str(kind("alone")) == "alone"
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind and again == error and hash(again) == hash(error)
    assert (again.message, again.where) == ("what is wrong", "/items/3")
    assert (again.provider, again.http_status) == ("nobody", 418)
    assert again != kind("something else")


def test_the_library_raises_them(report: sc.Report, tmp_path: Path) -> None:
    with pytest.raises(sc.NotFound, match="sales-checklist-92 or ten-point"):
        sc.find_checklist("nonsense")
    with pytest.raises(sc.InvalidInput, match="empty"):
        sc.read_transcript(b"")
    with pytest.raises(sc.InvalidArgument, match="Nobody"):
        sc.read_transcript("Dana: hello\nLee: hi", rep_names=["Nobody"])
    with pytest.raises(sc.IoError) as caught:
        sc.render_pdf(report, font_file=tmp_path / "none.ttf")
    assert caught.value.code is sc.ErrorCode.IO and caught.value.errno is None
    assert caught.value.where == str(tmp_path / "none.ttf")


def test_broken_json_names_its_place() -> None:
    with pytest.raises(sc.InvalidInput) as caught:
        sc.Policy.from_json('{\n  "id": ')
    assert caught.value.where == "line 2, column 9"
    with pytest.raises(sc.InvalidInput) as caught:
        sc.Policy.from_dict({"mode": "loud"})
    assert caught.value.where == "/mode"


@pytest.mark.parametrize(
    ("part", "data", "where"),
    [
        (sc.TimedSpan, 5, "/"),
        (sc.TimedSpan, {"begin": True}, "/begin"),
        (sc.TimedSpan, {"begin": -1}, "/begin"),
        (sc.TimedSpan, {"begin": 2**63}, "/begin"),
        (sc.TimedSpan, {"start": 1}, "/"),
        (sc.Utterance, {}, "/"),
        (sc.Utterance, {"text": None}, "/text"),
        (sc.Utterance, {"text": "a", "role": "boss"}, "/role"),
        (sc.Utterance, {"text": "a", "role": 3}, "/role"),
        (sc.Utterance, {"text": "a", "spans": [{}, {"begin": "x"}]}, "/spans/1/begin"),
        (sc.Utterance, {"text": "a", "cues": [{"start": 1}]}, "/cues/0"),
        (sc.Utterance, {"text": "a", "spans": {}}, "/spans"),
        (sc.Response, {"item_id": "a", "confidence": "high"}, "/confidence"),
        (sc.Response, {"item_id": "a", "confidence": float("nan")}, "/confidence"),
        (sc.Response, {"item_id": "a", "confidence": 10**400}, "/confidence"),
        (sc.Response, {"item_id": "a", "needs_review": 1}, "/needs_review"),
        (sc.Response, {"item_id": "a", "evidence": [{"utterance": 1}]}, "/evidence/0"),
        (sc.Response, {"item_id": "a", "override": {"by": "me"}}, "/override"),
    ],
)
def test_a_part_refuses_a_wrong_dict_with_a_json_pointer(part: Any, data: Any, where: str) -> None:
    with pytest.raises(sc.InvalidInput) as caught:
        part.from_dict(data)
    assert caught.value.where == where


@pytest.mark.parametrize("data", [{"id": {1, 2}}, {"id": float("nan")}, {"id": "\ud800"}, 7, None])
def test_a_document_refuses_what_is_no_json(data: Any) -> None:
    with pytest.raises(sc.InvalidInput):
        sc.Policy.from_dict(data)


@pytest.mark.parametrize(
    ("work", "message"),
    [
        (lambda: sc.measure(5), "transcript: expected Transcript, got int"),  # type: ignore[arg-type]
        (
            lambda: sc.measure(said(5)),
            r"Utterance.text \(in transcript > Transcript.utterances\[0\]\): expected str, got int",
        ),
        (lambda: sc.measure(said(speaker=b"Dana")), "Utterance.speaker .*expected str, got bytes"),
        (lambda: sc.measure(said(begin_ms=1.5)), "Utterance.begin_ms .*expected int, got float"),
        (lambda: sc.measure(said(begin_ms=True)), "Utterance.begin_ms .*expected int, got bool"),
        (lambda: sc.measure(said(spans=["x"])), "Utterance.spans.0. .*expected TimedSpan, got str"),
        (lambda: sc.score(None, []), "checklist: expected Checklist, got NoneType"),  # type: ignore[arg-type]
        (
            lambda: sc.score(sc.Checklist.standard(), [{}]),  # type: ignore[list-item]
            r"responses\[0\]: expected Response, got dict",
        ),
        (
            lambda: sc.score(sc.Checklist.standard(), [sc.Response(item_id="a", confidence="1")]),  # type: ignore[arg-type]
            r"Response.confidence \(in responses\[0\]\): expected float, got str",
        ),
        (
            lambda: sc.score(sc.Checklist.standard(), [sc.Response(item_id="a", needs_review=1)]),  # type: ignore[arg-type]
            "Response.needs_review .*expected bool, got int",
        ),
        (lambda: sc.read_transcript(7), "data: expected bytes or str, got int"),  # type: ignore[arg-type]
        (
            lambda: sc.read_transcript("a: b", rep_names="Dana"),
            "rep_names: expected an iterable that is not a str, got str",
        ),
        (lambda: sc.verify(said(), "hello"), "claims: expected an iterable of Claim or str"),
        (lambda: sc.find_checklist(3), "id: expected str, got int"),  # type: ignore[arg-type]
        (
            lambda: sc.fingerprint(sc.Checklist.standard(), said()),  # type: ignore[call-overload]
            "a checklist alone, or all five",
        ),
    ],
)
def test_a_wrong_type_names_class_field_expected_and_got(
    work: Callable[[], object], message: str
) -> None:
    with pytest.raises(TypeError, match=message):
        work()


@pytest.mark.parametrize(
    ("work", "where"),
    [
        (lambda: sc.measure(said("a\ud800b")), "Utterance.text (in transcript"),
        (lambda: sc.read_transcript("Dana: \udfff"), "data"),
        (lambda: sc.read_transcript("Dana: a", rep_names=["\ud800"]), "rep_names[0]"),
        (lambda: sc.find_checklist("\ud800"), "id"),
        (lambda: sc.measure(said(begin_ms=2**63)), "Utterance.begin_ms"),
        (lambda: sc.measure(said(begin_ms=-(2**200))), "Utterance.begin_ms"),
        (lambda: sc.measure(said(spans=[sc.TimedSpan(begin=-1)])), "TimedSpan.begin (in transcript"),
        (lambda: sc.measure(said(spans=[sc.TimedSpan(begin=2**64)])), "TimedSpan.begin (in transcript"),
        (
            lambda: sc.score(
                sc.Checklist.standard(), [sc.Response(item_id="a", confidence=10**400)]
            ),
            "Response.confidence",
        ),
    ],
)
def test_values_that_fit_nowhere_are_refused(work: Callable[[], object], where: str) -> None:
    with pytest.raises(sc.Error) as caught:
        work()
    assert caught.value.where.startswith(where)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    "transcript",
    [
        sc.Transcript(utterances=()),
        said(""),
        said("two\nlines"),
        said(begin_ms=5, end_ms=4),
        said(begin_ms=-1),
        said(spans=[sc.TimedSpan(begin=1)]),
        said("é!", spans=[sc.TimedSpan(), sc.TimedSpan(begin=1)]),
        said(spans=[sc.TimedSpan(), sc.TimedSpan(begin=99)]),
        said(spans=[sc.TimedSpan(), sc.TimedSpan(begin=sys.maxsize)]),
    ],
)
def test_an_unsound_transcript_is_refused_everywhere(transcript: sc.Transcript) -> None:
    assert sc.validate(transcript)
    for function in (sc.measure, sc.assess_offline, sc.analyze, sc.Transcript.to_json):
        with pytest.raises(sc.InvalidArgument, match="/utterances"):
            function(transcript)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_any_bytes_give_a_transcript_or_a_clean_error(data: bytes | str) -> None:
    try:
        assert sc.validate(sc.read_transcript(data)) == ()
    except sc.InvalidInput as refused:
        assert refused.message
