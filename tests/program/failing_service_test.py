#!/usr/bin/env python3
"""A model's service that fails half-way, as a user meets it: failing_service_test.py PROGRAM SOURCE_DIR."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PROGRAM, SOURCE = sys.argv[1], Path(sys.argv[2])
CALL = SOURCE / "examples" / "calls" / "freight-tracking.vtt"
COACHING = {
    "strengths": [{"point": "Numbers", "explanation": "The loss is named."}],
    "improvement_areas": [{"point": "Budget", "explanation": "Ask who signs."}],
    "first_change": "Ask who signs before you show anything.",
    "action_items": ["Ask who signs.", "Ask by when.", "Ask what happens otherwise."],
    "moments": [],
    "feedback_text": "ask " * 240,
}


class Model(BaseHTTPRequestHandler):
    """Answers every item with no; after `sound` requests, with a page that asks to sign in."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with self.server.lock:
            self.server.asked += 1
            is_sound = self.server.asked <= self.server.sound
        if not is_sound:
            return self.reply("<html><body>Sign in</body></html>", "text/html")
        question = json.loads(body)["messages"][1]["content"]
        ids = re.findall(r"^\[([a-z_]+\.\d+)\] ", question, re.MULTILINE)
        entry = {"reasoning": "Nobody said so.", "evidence": [], "answer": "no", "confidence": 0.9}
        written = COACHING if "feedback_text" in body else {
            "answers": [{"item_id": id, **entry} for id in ids], "attempts": []}
        choice = {"index": 0, "message": {"content": json.dumps(written)}, "finish_reason": "stop"}
        choice["delta"] = choice["message"]
        document = json.dumps({"id": "c", "choices": [choice], "usage": {"prompt_tokens": 9, "completion_tokens": 9}})
        if json.loads(body).get("stream"):
            return self.reply(f"data: {document}\n\ndata: [DONE]\n\n", "text/event-stream")
        self.reply(document, "application/json")

    def reply(self, text, content_type):
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_):
        pass


class FailingService(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
        self.server.daemon_threads = True
        self.server.lock = threading.Lock()
        self.heal()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.model = ("--model", "openai:local", "--base-url", f"http://127.0.0.1:{self.server.server_port}/v1")
        self.environment = {**os.environ, "XDG_DATA_HOME": str(self.folder)}

    def run_program(self, *arguments):
        return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=120, text=True,
                              env=self.environment)

    def heal(self):
        self.server.asked, self.server.sound = 0, 1000

    def fail_near_the_end(self):
        """Lets the last questions of an assessment fail; returns how many requests it makes."""
        self.run_program("analyze", CALL, *self.model)
        requests = self.server.asked
        self.server.asked, self.server.sound = 0, requests - 4
        return requests

    def test_an_incomplete_result_is_written_and_has_an_exit_status_of_its_own(self):
        result = self.folder / "r.json"
        self.fail_near_the_end()
        done = self.run_program("analyze", CALL, *self.model, "--json", result)
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertIn("the result is incomplete: the model answered only ", done.stderr)
        self.assertIn("--allow-partial", done.stderr)
        report = json.loads(result.read_text())
        self.assertTrue(report["assessment"]["incomplete"])
        self.assertTrue(any(". Categories: " in notice for notice in report["notices"]), report["notices"])
        self.server.asked = 0
        taken = self.run_program("analyze", CALL, *self.model, "--allow-partial")
        self.assertEqual((taken.returncode, taken.stderr), (0, ""))

    def test_a_service_that_answers_nothing_gives_no_score(self):
        self.server.sound = 0
        done = self.run_program("analyze", CALL, *self.model)
        self.assertNotEqual(done.returncode, 0)
        self.assertNotIn("/100", done.stdout)
        self.assertNotIn("At Risk", done.stdout)

    def test_a_session_fails_and_its_next_run_asks_for_the_rest(self):
        made = self.run_program("session", "create", "--transcript", CALL, "--customer", "Acme", "--opportunity", "X",
                                "--json")
        self.assertEqual(made.returncode, 0, made.stderr)
        session = json.loads(made.stdout)["id"]
        requests = self.fail_near_the_end()
        failed = self.run_program("session", "run", session, *self.model)
        self.assertEqual(failed.returncode, 1, failed.stderr)
        self.assertIn("items have no answer (", failed.stderr)
        shown = json.loads(self.run_program("session", "show", session, "--json").stdout)
        self.assertEqual((shown["status"], shown["total_score"]), ("failed", None))
        kept = self.server.sound
        self.heal()
        done = self.run_program("session", "run", session, *self.model)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.server.asked, requests - kept)
        self.assertIn("Status       completed", done.stdout)

    def test_a_worker_tells_of_a_session_that_failed(self):
        self.run_program("session", "create", "--transcript", CALL, "--customer", "Acme", "--opportunity", "X")
        self.fail_near_the_end()
        done = self.run_program("worker", *self.model)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("1 of 1 sessions failed", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
