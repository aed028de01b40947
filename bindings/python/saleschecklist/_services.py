"""Services that transcribe recordings, judge by meaning and speak, over the network."""

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
    """A text as speech."""

    audio: bytes
    content_type: str  #: "audio/mpeg"
    duration_ms: int = 0  #: 0 where it is not known
    marks: tuple[SpokenMark, ...] = ()  #: words in order; empty where the voice gives no times

    def to_dict(self) -> JsonDict:
        """The JSON of schemas/speech.schema.json, which is everything but the audio."""
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
    """Lets one thread cancel calls of others, which then raise Cancelled soon. Permanent."""

    __slots__ = ("_token",)

    def __init__(self) -> None:
        self._token = _core.CancelToken()

    def cancel(self) -> None:
        """Cancels the calls."""
        self._token.cancel()

    @property
    def cancelled(self) -> bool:
        """Whether cancel() was called."""
        return self._token.cancelled()


class Services:
    """Opened services, which may be used by any number of threads at a time.

    Every method takes, besides its own arguments,
    progress: a callable that takes stage, finished parts and all parts, called from any thread;
    cancel: a Cancel that stops the call;
    usage: a list to which the StageUsage of the call is appended, even if it fails.
    Ctrl-C cancels a call of the main thread. Must not be used across os.fork(): open new services in
    the child.
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
        """Opens services; does not connect yet.

        transcriber, model, voice: PROVIDER:MODEL or PROVIDER, such as "openai:gpt-4o-mini"; "auto" for
            the first that has a key or a base URL, or else InvalidArgument; "" or "offline" for none. Providers are openai (and
            every compatible server), azure, anthropic, gemini and elevenlabs.
        providers: how each is reached, see schemas/services-options.schema.json:
            {"openai": {"key": "sk-...", "base_url": "http://localhost:8080/v1"}}.
        environment: whether keys that are missing in `providers` are read from the environment
            (OPENAI_API_KEY and so on).
        attempts: per request, including the first. parallel: the number of parallel requests to a host.
        record_folder: every exchange is recorded there, without keys.
        replay_folder: nothing is sent; replies come from such a folder.

        Raises InvalidArgument, InvalidInput or NotFound for invalid options.
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
        """The id of the transcriber, such as "openai:whisper-1"; or empty."""
        return self._opened.transcriber

    @property
    def model(self) -> str:
        """The id of the model, such as "openai:gpt-4o-mini"; or empty."""
        return self._opened.model

    @property
    def voice(self) -> str:
        """The id of the voice, such as "elevenlabs:eleven_multilingual_v2"; or empty."""
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
        """Transcribes a recording of any length, in any format that FFmpeg reads.

        rep_names: as in read_transcript(). channel_names: the speakers of the left and the right
        channel. language: ISO 639-1, such as "pl"; detected if empty.

        Raises IoError if the file cannot be read, InvalidInput if it contains no speech, Unsupported in a
        build without FFmpeg, and as the service fails.
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
        """As saleschecklist.analyze(), but with the model, or offline with cues if there is none.

        votes: 1 to 9, how often each question is asked; the agreement is the confidence. budget: for
        assessing and coaching together; when it is spent, the remaining items stay unanswered and a notice
        says so. Report.usage is what was used.
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
        """Answers every item with the model; each quote is checked by the evidence law."""
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
        """Coaches with the model; each moment that it names is verified.

        `score` must be the score of the responses, as for coach_offline().
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
        """Speaks a text of any length, split at sentences if the voice requires it."""
        return _core.speak(self._opened, text, progress, token(cancel), usage)


def token(cancel: Cancel | None) -> _core.CancelToken | None:
    return None if cancel is None else cancel._token


def _prices(prices: Iterable[Price] | None) -> dict[str, Any]:
    return {} if prices is None else {"prices": [price.to_dict() for price in prices]}


def limits(budget: Budget, prices: Iterable[Price] | None) -> dict[str, Any]:
    limited = {name: value for name, value in budget.to_dict().items() if value != 0}
    return {"budget": limited} | _prices(prices)
