"""Hears a recording, judges it by a model and speaks the coaching, from a recorded run or for real.

Usage: 03_judge_a_recording.py RECORDING [FOLDER OF A RECORDED RUN]

With a folder nothing is sent; without one, keys are taken from the environment.
"""

import sys
from pathlib import Path

import saleschecklist

recording, folder = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
services = saleschecklist.Services(
    transcriber="openai:gpt-4o-transcribe-diarize",
    model="openai:gpt-4o-mini",
    voice="openai:tts-1",
    environment=not folder,
    providers={"openai": {"base_url": "http://127.0.0.1:8765/v1"}} if folder else {},
    replay_folder=folder,
)
used: list[saleschecklist.StageUsage] = []
call = services.transcribe(recording, rep_names=["Speaker A"], usage=used)
report = services.analyze(call, deal=saleschecklist.DealInfo(customer="Cold Chain Ltd"))
if report.score is None or report.coaching is None:
    sys.exit(report.assessment.message)
speech = services.speak(report.coaching.feedback_text, usage=used)
Path("coach.mp3").write_bytes(speech.audio)

print(f"{report.score.total_score} of 100, {report.score.risk_label}, by {report.assessor}")
for response in report.responses:
    for refused in response.rejected_evidence:
        print(f'{response.item_id}: refused "{refused.quote}": {refused.message}')
for stage in sorted((*used, *report.usage), key=lambda stage: stage.stage):
    print(f"{stage.stage:11} {stage.usage.requests:3} requests, {stage.usage.micro_dollars} micro-dollars")
