#!/usr/bin/env python3
"""Runs the providers against a mock server that others wrote: npm's @copilotkit/aimock.

    run.py CLIENT    where CLIENT is the program made of client.cpp

Exits 77 and says why when npm or the package cannot be had.
"""

import base64
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

PACKAGE = "@copilotkit/aimock@1.43.0"
SKIPPED = 77
REPLY = '{"answer":"Zażółć 🙂"}'
SOUND = b"\xff\xfb\x90\x00sound"

FIXTURES = {"fixtures": [
    {"match": {"userMessage": "judge it"},
     "response": {"content": REPLY}},
    {"match": {"userMessage": "cut it"},
     "response": {"content": '{"answer', "finishReason": "length"}},
    {"match": {"userMessage": "refuse it"},
     "response": {"error": {"message": "You exceeded your current quota",
                            "type": "insufficient_quota", "code": "insufficient_quota"},
                  "status": 429}},
    {"match": {"userMessage": "break it"},
     "response": {"error": {"message": "Incorrect API key provided: test-key-0123456789",
                            "type": "authentication_error", "code": "invalid_api_key"},
                  "status": 401}},
    {"match": {"endpoint": "transcription"},
     "response": {"transcription": {
         "text": "Hello there. Bye.", "language": "english", "duration": 3.0,
         "segments": [{"id": 0, "text": " Hello there.", "start": 0.5, "end": 1.5},
                      {"id": 1, "text": " Bye.", "start": 2.0, "end": 2.5}],
         "words": [{"word": "Hello", "start": 0.5, "end": 0.9},
                   {"word": "there", "start": 0.9, "end": 1.5},
                   {"word": "Bye", "start": 2.0, "end": 2.5}]}}},
    {"match": {"endpoint": "speech"},
     "response": {"audio": base64.b64encode(SOUND).decode(), "format": "mp3"}},
]}


def skip(why):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def install(folder, package, program):
    """A program out of a package, or a skip."""
    if not shutil.which("npm") or not shutil.which("node"):
        skip("there is no npm")
    done = subprocess.run(
        ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", folder, package],
        capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        skip(f"npm cannot install {package}: {done.stderr.strip().splitlines()[-1:]}")
    return Path(folder) / "node_modules" / ".bin" / program


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(url, server):
    for _ in range(100):
        if server.poll() is not None:
            sys.exit(f"the server ended: {server.stdout.read()}")
        try:
            urllib.request.urlopen(url, timeout=1)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("the server does not answer")


def ask(client, url):
    done = subprocess.run([client, url], capture_output=True, text=True, timeout=120, check=True)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    return {row[0]: row[1:] for row in rows}


def check(told):
    """Yields what is not as it should be."""
    for provider in ("openai", "azure", "anthropic", "gemini"):
        for kind, tail in (("", ""), (" streamed", " begun")):
            expected = {
                "judge it": ("ok", f"complete {REPLY}{tail}"),
                "cut it": ("ok", f'truncated {{"answer{tail}'),
                "refuse it": ("quota", None),
                "break it": ("unauthorized", None),
            }
            for question, (code, text) in expected.items():
                name = f"{provider} {question}{kind}"
                got = told.get(name, ["nothing", ""])
                if got[0] != code or (text is not None and got[1] != text):
                    yield f"{name}: expected {code} {text}, got {got}"
                if "test-key-0123456789" in got[1]:
                    yield f"{name}: shows the key"
                if question == "judge it" and got[0] == "ok" and got[2].split()[:1] != ["1"]:
                    yield f"{name}: took more than one request: {got}"
    timed = "timed [500 Hello there. 2] [2000 Bye. 1]"  # this server gives times in every format
    for name, text in (("whisper-1", timed), ("gpt-4o-mini-transcribe", timed),
                       ("speech", f"audio/mpeg {len(SOUND)}")):
        if told.get(name, ["nothing", ""])[:2] != ["ok", text]:
            yield f"{name}: expected {text}, got {told.get(name)}"


def main():
    client = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        program = install(folder, PACKAGE, "llmock")
        fixtures = Path(folder) / "fixtures"
        fixtures.mkdir()
        (fixtures / "fixtures.json").write_text(json.dumps(FIXTURES), encoding="utf-8")
        port = free_port()
        server = subprocess.Popen([program, "-p", str(port), "-f", fixtures, "--strict"],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url + "/v1/models", server)
            told = ask(client, url)
        finally:
            server.terminate()
            server.wait(timeout=10)
    for name, row in told.items():
        print(name, *row, sep="\t")
    faults = list(check(told))
    for fault in faults:
        print("FAULT", fault)
    print(f"{len(told)} exchanges with {PACKAGE}, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
