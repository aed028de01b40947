#!/usr/bin/env python3
"""The program with services, as a user would run it: services_test.py PROGRAM SOURCE_DIR."""

import http.client
import http.server
import json
import os
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

PROGRAM, SOURCE = sys.argv[1], Path(sys.argv[2])
EXAMPLE = SOURCE / "examples" / "recording"
CALL, RECORDING = SOURCE / "examples" / "calls" / "freight-tracking.vtt", EXAMPLE / "call.m4a"
KEYS = ("OPENAI_API_KEY", "OPENAI_BASE_URL", "AZURE_OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY",
        "GOOGLE_API_KEY", "ELEVENLABS_API_KEY", "DEEPGRAM_API_KEY", "ASSEMBLYAI_API_KEY")
PLAIN = {name: value for name, value in os.environ.items() if name not in KEYS}
IDS = ("--transcriber", "openai:gpt-4o-transcribe-diarize", "--model", "openai:gpt-4o-mini",
       "--voice", "openai:tts-1")
REPLAY = ("--replay", EXAMPLE / "cassette", "--base-url", "http://127.0.0.1:8765/v1")


def run(*arguments, **environment):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=120,
                          env={**PLAIN, **environment})


class Services(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def refused(self, status, *arguments, **environment):
        result = run(*arguments, **environment)
        self.assertEqual(result.returncode, status, result.stderr)
        lines = result.stderr.decode().splitlines()
        self.assertEqual(len(lines), 1, lines)
        return lines[0]

    def server(self):
        """The example's local server, and its address."""
        process = subprocess.Popen([sys.executable, EXAMPLE / "local_services.py", "0"], stdout=subprocess.PIPE,
                                   text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process.stdout.readline().split()[-1]

    def test_a_recording_becomes_report_transcript_and_spoken_coaching(self):
        out = {name: self.folder / name for name in ("r.json", "r.pdf", "c.mp3", "t.json")}
        done = run("analyze", RECORDING, *IDS, *REPLAY, "--rep", "Speaker A", "--customer", "Cold Chain Ltd",
                   "--json", out["r.json"], "--pdf", out["r.pdf"], "--coach-audio", out["c.mp3"],
                   "--transcript", out["t.json"])
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        words = done.stdout.decode()
        for part in ("19 / 100", "transcribe  openai:gpt-4o-transcribe-diarize: 1 request, 0:53 transcribed",
                     "assess      openai:gpt-4o-mini: 10 requests", "speak       openai:tts-1", "in total"):
            self.assertIn(part, words)
        report = json.loads(out["r.json"].read_text())
        self.assertEqual(report, json.loads((EXAMPLE / "report.json").read_text()))
        self.assertEqual([stage["stage"] for stage in report["usage"]["stages"]],
                         ["transcribe", "assess", "coach", "speak"])
        self.assertEqual(json.loads(out["t.json"].read_text())["utterances"], report["transcript"]["utterances"])
        self.assertIn(out["c.mp3"].read_bytes()[:2], (b"ID", b"\xff\xfb", b"\xff\xf3"))
        if not shutil.which("pdftotext"):
            print("skipped: there is no pdftotext", file=sys.stderr)
        else:
            text = subprocess.run(["pdftotext", out["r.pdf"], "-"], check=True, capture_output=True).stdout.decode()
            self.assertIn("Cold Chain Ltd", text)
            self.assertIn("Not accepted: “The price is sixty thousand a year.”", text)

    def test_a_run_against_a_server_is_recorded_without_the_key_and_replays(self):
        url, cassette, key = self.server(), self.folder / "cassette", "sk-very-secret-key"
        options = ("analyze", CALL, "--model", "openai:gpt-4o-mini", "--base-url", url, "--rep", "Imogen",
                   "--json", "-")
        live = run(*options, "--record", cassette, OPENAI_API_KEY=key)
        self.assertEqual((live.returncode, live.stderr), (0, b""))
        files = list(cassette.iterdir())
        self.assertEqual(len(files), 11)
        for file in files:
            self.assertNotIn(key, file.read_text())
        played = run(*options, "--replay", cassette)
        self.assertEqual((played.returncode, played.stderr), (0, b""))
        self.assertEqual(played.stdout, live.stdout)

    def test_without_a_key_a_transcript_is_judged_offline_and_that_is_said(self):
        done = run("analyze", CALL, "--rep", "Imogen")
        self.assertEqual(done.returncode, 0)
        self.assertIn("no key for a language model was found", done.stdout.decode())
        chosen = run("analyze", CALL, "--rep", "Imogen", "--model", "offline", OPENAI_API_KEY="sk-1")
        self.assertEqual(chosen.returncode, 0)
        self.assertNotIn("no key", chosen.stdout.decode())
        self.assertIn("Assessed offline", chosen.stdout.decode())

    def test_a_missing_key_is_named_before_anything_is_done(self):
        line = self.refused(2, "analyze", RECORDING)
        self.assertIn("Set OPENAI_API_KEY, ELEVENLABS_API_KEY, DEEPGRAM_API_KEY or ASSEMBLYAI_API_KEY", line)
        for provider, name in (("deepgram", "DEEPGRAM_API_KEY"), ("assemblyai:universal-2", "ASSEMBLYAI_API_KEY")):
            self.assertIn(f"Set {name}", self.refused(2, "analyze", RECORDING, "--transcriber", provider))
        self.assertIn("--model offline", line)
        for option, provider, name in (("--model", "anthropic", "ANTHROPIC_API_KEY"),
                                       ("--model", "openai:gpt-4o", "OPENAI_API_KEY"),
                                       ("--model", "gemini", "GEMINI_API_KEY")):
            self.assertIn(f"Set {name}", self.refused(2, "analyze", CALL, option, provider))
        self.assertIn("needs a voice", self.refused(2, "analyze", CALL, "--coach-audio", self.folder / "x.mp3"))
        self.assertIn("nobody", self.refused(2, "analyze", CALL, "--model", "nobody:m"))
        self.assertEqual(os.listdir(self.folder), [])

    def test_keys_come_from_a_file_and_are_never_shown(self):
        keys = self.folder / "keys"
        keys.write_text("# mine\nOPENAI_API_KEY=sk-very-secret\n")
        line = self.refused(1, "analyze", CALL, "--model", "openai", "--key-file", keys,
                            "--base-url", "http://127.0.0.1:1/v1")
        self.assertIn("127.0.0.1:1", line)
        self.assertNotIn("secret", line)
        keys.write_text("sk-very-secret\n")
        line = self.refused(2, "analyze", CALL, "--key-file", keys)
        self.assertIn("line 1", line)
        self.assertNotIn("secret", line)

    def test_wrong_options_are_refused_by_name(self):
        for budget in ("much", "-1", "0", "1.5 tokens", "1 token", "nan"):
            self.assertIn("--budget", self.refused(2, "analyze", CALL, "--budget", budget), budget)
        self.assertIn("votes", self.refused(2, "analyze", CALL, "--votes", "10"))
        self.assertIn("--base-url", self.refused(2, "analyze", CALL, "--base-url", "nobody=http://h/"))
        self.assertIn("xcludes", self.refused(2, "analyze", CALL, "--record", "a", "--replay", "b"))
        self.assertIn("is given for both", self.refused(2, "analyze", CALL, "--pdf", "x", "--coach-audio", "x"))

    def test_a_budget_that_allows_nothing_ends_before_the_first_question(self):
        line = self.refused(1, "analyze", CALL, *IDS[2:4], *REPLAY, "--budget", "10 tokens")
        self.assertIn("budget", line)

    def test_an_unknown_request_in_a_replay_names_the_nearest(self):
        line = self.refused(2, "analyze", CALL, *IDS[2:4], *REPLAY, "--rep", "Imogen")
        self.assertIn("was not recorded; the nearest recording is v1-chat-completions-", line)

    def test_a_voice_that_fails_loses_nothing_else(self):
        cassette = self.folder / "cassette"
        shutil.copytree(EXAMPLE / "cassette", cassette)
        for file in cassette.glob("*speech*"):
            file.unlink()
        result, audio = self.folder / "r.json", self.folder / "c.mp3"
        done = run("analyze", RECORDING, *IDS, "--replay", cassette, *REPLAY[2:], "--rep", "Speaker A",
                   "--json", result, "--coach-audio", audio, "--quiet")
        self.assertEqual(done.returncode, 1)
        self.assertIn("could not be spoken", done.stderr.decode())
        report = json.loads(result.read_text())
        self.assertTrue(report["coaching"]["feedback_text"])
        self.assertIn("could not be spoken", report["notices"][-1])
        self.assertFalse(audio.exists())

    def test_what_was_heard_is_kept_when_the_rest_fails(self):
        cassette, transcript = self.folder / "cassette", self.folder / "t.json"
        shutil.copytree(EXAMPLE / "cassette", cassette)
        for file in cassette.glob("*chat*"):
            file.unlink()
        line = self.refused(2, "analyze", RECORDING, *IDS[:4], "--replay", cassette, *REPLAY[2:],
                            "--transcript", transcript)
        self.assertIn("was not recorded", line)
        again = run("analyze", transcript, "--model", "offline")
        self.assertEqual(again.returncode, 0)

    def test_a_recording_that_is_cut_off_is_said_to_be_broken(self):
        cut = self.folder / "cut.m4a"
        for size in (12, 40, 3000):
            cut.write_bytes(RECORDING.read_bytes()[:size])
            line = self.refused(2, "analyze", cut)
            self.assertIn(f"{cut}: ", line)
            self.assertIn("expected a recording", line)

    def test_a_text_that_is_named_like_a_recording_is_refused(self):
        for name, text in (("call.mp3", "<!DOCTYPE html><html><body>Sign in</body></html>"),
                           ("call.M4A", "Dana: How many trucks?\nMarcus: Forty.\n")):
            file = self.folder / name
            file.write_text(text)
            self.assertIn("expected a recording, as the name says", self.refused(2, "analyze", file))

    def test_ctrl_c_stops_soon_and_leaves_nothing_half_written(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}/v1"
            process = subprocess.Popen(
                [PROGRAM, "analyze", CALL, "--model", "openai", "--base-url", url, "--json", self.folder / "r.json"],
                stderr=subprocess.PIPE, env=PLAIN)
            silent.settimeout(30)
            connection, _ = silent.accept()
            self.addCleanup(connection.close)
            time.sleep(0.2)
            process.send_signal(signal.SIGINT)
            begin = time.monotonic()
            line = process.communicate(timeout=20)[1].decode()
        self.assertLess(time.monotonic() - begin, 10)
        self.assertEqual(process.returncode, 1)
        self.assertIn("cancelled", line)
        self.assertEqual(os.listdir(self.folder), [])

    def test_an_output_that_cannot_be_written_is_known_before_anything_is_sent(self):
        line = self.refused(1, "analyze", RECORDING, *IDS, "--replay", self.folder / "empty", *REPLAY[2:],
                            "--json", "/nowhere/r.json")
        self.assertIn("/nowhere/r.json: cannot write", line)

    def test_a_pipe_is_read_whole(self):
        named = run("analyze", CALL, "--model", "offline", "--json", "-")
        reader, writer = os.pipe()
        os.write(writer, CALL.read_bytes())
        os.close(writer)
        piped = subprocess.run([PROGRAM, "analyze", f"/dev/fd/{reader}", "--model", "offline", "--json", "-"],
                               capture_output=True, pass_fds=[reader], env=PLAIN, timeout=60)
        os.close(reader)
        self.assertEqual(piped.stdout, named.stdout)

    def analyze_piped(self, bytes_or_stream, *options, **process):
        where = {"input": bytes_or_stream} if isinstance(bytes_or_stream, bytes) else {"stdin": bytes_or_stream}
        process.setdefault("env", {**PLAIN, "TMPDIR": str(self.folder)})
        return subprocess.run([PROGRAM, "analyze", "-", *map(str, options)], capture_output=True, timeout=120,
                              **where, **process)

    def test_a_recording_on_standard_input_is_heard_as_its_file_is(self):
        options = (*IDS[:4], *REPLAY, "--rep", "Speaker A", "--json", "-")
        named = run("analyze", RECORDING, *options)
        self.assertEqual(named.returncode, 0, named.stderr)
        piped = self.analyze_piped(RECORDING.read_bytes(), *options)
        self.assertEqual((piped.returncode, piped.stderr), (0, b""))
        self.assertEqual(piped.stdout, named.stdout)
        with RECORDING.open("rb") as stream:
            self.assertEqual(self.analyze_piped(stream, *options).stdout, named.stdout)
        reader, writer = os.pipe()
        with open(reader, "rb") as end:
            feeder = subprocess.Popen(["cat", str(RECORDING)], stdout=writer)
            os.close(writer)
            fifo = subprocess.run([PROGRAM, "analyze", f"/dev/fd/{end.fileno()}", *map(str, options)],
                                  capture_output=True, pass_fds=[end.fileno()], env=PLAIN, timeout=120)
            feeder.wait()
        self.assertEqual((fifo.stdout, fifo.stderr), (named.stdout, b""))
        self.assertEqual(os.listdir(self.folder), [])

    def test_what_is_wrong_with_a_piped_recording_is_told_of_standard_input(self):
        for data, words in ((RECORDING.read_bytes()[:3000], "cut off"), (b"\0\1\2\3" * 5000, "standard input: "),
                            (b"\0", "standard input: "), (os.urandom(3_000_000), "standard input: ")):
            result = self.analyze_piped(data, *IDS[:4], *REPLAY)
            self.assertEqual(result.returncode, 2, result.stderr)
            line = result.stderr.decode()
            self.assertEqual(len(line.splitlines()), 1)
            self.assertIn(words, line)
            self.assertNotIn("/proc/", line)
        self.assertIn(b"standard input: a recording cannot be transcribed offline",
                      self.analyze_piped(RECORDING.read_bytes()).stderr)
        self.assertEqual(os.listdir(self.folder), [])

    def test_a_text_on_standard_input_needs_no_temporary_file(self):
        nowhere = {**PLAIN, "TMPDIR": str(self.folder / "nowhere")}
        named = run("analyze", CALL, "--model", "offline", "--json", "-")
        for encoding in ("utf-8", "utf-16"):
            text = CALL.read_text().encode(encoding)
            piped = self.analyze_piped(text, "--model", "offline", "--json", "-", env=nowhere)
            self.assertEqual((piped.returncode, piped.stderr), (0, b""))
            self.assertEqual(json.loads(piped.stdout)["score"], json.loads(named.stdout)["score"])

    def test_a_piped_recording_that_finds_no_room_says_where(self):
        nowhere = {**PLAIN, "TMPDIR": str(self.folder / "nowhere")}
        result = self.analyze_piped(RECORDING.read_bytes(), *IDS[:4], *REPLAY, env=nowhere)
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"cannot be copied to {nowhere['TMPDIR']}: No such file", result.stderr.decode())

        def small():
            resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))

        # A build that counts lines could not write whole counts.
        uncounted = {**PLAIN, "TMPDIR": str(self.folder), "GCOV_PREFIX": os.devnull}
        result = self.analyze_piped(RECORDING.read_bytes(), *IDS[:4], *REPLAY, preexec_fn=small, env=uncounted)
        self.assertEqual(result.returncode, 1)
        self.assertIn(f"cannot be copied to {self.folder}: File too large; TMPDIR", result.stderr.decode())
        self.assertEqual(os.listdir(self.folder), [])

    def test_ctrl_c_while_a_recording_is_piped_leaves_no_copy(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
            process = subprocess.Popen([PROGRAM, "analyze", "-", *map(str, IDS[:4] + REPLAY)], stdin=subprocess.PIPE,
                                       stderr=subprocess.PIPE, env={**PLAIN, "TMPDIR": str(self.folder)})
            process.stdin.write(RECORDING.read_bytes()[:20000])
            process.stdin.flush()
            time.sleep(0.5)
            self.assertEqual(os.listdir(self.folder), [])
            process.send_signal(number)
            if number == signal.SIGKILL:
                process.wait(timeout=20)
            else:
                self.assertEqual(process.wait(timeout=20), 1)
                self.assertIn(b"standard input: cancelled", process.stderr.read())
            process.stdin.close()
            process.stderr.close()
            self.assertEqual(os.listdir(self.folder), [])

    def forwarding_proxy(self, target):
        """The address of a proxy for http, and the requests that it forwarded to the server `target`."""
        seen = []

        class Forward(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                seen.append((self.path, self.headers["Proxy-Authorization"]))
                body = self.rfile.read(int(self.headers["Content-Length"]))
                path = "/" + self.path.split("/", 3)[3]
                connection = http.client.HTTPConnection(target.split("/")[2])
                connection.request("POST", path, body, {"Content-Type": "application/json"})
                reply = connection.getresponse()
                data = reply.read()
                connection.close()
                self.send_response(reply.status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_GET(self):
                self.send_error(404)

            def log_message(self, *arguments):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Forward)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"127.0.0.1:{server.server_address[1]}", seen

    def test_the_environment_names_the_proxy_and_nothing_tells_its_password(self):
        proxy, seen = self.forwarding_proxy(self.server())
        options = ("analyze", CALL, "--model", "openai:gpt-4o-mini", "--rep", "Imogen", "--json", "-",
                   "--record", self.folder / "cassette")
        plain = {name: value for name, value in PLAIN.items() if not name.lower().endswith("_proxy")}

        def with_proxy(url, **environment):
            return subprocess.run([PROGRAM, *map(str, options), "--base-url", url], capture_output=True, timeout=120,
                                  env={**plain, "OPENAI_API_KEY": "sk-1", **environment})

        done = with_proxy("http://models.example/v1", http_proxy=f"http://dana:s3cret-pw@{proxy}")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(len(seen), 11)
        self.assertTrue(all(path.startswith("http://models.example/v1/") for path, _ in seen))
        self.assertTrue(all(sent == "Basic ZGFuYTpzM2NyZXQtcHc=" for _, sent in seen))
        for file in (self.folder / "cassette").iterdir():
            self.assertNotIn("s3cret", file.read_text())
        for name in ("http_proxy", "all_proxy", "ALL_PROXY"):
            failed = with_proxy("http://models.example/v1", **{name: "http://dana:s3cret-pw@127.0.0.1:1"})
            self.assertEqual(failed.returncode, 1)
            self.assertIn("through the proxy http://127.0.0.1:1", failed.stderr.decode())
            self.assertNotIn("s3cret", failed.stderr.decode())
        # The machine itself is reached directly, and HTTP_PROXY is nobody's.
        self.assertEqual(with_proxy(self.server(), http_proxy="http://127.0.0.1:1").returncode, 0)
        self.assertEqual(with_proxy(self.server(), HTTP_PROXY="http://127.0.0.1:1").returncode, 0)

    def test_help_tells_where_keys_come_from(self):
        words = re.sub(r"\s+", " ", run("analyze", "--help").stdout.decode())
        for part in ("OPENAI_API_KEY", "ELEVENLABS_API_KEY", "DEEPGRAM_API_KEY", "ASSEMBLYAI_API_KEY", "--key-file", "--replay", "offline", "HTTPS_PROXY", "NO_PROXY"):
            self.assertIn(part, words)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
