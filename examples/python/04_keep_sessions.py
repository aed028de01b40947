"""Keeps calls in a database: runs those that wait, corrects an answer, and tells what happened.

Usage: 04_keep_sessions.py FOLDER CALL...

FOLDER is made where it is not there. Killed half-way and run again, it goes on where it was.
"""

import sys
from pathlib import Path

import saleschecklist

folder, calls = Path(sys.argv[1]), [Path(call) for call in sys.argv[2:]]
folder.mkdir(exist_ok=True)
engine = saleschecklist.Engine(
    store=f"sqlite:{folder}/deals.db", blobs=f"file:{folder}/blobs", actor="dana"
)
for call in calls:
    session = engine.create(customer=call.stem, owner="dana")
    engine.attach_transcript(session.id, call)
engine.run_pending()  # as any number of processes may do at a time

sessions = sorted(engine.sessions(owner="dana"), key=lambda session: session.customer)
for session in sessions:
    score = "no score" if session.total_score is None else f"{session.total_score} of 100"
    print(f"{session.customer}: {session.status}, {score}")

deal = next(session for session in sessions if session.total_score is not None)
card = engine.result(deal.id).score
assert card is not None
gap = card.gaps[0]
boss = engine.as_(actor="boss")
boss.override_answer(deal.id, gap.item_id, saleschecklist.Answer.YES, "I was in the room")
engine.coach(deal.id)
for version in engine.history(deal.id):
    print(f"version {version.version} by {version.actor}: {version.total_score}, {version.reason}")
(folder / "report.pdf").write_bytes(engine.report_pdf(deal.id))

engine.erase(deal.id)  # every byte of it, but not what happened
entries = engine.audit(deal.id)
faults = engine.verify_audit(deal.id).faults
print(f"the audit log goes from {entries[0].action} to {entries[-1].action}, with {len(faults)} faults")
print(f"{len(engine.list().sessions)} sessions are left")
