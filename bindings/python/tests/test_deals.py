"""Deals over their calls, and stage plans."""

import dataclasses

import pytest
import saleschecklist as sc

CARD = sc.find_checklist("ten-point")
ITEM = CARD.categories[0].items[0].id
YES, DENIED = sc.Answer.YES, sc.Answer.DENIED


def proved(answer: sc.Answer, quote: str) -> sc.Response:
    evidence = sc.Evidence(utterance=0, begin=0, end=len(quote), quote=quote)
    return sc.Response(
        item_id=ITEM, answer=answer, support=sc.Support.VERIFIED, evidence=(evidence,)
    )


def call(session: str, at_ms: int, *responses: sc.Response) -> sc.DealCall:
    return sc.DealCall(session=session, at_ms=at_ms, responses=responses, speakers=("Tom",))


def score_of(deal: sc.Deal) -> sc.Score:
    assert deal.score is not None
    return deal.score


def test_a_denial_contradicts_what_was_heard_and_keeps_both_quotes() -> None:
    history = sc.DealHistory(
        calls=(call("two", 2, proved(DENIED, "not any more")), call("one", 1, proved(YES, "we do")))
    )
    deal = sc.roll_up(CARD, history)
    item = deal.items[0]
    assert item.state is sc.ItemState.CONTRADICTED
    assert [e.quote for e in item.evidence] == ["we do"]
    assert [e.quote for e in item.contradicted_by] == ["not any more"]
    assert item.evidence[0].speaker == "Tom"
    assert deal.items_to_review == 1
    assert "0 of 10 items known" in repr(deal)


def test_a_deal_goes_on_and_equals_the_whole() -> None:
    first = sc.DealHistory(calls=(call("one", 1, proved(YES, "we do")),))
    rest = sc.DealHistory(
        calls=(call("two", 3, proved(DENIED, "not any more")),),
        confirmations=(sc.Confirmation(item_id=ITEM, by="Rita", at_ms=2),),
        notes=(sc.ItemNote(item_id=ITEM, by="Rita", at_ms=4, text="ask again"),),
    )
    whole = dataclasses.replace(rest, calls=first.calls + rest.calls)
    before = sc.Deal.from_json(sc.roll_up(CARD, first).to_json())
    deal = sc.roll_up(CARD, rest, before=before)
    assert deal == sc.roll_up(CARD, whole)
    item = deal.items[0]
    assert item.state is sc.ItemState.VALIDATED
    assert item.needs_review
    assert item.decision is not None and item.decision.by == "Rita"
    assert item.note is not None and item.note.text == "ask again"
    assert sc.DealHistory.from_dict(whole.to_dict()) == whole


def test_a_plan_is_given_by_id_or_as_a_value_and_tells_what_is_missing() -> None:
    card = sc.find_checklist("sales-checklist-92")
    plan = sc.find_stage_plan("short-sale")
    assert sc.validate(plan, card) == ()
    assert sc.validate(plan, CARD)[0].where == "/checklist"
    assert sc.StagePlan.from_json(plan.to_json()) == plan
    history = sc.DealHistory(calls=())
    deal = sc.roll_up(card, history, stage="prospect", plan="short-sale")
    assert deal == sc.roll_up(card, history, stage="prospect", plan=plan)
    assert deal.basis is sc.BandBasis.STAGE_PROGRESS
    assert deal.stage_progress is not None and deal.stage_progress.percent == 0.0
    assert sc.Ratio(1, 3).percent == 33.3
    assert sc.Ratio().percent is None
    assert deal.due[0].line.reason
    with pytest.raises(sc.NotFound, match="complex-sale"):
        sc.roll_up(card, history, plan="none")
    with pytest.raises(sc.InvalidArgument):
        sc.roll_up(CARD, history, plan=plan)


def test_a_gate_caps_the_band_and_old_evidence_is_stale() -> None:
    gate = sc.Gate(ITEM, sc.RiskBand.RED, reason="nobody can sign")
    policy = sc.Policy(gates=(gate,), evidence_ttl_ms=10, stale=sc.CountsAs.NO)
    history = sc.DealHistory(calls=(call("one", 1, proved(YES, "we do")),))
    assert score_of(sc.roll_up(CARD, history, policy=policy)).closed_gates == ()
    deal = sc.roll_up(CARD, history, policy=policy, as_of_ms=12)
    assert deal.items[0].state is sc.ItemState.STALE
    assert score_of(deal).closed_gates[0].reason == "nobody can sign"
    assert sc.Policy.from_json(policy.to_json()) == policy


def test_a_report_becomes_a_call() -> None:
    report = sc.analyze(
        "Rita: What does it cost you?\nTom: We lose forty thousand dollars a month with it.\n", CARD
    )
    made = sc.deal_call("s1", 7, report)
    assert made.speakers == ("Rita", "Tom")
    assert made.responses == report.responses
    assert sc.roll_up(CARD, sc.DealHistory(calls=(made,))).calls[0].session == "s1"


def test_what_cannot_be_rolled_up_is_refused() -> None:
    twice = sc.DealHistory(calls=(call("one", 1), call("one", 2)))
    with pytest.raises(sc.InvalidArgument) as error:
        sc.roll_up(CARD, twice)
    assert error.value.where == "/calls/1/session"
    unknown = sc.Confirmation(item_id="no.1", by="", at_ms=1)
    with pytest.raises(sc.InvalidArgument):
        sc.roll_up(CARD, sc.DealHistory(calls=(), confirmations=(unknown,)))
