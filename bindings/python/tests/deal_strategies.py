"""Hypothesis strategies for deals, stage plans and gates: whatever the schemas allow."""

from typing import Any

import saleschecklist as sc
from hypothesis import strategies as st
from strategies import COUNT, FULL_TEXT, RESPONSES, SCORES, SHARE, TEXT, tuples, words

ANSWERS = words(sc.Answer)
AT_MS = st.integers(0, 10**14)
MAYBE_AT_MS = st.none() | AT_MS
IDS = tuples(FULL_TEXT)
NATURAL = st.integers(0, 2**31)
RATIOS = st.tuples(NATURAL, NATURAL).map(lambda two: sc.Ratio(min(two), max(two)))
GATES = st.builds(
    sc.Gate, item_id=FULL_TEXT, at_most=words(sc.RiskBand), from_stage=TEXT, reason=TEXT
)
CLOSED_GATES = st.builds(
    sc.ClosedGate,
    item_id=FULL_TEXT,
    title=TEXT,
    answer=ANSWERS,
    at_most=words(sc.RiskBand),
    reason=TEXT,
)
PLAN_LINES = st.builds(sc.PlanLine, items=IDS, category=TEXT, at_least=NATURAL, reason=TEXT)
PLAN_STAGES = st.builds(sc.PlanStage, id=FULL_TEXT, name=FULL_TEXT, due=tuples(PLAN_LINES))
STAGE_PLANS = st.builds(
    sc.StagePlan,
    id=FULL_TEXT,
    name=FULL_TEXT,
    description=TEXT,
    checklist_id=FULL_TEXT,
    revision=st.integers(1, 1000),
    stages=tuples(PLAN_STAGES),
    closed=IDS,
    paused=IDS,
)
DEAL_CALLS = st.builds(
    sc.DealCall,
    session=FULL_TEXT,
    at_ms=AT_MS,
    responses=tuples(RESPONSES, 2),
    speakers=tuples(TEXT),
)
CONFIRMATIONS = st.builds(
    sc.Confirmation, item_id=FULL_TEXT, by=TEXT, at_ms=AT_MS, answer=ANSWERS, reason=TEXT
)
ITEM_NOTES = st.builds(sc.ItemNote, item_id=FULL_TEXT, by=TEXT, at_ms=AT_MS, text=TEXT)
DEAL_HISTORIES = st.builds(
    sc.DealHistory,
    calls=tuples(DEAL_CALLS, 2),
    confirmations=tuples(CONFIRMATIONS),
    notes=tuples(ITEM_NOTES),
)
DEAL_EVIDENCE = st.builds(
    sc.DealEvidence,
    session=FULL_TEXT,
    at_ms=AT_MS,
    utterance=COUNT,
    begin=COUNT,
    end=COUNT,
    quote=FULL_TEXT,
    speaker=TEXT,
    begin_ms=MAYBE_AT_MS,
)
DEAL_ITEMS = st.builds(
    sc.DealItem,
    item_id=FULL_TEXT,
    state=words(sc.ItemState),
    answer=ANSWERS,
    confidence=SHARE,
    evidence=tuples(DEAL_EVIDENCE, 2),
    contradicted_by=tuples(DEAL_EVIDENCE, 2),
    first_heard_ms=MAYBE_AT_MS,
    since_ms=MAYBE_AT_MS,
    last_confirmed_ms=MAYBE_AT_MS,
    decision=st.none() | CONFIRMATIONS,
    note=st.none() | ITEM_NOTES,
    needs_review=st.booleans(),
)
CALL_GAINS = st.builds(sc.CallGain, session=FULL_TEXT, at_ms=AT_MS, gain=RATIOS, items=IDS)
DUE_LINES = st.builds(
    sc.DueLine, stage=FULL_TEXT, line=PLAN_LINES, known=RATIOS, missing=IDS
)
ROLLED_UP = st.builds(
    sc.Deal,
    checklist_fingerprint=FULL_TEXT,
    stage=TEXT,
    plan_id=TEXT,
    items=tuples(DEAL_ITEMS, 2),
    calls=tuples(CALL_GAINS, 2),
    score=st.none() | SCORES,
    stage_progress=st.none() | RATIOS,
    due=tuples(DUE_LINES, 2),
    basis=words(sc.BandBasis),
    band=st.none() | words(sc.RiskBand),
    items_to_review=NATURAL,
    last_at_ms=AT_MS,
    unknown_items=IDS,
)

DOCUMENTS: dict[type[Any], st.SearchStrategy[Any]] = {
    sc.StagePlan: STAGE_PLANS,
    sc.DealHistory: DEAL_HISTORIES,
    sc.Deal: ROLLED_UP,
}
PARTS: dict[type[Any], st.SearchStrategy[Any]] = {
    sc.Gate: GATES,
    sc.ClosedGate: CLOSED_GATES,
    sc.PlanLine: PLAN_LINES,
    sc.PlanStage: PLAN_STAGES,
    sc.Ratio: RATIOS,
    sc.DealCall: DEAL_CALLS,
    sc.Confirmation: CONFIRMATIONS,
    sc.ItemNote: ITEM_NOTES,
    sc.DealEvidence: DEAL_EVIDENCE,
    sc.DealItem: DEAL_ITEMS,
    sc.CallGain: CALL_GAINS,
    sc.DueLine: DUE_LINES,
}
