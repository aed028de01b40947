#!/usr/bin/env python3
"""A model's service that fails half-way, as a user meets it: failing_service_test.py PROGRAM SOURCE_DIR."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from model_server import ModelHandler, serve

PROGRAM, SOURCE = sys.argv[1], Path(sys.argv[2])
CALL = SOURCE / "examples" / "calls" / "freight-tracking.vtt"


class Model(ModelHandler):
    """Answers every item with no; after `sound` requests, with a page that asks to sign in."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        with self.server.lock:
            self.server.asked += 1
            is_sound = self.server.asked <= self.server.sound
        if not is_sound:
            return self.reply("<html><body>Sign in</body></html>", "text/html")
        request = json.loads(body)
        self.complete(request, self.answers(request))


class FailingService(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.server = serve(self, Model)
        self.heal()
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
