#!/usr/bin/env python3
"""Runs the program as a user would: program_test.py PROGRAM SOURCE_DIR [--without-pdf] [--without-ffmpeg]."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM, SOURCE = sys.argv[1], Path(sys.argv[2])
WITHOUT_PDF = "--without-pdf" in sys.argv
WITHOUT_FFMPEG = "--without-ffmpeg" in sys.argv
CALLS = SOURCE / "examples" / "calls"
CALL = CALLS / "freight-tracking.vtt"


# No key of the developer's: what is tested here is offline.
PLAIN = {name: value for name, value in os.environ.items() if not name.endswith("_API_KEY")}
# For programs whose files are limited: in a build that counts lines, they could not write whole counts.
UNCOUNTED = {**PLAIN, "GCOV_PREFIX": os.devnull}


def run(*arguments, **options):
    options.setdefault("timeout", 60)
    options.setdefault("env", PLAIN)
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, **options)


def have(tool):
    """Whether a tool is installed; a check that is left out because it is not, is told of."""
    if not shutil.which(tool):
        print(f"skipped: there is no {tool}", file=sys.stderr)
    return bool(shutil.which(tool))


needs_pdf = unittest.skipIf(WITHOUT_PDF, "this build does not write PDF")


class Cli(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def refused(self, status, *arguments, **options):
        result = run(*arguments, **options)
        self.assertEqual(result.returncode, status, result.stderr)
        # A program that counts what the tests reach complains of counts that it cannot write.
        lines = [line for line in result.stderr.decode().splitlines() if not line.startswith("profiling:")]
        self.assertEqual(len(lines), 1, lines)
        self.assertTrue(lines[0].startswith("saleschecklist: "), lines)
        return lines[0]

    @needs_pdf
    def test_a_call_becomes_a_scorecard_a_json_and_a_pdf(self):
        pdf, result = self.folder / "r.pdf", self.folder / "r.json"
        done = run("analyze", CALL, "--rep", "Imogen", "--customer", "Łódź Freight", "--pdf", pdf, "--json", result)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        for words in ("/ 100", "Strengths", "Gaps", "Change this first", "of the talk", str(pdf)):
            self.assertIn(words, done.stdout.decode())
        self.assertNotIn(b"\x1b", done.stdout)
        report = json.loads(result.read_text())
        self.assertEqual(report["schema"], "saleschecklist/report/1")
        self.assertEqual(len(report["responses"]), 92)
        for response in report["responses"]:
            for proof in response["evidence"]:
                text = report["transcript"]["utterances"][proof["utterance"]]["text"].encode()
                self.assertEqual(text[proof["begin"]:proof["end"]].decode(), proof["quote"])
        self.assertEqual(sorted(os.listdir(self.folder)), ["r.json", "r.pdf"])
        self.assertEqual([file.stat().st_mode & 0o777 for file in (pdf, result)], [0o600, 0o600])
        if have("qpdf"):
            subprocess.run(["qpdf", "--check", pdf], check=True, capture_output=True)
        if have("pdftotext"):
            text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True).stdout.decode()
            self.assertIn("Łódź Freight", text)
            self.assertIn("How this was judged", text)
            self.assertIn(report["score"]["fingerprint"][:40], text.replace("\n", ""))

    def test_standard_input_and_output_work_as_files_do(self):
        piped = run("analyze", "-", "--rep", "Imogen", "--json", "-", input=CALL.read_bytes())
        named = run("analyze", CALL, "--rep", "Imogen", "--json", "-")
        self.assertEqual(piped.returncode, 0)
        self.assertEqual(piped.stdout, named.stdout)
        json.loads(piped.stdout)

    def test_a_score_is_recomputed_from_a_stored_result(self):
        report = json.loads(run("analyze", CALL, "--json", "-").stdout)
        stored = self.folder / "stored.json"
        stored.write_text(json.dumps(report))
        score = json.loads(run("score", stored, "--json", "-").stdout)
        for key in ("total_score", "percentage", "risk_band", "summary", "strengths", "gaps"):
            self.assertEqual(score[key], report["score"][key])

    def test_a_transcript_reads_back_as_itself(self):
        first = run("transcript", CALL, "--rep", "Imogen", "--json", "-").stdout
        again = run("transcript", "-", "--json", "-", input=first).stdout
        self.assertEqual(first, again)
        self.assertIn("metrics", json.loads(first))

    def test_checklists_are_listed_shown_and_validated(self):
        self.assertIn(b"ten-point", run("checklist", "list").stdout)
        self.assertIn(b"mentor.07", run("checklist", "show", "sales-checklist-92").stdout)
        shipped = SOURCE / "schemas/checklists/ten-point.json"
        self.assertIn(b"valid, 10 items", run("checklist", "validate", shipped).stdout)
        broken = json.loads(shipped.read_text())
        broken["categories"][1]["id"] = broken["categories"][0]["id"]
        broken["categories"][2]["items"][0]["weight"] = -1
        bad = self.folder / "bad.json"
        bad.write_text(json.dumps(broken))
        self.assertIn("/categories/2/items/0/weight", self.refused(2, "checklist", "validate", bad))
        broken["categories"][2]["items"][0]["weight"] = 1
        bad.write_text(json.dumps(broken))
        self.assertIn("/categories/1/id", self.refused(2, "checklist", "validate", bad))
        bad.write_text(json.dumps(broken).replace('"weight": 1', '"weight": NaN', 1))
        self.assertIn("line 1, column", self.refused(2, "checklist", "validate", bad))

    def own_checklist(self, **inside):
        path = self.folder / "own.json"
        path.write_text(json.dumps({"id": "own", "name": "Own", "categories": [{"id": "a", "name": "A", "items": [
            {"id": "a.1", "title": "Margin", "definition": "The customer names a loss.", **inside}]}]}))
        return path

    def own_cues(self, item="a.1", name="statement"):
        path = self.folder / "cues.json"
        path.write_text(json.dumps({"checklist": "own", "items": {item: {name: ["margin gone"]}}}))
        return path

    def test_cues_are_given_beside_an_own_checklist(self):
        own, cues = self.own_checklist(), self.own_cues()
        answers = ("analyze", CALL, "--rep", "Imogen", "--checklist", own, "--json", "-")
        unheard = run(*answers)
        self.assertEqual(unheard.returncode, 3)
        without = json.loads(unheard.stdout)
        self.assertEqual(without["responses"][0]["unanswered_reason"], "not_asked")
        self.assertEqual(without["assessment"]["reason"], "not_asked")
        self.assertIn("no cues for the checklist 'own'", without["notices"][0])
        done = run(*answers, "--cues", cues)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        report = json.loads(done.stdout)
        self.assertEqual(report["responses"][0]["answer"], "yes")
        self.assertRegex(report["assessor"], r"^offline-cues/3:[0-9a-f]{8}$")
        self.assertNotEqual(report["assessor"], without["assessor"])
        self.assertEqual(report["checklist"], without["checklist"])

    def test_cues_that_do_not_fit_the_checklist_are_refused_with_their_place(self):
        own = self.own_checklist()
        sound = run("checklist", "validate", own, "--cues", self.own_cues())
        self.assertIn(b"cues for 1 items", sound.stdout)
        unknown = self.own_cues("b.7")
        self.assertIn("cues.json: /items/b.7: ", self.refused(2, "checklist", "validate", own, "--cues", unknown))
        self.assertIn("/items/b.7", self.refused(2, "analyze", CALL, "--checklist", own, "--cues", unknown))
        self.assertIn("/checklist: ", self.refused(2, "analyze", CALL, "--cues", self.own_cues()))
        old = self.own_cues(name="say")
        self.assertIn("the key 'say' is unknown", self.refused(2, "checklist", "validate", own, "--cues", old))
        self.assertIn("is both an input and an output", self.refused(2, "analyze", CALL, "--cues", old, "--json", old))

    def test_cues_inside_a_checklist_are_read_with_a_notice(self):
        for name in ("say", "statement"):
            with self.subTest(name):
                own = self.own_checklist(cues={name: ["margin gone"]})
                answers = ("analyze", CALL, "--rep", "Imogen", "--checklist", own, "--json", "-")
                done = run(*answers)
                self.assertEqual(json.loads(done.stdout)["responses"][0]["answer"], "yes")
                line, = done.stderr.decode().splitlines()
                self.assertIn(f"{own}: The checklist contains cues, which were read", line)
                self.assertIn(b"valid, 1 items", run("checklist", "validate", own).stdout)
                other = run(*answers, "--cues", self.own_cues(name="question"))
                self.assertEqual(json.loads(other.stdout)["responses"][0]["answer"], "no")
                self.assertIn(b"--cues is given", other.stderr)

    def test_tuned_cues_leave_stored_results_valid(self):
        cues = json.loads((SOURCE / "schemas/cues/sales-checklist-92.json").read_text())
        cues["items"]["mentor.07"].setdefault("statement", []).append("xylophone quorum of marmalade")
        tuned = self.folder / "tuned.json"
        tuned.write_text(json.dumps(cues))
        before = json.loads(run("analyze", CALL, "--json", "-").stdout)
        after = json.loads(run("analyze", CALL, "--json", "-", "--cues", tuned).stdout)
        self.assertNotEqual(before.pop("assessor"), after.pop("assessor"))
        self.assertEqual(before, after)

    def test_a_policy_moves_the_bands_and_a_crossing_one_is_refused(self):
        policy = self.folder / "policy.json"
        policy.write_text('{"green": {"threshold": 1, "label": "Fine"}, "yellow": {"threshold": 0.5}}')
        report = json.loads(run("analyze", CALL, "--policy", policy, "--json", "-").stdout)
        self.assertEqual(report["score"]["risk_label"], "Fine")
        policy.write_text('{"green": {"threshold": 50}, "yellow": {"threshold": 60}}')
        self.assertIn("/yellow/threshold", self.refused(2, "analyze", CALL, "--policy", policy))

    def test_bad_input_is_named_with_its_place(self):
        cases = {
            "empty.vtt": (b"", "empty"),
            "blank.txt": (b" \n\n ", "no words"),
            "binary.vtt": (bytes(range(256)) * 10, "byte"),
            "latin1.txt": ("Dana: caf\xe9".encode("latin-1"), "line 1"),
            "cut.json": (b'{"segments": [{"text": "hi', "line 1"),
            "time.vtt": (b"WEBVTT\n\n00:05.000 --> 00:01.000\nHi\n", "line 3"),
            "back.srt": (b"1\n00:01:00,000 --> 00:01:01,000\nA\n\n2\n00:00:05,000 --> 00:00:06,000\nB\n", "line 6"),
            "other.json": (b'{"a": 1}', "not a transcript"),
        }
        for name, (content, expected) in cases.items():
            with self.subTest(name):
                path = self.folder / name
                path.write_bytes(content)
                status = 2
                if WITHOUT_FFMPEG and name == "binary.vtt":  # it could be a recording
                    status, expected = 1, "SALESCHECKLIST_FFMPEG=OFF"
                line = self.refused(status, "analyze", path, "--json", self.folder / "never.json")
                self.assertIn(str(path), line)
                self.assertIn(expected, line)
        self.assertFalse((self.folder / "never.json").exists())

    def test_no_control_character_of_an_input_reaches_the_terminal(self):
        call = self.folder / "call.vtt"
        call.write_text(
            "WEBVTT\n\n00:00:01.000 --> 00:00:05.000\n<v Rep \x1b[31mEvil>Hello \x1b]0;title\x07there, what is your "
            "budget?\n\n00:00:06.000 --> 00:00:09.000\n<v Customer>Our budget is fifty thousand \x1b[2J\u009b dollars.\n")
        checklist = json.loads((SOURCE / "schemas" / "checklists" / "ten-point.json").read_text())
        checklist["name"] = checklist["categories"][0]["name"] = "Evil \x1b]0;title\x07\u009b"
        own = self.folder / "checklist.json"
        own.write_text(json.dumps(checklist))
        for command in (["transcript", call], ["analyze", call, "--customer", "A\x1b[2Jcme", "--sales-call", "yes"],
                        ["checklist", "show", own]):
            done = run(*command)
            self.assertIn("Evil", done.stdout.decode())
            for sign in ("\x1b", "\x07", "\u009b"):
                self.assertNotIn(sign, done.stdout.decode() + done.stderr.decode())

    def test_wrong_usage_is_one_line(self):
        same = self.folder / "same"
        for arguments in ([], ["analyze"], ["nonsense"], ["analyze", CALL, "--nonsense"], ["analyze", self.folder],
                          ["analyze", "/nonexistent"], ["analyze", CALL, "--rep", "Nobody"],
                          ["analyze", CALL, "--checklist", "nonsense"], ["analyze", CALL, "--json", CALL],
                          ["analyze", CALL, "--customer", b"\xff"],
                          ["analyze", CALL, "--json", same, "--pdf", same], ["score", CALL]):
            with self.subTest(arguments):
                result = subprocess.run([PROGRAM, *arguments], capture_output=True, timeout=60)
                self.assertEqual(result.returncode, 2, result.stderr)
                self.assertEqual(len(result.stderr.splitlines()), 1, result.stderr)

    def test_help_and_version_are_no_errors(self):
        for arguments in (["--help"], ["--version"], ["analyze", "--help"], ["--help-all"]):
            self.assertEqual(run(*arguments).returncode, 0)

    def test_an_output_that_cannot_be_written_leaves_nothing_behind(self):
        old = self.folder / "r.json"
        old.write_text("old")
        self.refused(1, "analyze", CALL, "--json", old, "--pdf", "/nonexistent/r.pdf")
        self.assertEqual(old.read_text(), "old")
        self.refused(1, "analyze", CALL, "--json", "/dev/full")
        with open("/dev/full", "wb") as full:
            result = subprocess.run([PROGRAM, "analyze", CALL], stdout=full, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(result.returncode, 1)

    def test_a_full_disk_leaves_nothing_behind(self):
        def small_files():
            resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))

        self.refused(1, "analyze", CALL, "--json", self.folder / "r.json", preexec_fn=small_files, env=UNCOUNTED)
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_closed_pipe_ends_the_program_without_a_crash(self):
        process = subprocess.Popen([PROGRAM, "transcript", CALL], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   preexec_fn=lambda: signal.signal(signal.SIGPIPE, signal.SIG_DFL))
        process.stdout.close()
        process.stderr.read()
        process.stderr.close()
        self.assertEqual(process.wait(60), 1)

    @unittest.skipUnless(WITHOUT_PDF, "this build writes PDF")
    def test_without_pdf_the_option_is_refused_before_anything_is_written(self):
        pdf, result = self.folder / "r.pdf", self.folder / "r.json"
        line = self.refused(1, "analyze", CALL, "--pdf", pdf, "--json", result)
        self.assertIn("SALESCHECKLIST_PDF=OFF", line)
        self.assertEqual(os.listdir(self.folder), [])

    @needs_pdf
    def test_without_any_font_the_base_fonts_are_used(self):
        empty = self.folder / "fonts.conf"
        empty.write_text('<?xml version="1.0"?><fontconfig></fontconfig>')
        pdf = self.folder / "r.pdf"
        done = run("analyze", CALL, "--quiet", "--customer", "Łódź 日本", "--pdf", pdf,
                   env={**PLAIN, "FONTCONFIG_FILE": str(empty)})
        self.assertEqual((done.returncode, done.stdout), (0, b""), done.stderr)
        if have("pdftotext"):
            text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True).stdout.decode()
            self.assertIn("Lódz ??", text)

    def test_calls_that_sell_nothing_have_no_score_and_an_exit_status_of_their_own(self):
        data = SOURCE / "tests" / "data"
        for path in (data / "kettle-meeting.qmsum.json", data / "support-call.stt.json", CALLS / "team-retrospective.vtt"):
            with self.subTest(path.name):
                done = run("analyze", path)
                self.assertEqual((done.returncode, done.stderr), (3, b""))
                self.assertIn("There is no score: ", done.stdout.decode())
                self.assertIn("Conversation", done.stdout.decode())
                self.assertNotIn("/ 100", done.stdout.decode())
                written = run("analyze", path, "--json", "-")
                self.assertEqual(written.returncode, 3)
                self.assertIn(b"saleschecklist: There is no score: ", written.stderr)
                report = json.loads(written.stdout)
                self.assertEqual((report["score"], report["coaching"]), (None, None))
                self.assertEqual(report["assessment"]["status"], "not_assessable")
                self.assertGreater(report["metrics"]["words"], 100)

    @needs_pdf
    def test_the_pdf_of_a_call_without_a_score_says_why(self):
        pdf = self.folder / "r.pdf"
        self.refused(3, "analyze", CALLS / "team-retrospective.vtt", "--quiet", "--pdf", pdf)
        if have("pdftotext"):
            text = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True).stdout.decode()
            self.assertIn("No score", text)
            self.assertIn("There is no score: this is not a sales call", " ".join(text.split()))
            self.assertNotIn("At Risk", text)

    def test_who_calls_may_say_whether_it_is_a_sales_call(self):
        support = SOURCE / "tests" / "data" / "conversations" / "support-parcel.txt"
        judged = ("analyze", support, "--rep", "Agent", "--json", "-", "--quiet")
        self.assertEqual(run(*judged).returncode, 3)
        told = run(*judged, "--sales-call", "yes")
        self.assertEqual((told.returncode, told.stderr), (0, b""))
        self.assertIsNotNone(json.loads(told.stdout)["score"])
        self.assertIn("it is stated not to be a sales call", self.refused(3, "analyze", CALL, "--quiet", "--sales-call", "no"))
        self.assertIn("--sales-call", self.refused(2, "analyze", CALL, "--sales-call", "perhaps"))

    def test_a_language_without_cues_is_named(self):
        call = self.folder / "call.txt"
        call.write_text("Anna: Guten Tag, wie planen Sie Ihre Touren im Moment?\nBernd: Noch mit einer Tabelle.\n")
        line = self.refused(3, "analyze", call, "--quiet", "--rep", "Anna")
        self.assertIn("this call is in German; without a model only English is judged offline", line)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], "-v"])
