#!/usr/bin/env bash
# Records the cassette anew: record.sh PROGRAM. Needs python3, espeak-ng and ffmpeg.
set -euo pipefail
program=$(realpath "${1:?usage: record.sh PROGRAM}")
cd "$(dirname "$0")"
output=$(mktemp -d)
python3 local_services.py 8765 >/dev/null &
server=$!
trap 'kill $server; rm -rf "$output"' EXIT
sleep 1
rm -rf cassette
"$program" analyze call.m4a --base-url http://127.0.0.1:8765/v1 --transcriber openai:gpt-4o-transcribe-diarize \
  --model openai:gpt-4o-mini --voice openai:tts-1 --rep "Speaker A" --customer "Cold Chain Ltd" --quiet \
  --json "$output/report.json" --pdf "$output/report.pdf" --coach-audio "$output/coach.mp3" --record cassette
cp "$output/report.json" report.json
