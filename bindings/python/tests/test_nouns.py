"""Nouns are values: immutable, equal by content, printable, and they travel."""

import copy
import dataclasses
import json
import pickle
from collections.abc import Mapping
from typing import Any

import deal_strategies
import pytest
import saleschecklist as sc
import strategies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import AUDIT_ENTRIES, FAILURES, SCORE_VERSIONS, WRITTEN, tuples

DOCUMENTS = {**strategies.DOCUMENTS, **deal_strategies.DOCUMENTS}
PARTS = {**strategies.PARTS, **deal_strategies.PARTS}
READ = {**DOCUMENTS, **PARTS}
ALL = {**READ, **WRITTEN, sc.Failure: FAILURES}
each_noun = pytest.mark.parametrize("noun", ALL, ids=lambda noun: noun.__name__)
many = settings(suppress_health_check=[HealthCheck.too_slow])


def test_every_public_noun_is_tested_here() -> None:
    public = {
        value
        for value in (getattr(sc, name) for name in sc.__all__)
        if isinstance(value, type) and dataclasses.is_dataclass(value)
    }
    others = {sc.Report, sc.BatchScores, sc.Assessment, sc.ChecklistFile, sc.Speech}
    assert public - others == set(ALL)


@pytest.mark.parametrize("noun", READ, ids=lambda noun: noun.__name__)
@many
@given(data=st.data())
def test_a_noun_survives_its_dict_and_json_text(noun: Any, data: st.DataObject) -> None:
    value = data.draw(ALL[noun])
    plain = value.to_dict()
    assert noun.from_dict(json.loads(json.dumps(plain))) == value
    if noun in DOCUMENTS:
        assert json.loads(value.to_json()) == plain
        assert noun.from_json(value.to_json()) == value
        assert noun.from_json(value.to_json().encode()) == value


@pytest.mark.parametrize("noun", WRITTEN, ids=lambda noun: noun.__name__)
@many
@given(data=st.data())
def test_what_is_only_written_has_json_as_the_library_writes_it(
    noun: Any, data: st.DataObject
) -> None:
    value = data.draw(WRITTEN[noun])
    written = json.loads(value.to_json())
    assert written == value.to_dict()
    for field in set(written) & {field.name for field in dataclasses.fields(noun)}:
        found = getattr(value, field)
        if isinstance(found, (str, int)):
            assert written[field] == found or (found == "" and written[field] is None)


@many
@given(failure=FAILURES, history=tuples(SCORE_VERSIONS), entries=tuples(AUDIT_ENTRIES))
def test_parts_of_sessions_are_written_as_the_library_writes_them(
    failure: sc.Failure,
    history: tuple[sc.ScoreVersion, ...],
    entries: tuple[sc.AuditEntry, ...],
) -> None:
    audio = sc.SessionAudio(name="call.wav", blob="a/b.wav", content_type="audio/wav")
    session = sc.Session(
        id="a",
        checklist_id="ten-point",
        checklist_fingerprint="f" * 64,
        failure=failure,
        audio=audio,
    ).to_dict()
    assert session["failure"] == failure.to_dict() and session["audio"] == audio.to_dict()
    assert session["checklist"] == {"id": "ten-point", "fingerprint": "f" * 64}
    assert session["versions"] == {"transcript": 0, "assessment": 0, "score": 0, "coaching": 0}
    versions = [version.to_dict() for version in history]
    assert json.loads(sc.history_to_json(history)) == {"versions": versions}
    rows = [entry.to_dict() for entry in entries]
    assert json.loads(sc.audit_to_json(entries)) == {"entries": rows}


@each_noun
@many
@given(data=st.data())
def test_a_noun_pickles_copies_and_hashes(noun: Any, data: st.DataObject) -> None:
    value = data.draw(ALL[noun])
    for again in (pickle.loads(pickle.dumps(value)), copy.deepcopy(value), copy.copy(value)):
        assert again == value
        assert hash(again) == hash(value)
        assert type(again) is noun


@each_noun
@many
@given(data=st.data())
def test_a_noun_never_changes(noun: Any, data: st.DataObject) -> None:
    value = data.draw(ALL[noun])
    for field in dataclasses.fields(noun):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, field.name, getattr(value, field.name))
        assert not isinstance(getattr(value, field.name), (list, dict, set))
    with pytest.raises((AttributeError, TypeError)):
        value.unknown = 1  # there is no room for other attributes


@each_noun
def test_a_noun_has_a_docstring_and_is_at_home_in_the_package(noun: Any) -> None:
    assert noun.__doc__ and not noun.__doc__.startswith(noun.__name__ + "(")
    assert noun.__module__ == "saleschecklist"


def test_a_report_survives_pickle_and_json(report: sc.Report) -> None:
    assert pickle.loads(pickle.dumps(report)) == report
    assert hash(copy.deepcopy(report)) == hash(report)
    again = sc.Report.from_json(report.to_json(), report.checklist)
    assert again == report
    assert again.checklist is report.checklist
    assert sc.Report.from_dict(report.to_dict(), report.checklist) == report


def test_parts_are_written_as_the_library_writes_them(report: sc.Report) -> None:
    whole = report.to_dict()
    utterances = whole["transcript"]["utterances"]
    for written, part in zip(utterances, report.transcript.utterances, strict=True):
        del written["index"]
        assert part.to_dict() == written
        assert sc.Utterance.from_dict(written) == part
    for written, answer in zip(whole["responses"], report.responses, strict=True):
        assert sc.Response.from_dict(written) == answer
        assert answer.to_dict() == {
            key: value for key, value in written.items() if key not in ("category", "title")
        }
    checklist = report.checklist.to_dict()
    assert [c.to_dict() for c in report.checklist.categories] == checklist["categories"]
    assert [s.to_dict() for s in report.metrics.speakers] == whole["metrics"]["speakers"]
    assert report.score is not None and report.coaching is not None
    score = whole["score"]
    assert [c.to_dict() for c in report.score.category_breakdown] == score["category_breakdown"]
    assert [g.to_dict() for g in report.score.gaps] == score["gaps"]
    assert report.score.summary.to_dict() == score["summary"]
    assert report.score.policy.green.to_dict() == score["policy"]["green"]
    assert [m.to_dict() for m in report.coaching.moments] == whole["coaching"]["moments"]
    assert report.deal.to_dict() == whole["deal"]


def test_lists_of_responses_verdicts_and_claims_have_json(report: sc.Report) -> None:
    text = sc.responses_to_json(report.responses)
    assert sc.responses_from_json(text) == report.responses
    assert sc.responses_from_json(report.to_json()) == report.responses
    verdicts = sc.verify(
        report.transcript, ["nobody said this", report.transcript.utterances[0].text]
    )
    assert json.loads(sc.verdicts_to_json(verdicts)) == [v.to_dict() for v in verdicts]
    claims = (sc.Claim("a"), sc.Claim("b", 3, sc.EvidenceFrom.REP))
    assert sc.claims_from_json(json.dumps([c.to_dict() for c in claims])) == claims


def test_the_json_of_a_transcript_may_hold_its_metrics(call: sc.Transcript) -> None:
    metrics = sc.measure(call)
    text = call.to_json(metrics)
    assert json.loads(text)["metrics"] == metrics.to_dict()
    assert sc.Transcript.from_json(text) == call


def test_constructors_take_any_iterable_and_keep_a_tuple() -> None:
    made = sc.ItemCues(statement=(word for word in ["a", "b"]), veto=["c"])  # type: ignore[arg-type]
    assert made.statement == ("a", "b") and made.veto == ("c",)
    with pytest.raises(
        TypeError, match=r"ItemCues.veto: expected an iterable that is not a str, got str"
    ):
        sc.ItemCues(veto="a price")  # type: ignore[arg-type]


def test_words_become_members_of_their_enumeration() -> None:
    said = sc.Utterance(text="hello", role="rep")  # type: ignore[arg-type]
    assert said.role is sc.Role.REP
    assert f"{said.role}" == str(said.role) == said.role.value == "rep"
    with pytest.raises(sc.InvalidArgument, match="expected one of unknown, rep, customer"):
        sc.Utterance(text="hello", role="boss")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Utterance.role: expected Role, got int"):
        sc.Utterance(text="hello", role=1)  # type: ignore[arg-type]


def test_an_utterance_without_spans_has_one_with_its_times() -> None:
    said = sc.Utterance(text="hello", begin_ms=5, end_ms=9)
    assert said.spans == (sc.TimedSpan(begin=0, begin_ms=5, end_ms=9),)


def test_spans_are_read_by_the_key_of_earlier_versions_too() -> None:
    spans = [{"begin": 0, "begin_ms": 5}, {"begin": 6, "begin_ms": 9}]
    now = sc.Utterance.from_dict({"text": "hello there", "spans": spans})
    assert sc.Utterance.from_dict({"text": "hello there", "cues": spans}) == now
    assert sc.Utterance.from_dict({"text": "hello there", "spans": spans, "cues": []}) == now
    assert "cues" not in now.to_dict()
    old = {"utterances": [{"text": "hello there", "begin_ms": 5, "cues": spans}]}
    assert sc.Transcript.from_dict(old).utterances[0].spans == now.spans


def test_what_makes_words_suspect_is_read_by_the_key_of_earlier_versions_too() -> None:
    said = sc.Utterance.from_dict({"text": "hello there", "doubt": "guessed"})
    assert said == sc.Utterance(text="hello there", suspect="guessed")
    assert "doubt" not in said.to_dict()
    old = {"utterances": [{"text": "hello there", "doubt": "guessed"}]}
    assert sc.Transcript.from_dict(old).utterances[0].suspect == "guessed"
    refused = {"quote": "hello", "reason": "doubtful_words", "doubt": "guessed"}
    now = sc.RejectedEvidence("hello", sc.RejectionReason.SUSPECT_WORDS, suspect="guessed")
    assert sc.RejectedEvidence.from_dict(refused) == now
    response = {"item_id": "a", "answer": "yes", "rejected_evidence": [refused]}
    assert sc.responses_from_json(json.dumps([response]))[0].rejected_evidence == (now,)


def test_concepts_are_a_read_only_mapping() -> None:
    given = {"money": ["price", "budget"]}
    made = sc.Cues(checklist_id="x", concepts=given)  # type: ignore[arg-type]
    given["money"].append("cost")
    assert isinstance(made.concepts, Mapping)
    assert made.concepts == {"money": ("price", "budget")}
    with pytest.raises(TypeError):
        made.concepts["money"] = ()  # type: ignore[index]
    with pytest.raises(TypeError, match="Cues.concepts: expected a mapping, got int"):
        sc.Cues(checklist_id="x", concepts=3)  # type: ignore[arg-type]


def test_large_nouns_print_one_short_line(report: sc.Report) -> None:
    huge = sc.Transcript(utterances=(sc.Utterance(text="hello"),) * 10_000)
    assert repr(huge) == "<Transcript of no source: 10000 utterances, 1 speakers, roles none>"
    score = report.score
    assert score is not None
    for noun in (report, report.checklist, score, report.metrics, report.coaching):
        assert len(repr(noun)) < 120 and "\n" not in repr(noun)
    assert f"{score.total_score} of 100" in repr(report)


def test_a_changed_copy_is_another_value(report: sc.Report) -> None:
    person = sc.Correction(by="Lee", reason="was there", at="2026-11-20T12:00:00Z")
    changed = dataclasses.replace(report.responses[0], answer=sc.Answer.NO, override=person)
    assert changed != report.responses[0] and changed.override == person
    assert changed.ai_answer == report.responses[0].ai_answer
