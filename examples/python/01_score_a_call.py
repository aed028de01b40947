"""Scores a call, prints proofs and leaves report.pdf. Usage: 01_score_a_call.py CALL [REP]..."""

import sys
from pathlib import Path

import saleschecklist

report = saleschecklist.analyze(Path(sys.argv[1]), rep_names=sys.argv[2:])
if report.score:
    print(f"{report.score.total_score} of 100, {report.score.risk_label}")
else:
    print(report.assessment.message)
for response in report.responses:
    for evidence in response.evidence:
        print(f'{response.item_id:16} "{evidence.quote}"')
Path("report.pdf").write_bytes(saleschecklist.render_pdf(report))
