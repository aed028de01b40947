"""Services: the recorded run of examples/recording, and what is refused."""

import json
import signal
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import saleschecklist as sc
from conftest import ROOT

EXAMPLE = ROOT / "examples" / "recording"
HEARS, JUDGES, SPEAKS = "openai:gpt-4o-transcribe-diarize", "openai:gpt-4o-mini", "openai:tts-1"


def recorded() -> sc.Services:
    return sc.Services(
        transcriber=HEARS,
        model=JUDGES,
        voice=SPEAKS,
        providers={"openai": {"base_url": "http://127.0.0.1:8765/v1"}},
        replay_folder=EXAMPLE / "cassette",
    )


def silent_model(server: socket.socket) -> sc.Services:
    """Services whose model never answers."""
    url = f"http://127.0.0.1:{server.getsockname()[1]}/v1"
    return sc.Services(model="openai:m", providers={"openai": {"base_url": url}})


def test_a_recorded_run_gives_its_report_again() -> None:
    services = recorded()
    assert (services.transcriber, services.model, services.voice) == (HEARS, JUDGES, SPEAKS)
    steps: list[tuple[str, int, int]] = []
    usage: list[sc.StageUsage] = []
    call = services.transcribe(
        EXAMPLE / "call.m4a",
        rep_names=["Speaker A"],
        progress=lambda *step: steps.append(step),
        usage=usage,
    )
    assert len(call.utterances) == 10 and call.source_format == "audio"
    assert steps[-1] == ("transcribe", 1, 1)
    assert [(used.stage, used.usage.audio_ms) for used in usage] == [("transcribe", 53_000)]

    report = services.analyze(call, deal=sc.DealInfo(customer="Cold Chain Ltd"))
    expected = json.loads((EXAMPLE / "report.json").read_text(encoding="utf-8"))
    made = report.to_dict()
    assert [stage["stage"] for stage in made["usage"]["stages"]] == ["assess", "coach"]
    assert made | {"usage": None} == expected | {"usage": None}
    assert sc.Report.from_json(report.to_json(), sc.Checklist.standard()) == report

    assert report.coaching is not None
    speech = services.speak(report.coaching.feedback_text, usage=usage)
    assert speech.content_type == "audio/mpeg" and len(speech.audio) > 100_000
    assert speech.to_dict() == {"content_type": "audio/mpeg", "duration_ms": 0, "marks": []}
    assert usage[-1].usage.characters == len(report.coaching.feedback_text)


def test_step_by_step_gives_the_same() -> None:
    services, usage = recorded(), list[sc.StageUsage]()
    call = services.transcribe(EXAMPLE / "call.m4a", rep_names=["Speaker A"])
    assert services.separate_turns(call, rep_names=["Dana"]) == call  # who speaks is known
    assessed = services.assess(call, usage=usage)
    card = sc.score(sc.Checklist.standard(), assessed.responses)
    coaching = services.coach(
        call, sc.Checklist.standard(), assessed.responses, card, usage=usage
    )
    assert card.total_score == 19 and assessed.assessor.startswith("openai:gpt-4o-mini/assess-")
    assert coaching.first_change.startswith("Before you fix the next meeting")
    assert [used.stage for used in usage] == ["assess", "coach"]
    assert usage[0].usage.requests == 10


def test_a_model_tells_the_speakers_apart() -> None:
    class Server(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
            assert "We lose two containers a week." in asked and "Dana" in asked
            turns = {
                "speakers": [
                    {"speaker": 1, "reasoning": "Asks.", "role": "rep"},
                    {"speaker": 2, "reasoning": "Loses.", "role": "customer"},
                ],
                "turns": [{"line": 0, "speaker": 1}, {"line": 1, "speaker": 2}],
            }
            reply = {
                "choices": [
                    {
                        "message": {"role": "assistant", "content": json.dumps(turns)},
                        "finish_reason": "stop",
                    }
                ],
                "usage": {"prompt_tokens": 300, "completion_tokens": 40},
            }
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(reply).encode())

        def log_message(self, *_: object) -> None:
            pass

    call = sc.read_transcript("What do you lose? We lose two containers a week.")
    assert {said.speaker for said in call.utterances} == {""}
    with HTTPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        services = sc.Services(
            model="openai:local",
            providers={"openai": {"base_url": f"http://127.0.0.1:{server.server_port}/v1"}},
        )
        usage: list[sc.StageUsage] = []
        steps: list[tuple[str, int, int]] = []
        out = services.separate_turns(
            call,
            rep_names=["Dana"],
            usage=usage,
            progress=lambda stage, done, total: steps.append((stage, done, total)),
        )
        server.shutdown()
    assert [(said.speaker, said.text) for said in out.utterances] == [
        ("Speaker 1", "What do you lose?"),
        ("Speaker 2", "We lose two containers a week."),
    ]
    assert out.speakers_inferred
    assert [used.stage for used in usage] == ["separate"] and usage[0].usage.tokens_in == 300
    assert steps[-1] == ("separate", 2, 2)


def test_without_a_model_analysis_is_offline(call: sc.Transcript) -> None:
    services = sc.Services()
    assert repr(services) == "<Services: none>"
    assert services.analyze(call) == sc.analyze(call)
    with pytest.raises(sc.InvalidArgument, match="without a model"):
        services.assess(call)
    with pytest.raises(sc.InvalidArgument, match="without a model"):
        services.separate_turns(call)
    with pytest.raises(sc.InvalidArgument, match="without a voice"):
        services.speak("Hello.")


def test_wrong_options_are_refused() -> None:
    with pytest.raises(sc.InvalidArgument):
        sc.Services(model="openai")
    with pytest.raises(sc.NotFound, match="nobody"):
        sc.Services(model="nobody:m")
    with pytest.raises(sc.InvalidInput, match="/providers/openai"):
        sc.Services(providers={"openai": {"kye": "x"}})
    with pytest.raises(TypeError, match="services: expected Services"):
        sc._core.speak("x", "y", None, None, None)  # type: ignore[arg-type]
    services = recorded()
    with pytest.raises(sc.InvalidInput, match="/votes"):
        services.analyze("Dana: hello\nLee: hi", votes=10)
    with pytest.raises(TypeError, match="usage: expected list"):
        services.speak("x", usage=())  # type: ignore[arg-type]


def test_failures_are_exceptions_that_tell_what_was_used() -> None:
    usage: list[sc.StageUsage] = []
    services = sc.Services(
        model="openai:m",
        providers={"openai": {"base_url": "http://127.0.0.1:1/v1", "key": "sk-very-secret"}},
        attempts=1,
    )
    with pytest.raises(sc.NetworkError) as caught:
        services.assess(sc.read_transcript("Dana: hello\nLee: hi"), usage=usage)
    assert caught.value.provider == "openai" and "secret" not in str(caught.value)
    assert usage[0].usage.requests >= 1
    with pytest.raises(sc.IoError):
        recorded().transcribe("nowhere.wav")
    with pytest.raises(sc.InvalidInput, match="expected a recording"):
        recorded().transcribe(ROOT / "README.md")


def test_cancel_stops_a_call_of_another_thread() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        services, cancel = silent_model(server), sc.Cancel()
        timer = threading.Timer(0.3, cancel.cancel)
        timer.start()
        begin = time.monotonic()
        with pytest.raises(sc.Cancelled):
            services.analyze("Dana: hello\nLee: hi", cancel=cancel)
        assert time.monotonic() - begin < 10 and cancel.cancelled
        timer.join()


def test_ctrl_c_stops_a_call_of_the_main_thread() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        services = silent_model(server)
        timer = threading.Timer(0.3, signal.raise_signal, [signal.SIGINT])
        begin = time.monotonic()
        with pytest.raises(KeyboardInterrupt):
            timer.start()
            services.analyze("Dana: hello\nLee: hi")
        assert time.monotonic() - begin < 10
        timer.join()


def test_other_threads_run_meanwhile(tmp_path: Path) -> None:
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    recorded().transcribe(EXAMPLE / "call.m4a")
    done.set()
    ticker.join()
    assert ticks > 3
