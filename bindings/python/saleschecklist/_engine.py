"""Runs sessions through their stages; the result of each stage is stored before the next one begins."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from . import _core
from ._checklist import Checklist
from ._cues import Cues
from ._errors import InvalidArgument
from ._functions import Content, chosen, content, log, path, read_transcript, write_log
from ._noun import json_text
from ._report import Report
from ._score import Policy
from ._services import Budget, Cancel, Price, Services, token
from ._sessions import (
    AuditEntry,
    AuditReport,
    ScoreVersion,
    Session,
    SessionPage,
    SessionResult,
    run_options,
)
from ._transcript import Transcript
from ._words import Answer, RiskBand, Role, SalesCallRule, SessionStatus, Stage

_Progress = Callable[[str, int, int], object]


class Engine:
    """The sessions of one tenant, changed on behalf of one actor.

    An engine may be used by any number of threads; any number of engines in any number of processes may
    use the same store. Every method raises NotFound if the tenant has no such session, Conflict if
    someone else changed the session or is working on it, and IoError, NetworkError and so on if the store
    fails.

    run(), run_pending() and coach() take these arguments:
    votes, budget, prices: as in Services.analyze().
    parallel: the maximum number of parallel requests.
    progress: called as progress(stage, done, total), from any thread; `done` and `total` count parts.
    cancel: a Cancel that cancels the call. Ctrl-C cancels a call of the main thread. Replies that arrived
        before a cancellation are stored.

    An engine must not be used across os.fork(): open a new engine in the child process.
    """

    __slots__ = ("_actor", "_opened", "_tenant")

    def __init__(
        self,
        *,
        store: str = "memory:",
        blobs: str = "memory:",
        services: Services | None = None,
        tenant: str = "",
        actor: str = "",
        environment: bool = False,
        redact: Mapping[str, Any] | None = None,
        lease_ms: int = 60_000,
        log: Callable[[str, str], object] | None = None,
    ) -> None:
        """Opens the store, which is created if it does not exist.

        store: "sqlite:deals.db", "postgresql://user@host/database" or "memory:".
        blobs: where recordings, spoken coaching and PDFs are stored: "file:blobs",
            "s3://bucket/prefix?region=eu-west-1" or "memory:".
        services: the services to use; None means that sessions are assessed offline.
        tenant: the tenant whose sessions the engine can see and change.
        actor: the user name written to the audit log; empty means "unknown".
        environment: whether the keys, proxies and certificates for S3 are read from the environment.
        redact: what is redacted from transcripts before they are stored or sent to a model, see
            schemas/redact-options.schema.json: {} for all kinds of data, {"names": ["Dana"]} for these
            names as well; None for no redaction. A recording cannot be redacted: it is sent to the
            transcriber unredacted, and erased as soon as its transcript is stored.
        lease_ms: a worker that is silent for this many milliseconds is presumed dead; 100 to
            86,400,000 (a day).
        log: called as log(level, message), from any thread. If None, messages go to the logger
            "saleschecklist".

        Raises InvalidInput with a JSON pointer in `where` if an option is invalid, InvalidArgument if a
        URL is not of a known kind, and IoError, NetworkError and so on if the store cannot be opened.
        """
        options = {
            "store": store,
            "blobs": blobs,
            "tenant": tenant,
            "actor": actor,
            "environment": environment,
            "lease_ms": lease_ms,
        }
        if redact is not None:
            options["redact"] = redact
        opened = None if services is None else services._opened
        self._opened = _core.open_engine(
            json_text(options), opened, write_log if log is None else log
        )
        self._tenant, self._actor = tenant, actor or "unknown"

    def as_(self, *, tenant: str | None = None, actor: str | None = None) -> "Engine":
        """Returns the same engine for another tenant or actor; nothing is opened again.

        Omitted arguments keep their values.
        """
        other = object.__new__(Engine)
        other._tenant = self._tenant if tenant is None else tenant
        other._actor = self._actor if actor is None else actor or "unknown"
        other._opened = _core.engine_as(self._opened, other._tenant, other._actor)
        return other

    @property
    def tenant(self) -> str:
        """The tenant whose sessions the engine can see and change."""
        return self._tenant

    @property
    def actor(self) -> str:
        """The actor on whose behalf sessions are changed."""
        return self._actor

    def __repr__(self) -> str:
        return f"<Engine: tenant {self.tenant!r}, actor {self.actor!r}>"

    def create(
        self,
        *,
        customer: str = "",
        opportunity: str = "",
        deal_stage: str = "",
        decision_influencer: str = "",
        owner: str = "",
        policy: Policy = Policy(),
        checklist: Checklist | None = None,
        cues: Cues | None = None,
        review: bool = False,
        sales_call: SalesCallRule = SalesCallRule.AUTOMATIC,
    ) -> Session:
        """Creates a session with the status `draft`.

        checklist: defaults to the standard one.
        cues: the cues for the offline assessor, as in assess_offline(). They are stored with the session.
        review: whether the session is held in pending_review once it is assessed, until approve() is
            called.
        sales_call: as in analyze().
        """
        return _core.session_create(
            self._opened,
            customer,
            opportunity,
            deal_stage,
            decision_influencer,
            owner,
            policy,
            chosen(checklist),
            cues,
            review,
            SalesCallRule(sales_call),
        )

    def find(self, id: str) -> Session:
        """Returns the session with that id."""
        return _core.session_find(self._opened, id)

    def list(
        self,
        *,
        owner: str = "",
        customer: str = "",
        status: SessionStatus | None = None,
        band: RiskBand | None = None,
        created_from_ms: int | None = None,
        created_before_ms: int | None = None,
        after: str = "",
        limit: int = 100,
    ) -> SessionPage:
        """Returns a page of sessions, newest first, that match all given arguments.

        owner, customer: whole names; case is ignored for the customer.
        band: the risk band of the current score.
        created_from_ms, created_before_ms: milliseconds since 1970-01-01 UTC.
        after: SessionPage.next of the previous page.
        limit: the maximum number of sessions on the page, 1 to 1,000.
        """
        return _core.session_list(
            self._opened,
            owner,
            customer,
            status,
            band,
            created_from_ms,
            created_before_ms,
            after,
            limit,
        )

    def sessions(
        self,
        *,
        owner: str = "",
        customer: str = "",
        status: SessionStatus | None = None,
        band: RiskBand | None = None,
        created_from_ms: int | None = None,
        created_before_ms: int | None = None,
    ) -> Iterator[Session]:
        """Iterates over all sessions that list() would return; pages are loaded as needed."""
        after = ""
        while True:
            page = self.list(
                owner=owner,
                customer=customer,
                status=status,
                band=band,
                created_from_ms=created_from_ms,
                created_before_ms=created_before_ms,
                after=after,
            )
            yield from page.sessions
            after = page.next
            if not after:
                return

    def update(
        self,
        id: str,
        *,
        customer: str | None = None,
        opportunity: str | None = None,
        deal_stage: str | None = None,
        decision_influencer: str | None = None,
        owner: str | None = None,
        review: bool | None = None,
        sales_call: SalesCallRule | None = None,
    ) -> Session:
        """Changes the given fields. Fields that are None keep their values.

        If `sales_call` changes, the score becomes stale, and the session can be run again.
        """
        return _core.session_update(
            self._opened,
            id,
            customer,
            opportunity,
            deal_stage,
            decision_influencer,
            owner,
            review,
            None if sales_call is None else SalesCallRule(sales_call),
        )

    def attach_audio(
        self,
        id: str,
        file: str | os.PathLike[str],
        *,
        rep_names: Iterable[str] = (),
        channel_names: Iterable[str] = (),
        language: str = "",
    ) -> Session:
        """Replaces the session's input with a recording.

        Results made from the previous input become stale, and a worker that is running the session stops.

        rep_names, channel_names, language: as in Services.transcribe().

        Raises the same errors as Services.transcribe() if the file is not a recording.
        """
        return _core.session_attach_audio(
            self._opened, id, path(file), rep_names, channel_names, language
        )

    def attach_transcript(
        self, id: str, transcript: Transcript | Content, *, rep_names: Iterable[str] = ()
    ) -> Session:
        """Replaces the session's input with a transcript.

        Results made from the previous input become stale, and a worker that is running the session stops.

        transcript: a Transcript, or an argument of read_transcript().
        rep_names: as in read_transcript(); has no effect on a Transcript.

        Raises the same errors as read_transcript(), and InvalidArgument if the transcript is invalid.
        """
        if not isinstance(transcript, Transcript):
            transcript = read_transcript(content(transcript), rep_names=rep_names)
        return _core.session_attach_transcript(self._opened, id, transcript)

    def run(
        self,
        id: str,
        *,
        until: Stage = Stage.SPEAK,
        votes: int = 1,
        budget: Budget = Budget(),
        prices: Iterable[Price] | None = None,
        parallel: int = 8,
        allow_partial: bool = False,
        progress: _Progress | None = None,
        cancel: Cancel | None = None,
    ) -> Session:
        """Runs the remaining stages, up to and including the stage `until`; speaking requires a voice.

        Every reply of a service is stored when it arrives, so after a crash at any moment the next run()
        requests only the replies that had not arrived. If a stage fails, the session's status becomes
        `failed` and the error is raised. A cancelled run leaves the session ready to be resumed.

        allow_partial: whether to go on if the model has not answered all items that it was asked about;
            otherwise the stage `assess` fails, and the next run() asks only for what is missing.

        Raises Conflict while another worker holds the session or if this worker loses it, InvalidArgument
        if nothing is attached, and InvalidInput or InvalidArgument if an option is invalid.
        """
        options = run_options(until, votes, budget, prices, parallel, allow_partial)
        return _core.session_run(self._opened, id, options, progress, token(cancel))

    def run_pending(
        self,
        limit: int = 0,
        *,
        until: Stage = Stage.SPEAK,
        votes: int = 1,
        budget: Budget = Budget(),
        prices: Iterable[Price] | None = None,
        parallel: int = 8,
        allow_partial: bool = False,
        progress: _Progress | None = None,
        cancel: Cancel | None = None,
    ) -> tuple[Session, ...]:
        """Runs waiting sessions one at a time and returns those that were run, including those that failed.

        Sessions that have waited longest are run first. Several workers may run sessions of the same
        store at a time.

        limit: the maximum number of sessions to run; 0 means all. allow_partial: as for run().

        Raises InvalidInput or InvalidArgument if an option is invalid, Cancelled if the call is cancelled,
        and IoError, NetworkError and so on if the store fails. The failure of a session is not raised, see
        Session.failure.
        """
        options = run_options(until, votes, budget, prices, parallel, allow_partial)
        return _core.session_run_pending(self._opened, limit, options, progress, token(cancel))

    def retry(self, id: str) -> Session:
        """Makes a failed session ready for run() and run_pending(). Raises InvalidArgument for any other one."""
        return _core.session_retry(self._opened, id)

    def approve(self, id: str) -> Session:
        """Approves a session in pending_review, so that it can continue.

        Raises InvalidArgument if the session has any other status.
        """
        return _core.session_approve(self._opened, id)

    def override_answer(self, id: str, item_id: str, answer: Answer, reason: str) -> Session:
        """Replaces the assessor's answer with a person's answer.

        The assessor's answer is kept in Response.ai_answer, and Correction.by is set to the actor. Makes a
        new version of the score; coaching becomes stale.

        Raises InvalidArgument if the reason is empty, if the checklist has no such item, or if `answer` is
        UNANSWERED, and Conflict while there are no current answers.
        """
        return _core.session_override(self._opened, id, item_id, answer, reason)

    def rename_speaker(self, id: str, speaker: str, name: str) -> Session:
        """Gives a speaker of the current transcript another name, which no other speaker has.

        This and the four methods after it make a new version of the transcript, in which utterances keep
        their number, counted from 0, and their order. Answers that rest on utterances whose words or side
        changed are judged again by the next run(), and so are unanswered items and items that the offline
        assessor finds proved there now; all other answers stay. If none is in question, as after a new name,
        the score gets a new version. Speakers are named exactly as in the transcript, the unnamed one "".

        Raises InvalidArgument if there is no such speaker or utterance, or if the name is empty, longer than
        200 bytes or taken, and Conflict if there is no current transcript.
        """
        return _core.session_rename_speaker(self._opened, id, speaker, name)

    def merge_speakers(self, id: str, speakers: Iterable[str], into: str) -> Session:
        """Gives the words of `speakers` to `into`, another speaker, whose role they take: see rename_speaker()."""
        return _core.session_merge_speakers(self._opened, id, speakers, into)

    def split_speaker(self, id: str, utterances: Iterable[int], name: str) -> Session:
        """Gives utterances to `name`: a speaker, whose role they take, or a new one of unknown role."""
        return _core.session_split_speaker(self._opened, id, utterances, name)

    def correct_utterance(self, id: str, utterance: int, text: str) -> Session:
        """Replaces the words of one utterance by at most 100,000 bytes. They are not suspect any more."""
        return _core.session_correct_utterance(self._opened, id, utterance, text)

    def set_role(self, id: str, speaker: str, role: Role) -> Session:
        """Sets the role of all words of a speaker. See rename_speaker()."""
        return _core.session_set_role(self._opened, id, speaker, role)

    def rescore(
        self,
        id: str,
        *,
        policy: Policy | None = None,
        checklist: Checklist | None = None,
        cues: Cues | None = None,
    ) -> Session:
        """Makes a new version of the score under another policy or for another checklist.

        policy, checklist: exactly one of the two must be given. Answers to items that both checklists
            have are carried over, and the remaining items are unanswered. If the new checklist has new or
            changed items, the answers become stale, and run() assesses the call again.
        cues: the cues for the new checklist. If omitted, the session keeps its cues if the new checklist
            has the same id.

        Raises InvalidArgument if the policy, the checklist or the cues are invalid, and Conflict while
        there are no current answers.
        """
        if policy is not None and checklist is None:
            return _core.session_rescore(self._opened, id, policy)
        if checklist is not None and policy is None:
            return _core.session_rescore_for(self._opened, id, checklist, cues)
        raise InvalidArgument("expected either a policy or a checklist", "policy")

    def coach(
        self,
        id: str,
        *,
        until: Stage = Stage.SPEAK,
        votes: int = 1,
        budget: Budget = Budget(),
        prices: Iterable[Price] | None = None,
        parallel: int = 8,
        progress: _Progress | None = None,
        cancel: Cancel | None = None,
    ) -> Session:
        """Replaces the coaching with new coaching for the current score, then runs the later stages.

        The coaching is written by the model, or composed offline if there is no model. The later stages
        are run up to and including the stage `until`.

        Raises Conflict if there is no current score, and otherwise the same errors as run().
        """
        options = run_options(until, votes, budget, prices, parallel)
        return _core.session_coach(self._opened, id, options, progress, token(cancel))

    def result(self, id: str) -> SessionResult:
        """Returns what is currently known about a session."""
        return _core.session_result(self._opened, id)

    def report(self, id: str) -> Report:
        """Builds a report from the current results.

        Coaching that is stale or missing is composed offline, and a notice says so.

        Raises Conflict while the answers or the score are not current.
        """
        return _core.session_report(self._opened, id)

    def report_pdf(
        self,
        id: str,
        *,
        include_transcript: bool = False,
        font_file: str | os.PathLike[str] | None = None,
        bold_font_file: str | os.PathLike[str] | None = None,
    ) -> bytes:
        """Renders the report as PDF, which is kept in the blob store until the report changes.

        The arguments are those of render_pdf(). Raises the same errors as report() and render_pdf().
        """
        fonts = path(font_file), path(bold_font_file)
        return _core.session_report_pdf(self._opened, id, include_transcript, *fonts, log())

    def coaching_audio(self, id: str) -> bytes:
        """Returns the spoken coaching. Raises NotFound if there is none or if it is stale."""
        return _core.session_coaching_audio(self._opened, id)

    def history(self, id: str) -> tuple[ScoreVersion, ...]:
        """Returns every version of the score, oldest first."""
        return _core.session_history(self._opened, id)

    def audit(self, id: str) -> tuple[AuditEntry, ...]:
        """Returns the audit log, oldest entry first. The log remains after the session is erased."""
        return _core.session_audit(self._opened, id)

    def verify_audit(self, id: str) -> AuditReport:
        """Checks that the audit log is complete and that the stored data is what the log says was written."""
        return _core.session_verify_audit(self._opened, id)

    def erase(self, id: str) -> None:
        """Erases a session and all of its data except the audit log, even while a worker is running it.

        May be called again after a failure.
        """
        _core.session_erase(self._opened, id)

    def erase_created_before(self, created_before_ms: int) -> int:
        """Erases the sessions created before that time and returns their number.

        created_before_ms: milliseconds since 1970-01-01 UTC.
        """
        return _core.session_retention(self._opened, created_before_ms)
