"""Those who hear recordings, judge by meaning and speak, over the network."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from . import _core
from ._checklist import Checklist
from ._cues import Cues
from ._functions import Content, chosen, content, log, path
from ._noun import JsonDict, Noun, Part, json_text
from ._report import Coaching, DealInfo, Report, StageUsage
from ._response import Response
from ._score import Policy, Score
from ._transcript import Transcript

_Progress = Callable[[str, int, int], object]
_Usage = list[StageUsage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Part):
    """What one model costs, in micro-dollars: 1,000,000 are one US dollar."""

    model: str  #: "openai:gpt-4o-mini"; also prices its dated versions
    input: int = 0  #: per 1,000,000 tokens read afresh
    cached: int = 0  #: per 1,000,000 tokens read from the cache
    output: int = 0  #: per 1,000,000 tokens written
    characters: int = 0  #: per 1,000,000 characters spoken
    audio_hour: int = 0  #: per hour heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(Part):
    """What may be used up, retries and repeated questions included; 0: no limit."""

    tokens: int = 0  #: read and written
    micro_dollars: int = 0  #: estimated; needs a price for the model


@dataclass(frozen=True, slots=True)
class SpokenMark(Part):
    """When a word of a text is heard. `begin` and `end` are byte offsets in its UTF-8."""

    begin: int
    end: int
    begin_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True, repr=False)
class Speech(Noun):
    """A text as sound."""

    audio: bytes
    content_type: str  #: "audio/mpeg"
    duration_ms: int = 0  #: 0 where it is not known
    marks: tuple[SpokenMark, ...] = ()  #: words in order; empty where the voice gives no times

    def to_dict(self) -> JsonDict:
        """The JSON of schemas/speech.schema.json, which is all but the sound."""
        data = Noun.to_dict(self)
        del data["audio"]
        return data

    def __repr__(self) -> str:
        return f"<Speech {self.content_type}: {len(self.audio)} bytes>"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Assessment(Noun):
    """Answers to the items of a checklist, and who gave them."""

    responses: tuple[Response, ...]  #: one per item, in checklist order
    #: a model and the version of its prompt, "openai:gpt-4o-mini/assess-1", or the version of the
    #: offline assessor and the first digits of fingerprint(cues), "offline-cues/2:1a2b3c4d"
    assessor: str
    notices: tuple[str, ...] = ()  #: what a reader has to know to judge the answers

    def __repr__(self) -> str:
        return f"<Assessment: {len(self.responses)} answers by {self.assessor}>"


class Cancel:
    """A flag by which one thread stops calls of others; they raise Cancelled soon. For good."""

    __slots__ = ("_token",)

    def __init__(self) -> None:
        self._token = _core.CancelToken()

    def cancel(self) -> None:
        """Sets the flag."""
        self._token.cancel()

    @property
    def cancelled(self) -> bool:
        """Whether it is set."""
        return self._token.cancelled()


class Services:
    """Services that were opened once, for any number of calls at a time from any thread.

    Every method takes, beside its own arguments,
    progress: a callable that is told stage, parts done and parts in all, from any thread;
    cancel: a Cancel that stops the call;
    usage: a list to which the StageUsage of the call is appended, also when it fails.
    Ctrl-C cancels a call of the main thread. Not to be used across os.fork(): open others there.
    """

    __slots__ = ("_opened",)

    def __init__(
        self,
        *,
        transcriber: str = "",
        model: str = "",
        voice: str = "",
        providers: Mapping[str, Mapping[str, Any]] | None = None,
        environment: bool = False,
        attempts: int = 3,
        parallel: int = 8,
        proxy: str = "",
        ca_file: str | os.PathLike[str] = "",
        record_folder: str | os.PathLike[str] = "",
        replay_folder: str | os.PathLike[str] = "",
    ) -> None:
        """Connects to nothing yet.

        transcriber, model, voice: PROVIDER:MODEL or PROVIDER, such as "openai:gpt-4o-mini"; "auto":
            the first that has a key or an address, else InvalidArgument; "" or "offline": none. Providers are openai (and
            every server compatible with it), azure, anthropic, gemini and elevenlabs.
        providers: how each is reached, as in schemas/services-options.schema.json:
            {"openai": {"key": "sk-...", "base_url": "http://localhost:8080/v1"}}.
        environment: whether keys that `providers` lacks are read from the environment
            (OPENAI_API_KEY and the like).
        attempts: of one request, the first among them. parallel: requests to one host at a time.
        record_folder: every exchange is kept there, without keys.
        replay_folder: nothing is sent; answers come from such a folder.

        Raises InvalidArgument, InvalidInput or NotFound for options that cannot be right.
        """
        self._opened = _core.open_services(
            json_text(
                {
                    "transcriber": transcriber,
                    "model": model,
                    "voice": voice,
                    "providers": providers or {},
                    "environment": environment,
                    "attempts": attempts,
                    "parallel": parallel,
                    "proxy": proxy,
                    "ca_file": path(ca_file),
                    "record_folder": path(record_folder),
                    "replay_folder": path(replay_folder),
                }
            )
        )

    @property
    def transcriber(self) -> str:
        """Who hears, such as "openai:whisper-1", or empty."""
        return self._opened.transcriber

    @property
    def model(self) -> str:
        """Who judges and coaches, such as "openai:gpt-4o-mini", or empty."""
        return self._opened.model

    @property
    def voice(self) -> str:
        """Who speaks, such as "elevenlabs:eleven_multilingual_v2", or empty."""
        return self._opened.voice

    def __repr__(self) -> str:
        names = (self.transcriber, self.model, self.voice)
        return f"<Services: {', '.join(filter(None, names)) or 'none'}>"

    def transcribe(
        self,
        file: str | os.PathLike[str],
        *,
        rep_names: Iterable[str] = (),
        channel_names: Iterable[str] = (),
        language: str = "",
        parallel: int = 4,
        prices: Iterable[Price] | None = None,
        progress: _Progress | None = None,
        cancel: Cancel | None = None,
        usage: _Usage | None = None,
    ) -> Transcript:
        """The words of a recording of any length, in any container that FFmpeg reads.

        rep_names: as in read_transcript(). channel_names: the speakers of the left and the right
        channel. language: ISO 639-1, such as "pl"; else it is detected.

        Raises IoError for a file that cannot be read, InvalidInput when it holds no speech,
        Unsupported in a build without FFmpeg, and what the service's failures are.
        """
        options = {
            "rep_names": list(rep_names),
            "channel_names": list(channel_names),
            "language": language,
            "parallel": parallel,
        } | _prices(prices)
        return _core.transcribe(
            self._opened, path(file), json_text(options), log(), progress, token(cancel), usage
        )

    def analyze(
        self,
        call: Transcript | Content,
        checklist: Checklist | None = None,
        *,
        deal: DealInfo = DealInfo(),
        policy: Policy = Policy(),
        rep_names: Iterable[str] = (),
        cues: Cues | None = None,
        votes: int = 1,
        budget: Budget = Budget(),
        prices: Iterable[Price] | None = None,
        progress: _Progress | None = None,
        cancel: Cancel | None = None,
    ) -> Report:
        """As saleschecklist.analyze(), answered and coached by the model; offline without one, by cues.

        votes: 1 to 9, how often each question is asked; agreement becomes confidence. budget: of
        assessing and coaching together; when it is spent, the rest stays unanswered and a notice
        says so. What was used is Report.usage.
        """
        options = {
            "rep_names": list(rep_names),
            "deal": deal.to_dict(),
            "policy": policy.to_dict(),
            "votes": votes,
        } | limits(budget, prices)
        rest = (chosen(checklist), json_text(options), cues, log(), progress, token(cancel))
        if isinstance(call, Transcript):
            return _core.analyze_transcript_by(self._opened, call, *rest)
        return _core.analyze_content_by(self._opened, content(call), *rest)

    def assess(
        self,
        transcript: Transcript,
        checklist: Checklist | None = None,
        *,
        votes: int = 1,
        budget: Budget = Budget(),
        parallel: int = 8,
        prices: Iterable[Price] | None = None,
        progress: _Progress | None = None,
        cancel: Cancel | None = None,
        usage: _Usage | None = None,
    ) -> Assessment:
        """Answers every item by asking the model; each quote goes through the evidence law."""
        options = {"votes": votes, "parallel": parallel} | limits(budget, prices)
        return _core.assess(
            self._opened,
            transcript,
            chosen(checklist),
            json_text(options),
            log(),
            progress,
            token(cancel),
            usage,
        )

    def coach(
        self,
        transcript: Transcript,
        checklist: Checklist,
        responses: Iterable[Response],
        score: Score,
        *,
        budget: Budget = Budget(),
        prices: Iterable[Price] | None = None,
        cancel: Cancel | None = None,
        usage: _Usage | None = None,
    ) -> Coaching:
        """Coaching by the model; each moment that it names is verified.

        `score` is that of the responses, as for coach_offline().
        """
        return _core.coach(
            self._opened,
            transcript,
            checklist,
            responses,
            score,
            json_text(limits(budget, prices)),
            log(),
            token(cancel),
            usage,
        )

    def speak(
        self,
        text: str,
        *,
        progress: _Progress | None = None,
        cancel: Cancel | None = None,
        usage: _Usage | None = None,
    ) -> Speech:
        """A text of any length as sound, cut at sentences where the voice needs it."""
        return _core.speak(self._opened, text, progress, token(cancel), usage)


def token(cancel: Cancel | None) -> _core.CancelToken | None:
    return None if cancel is None else cancel._token


def _prices(prices: Iterable[Price] | None) -> dict[str, Any]:
    return {} if prices is None else {"prices": [price.to_dict() for price in prices]}


def limits(budget: Budget, prices: Iterable[Price] | None) -> dict[str, Any]:
    limited = {name: value for name, value in budget.to_dict().items() if value != 0}
    return {"budget": limited} | _prices(prices)
