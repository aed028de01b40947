"""Calls that have no score, and who says so."""

import json
from pathlib import Path

import pytest
import saleschecklist as sc

SUPPORT = "tests/data/conversations/support-parcel.txt"
GERMAN = "Anna: Guten Tag, wie planen Sie Ihre Touren im Moment?\nBernd: Noch mit einer Tabelle.\n"


def test_a_sales_call_is_assessed(report: sc.Report) -> None:
    assert report.assessment.status is sc.AssessmentStatus.ASSESSED
    assert report.assessment.reason is None and report.assessment.message == ""
    assert report.assessment.sales_call.verdict is sc.SalesCallVerdict.YES
    assert report.assessment == sc.assessability(
        report.transcript, report.checklist, report.responses
    )
    assert report.assessment.sales_call == sc.is_sales_call(
        report.transcript, report.checklist, report.responses
    )


def test_a_call_for_help_has_neither_score_nor_coaching(root: Path) -> None:
    report = sc.analyze(root / SUPPORT, rep_names=["Agent"])
    assert report.score is None and report.coaching is None
    assert report.assessment.reason is sc.NotAssessableReason.NOT_A_SALES_CALL
    assert sc.SalesCallReason.SERVICE_TALK in report.assessment.sales_call.reasons
    assert report.assessment.message.startswith("There is no score: this is not a sales call")
    assert report.to_dict()["assessment"]["message"] == report.assessment.message
    assert "without a score, not_a_sales_call" in repr(report)
    assert sc.Report.from_json(report.to_json(), report.checklist) == report
    assert sc.render_pdf(report).startswith(b"%PDF")


def test_the_caller_has_the_last_word(root: Path, call: sc.Transcript) -> None:
    told = sc.analyze(root / SUPPORT, rep_names=["Agent"], sales_call=sc.SalesCallRule.YES)
    assert told.score is not None
    assert told.assessment.sales_call_rule is sc.SalesCallRule.YES
    assert sc.analyze(call, sales_call=sc.SalesCallRule.NO).score is None
    assert sc.analyze(call, sales_call="no").score is None  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="perhaps"):
        sc.analyze(call, sales_call="perhaps")  # type: ignore[arg-type]


def test_a_language_without_cues_is_named() -> None:
    report = sc.analyze(GERMAN, rep_names=["Anna"])
    assert report.transcript.language == "de" == sc.detect_language(report.transcript)
    assert report.assessment.reason is sc.NotAssessableReason.UNSUPPORTED_LANGUAGE
    assert "this call is in German" in report.assessment.message


def test_a_session_without_a_score_says_so_and_may_get_one(root: Path) -> None:
    engine = sc.Engine()
    made = engine.create(customer="Acme")
    call = sc.read_transcript(root / SUPPORT, rep_names=["Agent"])
    engine.attach_transcript(made.id, call)
    done = engine.run(made.id)
    assert done.status is sc.SessionStatus.NOT_ASSESSABLE
    assert done.not_assessable is sc.NotAssessableReason.NOT_A_SALES_CALL
    assert done.total_score is None and done.risk_band is None
    assert "not_a_sales_call" in repr(done)
    result = engine.result(made.id)
    assert result.score is None and result.coaching is None
    assert result.assessability is not None
    assert result.assessability.reason is done.not_assessable
    assert json.loads(done.to_json())["assessment"] == "not_assessable"
    engine.update(made.id, sales_call=sc.SalesCallRule.YES)
    assert engine.run(made.id).total_score is not None
    assert [version.total_score is None for version in engine.history(made.id)] == [True, False]
