"""From a transcript to a report, step by step and at once."""

import dataclasses
import json
import logging
import subprocess
from pathlib import Path

import pytest
import saleschecklist as sc


def test_the_built_in_checklists_are_the_same_object_every_time() -> None:
    assert sc.Checklist.standard() is sc.Checklist.standard()
    assert sc.find_checklist("sales-checklist-92") is sc.Checklist.standard()
    assert sc.find_checklist("ten-point") is sc.Checklist.ten_point()
    assert sc.item_count(sc.Checklist.standard()) == 92
    assert sc.item_count(sc.Checklist.ten_point()) == 10


def test_a_checklist_read_from_json_judges_as_the_built_in_one(call: sc.Transcript) -> None:
    standard = sc.Checklist.standard()
    own = sc.Checklist.from_json(standard.to_json())
    assert own == standard and own is not standard
    assert sc.fingerprint(own) == sc.fingerprint(standard)
    assert sc.assess_offline(call, own) == sc.assess_offline(call)
    assert sc.assess_offline(call, own, cues=sc.Cues.standard()) == sc.assess_offline(call)
    report = sc.analyze(call, own)
    assert report.checklist is own
    assert report == sc.analyze(call)


def test_the_steps_in_a_row_are_what_analyze_does(call: sc.Transcript, report: sc.Report) -> None:
    checklist = sc.Checklist.standard()
    assessment = sc.assess_offline(call)
    responses = assessment.responses
    assert assessment.assessor == report.assessor
    score = sc.score(checklist, responses)
    assert responses == report.responses
    assert sc.measure(call) == report.metrics
    assert score.fingerprint == ""
    assert report.score is not None
    assert dataclasses.replace(report.score, fingerprint="") == score
    assert sc.coach_offline(call, checklist, responses, score) == report.coaching
    composed = sc.compose(call, checklist, iter(responses), report.assessor, deal=report.deal)
    assert composed == report
    assert report.checklist_fingerprint == sc.fingerprint(checklist)
    assert report.score.fingerprint == sc.fingerprint(
        checklist, call, report.assessor, sc.Policy(), responses
    )


def test_content_and_transcript_give_the_same_report(calls: Path) -> None:
    file = calls / "nurse-rostering.vtt"
    names = [sc.read_transcript(file).utterances[0].speaker]
    report = sc.analyze(file, rep_names=names)
    assert report.transcript.role_source is sc.RoleSource.GIVEN
    assert report == sc.analyze(file.read_bytes(), rep_names=names)
    assert report == sc.analyze(file.read_text(encoding="utf-8"), rep_names=names)
    assert report == sc.analyze(sc.read_transcript(file, rep_names=names))


def test_every_quote_stands_in_the_transcript(calls: Path) -> None:
    found = 0
    for file in sorted(calls.glob("*.vtt")):
        report = sc.analyze(file)
        utterances = report.transcript.utterances
        for response in report.responses:
            if response.answer is sc.Answer.YES:
                assert response.evidence, response.item_id
            for evidence in response.evidence:
                spoken = utterances[evidence.utterance].text.encode()
                assert spoken[evidence.begin : evidence.end].decode() == evidence.quote
                found += 1
        for moment in report.coaching.moments if report.coaching else ():
            assert moment.quote in utterances[moment.utterance].text
    assert found > 100


def test_verify_finds_repairs_and_refuses(call: sc.Transcript) -> None:
    index, said = next(
        (i, u.text) for i, u in enumerate(call.utterances) if len(u.text.split()) > 12
    )
    quote = " ".join(said.split()[:8])
    word_for_word, noisy, invented, elsewhere = sc.verify(
        call,
        [quote, sc.Claim("um " + quote, index), "we never ever said this", sc.Claim(quote, 0)],
    )
    assert word_for_word.evidence is not None and word_for_word.rejected is None
    assert word_for_word.evidence.status is sc.EvidenceStatus.VERIFIED
    assert noisy.evidence is not None
    assert noisy.evidence.status is sc.EvidenceStatus.REPAIRED
    assert noisy.evidence.quote in said
    assert invented.evidence is None and invented.rejected is not None
    assert invented.rejected.reason is sc.RejectionReason.NOT_FOUND
    assert invented.rejected.message == "these words are not in the transcript"
    assert elsewhere.evidence is not None and elsewhere.evidence.utterance == index


def test_a_refusal_tells_programs_why_and_people_too() -> None:
    call = sc.read_transcript("Rita: You lose 40k a month.\nCarl: Maybe.\n", rep_names=["Rita"])
    claim = sc.Claim("You lose 40k a month", evidence_from=sc.EvidenceFrom.CUSTOMER)
    (verdict,) = sc.verify(call, [claim])
    rejected = verdict.rejected
    assert rejected is not None
    assert rejected.reason is sc.RejectionReason.WRONG_SIDE
    assert (rejected.speaker, rejected.role) == ("Rita", sc.Role.REP)
    assert rejected.message == "said by Rita (rep); the item asks for the words of the customer"
    assert rejected.to_dict() == {
        "quote": "You lose 40k a month",
        "reason": "wrong_side",
        "message": rejected.message,
        "speaker": "Rita",
        "role": "rep",
        "evidence_from": "customer",
    }


def test_an_override_counts_and_the_machines_answer_stays(report: sc.Report) -> None:
    number, gap = next(
        (i, r) for i, r in enumerate(report.responses) if r.answer is not sc.Answer.YES
    )
    person = sc.Correction(by="Lee", reason="was there", at="2026-11-20T12:00:00Z")
    responses = list(report.responses)
    responses[number] = dataclasses.replace(gap, answer=sc.Answer.YES, override=person)
    changed = sc.compose(report.transcript, report.checklist, responses, "Lee")
    assert report.score is not None and changed.score is not None
    before = report.score.summary.validated_items
    assert changed.score.summary.validated_items == before + 1
    assert changed.responses[number].ai_answer is gap.ai_answer
    assert changed.score.fingerprint != report.score.fingerprint


def test_a_policy_decides_the_band(report: sc.Report) -> None:
    generous = sc.Policy(
        green=sc.Band(0.002, "Fine", "#00ff00"), yellow=sc.Band(0.001, "Hm", "#ffff00")
    )
    assert sc.validate(generous) == ()
    score = sc.score(report.checklist, report.responses, generous)
    assert score.risk_band is sc.RiskBand.GREEN and score.risk_label == "Fine"
    crossed = sc.Policy(yellow=sc.Band(90, "Hm", "#ffff00"))
    (fault,) = sc.validate(crossed)
    assert isinstance(fault, sc.Error) and fault.where == "/yellow/threshold"
    with pytest.raises(sc.InvalidArgument):
        sc.score(report.checklist, report.responses, crossed)


def test_validate_names_every_fault_of_a_checklist() -> None:
    item = sc.Item(id="a", title="A", definition="It is said.", weight=0.0005)
    made = sc.Checklist(
        id="x",
        name="X",
        categories=(sc.Category(id="c", name="C", order=1, items=(item, item)),),
    )
    assert {fault.where for fault in sc.validate(made)} >= {
        "/categories/0/items/0/weight",
        "/categories/0/items/1/id",
    }
    assert sc.validate(sc.Checklist.standard()) == ()
    with pytest.raises(sc.InvalidArgument):
        sc.assess_offline(sc.read_transcript("Dana: hi\nLee: hello"), made)


def test_coaching_needs_the_score_of_the_same_answers(report: sc.Report) -> None:
    other = sc.score(report.checklist, report.responses[:5])
    with pytest.raises(sc.InvalidArgument, match="score"):
        sc.coach_offline(report.transcript, report.checklist, report.responses, other)


def test_a_tampered_report_is_refused(report: sc.Report) -> None:
    data = json.loads(report.to_json())
    data["score"]["total_score"] = 100
    with pytest.raises(sc.InvalidInput) as caught:
        sc.Report.from_dict(data, report.checklist)
    assert caught.value.where == "/score"
    with pytest.raises(sc.InvalidArgument):
        sc.Report.from_json(report.to_json(), sc.Checklist.ten_point())


def test_the_pdf_is_whole_and_says_what_the_report_says(report: sc.Report, tmp_path: Path) -> None:
    pdf = sc.render_pdf(report)
    assert pdf.startswith(b"%PDF") and pdf == sc.render_pdf(report)
    file = tmp_path / "report.pdf"
    file.write_bytes(pdf)
    subprocess.run(["qpdf", "--check", file], check=True, capture_output=True)
    text = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True)
    assert report.score is not None
    assert "Acme" in text.stdout and str(report.score.total_score) in text.stdout
    assert report.score.fingerprint[:16] in text.stdout.replace("\n", "")
    assert len(sc.render_pdf(report, include_transcript=True)) > len(pdf)


def test_a_report_with_evidence_outside_the_transcript_is_refused(report: sc.Report) -> None:
    evidence = sc.Evidence(utterance=10**6, begin=0, end=1, quote="x")
    answer = sc.Response(item_id="x", evidence=(evidence,))
    broken = dataclasses.replace(report, responses=(answer,))
    with pytest.raises(sc.InvalidArgument, match="is not in the transcript") as caught:
        sc.render_pdf(broken)
    assert caught.value.where == "/responses/0/evidence/0"
    moment = sc.Moment(utterance=10**6, quote="x", item_id="x")
    assert report.coaching is not None
    coaching = dataclasses.replace(report.coaching, moments=(moment,))
    with pytest.raises(sc.InvalidArgument, match="is not in that utterance"):
        sc.render_pdf(dataclasses.replace(report, coaching=coaching))


def test_stages_go_to_the_logger(call: sc.Transcript, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "saleschecklist"):
        sc.analyze(call)
    assert any("scored" in line for line in caplog.messages)
    assert {record.name for record in caplog.records} == {"saleschecklist"}
    words = {word for u in call.utterances for word in u.text.split() if len(word) > 12}
    assert not any(word in line for word in words for line in caplog.messages)


def test_nothing_is_logged_when_nobody_listens(
    call: sc.Transcript, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("logged although the logger is off")

    logger = logging.getLogger("saleschecklist")
    monkeypatch.setattr(logger, "level", logging.CRITICAL)
    logger.manager._clear_cache()  # type: ignore[attr-defined]
    monkeypatch.setattr(logger, "log", never)
    sc.analyze(call)
    monkeypatch.undo()
    logger.manager._clear_cache()  # type: ignore[attr-defined]


def test_a_log_handler_that_raises_does_no_harm(
    call: sc.Transcript, report: sc.Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    unraisable: list[object] = []
    monkeypatch.setattr("sys.unraisablehook", lambda info: unraisable.append(info.exc_value))

    class Broken(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            raise RuntimeError("broken handler")

    logger = logging.getLogger("saleschecklist")
    handler = Broken()
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        assert sc.analyze(call, deal=report.deal) == report
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)
    assert unraisable and all(isinstance(fault, RuntimeError) for fault in unraisable)
