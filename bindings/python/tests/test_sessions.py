"""Engines: the whole life of sessions, offline in SQLite and by a recorded run."""

import json
import logging
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import saleschecklist as sc
from conftest import ROOT
from test_services import EXAMPLE, recorded, silent_model

TALK = "Dana: What does it cost you?\nLee: We lose 40k a month, call 415-555-0134.\n"


def engine_in(folder: Path, **more: str) -> sc.Engine:
    return sc.Engine(
        store=f"sqlite:{folder}/deals.db",
        blobs=f"file:{folder}/blobs",
        actor="dana",
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture
def engine(tmp_path: Path) -> sc.Engine:
    return engine_in(tmp_path)


@pytest.fixture
def silent() -> Iterator[sc.Engine]:
    """An engine whose model never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield sc.Engine(services=silent_model(server))


def attached(engine: sc.Engine, call: sc.Transcript | str = TALK) -> sc.Session:
    made = engine.create(
        customer="Acme", opportunity="Tracking", deal_stage="Demo", sales_call=sc.SalesCallRule.YES
    )
    names = ["Dana"] if call is TALK else []
    return engine.attach_transcript(made.id, call, rep_names=names)


def bytes_below(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_a_run_gives_the_report_of_analyze(
    engine: sc.Engine, tmp_path: Path, call: sc.Transcript, report: sc.Report
) -> None:
    made = engine.create(
        customer="Acme",
        opportunity="Tracking",
        deal_stage="Demo",
        decision_influencer="Ada",
        owner="rita",
    )
    assert made.status is sc.SessionStatus.DRAFT and made.revision == 1
    assert made.checklist_fingerprint == sc.fingerprint(sc.Checklist.standard())
    waiting = engine.attach_transcript(made.id, call)
    assert waiting.status is sc.SessionStatus.ANALYZING and waiting.transcript_version == 1
    steps: list[tuple[str, int, int]] = []
    done = engine.run(made.id, progress=lambda *step: steps.append(step))
    assert done.status is sc.SessionStatus.COMPLETED and done == engine.find(made.id)
    assert report.score is not None
    assert (done.total_score, done.risk_band) == (report.score.total_score, sc.RiskBand.RED)

    again = engine.report(made.id)
    assert again == report and again.to_json() == report.to_json()
    assert again.checklist is sc.Checklist.standard()
    assert engine.report_pdf(made.id) == sc.render_pdf(report)
    whole = engine.report_pdf(made.id, include_transcript=True)
    assert whole == sc.render_pdf(report, include_transcript=True)
    result = engine.result(made.id)
    assert result.transcript == call and result.coaching == report.coaching
    assert result.assessment and result.assessment.responses == report.responses
    assert result.score == report.score and result.usage == report.usage == ()
    written = result.to_dict()
    kept = engine.find(made.id)  # the pages count as a change
    assert written["session"] == kept.to_dict() and kept.revision > done.revision
    assert written["score"] == report.score.to_dict()
    assert engine_in(tmp_path).find(made.id) == kept  # by another, who opens the same file


def test_a_transcript_is_corrected_and_judged_again_where_it_was_touched(
    engine: sc.Engine, call: sc.Transcript
) -> None:
    made = attached(engine, call)
    engine.run(made.id)
    before = engine.result(made.id)
    assert before.assessment is not None and before.transcript is not None
    buyer = next(u.speaker for u in before.transcript.utterances if u.role is sc.Role.CUSTOMER)
    renamed = engine.rename_speaker(made.id, buyer, "Ann Lee")
    assert (renamed.transcript_version, renamed.stale) == (2, (sc.Stage.COACH,))
    assert engine.set_role(made.id, "Ann Lee", sc.Role.REP).status is sc.SessionStatus.ANALYZING
    engine.split_speaker(made.id, (number for number in (0, 1)), "Tom")
    engine.merge_speakers(made.id, ["Tom"], into="Ann Lee")
    engine.correct_utterance(made.id, 2, "A line of its own.")
    engine.set_role(made.id, "Ann Lee", sc.Role.CUSTOMER)
    assert engine.run(made.id).status is sc.SessionStatus.COMPLETED
    after = engine.report(made.id)
    assert [u.speaker for u in after.transcript.utterances[:2]] == ["Ann Lee", "Ann Lee"]
    assert after.transcript.utterances[2].text == "A line of its own."
    assert len(after.transcript.utterances) == len(before.transcript.utterances)
    assert engine.verify_audit(made.id).faults == ()
    with pytest.raises(sc.InvalidArgument, match="no speaker 'Nobody'"):
        engine.rename_speaker(made.id, "Nobody", "X")
    with pytest.raises(sc.InvalidArgument, match="at least one speaker"):
        engine.merge_speakers(made.id, [], "Ann Lee")
    with pytest.raises(sc.InvalidArgument, match="no utterance 1000000"):
        engine.split_speaker(made.id, [10**6], "X")
    with pytest.raises(sc.InvalidArgument, match="expected words"):
        engine.correct_utterance(made.id, 0, " ")
    with pytest.raises(sc.InvalidArgument, match="no speaker 'ann lee'"):
        engine.set_role(made.id, "ann lee", sc.Role.REP)
    with pytest.raises(sc.Conflict, match="no current transcript"):
        engine.set_role(engine.create(customer="Acme").id, "Ann Lee", sc.Role.REP)


def test_what_became_of_a_session_can_be_changed_and_is_written_down(
    engine: sc.Engine, call: sc.Transcript
) -> None:
    made = attached(engine, call)
    assert engine.update(made.id, owner="bob").owner == "bob"
    before = engine.run(made.id)
    card = engine.report(made.id).score
    assert card is not None
    gaps = card.gaps
    boss = engine.as_(actor="boss")
    assert (boss.tenant, boss.actor) == ("", "boss")
    changed = boss.override_answer(made.id, gaps[0].item_id, sc.Answer.YES, "I was there")
    assert changed.score_version == before.score_version + 1 and sc.Stage.COACH in changed.stale
    assert engine.coach(made.id).stale == ()
    strict = sc.Policy(id="strict", green=sc.Band(99.0, "Healthy", "#27ae60"))
    assert engine.rescore(made.id, policy=strict).policy == strict
    short = engine.rescore(made.id, checklist=sc.Checklist.ten_point())
    assert short.checklist_id == "ten-point"
    assert engine.run(made.id).status is sc.SessionStatus.COMPLETED
    assert engine.report(made.id).checklist is sc.Checklist.ten_point()
    with pytest.raises(sc.InvalidArgument, match="either a policy or a checklist"):
        engine.rescore(made.id)

    history = engine.history(made.id)
    assert [version.version for version in history] == list(range(1, len(history) + 1))
    assert history[0].reason == "assessed" and history[1].actor == "boss"
    assert history[1].changed == (gaps[0].item_id,)
    entries = engine.audit(made.id)
    assert [entry.number for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry.previous for entry in entries] == ["", *(entry.hash for entry in entries[:-1])]
    assert {entry.actor for entry in entries} == {"dana", "boss"}
    assert engine.verify_audit(made.id) == sc.AuditReport(entries=len(entries), faults=())


def test_a_checklist_of_ones_own_is_kept_with_its_report(engine: sc.Engine) -> None:
    ten = sc.Checklist.ten_point().to_dict() | {"id": "ours", "name": "Ours"}
    ours = sc.Checklist.from_dict(ten)
    made = engine.create(checklist=ours, policy=sc.Policy(mode=sc.ScoringMode.WEIGHTED))
    engine.attach_transcript(made.id, TALK, rep_names=["Dana"])
    engine.run(made.id)
    call = sc.read_transcript(TALK, rep_names=["Dana"])
    policy = sc.Policy(mode=sc.ScoringMode.WEIGHTED)
    assert engine.report(made.id) == sc.analyze(call, ours, policy=policy)


def test_a_session_that_is_reviewed_waits_for_a_person(engine: sc.Engine) -> None:
    made = engine.create(review=True, sales_call=sc.SalesCallRule.YES)
    engine.attach_transcript(made.id, TALK, rep_names=["Dana"])
    assert engine.run(made.id).status is sc.SessionStatus.PENDING_REVIEW
    assert engine.approve(made.id).status is sc.SessionStatus.SCORING
    assert engine.run(made.id).status is sc.SessionStatus.COMPLETED
    with pytest.raises(sc.InvalidArgument, match="pending_review; this one is completed"):
        engine.approve(made.id)
    with pytest.raises(sc.InvalidArgument, match="failed; this one is completed"):
        engine.retry(made.id)


def test_sessions_are_listed_page_by_page(engine: sc.Engine) -> None:
    made = [
        engine.create(customer="Acme" if i % 2 else "Globex", owner="rita") for i in range(105)
    ]
    page = engine.list(limit=2)
    assert len(page.sessions) == 2 and page.next and repr(page) == "<SessionPage: 2 sessions, more>"
    rest = engine.list(after=page.next, limit=1000)
    assert rest.next == "" and len(rest.sessions) == 103
    found = list(engine.sessions(owner="rita"))
    assert {session.id for session in found} == {session.id for session in made}
    assert len(list(engine.sessions(customer="ACME"))) == 52
    oldest = min(session.created_at_ms for session in made)
    assert not engine.list(created_before_ms=oldest).sessions
    assert len(list(engine.sessions(created_from_ms=oldest))) == 105
    assert not engine.list(status=sc.SessionStatus.COMPLETED, band=sc.RiskBand.RED).sessions
    assert json.loads(page.to_json())["sessions"][0] == page.sessions[0].to_dict()


def test_what_waits_is_run_by_whoever_asks(engine: sc.Engine) -> None:
    waiting = {attached(engine).id for _ in range(6)}
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda _: engine.run_pending(), range(3)))
    assert {session.id for ran in done for session in ran} == waiting
    assert all(engine.find(id).status is sc.SessionStatus.COMPLETED for id in waiting)
    assert engine.run_pending(limit=1) == ()


def test_threads_may_change_one_session(engine: sc.Engine) -> None:
    made = engine.create()
    names = [f"customer {i}" for i in range(8)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: engine.update(made.id, customer=name), names))
    assert engine.find(made.id).customer in names
    assert engine.verify_audit(made.id).faults == ()


def test_a_tenant_has_sessions_of_its_own(engine: sc.Engine) -> None:
    made = engine.create()
    other = engine.as_(tenant="globex")
    assert repr(other) == "<Engine: tenant 'globex', actor 'dana'>"
    with pytest.raises(sc.NotFound):
        other.find(made.id)
    assert not other.list().sessions and other.create().tenant == "globex"


def test_erased_bytes_are_gone_and_the_audit_log_stays(
    engine: sc.Engine, tmp_path: Path, call: sc.Transcript
) -> None:
    made = attached(engine, call)
    engine.run(made.id)
    engine.report_pdf(made.id)
    words = call.utterances[3].text.encode()[:40]
    assert words in bytes_below(tmp_path) and b"%PDF" in bytes_below(tmp_path)
    engine.erase(made.id)
    left = bytes_below(tmp_path)
    assert words not in left and b"%PDF" not in left and b"Acme" not in left
    for look in (engine.find, engine.result, engine.history):
        with pytest.raises(sc.NotFound):
            look(made.id)
    assert engine.audit(made.id)[-1].action == "erased"
    assert engine.verify_audit(made.id).faults == ()
    kept = engine.create()
    assert engine.erase_created_before(kept.created_at_ms) == 0
    assert engine.erase_created_before(kept.created_at_ms + 1) == 1


def test_wrong_arguments_are_refused_by_name(engine: sc.Engine, tmp_path: Path) -> None:
    with pytest.raises(sc.InvalidInput, match="/lease_ms"):
        sc.Engine(lease_ms=1)
    with pytest.raises(sc.InvalidInput, match="/redact: the key 'kards' is unknown"):
        sc.Engine(redact={"kards": True})
    with pytest.raises(sc.InvalidArgument):
        sc.Engine(store="oracle:x")
    with pytest.raises(sc.IoError):
        sc.Engine(store=f"sqlite:{tmp_path}/nowhere/deals.db")
    with pytest.raises(TypeError, match="log: expected a callable, got int"):
        sc.Engine(log=3)  # type: ignore[arg-type]
    with pytest.raises(sc.InvalidArgument, match="customer: "):
        engine.create(customer="Ac\nme")
    with pytest.raises(TypeError, match="customer: expected str, got int"):
        engine.create(customer=3)  # type: ignore[arg-type]
    made = engine.create()
    with pytest.raises(sc.InvalidArgument, match="limit"):
        engine.list(limit=0)
    with pytest.raises(sc.InvalidArgument, match="status: expected one of draft, uploading"):
        engine.list(status="done")  # type: ignore[arg-type]
    with pytest.raises(sc.InvalidArgument):
        engine.run(made.id)  # with nothing attached
    with pytest.raises(sc.InvalidInput, match="/until"):
        engine.run(made.id, until="lunch")  # type: ignore[arg-type]
    with pytest.raises(sc.InvalidInput, match="/votes"):
        engine.run(made.id, votes=10)
    with pytest.raises(sc.Conflict):
        engine.report(made.id)
    with pytest.raises(sc.NotFound):
        engine.coaching_audio(made.id)
    with pytest.raises(sc.InvalidInput, match="expected a recording"):
        engine.attach_audio(made.id, ROOT / "README.md")
    with pytest.raises(sc.IoError):
        engine.attach_audio(made.id, tmp_path / "nowhere.wav")
    with pytest.raises(sc.NotFound):
        engine.find("nobody")
    engine.attach_transcript(made.id, TALK)
    engine.run(made.id)
    with pytest.raises(sc.InvalidArgument, match="reason"):
        engine.override_answer(made.id, "trigger.01", sc.Answer.NO, " ")
    with pytest.raises(sc.InvalidArgument, match="answer"):
        engine.override_answer(made.id, "trigger.01", sc.Answer.UNANSWERED, "why")
    with pytest.raises(TypeError, match="engine: expected Engine, got str"):
        sc._core.session_find("engine", made.id)  # type: ignore[arg-type]


def test_a_recording_goes_through_every_stage_in_its_recorded_run(tmp_path: Path) -> None:
    engine = sc.Engine(blobs=f"file:{tmp_path}", services=recorded())
    made = engine.create(customer="Cold Chain Ltd")
    waiting = engine.attach_audio(made.id, EXAMPLE / "call.m4a", rep_names=["Speaker A"])
    assert waiting.status is sc.SessionStatus.PROCESSING and waiting.audio
    assert (waiting.audio.name, waiting.audio.bytes) == (
        "call.m4a",
        (EXAMPLE / "call.m4a").stat().st_size,
    )
    stages: set[str] = set()
    done = engine.run(made.id, progress=lambda stage, *_: stages.add(stage))
    assert done.status is sc.SessionStatus.COMPLETED and done.total_score == 19
    assert stages >= {"transcribe", "assess", "speak"}
    expected = json.loads((EXAMPLE / "report.json").read_text(encoding="utf-8"))
    assert engine.report(made.id).to_dict() | {"usage": None} == expected | {"usage": None}
    used = [stage.stage for stage in engine.result(made.id).usage]
    assert sorted(set(used)) == ["assess", "coach", "speak", "transcribe"]
    assert len(engine.coaching_audio(made.id)) > 100_000


def test_a_failure_says_what_to_do_and_can_be_retried(tmp_path: Path) -> None:
    providers = {"openai": {"base_url": "http://127.0.0.1:1/v1", "key": "sk-very-secret"}}
    away = sc.Services(model="openai:m", providers=providers, attempts=1)
    lines: list[tuple[str, str]] = []
    engine = sc.Engine(
        store=f"sqlite:{tmp_path}/deals.db",
        services=away,
        log=lambda level, line: lines.append((level, line)),
    )
    made = attached(engine)
    with pytest.raises(sc.NetworkError) as raised:
        engine.run(made.id)
    failed = engine.find(made.id)
    assert failed.status is sc.SessionStatus.FAILED and failed.failure
    assert failed.failure.stage is sc.Stage.ASSESS and failed.failure.advice
    assert type(failed.failure.error) is sc.NetworkError
    assert failed.failure.error.message == raised.value.message
    assert failed.to_dict()["failure"] == failed.failure.to_dict()
    assert [level for level, line in lines if made.id in line] == ["error"]
    assert b"very-secret" not in bytes_below(tmp_path)
    assert engine.retry(made.id).status is sc.SessionStatus.ANALYZING
    offline = sc.Engine(store=f"sqlite:{tmp_path}/deals.db")
    assert offline.run(made.id).status is sc.SessionStatus.COMPLETED


def test_the_log_is_pythons_unless_another_is_given(caplog: pytest.LogCaptureFixture) -> None:
    engine = sc.Engine()
    with caplog.at_level(logging.INFO, "saleschecklist"):
        engine.run(attached(engine).id)
    assert any("done" in record.getMessage() for record in caplog.records)


def test_cancel_leaves_a_session_to_be_gone_on_with(silent: sc.Engine) -> None:
    made, cancel = attached(silent), sc.Cancel()
    timer = threading.Timer(0.3, cancel.cancel)
    timer.start()
    begin = time.monotonic()
    with pytest.raises(sc.Cancelled):
        silent.run(made.id, cancel=cancel)
    assert time.monotonic() - begin < 10
    timer.join()
    assert silent.find(made.id).status is sc.SessionStatus.ANALYZING
    for again in (silent, sc.Engine()):  # a flag that is set already stops also what is quick
        waiting = attached(again).id
        with pytest.raises(sc.Cancelled):
            again.run(waiting, cancel=cancel)
        with pytest.raises(sc.Cancelled):
            again.run_pending(cancel=cancel)
    assert silent.find(made.id).failure is None


def test_ctrl_c_leaves_a_session_to_be_gone_on_with(silent: sc.Engine) -> None:
    made = attached(silent)
    timer = threading.Timer(0.3, signal.raise_signal, [signal.SIGINT])
    begin = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        timer.start()
        silent.run(made.id)
    assert time.monotonic() - begin < 10
    timer.join()
    assert silent.find(made.id).status is sc.SessionStatus.ANALYZING


def test_who_has_a_session_has_it_alone() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as pool:
        engine, cancel = sc.Engine(services=silent_model(server)), sc.Cancel()
        made = attached(engine)
        running = pool.submit(engine.run, made.id, cancel=cancel)
        try:
            server.settimeout(30)
            connection, _ = server.accept()  # the model is being asked
            with connection, pytest.raises(sc.Conflict, match="another worker holds the session"):
                engine.run(made.id)
        finally:
            cancel.cancel()
        with pytest.raises(sc.Cancelled):
            running.result()


def test_redaction_takes_out_what_restore_puts_back() -> None:
    call = sc.read_transcript(TALK)
    made = sc.redact(call, names=["lee"])
    assert [r.original for r in made.replacements if "phone" in r.placeholder] == ["415-555-0134"]
    text = made.transcript.utterances[1].text
    assert "415" not in text and {u.speaker for u in made.transcript.utterances} != {"Dana", "Lee"}
    assert sc.restore(text, made.replacements) == call.utterances[1].text
    assert sc.redact(call, phones=False).replacements == ()
    assert made.to_dict()["replacements"] == [r.to_dict() for r in made.replacements]
    with pytest.raises(sc.InvalidArgument):
        sc.redact(call, names=[""])
    with pytest.raises(TypeError, match=r"replacements\[0\]: expected Replacement, got str"):
        sc.restore(text, ["x"])  # type: ignore[list-item]


def test_an_engine_that_redacts_keeps_no_personal_data(tmp_path: Path) -> None:
    engine = sc.Engine(store=f"sqlite:{tmp_path}/deals.db", redact={"names": ["Lee"]})
    made = attached(engine)
    kept = engine.result(made.id).transcript
    assert kept == sc.redact(sc.read_transcript(TALK, rep_names=["Dana"]), names=["Lee"]).transcript
    left = bytes_below(tmp_path)
    assert b"0134" not in left and b"Lee" not in left
