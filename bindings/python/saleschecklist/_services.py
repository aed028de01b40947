"""Services that transcribe recordings, answer by meaning and speak, over the network."""

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
from ._words import SalesCallRule

_Progress = Callable[[str, int, int], object]
_Usage = list[StageUsage]


@dataclass(frozen=True, slots=True, kw_only=True)
class Price(Part):
    """The price of one model in micro-dollars (1,000,000 are one US dollar)."""

    model: str  #: "openai:gpt-4o-mini"; also prices its dated versions
    input: int = 0  #: per 1,000,000 tokens read, without the cached ones
    cached: int = 0  #: per 1,000,000 tokens read from the cache
    output: int = 0  #: per 1,000,000 tokens written
    characters: int = 0  #: per 1,000,000 characters spoken
    audio_hour: int = 0  #: per hour transcribed


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(Part):
    """The most that a call may use, including retries and repeated questions; 0 means no limit."""

    tokens: int = 0  #: read plus written
    micro_dollars: int = 0  #: estimated; needs a price for the model


@dataclass(frozen=True, slots=True)
class SpokenMark(Part):
    """When a word of a text is spoken. `begin` and `end` are byte offsets in the UTF-8 of the text."""

    begin: int
    end: int
    begin_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True, repr=False)
class Speech(Noun):
    """A spoken text."""

    audio: bytes
    content_type: str  #: "audio/mpeg"
    duration_ms: int = 0  #: 0 if unknown
    marks: tuple[SpokenMark, ...] = ()  #: words in order; empty if the service reports no times

    def to_dict(self) -> JsonDict:
        """Returns the dict that schemas/speech.schema.json describes, which is everything but the audio."""
        data = Noun.to_dict(self)
        del data["audio"]
        return data

    def __repr__(self) -> str:
        return f"<Speech {self.content_type}: {len(self.audio)} bytes>"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Assessment(Noun):
    """Answers to the items of a checklist, and who gave them."""

    responses: tuple[Response, ...]  #: one per item, in checklist order
    #: who answered: a model and the version of the prompt, "openai:gpt-4o-mini/assess-2", or the version
    #: of the offline assessor and the first digits of fingerprint(cues), "offline-cues/3:1a2b3c4d"
    assessor: str
    notices: tuple[str, ...] = ()  #: what readers must know to interpret the answers

    def __repr__(self) -> str:
        return f"<Assessment: {len(self.responses)} answers by {self.assessor}>"


class Cancel:
    """Cancels calls from another thread; they raise Cancelled soon afterwards.

    A cancellation is permanent: later calls with the same object are cancelled, too.
    """

    __slots__ = ("_token",)

    def __init__(self) -> None:
        self._token = _core.CancelToken()

    def cancel(self) -> None:
        """Cancels the calls that were given this object."""
        self._token.cancel()

    @property
    def cancelled(self) -> bool:
        """Whether cancel() has been called."""
        return self._token.cancelled()


class Services:
    """Opened services, which may be used by any number of threads at a time.

    The methods share these arguments:
    progress: called as progress(stage, done, total), from any thread; `done` and `total` count parts.
    cancel: a Cancel that cancels the call. Ctrl-C cancels a call of the main thread.
    usage: a list to which the StageUsage of the call is appended, even if the call fails.
    prices: the prices for estimates and for Budget.micro_dollars; None means the list prices at the time
        of the library's release.

    Services must not be used across os.fork(): open new services in the child process.
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
        rate_limit_wait_ms: int = 600_000,
        proxy: str = "",
        ca_file: str | os.PathLike[str] = "",
        record_folder: str | os.PathLike[str] = "",
        replay_folder: str | os.PathLike[str] = "",
    ) -> None:
        """Opens services. Nothing is sent before the first use.

        transcriber, model, voice: PROVIDER:MODEL or PROVIDER, such as "openai:gpt-4o-mini". "auto" selects
            the first provider that has a key or a base URL, and raises InvalidArgument if there is none;
            "" and "offline" select none. The providers are openai (also for any compatible server),
            azure, anthropic, gemini, elevenlabs, deepgram and assemblyai. With OpenAI's key alone, its
            diarizing model hears recordings in which the speakers share a channel.
        providers: how each provider is reached, see schemas/services-options.schema.json:
            {"openai": {"key": "sk-...", "base_url": "http://localhost:8080/v1"}}.
        environment: whether keys and URLs that are missing in `providers` are read from the environment
            (OPENAI_API_KEY and so on), and proxies and certificates unless `proxy` and `ca_file` are given
            (HTTPS_PROXY, http_proxy, ALL_PROXY, NO_PROXY, SSL_CERT_FILE, SSL_CERT_DIR).
        attempts: the maximum number of attempts per request, including the first, not counting those that a
            rate limit refuses.
        parallel: the maximum number of parallel requests to one host.
        rate_limit_wait_ms: the longest wait for a rate limit of a service; 0: none. Requests are paced by
            what the service tells of its limits; one that would have to wait longer raises RateLimited.
        proxy: the URL of a proxy, such as "http://host:port"; empty means none.
        ca_file: a PEM file of the certificate authorities to trust; empty means those of the system.
        record_folder: a folder in which every exchange is recorded, without keys.
        replay_folder: a folder of recorded exchanges, from which requests are answered. Nothing is sent,
            and no keys are needed.

        Raises InvalidArgument, InvalidInput or NotFound if an option is invalid.
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
                    "rate_limit_wait_ms": rate_limit_wait_ms,
                    "proxy": proxy,
                    "ca_file": path(ca_file),
                    "record_folder": path(record_folder),
                    "replay_folder": path(replay_folder),
                }
            )
        )

    @property
    def transcriber(self) -> str:
        """The id of the transcriber, such as "openai:whisper-1", or empty."""
        return self._opened.transcriber

    @property
    def model(self) -> str:
        """The id of the model, such as "openai:gpt-4o-mini", or empty."""
        return self._opened.model

    @property
    def voice(self) -> str:
        """The id of the voice, such as "elevenlabs:eleven_multilingual_v2", or empty."""
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

        rep_names: as in read_transcript().
        channel_names: the speakers on the left and the right channel; these names may be used in
            rep_names.
        language: ISO 639-1 code, such as "pl"; if empty, the language is detected.
        parallel: the maximum number of parts that are transcribed in parallel.

        Raises IoError if the file cannot be read, InvalidInput if it contains no audio or no speech,
        InvalidArgument if a name in rep_names is not a speaker, Unsupported in a build without FFmpeg, and
        NetworkError, Refused and so on if the service fails.
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

    def separate_turns(
        self,
        transcript: Transcript,
        *,
        rep_names: Iterable[str] = (),
        budget: Budget = Budget(),
        prices: Iterable[Price] | None = None,
        progress: _Progress | None = None,
        cancel: Cancel | None = None,
        usage: _Usage | None = None,
    ) -> Transcript:
        """Tells the speakers of a transcript in which nobody is named apart, with the model.

        The words stay as they are; `speakers_inferred` of the result is true. analyze() and sessions do
        this by themselves. A transcript that has speakers is returned as it is.

        rep_names: the names of the salespeople, if they are known.
        budget: the most that the call may use.

        Raises Refused if the model's reply cannot be used, OverBudget, and NetworkError and so on if the
        service fails.
        """
        options = {"rep_names": list(rep_names)} | limits(budget, prices)
        return _core.separate_turns(
            self._opened, transcript, json_text(options), log(), progress, token(cancel), usage
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
        sales_call: SalesCallRule = SalesCallRule.AUTOMATIC,
    ) -> Report:
        """Does the same as saleschecklist.analyze(), but with the model; offline if there is no model.

        votes: how many times each question is asked, 1 to 9; the agreement of the answers is the
            confidence. Has no effect offline.
        budget: the most that assessing and coaching may use together. When it is spent, the remaining
            items stay unanswered, and a notice says so.
        cues: as in assess_offline(); used only if there is no model.
        sales_call: as in saleschecklist.analyze().

        If the model answers but cannot coach, coaching is composed offline, and a notice says so.
        Report.usage is what was used.

        Raises the same errors as assess(), and otherwise those of saleschecklist.analyze().
        """
        options = {
            "rep_names": list(rep_names),
            "deal": deal.to_dict(),
            "policy": policy.to_dict(),
            "votes": votes,
            "sales_call": SalesCallRule(sales_call).value,
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
        """Answers every item with the model. Each quote is checked by the evidence law.

        votes: as in analyze().
        budget: the most that the call may use. When it is spent, the remaining items stay unanswered, and
            a notice says so.
        parallel: the maximum number of questions that are asked in parallel.

        Raises OverBudget if the budget does not allow the first question, InvalidInput or InvalidArgument if
        an option or the checklist is invalid, and NetworkError, Refused and so on if the service fails for
        every category.
        """
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
        """Writes coaching with the model. Each quote that the model names as a moment is verified.

        score: must be the score of these responses.
        budget: the most that the call may use.

        Raises the same errors as coach_offline(), OverBudget if the budget is spent, Refused if the
        model's reply remains unusable, and NetworkError and so on if the service fails.
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
        """Speaks a text of any length. A text that is too long for one request is split at sentences.

        Raises InvalidArgument if the text is empty, and NetworkError, Refused and so on if the service
        fails.
        """
        return _core.speak(self._opened, text, progress, token(cancel), usage)


def token(cancel: Cancel | None) -> _core.CancelToken | None:
    return None if cancel is None else cancel._token


def _prices(prices: Iterable[Price] | None) -> dict[str, Any]:
    return {} if prices is None else {"prices": [price.to_dict() for price in prices]}


def limits(budget: Budget, prices: Iterable[Price] | None) -> dict[str, Any]:
    limited = {name: value for name, value in budget.to_dict().items() if value != 0}
    return {"budget": limited} | _prices(prices)
