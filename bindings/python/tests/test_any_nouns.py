"""Nouns that fit together in no way give an answer or a clean error, never a crash."""

from collections.abc import Callable

import saleschecklist as sc
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from strategies import (
    ASSESSABILITIES,
    BANDS,
    CATEGORIES,
    CLAIMS,
    COACHINGS,
    CUES,
    DEALS,
    METRICS,
    RESPONSES,
    SCORES,
    STAGE_USAGES,
    TEXT,
    UTTERANCES,
    checklists,
    cues,
    policies,
    transcripts,
    tuples,
    words,
)

ANY_CHECKLIST = checklists() | st.builds(
    sc.Checklist,
    id=TEXT,
    name=TEXT,
    revision=st.integers(-(2**31), 2**31 - 1),
    categories=tuples(CATEGORIES),
)
ANY_CUES = cues() | CUES
ANY_TRANSCRIPT = transcripts() | st.builds(sc.Transcript, utterances=tuples(UTTERANCES))
ANY_POLICY = policies() | st.builds(
    sc.Policy, mode=words(sc.ScoringMode), green=BANDS, yellow=BANDS, red=BANDS
)
ANY_REPORT = st.builds(
    sc.Report,
    deal=DEALS,
    checklist=ANY_CHECKLIST,
    checklist_fingerprint=TEXT,
    transcript=ANY_TRANSCRIPT,
    metrics=METRICS,
    responses=tuples(RESPONSES),
    assessment=ASSESSABILITIES,
    score=st.none() | SCORES,
    coaching=st.none() | COACHINGS,
    assessor=TEXT,
    notices=tuples(TEXT),
    usage=tuples(STAGE_USAGES),
)
patient = settings(suppress_health_check=list(HealthCheck))


def clean(work: Callable[[], object]) -> None:
    """Fails for every exception but the package's own about arguments and input."""
    try:
        work()
    except (sc.InvalidArgument, sc.InvalidInput):
        pass


@patient
@given(
    transcript=ANY_TRANSCRIPT,
    checklist=ANY_CHECKLIST,
    phrases=ANY_CUES,
    policy=ANY_POLICY,
    responses=tuples(RESPONSES),
    score=SCORES,
    claims=tuples(CLAIMS),
    deal=DEALS,
)
def test_any_arguments_are_answered_or_refused(
    transcript: sc.Transcript,
    checklist: sc.Checklist,
    phrases: sc.Cues,
    policy: sc.Policy,
    responses: tuple[sc.Response, ...],
    score: sc.Score,
    claims: tuple[sc.Claim, ...],
    deal: sc.DealInfo,
) -> None:
    for noun in (transcript, checklist, policy):
        assert all(isinstance(fault, sc.Error) for fault in sc.validate(noun))
    assert all(isinstance(fault, sc.Error) for fault in sc.validate(phrases, checklist))
    clean(lambda: sc.measure(transcript))
    clean(lambda: sc.verify(transcript, claims))
    clean(lambda: sc.assess_offline(transcript, checklist))
    clean(lambda: sc.assess_offline(transcript, checklist, cues=phrases))
    clean(lambda: sc.score(checklist, responses, policy))
    clean(lambda: sc.coach_offline(transcript, checklist, responses, score))
    clean(lambda: sc.analyze(transcript, checklist, policy=policy, deal=deal, cues=phrases))
    clean(lambda: sc.compose(transcript, checklist, responses, "Lee", policy=policy))
    clean(lambda: sc.detect_language(transcript))
    clean(lambda: sc.is_sales_call(transcript, checklist, responses))
    clean(lambda: sc.assessability(transcript, checklist, responses).message)
    clean(lambda: sc.fingerprint(checklist, transcript, "Lee", policy, responses))
    clean(lambda: sc.Checklist.from_json(checklist.to_json()))
    clean(lambda: sc.Cues.from_json(phrases.to_json(), checklist))


@settings(patient, max_examples=25)  # each looks for fonts
@given(report=ANY_REPORT, whole=st.booleans())
def test_any_report_is_written_or_refused(report: sc.Report, whole: bool) -> None:
    clean(lambda: sc.render_pdf(report, include_transcript=whole))
    clean(lambda: sc.Report.from_json(report.to_json(), report.checklist))
