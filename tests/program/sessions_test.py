#!/usr/bin/env python3
"""Stored sessions, as a user would work with them: sessions_test.py PROGRAM SOURCE_DIR."""

import json
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

PROGRAM, SOURCE = sys.argv[1], Path(sys.argv[2])
CALL = SOURCE / "examples" / "calls" / "freight-tracking.vtt"
EXAMPLE = SOURCE / "examples" / "recording"
NAMES = ("--customer", "Łódź Freight", "--opportunity", "Tracking")
PLAIN = {name: value for name, value in os.environ.items()
         if not name.endswith("_API_KEY") and not name.startswith(("SALESCHECKLIST_", "AWS_", "XDG_"))}


class Sessions(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.data = self.folder / "data"
        self.environment = {**PLAIN, "XDG_DATA_HOME": str(self.data)}
        self.database = self.data / "saleschecklist" / "sessions.db"

    def run_program(self, *arguments, **options):
        options.setdefault("env", self.environment)
        return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=60, **options)

    def done(self, *arguments, **options):
        result = self.run_program(*arguments, **options)
        self.assertEqual((result.returncode, result.stderr), (0, b""), arguments)
        return result.stdout.decode()

    def json(self, *arguments, **options):
        return json.loads(self.done(*arguments, "--json", **options))

    def refused(self, status, *arguments, **options):
        result = self.run_program(*arguments, **options)
        self.assertEqual(result.returncode, status, result.stderr)
        # A program that counts what the tests reach complains of counts that it cannot write.
        lines = [line for line in result.stderr.decode().splitlines() if not line.startswith("profiling:")]
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith("saleschecklist: "), lines)
        return lines[0]

    def create(self, *options):
        return self.json("session", "create", *NAMES, "--transcript", CALL, "--rep", "Imogen", *options)["id"]

    def scored(self, *options):
        session = self.create(*options)
        self.json("session", "run", session)
        return session

    def test_a_session_goes_from_a_transcript_to_a_report(self):
        made = self.json("session", "create", *NAMES, "--stage", "Negotiation", "--owner", "imogen", "--influencer",
                         "Otto", "--transcript", CALL, "--rep", "Imogen", "--actor", "tester")
        self.assertEqual((made["status"], made["deal_stage"]), ("analyzing", "Negotiation"))
        session = made["id"]
        words = self.done("session", "run", session)
        for part in ("/ 100", "completed", "Łódź Freight", "Change this first", "no key for a language model was found"):
            self.assertIn(part, words)
        self.assertNotIn("\x1b", words)
        shown = self.json("session", "show", session)
        self.assertEqual((shown["id"], shown["status"]), (session, "completed"))
        whole = self.json("session", "show", session, "--all")
        self.assertEqual(len(whole["assessment"]["responses"]), 92)
        self.assertIn(session, self.done("session", "show", session[:8]))
        self.assertRegex(self.done("session", "show", session), r"Created +\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n")

        report = self.json("session", "report", session)
        analyzed = json.loads(self.run_program("analyze", CALL, "--rep", "Imogen", "--json", "-").stdout)
        self.assertEqual(report["score"]["fingerprint"], analyzed["score"]["fingerprint"])
        pdf = self.folder / "r.pdf"
        self.assertEqual(self.done("session", "report", session, "--pdf", pdf), "")
        self.assertEqual(self.run_program("session", "report", session, "--pdf", "-").stdout, pdf.read_bytes())
        self.assertTrue(pdf.read_bytes().startswith(b"%PDF"))
        self.assertIn("Strengths", self.done("session", "report", session))

        entries = self.json("session", "audit", session)["entries"]
        self.assertEqual((entries[0]["action"], entries[0]["actor"]), ("created", "tester"))
        self.assertIn("created", self.done("session", "audit", session))
        self.assertIn("0 faults", self.done("session", "audit", session, "--verify"))
        self.assertEqual(self.json("session", "audit", session, "--verify")["faults"], [])

    def test_a_persons_answer_and_another_policy_make_new_versions(self):
        session = self.scored()
        before = self.json("session", "show", session)["total_score"]
        answers = self.json("session", "show", session, "--all")["assessment"]["responses"]
        item = next(a["item_id"] for a in answers if a["answer"] == "no")
        self.assertIn("nonsense", self.refused(2, "session", "override", session, "nonsense", "yes", "--reason", "x"))
        words = self.done("session", "override", session, item, "yes", "--reason", "it was in the mail")
        after = self.json("session", "show", session)["total_score"]
        self.assertGreater(after, before)
        self.assertIn(f"{before} -> {after} / 100", words)
        policy = self.folder / "policy.json"
        policy.write_text('{"id": "strict", "green": {"threshold": 99}, "yellow": {"threshold": 98}}')
        self.done("session", "rescore", session, "--policy", policy)
        self.done("session", "rescore", session, "--checklist", "ten-point")
        versions = self.json("session", "history", session)["versions"]
        self.assertEqual([v["version"] for v in versions], [1, 2, 3, 4])
        self.assertEqual(versions[1]["changed"], [item])
        self.assertIn(f"{item}: yes", self.done("session", "history", session))
        self.assertIn("expected --policy, --checklist, or --sales-call",
                      self.refused(2, "session", "rescore", session))

    def test_a_call_without_a_score_has_a_status_of_its_own_and_may_get_a_score(self):
        support = SOURCE / "tests" / "data" / "conversations" / "support-parcel.txt"
        session = self.json("session", "create", *NAMES, "--transcript", support, "--rep", "Agent")["id"]
        ran = self.run_program("session", "run", session, "--quiet")
        self.assertEqual((ran.returncode, ran.stdout, ran.stderr), (3, b"", b""))
        shown = self.json("session", "show", session)
        self.assertEqual((shown["status"], shown["not_assessable"]), ("not_assessable", "not_a_sales_call"))
        self.assertEqual((shown["total_score"], shown["risk_band"]), (None, None))
        self.assertRegex(self.done("session", "list", "--status", "not_assessable"), r"not_assessable +no score")
        self.assertIn("There is no score: this is not a sales call", self.done("session", "show", session))
        self.assertNotIn("/ 100", self.done("session", "report", session))
        self.assertIn("no score -> ", self.done("session", "rescore", session, "--sales-call", "yes"))
        self.done("session", "run", session, "--quiet")
        self.assertEqual(self.json("session", "show", session)["status"], "completed")
        versions = self.json("session", "history", session)["versions"]
        self.assertEqual([v["total_score"] is None for v in versions], [True, False])

    def test_a_transcript_is_corrected_and_only_then_judged_again(self):
        session = self.scored()
        before = self.json("session", "show", session)
        lines = self.done("session", "transcript", session).splitlines()
        self.assertRegex(lines[0], r"^    0     0:02  Imogen \(rep\): Hiya")
        words = self.done("session", "rename-speaker", session, "Rafe", "Rafael Ortiz")
        self.assertIn("transcript version 2", words)
        self.assertEqual(self.json("session", "show", session)["total_score"], before["total_score"])
        self.assertIn("Rafael Ortiz (customer)", self.done("session", "transcript", session))
        changed = self.json("session", "set-role", session, "Sunniva", "rep")
        self.assertEqual((changed["status"], changed["total_score"]), ("analyzing", None))
        self.done("session", "split-speaker", session, "Terry", "2", "3")
        self.done("session", "merge-speakers", session, "Rafael Ortiz", "Terry")
        self.done("session", "correct", session, "0", "Hello there, and good morning.")
        self.assertIn("session run", self.done("session", "set-role", session, "Sunniva", "customer"))
        self.done("session", "run", session)
        transcript = self.json("session", "transcript", session)
        self.assertEqual(transcript["utterances"][0]["text"], "Hello there, and good morning.")
        self.assertEqual({u["speaker"] for u in transcript["utterances"][1:4]}, {"Rafael Ortiz"})
        self.assertIn("0 faults", self.done("session", "audit", session, "--verify"))
        self.assertIn("no speaker 'Nobody'", self.refused(2, "session", "set-role", session, "Nobody", "rep"))
        self.assertIn("no utterance 9999", self.refused(2, "session", "correct", session, "9999", "Words."))
        self.refused(2, "session", "set-role", session, "Sunniva", "boss")
        self.refused(2, "session", "correct", session, "-1", "Words.")

    def test_a_session_keeps_the_cues_that_it_was_created_with(self):
        own, cues, others = (self.folder / name for name in ("own.json", "cues.json", "others.json"))
        own.write_text(json.dumps({"id": "own", "name": "Own", "categories": [{"id": "a", "name": "A", "items": [
            {"id": "a.1", "title": "Margin", "definition": "The customer names a loss."}]}]}))
        for path, phrase in ((cues, "margin gone"), (others, "xylophone quorum")):
            path.write_text(json.dumps({"checklist": "own", "items": {"a.1": {"statement": [phrase]}}}))
        session = self.create("--checklist", own, "--cues", cues)
        cues.unlink()
        self.json("session", "run", session)
        report = self.json("session", "report", session)
        self.assertEqual(report["responses"][0]["answer"], "yes")
        self.done("session", "rescore", session, "--checklist", own, "--cues", others)
        self.assertEqual(self.json("session", "report", session)["assessor"], report["assessor"])
        self.done("session", "attach", session, "--transcript", CALL, "--rep", "Imogen")
        self.json("session", "run", session)
        anew = self.json("session", "report", session)
        self.assertEqual(anew["responses"][0]["answer"], "no")
        self.assertNotEqual(anew["assessor"], report["assessor"])
        self.assertIn("0 faults", self.done("session", "audit", session, "--verify"))
        self.assertIn("/checklist", self.refused(2, "session", "create", *NAMES, "--cues", others))
        self.refused(2, "session", "rescore", session, "--cues", others)

    def test_sessions_are_listed_by_page_and_by_what_they_are(self):
        ids = [self.create("--owner", owner) for owner in ("ann", "ann", "bob")]
        first = self.json("session", "list", "--limit", "2")
        rest = self.json("session", "list", "--limit", "2", "--after", first["next"])
        listed = [s["id"] for s in first["sessions"] + rest["sessions"]]
        self.assertEqual((sorted(listed), rest["next"]), (sorted(ids), ""))
        self.assertEqual(len(self.json("session", "list", "--owner", "ann")["sessions"]), 2)
        self.assertEqual(len(self.json("session", "list", "--customer", "łódź FREIGHT")["sessions"]), 3)
        self.assertEqual(self.json("session", "list", "--status", "failed")["sessions"], [])
        self.json("session", "run", ids[2])
        self.assertEqual([s["id"] for s in self.json("session", "list", "--status", "completed")["sessions"]], [ids[2]])
        self.assertEqual([s["id"] for s in self.json("session", "list", "--band", "red")["sessions"]], [ids[2]])
        lines = self.done("session", "list").splitlines()
        self.assertEqual(len(lines), 4)
        self.assertEqual({line.index("Łódź") for line in lines[1:]}, {lines[0].index("CUSTOMER")})
        self.assertIn("--after", self.done("session", "list", "--limit", "1"))

    def test_what_is_held_for_review_goes_on_when_approved(self):
        session = self.create("--review")
        self.assertIn("session approve", self.done("session", "run", session))
        self.assertEqual(self.json("session", "show", session)["status"], "pending_review")
        self.assertEqual(self.json("session", "approve", session)["status"], "scoring")
        self.assertEqual(self.json("session", "run", session)["status"], "completed")
        self.assertIn("expected a session in pending_review", self.refused(2, "session", "approve", session))
        self.assertIn("expected a session that failed", self.refused(2, "session", "retry", session))

    def test_stages_can_be_done_one_by_one(self):
        session = self.create()
        self.assertEqual(self.json("session", "run", session, "--until", "assess")["versions"]["score"], 0)
        self.assertIn("run the session first", self.refused(1, "session", "report", session))
        self.assertEqual(self.json("session", "run", session, "--until", "score")["versions"]["coaching"], 0)
        self.assertEqual(self.json("session", "run", session)["status"], "completed")

    def test_something_is_attached_later(self):
        session = self.json("session", "create", *NAMES)
        self.assertEqual(session["status"], "draft")
        self.assertIn("nothing is attached", self.refused(2, "session", "run", session["id"]))
        self.assertIn("expected --audio or --transcript", self.refused(2, "session", "attach", session["id"]))
        self.assertEqual(self.json("session", "attach", session["id"], "--transcript", CALL)["status"], "analyzing")

    def test_a_recording_waits_until_somebody_can_hear_it(self):
        session = self.json("session", "create", *NAMES, "--audio", EXAMPLE / "call.m4a", "--rep", "Speaker A")
        self.assertEqual((session["status"], session["audio"]["name"]), ("processing", "call.m4a"))
        self.assertIn("call.m4a: a recording cannot be transcribed offline", self.refused(2, "session", "run", session["id"]))
        self.assertEqual(self.json("session", "show", session["id"])["status"], "processing")
        run = ("session", "run", session["id"], "--transcriber", "openai:gpt-4o-transcribe-diarize", "--model",
               "offline", "--voice", "openai:tts-1", "--replay", EXAMPLE / "cassette", "--base-url",
               "http://127.0.0.1:8765/v1")
        result = self.run_program(*run)  # the cassette has the speech of another coaching
        self.assertEqual(result.returncode, 2, result.stderr)
        shown = self.json("session", "show", session["id"])
        self.assertEqual((shown["status"], shown["failure"]["stage"]), ("failed", "speak"))
        words = self.done("session", "show", session["id"])
        self.assertRegex(words, r"Failed +speak: .*was not recorded")
        self.assertEqual(self.json("session", "retry", session["id"])["status"], "scoring")
        self.assertEqual(self.json("session", "run", session["id"])["status"], "completed")

    def test_wrong_usage_is_one_line(self):
        self.assertIn("no session 'nonsense'", self.refused(2, "session", "show", "nonsense"))
        for wrong in (["session"], ["session", "show"], ["session", "create", *NAMES[:2]], ["worker", "--limit", "0"],
                      ["session", "list", "--limit", "1001"], ["session", "list", "--status", "nonsense"],
                      ["session", "run", "x", "--until", "nonsense"], ["session", "run", "x", "--budget", "much"],
                      ["session", "override", "x", "mentor.07", "perhaps", "--reason", "y"],
                      ["session", "create", *NAMES, "--transcript", CALL, "--audio", CALL],
                      ["session", "create", *NAMES, "--transcript", "/nonexistent"],
                      ["session", "create", *NAMES, "--audio", CALL],
                      ["session", "create", *NAMES, "--policy", "/nonexistent"],
                      ["session", "list", "--after", "nonsense"],
                      ["session", "report", "x", "--json", "--pdf", "-"]):
            with self.subTest(wrong):
                self.refused(2, *wrong)
        self.assertFalse(self.database.exists() and self.json("session", "list")["sessions"])

    def test_a_wrong_place_is_named_by_its_option(self):
        for url in ("nonsense:", "sqlite:/nonexistent/x.db", f"sqlite:{CALL}"):
            self.assertIn("--store: ", self.refused(1 if "exist" in url else 2, "session", "list", "--store", url))
        self.assertIn("--blobs: ", self.refused(2, "session", "list", "--blobs", "nonsense:"))
        for url in ("s3://bucket", "s3://"):
            self.assertIn("--blobs: ", self.refused(2, "session", "list", "--blobs", url))
        line = self.refused(1, "session", "list", "--store", "postgresql://me:secret@127.0.0.1:1/x")
        self.assertNotIn("secret", line)

    def test_the_environment_tells_the_places(self):
        self.environment["SALESCHECKLIST_STORE"] = f"sqlite:{self.folder}/other.db"
        self.environment["SALESCHECKLIST_BLOBS"] = f"file:{self.folder}/other"
        self.create()
        self.assertTrue((self.folder / "other.db").exists())
        self.assertFalse(self.data.exists())

    def test_the_data_folder_is_for_its_owner_alone(self):
        self.create()
        self.assertEqual(self.database.parent.stat().st_mode & 0o777, 0o700)
        del self.environment["XDG_DATA_HOME"]
        self.environment["HOME"] = str(self.folder)
        self.assertEqual(self.json("session", "list")["sessions"], [])
        self.assertTrue((self.folder / ".local/share/saleschecklist/sessions.db").exists())

    def test_a_database_of_a_newer_version_is_left_alone(self):
        self.create()
        with sqlite3.connect(self.database) as database:
            database.execute("PRAGMA user_version = 999999")
        database.close()
        self.assertIn("newer", self.refused(1, "session", "list"))

    def test_a_changed_database_is_found_out(self):
        session = self.scored()
        with sqlite3.connect(self.database) as database:
            changed = database.execute("UPDATE records SET body = replace(body, 'Tracking', 'Trucking') "
                                       "WHERE kind = 'session'").rowcount
        database.close()
        self.assertEqual(changed, 1)
        result = self.run_program("session", "audit", session, "--verify")
        self.assertEqual(result.returncode, 1)
        self.assertIn("1 fault", result.stdout.decode())

    def damage(self, statement, *values):
        with sqlite3.connect(self.database) as database:
            database.execute(statement, values)
        database.close()

    def test_damaged_sessions_are_named_beside_the_sound_ones(self):
        bodies = (b"", b'{"customer": "Secret Ltd', b'{"customer": "Secret \xff\xfe Ltd"}', b"[]", b"{}",
                  b'{"customer": null}', b"\xff\xfe", "ł".encode() * 3)
        sound, damaged = self.create(), [self.create() for _ in bodies]
        for session, body in zip(damaged, bodies):
            self.damage("UPDATE records SET body = CAST(? AS TEXT) WHERE kind = 'session' AND id = ?", body, session)
        for options in ((), ("--json",)):
            result = self.run_program("session", "list", *options)
            self.assertEqual(result.returncode, 1)
            out, line = result.stdout.decode(), result.stderr.decode()
            self.assertIn(sound[:8], out)
            self.assertEqual(len(line.splitlines()), 1)
            self.assertIn(f"{len(bodies)} stored sessions are left out", line)
            self.assertIn("backup", line)
            self.assertNotIn("Secret", out + line)
            self.assertEqual(sum(session in line for session in damaged), 5)
        page = json.loads(out)
        self.assertEqual([session["id"] for session in page["sessions"]], [sound])
        self.assertEqual({error["where"] for error in page["damaged"]}, {f"session {id}" for id in damaged})
        self.assertIn("damaged", self.refused(1, "session", "show", damaged[0]))
        self.json("session", "run", sound)

    def test_a_damaged_database_is_refused_as_such(self):
        self.create()
        whole = self.database.read_bytes()
        for other in self.database.parent.glob("sessions.db-*"):
            other.unlink()
        for size in (4096, len(whole) // 3, len(whole) - 4096):
            self.database.write_bytes(whole[:size])
            result = self.run_program("session", "list")
            if result.returncode == 0:  # the lost pages hold nothing that a list needs
                continue
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertIn("damaged", result.stderr.decode())
            self.assertIn("backup", result.stderr.decode())
        self.database.write_bytes(whole[:50])
        self.assertIn("damaged", self.refused(2, "session", "list"))
        self.database.write_bytes(b"not a database " * 500)
        self.assertIn("not a SQLite database", self.refused(2, "session", "list"))

    def test_a_database_that_lacks_a_column_is_refused_as_damaged(self):
        self.create()
        with sqlite3.connect(self.database) as database:
            for name, kind in database.execute("SELECT name, type FROM sqlite_schema WHERE type IN ('view', 'index') "
                                               "AND sql IS NOT NULL").fetchall():
                database.execute(f'DROP {kind} "{name}"')
            database.execute("ALTER TABLE records RENAME COLUMN customer TO client")
        database.close()
        line = self.refused(2, "session", "list")
        self.assertIn("no such column: customer", line)
        self.assertIn("backup", line)

    def test_a_recording_on_standard_input_is_attached(self):
        sound = (EXAMPLE / "call.m4a").read_bytes()
        environment = {**self.environment, "TMPDIR": str(self.folder)}
        session = json.loads(self.done("session", "create", *NAMES, "--audio", "-", "--json", input=sound,
                                       env=environment))
        self.assertEqual((session["status"], session["audio"]["name"]), ("processing", "recording"))
        self.assertEqual(session["audio"]["bytes"], len(sound))
        draft = self.json("session", "create", *NAMES)["id"]
        again = json.loads(self.done("session", "attach", draft, "--audio", "-", "--json", input=sound,
                                     env=environment))
        self.assertEqual(again["audio"]["duration_ms"], session["audio"]["duration_ms"])
        for data in (b"Dana: Hello.\nCarl: Hello.\n", b"", b"\0\1\2\3" * 3000):
            line = self.refused(2, "session", "attach", draft, "--audio", "-", input=data, env=environment)
            self.assertIn("standard input: expected a recording", line)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["data"])

    def test_nothing_of_an_erased_session_is_left_but_its_audit_log(self):
        session = self.scored()
        self.done("session", "report", session, "--pdf", self.folder / "r.pdf")
        word = b"Rotterdam"
        text = " ".join(u["text"] for u in self.json("session", "show", session, "--all")["transcript"]["utterances"])
        word = max(re.findall(r"[a-z]{9,}", text), key=len).encode()
        files = [path for path in self.data.rglob("*") if path.is_file()]
        self.assertTrue(any(word in path.read_bytes() for path in files))
        self.assertEqual(self.json("session", "erase", session), {"id": session, "erased": True})
        for path in self.data.rglob("*"):
            if path.is_file():
                self.assertNotIn(word, path.read_bytes(), path)
                self.assertNotIn("Łódź".encode(), path.read_bytes(), path)
        self.assertEqual(self.json("session", "list")["sessions"], [])
        self.refused(2, "session", "show", session)
        self.assertEqual(self.json("session", "audit", session)["entries"][-1]["action"], "erased")

    def test_personal_data_is_taken_out_before_it_is_kept(self):
        talk = self.folder / "talk.txt"
        talk.write_text("Imogen: What is the card?\nOtto: four one one one one one one one one one one one one one "
                        "one one, and mail otto at acme dot com.\n")
        session = self.json("session", "create", *NAMES, "--transcript", talk, "--rep", "Imogen", "--redact",
                            "--redact-name", "Otto")["id"]
        utterance = self.json("session", "show", session, "--all")["transcript"]["utterances"][1]
        self.assertEqual((utterance["speaker"], utterance["text"]), ("[name 1]", "[card 1], and mail [email 1]."))

    def test_two_workers_share_what_waits(self):
        ids = sorted(self.create() for _ in range(4))
        workers = [subprocess.Popen([PROGRAM, "worker", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                    env=self.environment) for _ in range(2)]
        worked = []
        for worker in workers:
            out, err = worker.communicate(timeout=60)
            self.assertEqual((worker.returncode, err), (0, b""))
            worked += [s["id"] for s in json.loads(out)["sessions"]]
        self.assertEqual(sorted(worked), ids)
        self.assertEqual({s["status"] for s in self.json("session", "list")["sessions"]}, {"completed"})
        self.assertEqual(self.done("worker"), "No session is waiting.\n")
        for session in ids:
            self.assertEqual(self.json("session", "audit", session, "--verify")["faults"], [])

    def test_a_worker_ends_after_as_many_as_it_was_told(self):
        for _ in range(3):
            self.create()
        self.assertEqual(len(self.json("worker", "--limit", "2")["sessions"]), 2)
        self.assertIn("completed", self.done("worker"))

    def test_a_killed_run_is_gone_on_with(self):
        session = self.create()
        for delay in (0.02, 0.05, 0.08):
            process = subprocess.Popen([PROGRAM, "session", "run", session], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, env=self.environment)
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
            process.wait()
        self.assertEqual(self.json("session", "run", session)["status"], "completed")
        self.assertEqual(self.json("session", "audit", session, "--verify")["faults"], [])

    def test_ctrl_c_stops_soon_and_says_how_to_go_on(self):
        session = self.create()
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
            process = subprocess.Popen([PROGRAM, "session", "run", session, "--model", "openai", "--base-url", url],
                                       stderr=subprocess.PIPE, env=self.environment)
            silent.settimeout(30)
            connection, _ = silent.accept()
            self.addCleanup(connection.close)
            self.assertIn("another worker holds the session", self.refused(1, "session", "run", session))
            process.send_signal(signal.SIGINT)
            line = process.communicate(timeout=20)[1].decode()
        self.assertEqual(process.returncode, 1)
        self.assertIn(f"Continue with `saleschecklist session run {session}`", line)
        self.assertEqual(self.json("session", "run", session)["status"], "completed")

    def test_a_full_disk_is_said_and_nothing_is_broken(self):
        session = self.create()

        def small_files():  # what SQLite keeps beside the database for sharing it takes 32 KiB
            resource.setrlimit(resource.RLIMIT_FSIZE, (40000, 40000))

        # A build that counts lines could not write whole counts.
        uncounted = {**self.environment, "GCOV_PREFIX": os.devnull}
        self.refused(1, "session", "run", session, preexec_fn=small_files, env=uncounted)
        self.refused(1, "session", "report", session, "--pdf", "/dev/full")
        self.assertEqual(self.json("session", "run", session)["status"], "completed")
        self.assertEqual(self.refused(1, "session", "report", session, "--pdf", "/dev/full")[-23:],
                         "No space left on device")

    def test_help_and_the_manual_cover_every_command(self):
        words = re.sub(r"\s+", " ", self.done("worker", "--help"))
        self.assertIn("until none are left", words)
        commands = ("create", "attach", "list", "show", "run", "override", "transcript", "rename-speaker", "merge-speakers",
                    "split-speaker", "correct", "set-role", "rescore", "report", "history", "audit",
                    "erase", "approve", "retry")
        for command in commands:
            words = re.sub(r"\s+", " ", self.done("session", command, "--help"))
            self.assertIn("SALESCHECKLIST_STORE", words, command)
            self.assertIn("--json", words)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
