"""Hypothesis strategies for every noun: whatever the schemas allow."""

from enum import Enum
from typing import Any

import saleschecklist as sc
from hypothesis import strategies as st

TEXT = st.text(max_size=20)
FULL_TEXT = st.text(min_size=1, max_size=20)
COUNT = st.integers(0, 2**53)
MS = st.integers(0, 10**13)
MAYBE_MS = st.none() | MS
SHARE = st.none() | st.floats(0, 1)
RATIO = st.none() | st.floats(0, 1e9)
WEIGHT = st.integers(1, 100_000).map(lambda thousandths: thousandths / 1000)
SPOKEN = st.lists(
    st.sampled_from(["we", "lose", "40k", "a", "month", "naïve", "שלום", "مرحبا", "日本語", "🙂"]),
    max_size=6,
).map(lambda words: " ".join(["well", *words]))


def words(kind: type[Enum]) -> st.SearchStrategy[Any]:
    return st.sampled_from(kind)


def tuples(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


SPANS = st.builds(sc.TimedSpan, begin=COUNT, begin_ms=MAYBE_MS, end_ms=MAYBE_MS)
UTTERANCES = st.builds(
    sc.Utterance,
    speaker=TEXT,
    role=words(sc.Role),
    begin_ms=MAYBE_MS,
    end_ms=MAYBE_MS,
    text=FULL_TEXT,
    spans=tuples(SPANS).filter(lambda spans: len(spans) != 1),
)
PHRASES = tuples(FULL_TEXT)
ITEM_CUES = st.builds(
    sc.ItemCues,
    statement=PHRASES,
    question=PHRASES,
    exchange=PHRASES,
    answer=PHRASES,
    veto=PHRASES,
    denial=PHRASES,
)
CUES = st.builds(
    sc.Cues,
    checklist_id=FULL_TEXT,
    concepts=st.dictionaries(TEXT, PHRASES, max_size=2),
    items=st.dictionaries(TEXT, ITEM_CUES, max_size=2),
)
ITEMS = st.builds(
    sc.Item,
    id=TEXT,
    title=FULL_TEXT,
    definition=FULL_TEXT,
    key_behavior=TEXT,
    key_mindset=TEXT,
    coaching_question=TEXT,
    weight=WEIGHT,
    evidence_from=words(sc.EvidenceFrom),
)
CATEGORIES = st.builds(
    sc.Category,
    id=TEXT,
    name=FULL_TEXT,
    description=TEXT,
    order=st.integers(1, 99),
    default_weight=WEIGHT,
    max_score=st.integers(1, 1000),
    items=tuples(ITEMS),
)
EVIDENCE = st.builds(
    sc.Evidence,
    utterance=COUNT,
    begin=COUNT,
    end=COUNT,
    quote=FULL_TEXT,
    begin_ms=MAYBE_MS,
    end_ms=MAYBE_MS,
    status=words(sc.EvidenceStatus),
)
REJECTED = st.builds(
    sc.RejectedEvidence,
    quote=TEXT,
    reason=words(sc.RejectionReason),
    speaker=TEXT,
    role=words(sc.Role),
    evidence_from=words(sc.EvidenceFrom),
    suspect=TEXT,
    quote_word=TEXT,
    transcript_word=TEXT,
)
OVERRIDES = st.builds(sc.Correction, by=FULL_TEXT, reason=FULL_TEXT, at=FULL_TEXT)
RESPONSES = st.builds(
    sc.Response,
    item_id=FULL_TEXT,
    answer=words(sc.Answer),
    ai_answer=words(sc.Answer),
    confidence=st.floats(0, 1),
    support=words(sc.Support),
    evidence=tuples(EVIDENCE),
    rejected_evidence=tuples(REJECTED),
    reasoning=TEXT,
    unanswered_reason=st.none() | words(sc.UnansweredReason),
    override=st.none() | OVERRIDES,
    needs_review=st.booleans(),
)
SPEAKER_METRICS = st.builds(
    sc.SpeakerMetrics,
    speaker=TEXT,
    role=words(sc.Role),
    talk_ms=MS,
    words=COUNT,
    turns=COUNT,
    questions=COUNT,
    interruptions=COUNT,
    longest_monologue_words=COUNT,
    longest_monologue_ms=MAYBE_MS,
    talk_share=SHARE,
    words_per_minute=RATIO,
    patience_ms=MAYBE_MS,
    replies=COUNT,
)
CATEGORY_SCORES = st.builds(
    sc.CategoryScore,
    id=FULL_TEXT,
    name=FULL_TEXT,
    score=st.floats(0, 1e6),
    max_score=st.floats(0, 1e6),
    validated_items=COUNT,
    total_items=COUNT,
)
SCORED_ITEMS = st.builds(sc.ScoredItem, item_id=FULL_TEXT, title=TEXT, category=TEXT)
SUMMARIES = st.builds(
    sc.ScoreSummary,
    validated_items=COUNT,
    unvalidated_items=COUNT,
    unanswered_items=COUNT,
    not_applicable_items=COUNT,
    unsupported_items=COUNT,
    total_items=COUNT,
)
POINTS = st.builds(sc.CoachingPoint, point=FULL_TEXT, explanation=FULL_TEXT)
MOMENTS = st.builds(
    sc.Moment,
    utterance=COUNT,
    quote=FULL_TEXT,
    begin_ms=MAYBE_MS,
    end_ms=MAYBE_MS,
    item_id=FULL_TEXT,
)
CLAIMS = st.builds(
    sc.Claim, quote=TEXT, utterance=st.none() | COUNT, evidence_from=words(sc.EvidenceFrom)
)
VERDICTS = st.builds(sc.Verdict, evidence=st.none() | EVIDENCE, rejected=st.none() | REJECTED)
DEALS = st.builds(sc.DealInfo, customer=TEXT, opportunity=TEXT, stage=TEXT)
COLORS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)
BANDS = st.builds(
    sc.Band,
    threshold=st.integers(0, 100_000).map(lambda n: n / 1000),
    label=FULL_TEXT,
    color=COLORS,
)


@st.composite
def policies(draw: st.DrawFn) -> sc.Policy:
    """Sound ones: thresholds in order."""
    edges = sorted(draw(st.tuples(BANDS, BANDS)), key=lambda band: band.threshold)
    return sc.Policy(
        id=draw(FULL_TEXT),
        mode=draw(words(sc.ScoringMode)),
        red=sc.Band(0.0, draw(FULL_TEXT), draw(COLORS)),
        yellow=edges[0],
        green=edges[1],
    )


@st.composite
def checklists(draw: st.DrawFn) -> sc.Checklist:
    """Sound ones: unique ids and titles."""
    counts = draw(st.lists(st.integers(1, 12), min_size=1, max_size=3))
    categories = []
    for c, count in enumerate(counts, 1):
        items = [
            sc.Item(
                id=f"c{c}.{i}",
                title=f"Title {c} {i} " + draw(st.sampled_from(["", "naïve", "🙂"])),
                definition="It is said.",
                weight=draw(WEIGHT),
                evidence_from=draw(words(sc.EvidenceFrom)),
            )
            for i in range(count)
        ]
        weight, points = draw(WEIGHT), draw(st.integers(1, 1000))
        categories.append(
            sc.Category(
                id=f"c{c}",
                name=f"Category {c}",
                order=c,
                default_weight=weight,
                max_score=points,
                items=tuple(items),
            )
        )
    return sc.Checklist(
        id="made",
        name="Made",
        revision=3,
        categories=tuple(categories),
    )


@st.composite
def cues(draw: st.DrawFn) -> sc.Cues:
    """Sound ones, for some of the items that checklists() makes."""
    phrases = {f"c1.{i}": sc.ItemCues(statement=(f"word{i} {{cost}}",)) for i in range(3)}
    return sc.Cues(
        checklist_id="made",
        concepts={"cost": ("price", "budget")},
        items=dict(draw(st.lists(st.sampled_from(sorted(phrases.items()))))),
    )


@st.composite
def transcripts(draw: st.DrawFn) -> sc.Transcript:
    """Sound ones: ordered times, texts with words, cues at the beginnings of words."""
    now = 0
    utterances = []
    for text in draw(st.lists(SPOKEN, min_size=1, max_size=5)):
        timed = draw(st.booleans())
        length = draw(st.integers(0, 9000))
        utterances.append(
            sc.Utterance(
                speaker=draw(st.sampled_from(["", "Dana", "Élodie", "דנה"])),
                role=draw(words(sc.Role)),
                begin_ms=now if timed else None,
                end_ms=now + length if timed else None,
                text=text,
                spans=(sc.TimedSpan(begin=0, begin_ms=0), sc.TimedSpan(begin=1)) if draw(st.booleans()) else (),
            )
        )
        now += length
    return sc.Transcript(
        language=draw(TEXT),
        duration_ms=draw(MAYBE_MS),
        utterances=tuple(utterances),
        source_format=draw(TEXT),
        role_source=draw(st.sampled_from([sc.RoleSource.GIVEN, sc.RoleSource.INFERRED])),
        role_reason=draw(TEXT),
        warnings=draw(tuples(TEXT)),
    )


METRICS = st.builds(
    sc.Metrics,
    duration_ms=MS,
    words=COUNT,
    utterances=COUNT,
    turns=COUNT,
    speaker_switches=COUNT,
    switches_per_minute=RATIO,
    talk_share_basis=words(sc.ShareBasis),
    rep_talk_share=SHARE,
    customer_talk_share=SHARE,
    longest_rep_monologue_ms=MAYBE_MS,
    speakers=tuples(SPEAKER_METRICS),
)
SCORES = st.builds(
    sc.Score,
    total_score=st.integers(0, 100),
    percentage=st.floats(0, 100),
    risk_band=words(sc.RiskBand),
    risk_label=FULL_TEXT,
    risk_color=COLORS,
    category_breakdown=tuples(CATEGORY_SCORES),
    strengths=tuples(SCORED_ITEMS),
    gaps=tuples(SCORED_ITEMS),
    summary=SUMMARIES,
    policy=policies(),
    fingerprint=st.just("") | st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
)
COACHINGS = st.builds(
    sc.Coaching,
    feedback_text=FULL_TEXT,
    strengths=tuples(POINTS),
    improvement_areas=tuples(POINTS),
    action_items=tuples(FULL_TEXT),
    first_change=FULL_TEXT,
    moments=tuples(MOMENTS),
)
COUNTS = st.integers(0, 10**15)
USAGES = st.builds(
    sc.Usage,
    requests=COUNTS,
    retries=COUNTS,
    tokens_in=COUNTS,
    tokens_cached=COUNTS,
    tokens_out=COUNTS,
    characters=COUNTS,
    audio_ms=COUNTS,
    micro_dollars=COUNTS,
)
STAGE_USAGES = st.builds(
    sc.StageUsage,
    stage=st.sampled_from(["transcribe", "separate", "assess", "coach", "speak"]),
    provider=TEXT,
    usage=USAGES,
)

PRICES = st.builds(
    sc.Price,
    model=FULL_TEXT,
    input=COUNTS,
    cached=COUNTS,
    output=COUNTS,
    characters=COUNTS,
    audio_hour=COUNTS,
)
BUDGETS = st.builds(sc.Budget, tokens=COUNTS, micro_dollars=COUNTS)
SPOKEN_MARKS = st.builds(sc.SpokenMark, begin=COUNTS, end=COUNTS, begin_ms=MS, end_ms=MS)

ERRORS = st.builds(
    lambda kind, message, where, provider, status, wait: kind(
        message, where, provider=provider, http_status=status, retry_after_ms=wait
    ),
    st.sampled_from([sc.NetworkError, sc.InvalidInput, sc.RateLimited, sc.InternalError]),
    FULL_TEXT,
    TEXT,
    TEXT,
    st.integers(0, 599),
    MS,
)
STAGES = words(sc.Stage)
HASHES = st.from_regex(r"[0-9a-f]{64}", fullmatch=True)
VERSIONS = st.integers(0, 99)
POINTS_OF_100 = st.integers(0, 100)
AUDIOS = st.builds(
    sc.SessionAudio, name=TEXT, blob=TEXT, content_type=TEXT, bytes=COUNTS, duration_ms=MS
)
FAILURES = st.builds(sc.Failure, stage=STAGES, error=ERRORS, advice=TEXT, at_ms=MS)
SESSIONS = st.builds(
    sc.Session,
    id=FULL_TEXT,
    tenant=TEXT,
    revision=st.integers(1, 2**53),
    customer=TEXT,
    opportunity=TEXT,
    deal_stage=TEXT,
    decision_influencer=TEXT,
    owner=TEXT,
    status=words(sc.SessionStatus),
    review=st.booleans(),
    sales_call=words(sc.SalesCallRule),
    created_at_ms=MS,
    updated_at_ms=MS,
    submitted_at_ms=MS,
    completed_at_ms=MS,
    checklist_id=TEXT,
    checklist_fingerprint=HASHES,
    policy=policies(),
    audio=st.none() | AUDIOS,
    failure=st.none() | FAILURES,
    transcript_version=VERSIONS,
    assessment_version=VERSIONS,
    score_version=VERSIONS,
    coaching_version=VERSIONS,
    stale=tuples(STAGES),
    coaching_blob=TEXT,
    total_score=st.none() | POINTS_OF_100,
    risk_band=st.none() | words(sc.RiskBand),
    assessment=st.none() | words(sc.AssessmentStatus),
    not_assessable=st.none() | words(sc.NotAssessableReason),
)
SALES_CALLS = st.builds(
    sc.SalesCall,
    verdict=words(sc.SalesCallVerdict),
    reasons=tuples(words(sc.SalesCallReason)),
    seller_words=COUNTS,
    customer_words=COUNTS,
    categories_heard=COUNTS,
    categories=COUNTS,
    product_phrases=COUNTS,
    price_phrases=COUNTS,
    need_phrases=COUNTS,
    next_step_phrases=COUNTS,
    service_phrases=COUNTS,
    meeting_phrases=COUNTS,
    address_share=st.floats(0, 1),
)
UNJUDGED = st.builds(
    sc.UnjudgedItems, reason=words(sc.UnansweredReason), items=st.integers(1, 2**53)
)
ASSESSABILITIES = st.builds(
    sc.Assessability,
    status=words(sc.AssessmentStatus),
    reason=st.none() | words(sc.NotAssessableReason),
    language=TEXT,
    words=COUNTS,
    unjudged_items=COUNTS,
    unjudged_share=st.floats(0, 1),
    unjudged=tuples(UNJUDGED),
    sales_call_rule=words(sc.SalesCallRule),
    sales_call=SALES_CALLS,
)
SESSION_RESULTS = st.builds(
    sc.SessionResult,
    session=SESSIONS,
    transcript=st.none() | transcripts(),
    assessment=st.none()
    | st.builds(sc.Assessment, responses=tuples(RESPONSES), assessor=TEXT, notices=tuples(TEXT)),
    assessability=st.none() | ASSESSABILITIES,
    score=st.none() | SCORES,
    coaching=st.none() | COACHINGS,
    usage=tuples(STAGE_USAGES),
)
SCORE_VERSIONS = st.builds(
    sc.ScoreVersion,
    version=st.integers(1, 99),
    at_ms=MS,
    actor=TEXT,
    reason=TEXT,
    total_score=st.none() | POINTS_OF_100,
    percentage=st.none() | st.floats(0, 100),
    risk_band=st.none() | words(sc.RiskBand),
    fingerprint=st.just("") | HASHES,
    changed=tuples(TEXT),
    assessment=st.none() | words(sc.AssessmentStatus),
    not_assessable=st.none() | words(sc.NotAssessableReason),
)
AUDIT_ENTRIES = st.builds(
    sc.AuditEntry,
    number=st.integers(1, 2**53),
    at_ms=MS,
    actor=TEXT,
    action=TEXT,
    detail=TEXT,
    previous=st.just("") | HASHES,
    hash=HASHES,
)
REPLACEMENTS = st.builds(sc.Replacement, placeholder=FULL_TEXT, original=FULL_TEXT)

DOCUMENTS: dict[type[Any], st.SearchStrategy[Any]] = {
    sc.Checklist: checklists(),
    sc.Cues: cues(),
    sc.Transcript: transcripts(),
    sc.Metrics: METRICS,
    sc.Policy: policies(),
    sc.Score: SCORES,
    sc.Coaching: COACHINGS,
}
PARTS: dict[type[Any], st.SearchStrategy[Any]] = {
    sc.TimedSpan: SPANS,
    sc.Utterance: UTTERANCES,
    sc.ItemCues: ITEM_CUES,
    sc.Item: ITEMS,
    sc.Category: CATEGORIES,
    sc.Evidence: EVIDENCE,
    sc.RejectedEvidence: REJECTED,
    sc.Correction: OVERRIDES,
    sc.Response: RESPONSES,
    sc.SpeakerMetrics: SPEAKER_METRICS,
    sc.Band: BANDS,
    sc.CategoryScore: CATEGORY_SCORES,
    sc.ScoredItem: SCORED_ITEMS,
    sc.ScoreSummary: SUMMARIES,
    sc.CoachingPoint: POINTS,
    sc.Moment: MOMENTS,
    sc.Claim: CLAIMS,
    sc.Verdict: VERDICTS,
    sc.DealInfo: DEALS,
    sc.Usage: USAGES,
    sc.StageUsage: STAGE_USAGES,
    sc.Price: PRICES,
    sc.Budget: BUDGETS,
    sc.SpokenMark: SPOKEN_MARKS,
    sc.SessionAudio: AUDIOS,
    sc.ScoreVersion: SCORE_VERSIONS,
    sc.UnjudgedItems: UNJUDGED,
    sc.AuditEntry: AUDIT_ENTRIES,
    sc.Replacement: REPLACEMENTS,
}
# What is written and not read back.
WRITTEN: dict[type[Any], st.SearchStrategy[Any]] = {
    sc.SalesCall: SALES_CALLS,
    sc.Assessability: ASSESSABILITIES,
    sc.Session: SESSIONS,
    sc.SessionPage: st.builds(sc.SessionPage, sessions=tuples(SESSIONS), next=TEXT, damaged=tuples(ERRORS)),
    sc.SessionResult: SESSION_RESULTS,
    sc.AuditReport: st.builds(sc.AuditReport, entries=COUNTS, faults=tuples(ERRORS)),
    sc.Redacted: st.builds(
        sc.Redacted, transcript=transcripts(), replacements=tuples(REPLACEMENTS)
    ),
}
