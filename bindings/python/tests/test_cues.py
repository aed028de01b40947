"""Cues beside a checklist: given, tuned, and read out of checklists of earlier versions."""

import dataclasses
import json
from typing import Any

import pytest
import saleschecklist as sc

NEVER_SAID = "xylophone quorum of the seventh marmalade"
OLD = {
    "id": "own",
    "name": "Own",
    "concepts": {"loss": ["we lose"]},
    "categories": [
        {
            "id": "a",
            "name": "A",
            "items": [
                {
                    "id": "a.1",
                    "title": "They lose something",
                    "definition": "The customer names a loss.",
                    "cues": {"say": ["{loss}"], "asked": ["what"], "reply": ["a lot"]},
                }
            ],
        }
    ],
}
CALL = sc.read_transcript("Rita: So?\nCarl: We lose 40k a month.\n", rep_names=["Rita"])


def tuned() -> sc.Cues:
    standard = sc.Cues.standard()
    items = {
        id: dataclasses.replace(item, statement=(*item.statement, NEVER_SAID))
        for id, item in standard.items.items()
    }
    return dataclasses.replace(standard, items=items)


def own_checklist() -> sc.Checklist:
    return sc.read_checklist(json.dumps(OLD)).checklist


def own_cues(phrase: str = "we lose") -> sc.Cues:
    return sc.Cues(checklist_id="own", items={"a.1": sc.ItemCues(statement=(phrase,))})


def test_the_built_in_cues_are_the_same_object_every_time() -> None:
    assert sc.Cues.standard() is sc.Cues.standard() is sc.find_cues("sales-checklist-92")
    assert sc.find_cues("ten-point") is sc.Cues.ten_point()
    assert len(sc.Cues.standard().items) == 92
    assert sc.validate(sc.Cues.standard(), sc.Checklist.standard()) == ()
    with pytest.raises(sc.NotFound, match="sales-checklist-92 or ten-point"):
        sc.find_cues("nine-point")


def test_a_cue_that_never_matches_changes_nothing_but_the_assessors_id(
    call: sc.Transcript, report: sc.Report
) -> None:
    after = sc.analyze(call, deal=report.deal, cues=tuned())
    assert after.assessor != report.assessor
    assert after.assessor == f"offline-cues/3:{sc.fingerprint(tuned())[:8]}"
    assert dataclasses.replace(after, assessor=report.assessor) == report
    stored = report.to_dict() | {"assessor": after.assessor}
    assert sc.Report.from_dict(stored, report.checklist) == after


def test_cues_are_given_wherever_a_checklist_is() -> None:
    own, cues = own_checklist(), own_cues()
    for assessment in (
        sc.assess_offline(CALL, own, cues=cues),
        sc.analyze(CALL, own, cues=cues),
        sc.analyze("Rita: So?\nCarl: We lose 40k a month.\n", own, rep_names=["Rita"], cues=cues),
        sc.Services().analyze(CALL, own, cues=cues),
    ):
        assert assessment.responses[0].answer is sc.Answer.YES
        assert assessment.assessor == f"offline-cues/3:{sc.fingerprint(cues)[:8]}"


def test_without_cues_no_item_is_answered_and_a_notice_says_so() -> None:
    assessment = sc.assess_offline(CALL, own_checklist())
    assert assessment.responses[0].answer is sc.Answer.UNANSWERED
    assert assessment.responses[0].unanswered_reason is sc.UnansweredReason.NOT_ASKED
    assert "no cues for the checklist 'own'" in assessment.notices[0]
    report = sc.analyze(CALL, own_checklist())
    assert report.notices[0] == assessment.notices[0]
    assert report.assessor == assessment.assessor


def test_a_session_keeps_its_cues() -> None:
    engine = sc.Engine()
    made = engine.create(checklist=own_checklist(), cues=own_cues())
    engine.attach_transcript(made.id, CALL)
    engine.run(made.id)
    assert engine.report(made.id).responses[0].answer is sc.Answer.YES
    engine.rescore(made.id, checklist=own_checklist(), cues=own_cues("nobody says this"))
    assert engine.report(made.id).responses[0].answer is sc.Answer.YES  # nothing was asked anew
    engine.attach_transcript(made.id, CALL)
    engine.run(made.id)
    assert engine.report(made.id).responses[0].answer is sc.Answer.NO
    with pytest.raises(sc.InvalidArgument, match="has no item 'a.1'"):
        engine.create(cues=own_cues())


def test_cues_for_an_item_that_the_checklist_lacks_are_refused_with_their_pointer() -> None:
    cues = dataclasses.replace(own_cues(), items={"b.7": sc.ItemCues(veto=("no",))})
    (fault,) = sc.validate(cues, own_checklist())
    assert fault.where == "/items/b.7"
    for work in (
        lambda: sc.assess_offline(CALL, own_checklist(), cues=cues),
        lambda: sc.analyze(CALL, own_checklist(), cues=cues),
    ):
        with pytest.raises(sc.InvalidArgument) as caught:
            work()
        assert caught.value.where == "/items/b.7"
    with pytest.raises(sc.InvalidInput) as refused:
        sc.Cues.from_json(cues.to_json(), own_checklist())
    assert refused.value.where == "/items/b.7"
    assert sc.Cues.from_json(cues.to_json()) == cues


def test_cues_inside_a_checklist_are_read_with_a_notice() -> None:
    file = sc.read_checklist(json.dumps(OLD))
    assert file.cues == sc.Cues(
        checklist_id="own",
        concepts={"loss": ("we lose",)},
        items={
            "a.1": sc.ItemCues(statement=("{loss}",), exchange=("what",), answer=("a lot",)),
        },
    )
    assert len(file.notices) == 1 and "a separate file" in file.notices[0]
    assert sc.assess_offline(CALL, file.checklist, cues=file.cues).responses[0].evidence
    with pytest.raises(sc.InvalidInput, match="read_checklist") as caught:
        sc.Checklist.from_dict(OLD)
    assert caught.value.where == "/concepts"
    again = sc.read_checklist(file.checklist.to_json().encode())
    assert again == sc.ChecklistFile(checklist=file.checklist)


def test_wrong_arguments_are_refused_by_name() -> None:
    cases: list[tuple[Any, str]] = [
        (lambda: sc.validate(own_cues()), "the checklist that the cues or the plan are for"),  # type: ignore[call-overload]
        (lambda: sc.validate(own_checklist(), own_checklist()), "goes with cues and plans only"),  # type: ignore[call-overload]
        (lambda: sc.analyze(CALL, cues=5), "cues: expected Cues, got int"),  # type: ignore[arg-type]
        (lambda: sc.Cues(checklist_id="x", items=3), "Cues.items: expected a mapping, got int"),  # type: ignore[arg-type]
        (
            lambda: sc.fingerprint(own_cues(), CALL, "Lee", sc.Policy(), ()),  # type: ignore[call-overload]
            "expected a checklist, got cues",
        ),
        (
            lambda: sc.Cues(checklist_id="x", concepts={"a": "b"}),  # type: ignore[dict-item]
            r"Cues.concepts\['a'\]: expected an iterable that is not a str",
        ),
    ]
    for work, message in cases:
        with pytest.raises(TypeError, match=message):
            work()
