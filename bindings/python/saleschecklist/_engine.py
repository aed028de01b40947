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
from ._services import Budget, Cancel, Price, Services, limits, token
from ._sessions import (
    AuditEntry,
    AuditReport,
    ScoreVersion,
    Session,
    SessionPage,
    SessionResult,
)
from ._transcript import Transcript
from ._words import Answer, RiskBand, SessionStatus, Stage

_Progress = Callable[[str, int, int], object]


class Engine:
    """The sessions of one tenant, changed on behalf of one actor.

    May be used by any number of threads; any number of engines in any number of processes may use the
    same store. Every method raises NotFound if the tenant has no such session, Conflict if someone else
    changed it or is working on it, and IoError, NetworkError and so on as the store does.

    run(), run_pending() and coach() take
    votes, budget, prices: as Services.analyze(); parallel: the number of parallel requests;
    progress: a callable that takes stage, finished parts and all parts, called from any thread;
    cancel: a Cancel that stops the call. Ctrl-C cancels a call of the main thread.
    What was received before a cancellation is stored. Must not be used across os.fork(): open a new
    engine in the child.
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
        blobs: where recordings, audio and PDFs are stored: "file:blobs",
            "s3://bucket/prefix?region=eu-west-1" or "memory:".
        services: who transcribes, judges and speaks; None means that sessions are assessed offline.
        actor: who acts, for the audit log; empty means "unknown".
        environment: whether the keys of S3 are read from the environment.
        redact: what is redacted from transcripts before they are stored or sent, see
            schemas/redact-options.schema.json: {} for all kinds of data, {"names": ["Dana"]} for names as
            well. A recording cannot be redacted: it is erased as soon as its transcript is stored.
        lease_ms: a worker that is silent for longer is presumed dead.
        log: a callable that takes level and line, called from any thread; default: the logger
            "saleschecklist".

        Raises InvalidInput with a JSON pointer for invalid options, InvalidArgument for a URL of another
        kind, and as the store does.
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
        """The same engine for another tenant or actor. Arguments that are omitted do not change. Cheap."""
        other = object.__new__(Engine)
        other._tenant = self._tenant if tenant is None else tenant
        other._actor = self._actor if actor is None else actor or "unknown"
        other._opened = _core.engine_as(self._opened, other._tenant, other._actor)
        return other

    @property
    def tenant(self) -> str:
        """The tenant whose sessions these are."""
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
    ) -> Session:
        """Creates a session, in draft. checklist: defaults to the standard one.

        cues: what the offline assessor uses, as in assess_offline(); stored with the session.
        review: hold the session in pending_review once it is assessed, until approve() is called.
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
        )

    def find(self, id: str) -> Session:
        """The session with that id."""
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

        owner, customer: whole names; case is ignored for the customer. band: of the current score.
        after: SessionPage.next of the previous page. limit: 1 to 1,000.
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
    ) -> Session:
        """Changes the given fields."""
        return _core.session_update(
            self._opened,
            id,
            customer,
            opportunity,
            deal_stage,
            decision_influencer,
            owner,
            review,
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
        """Replaces the session's input with a recording. Results made from the previous input become stale.

        rep_names, channel_names, language: as for Services.transcribe(). Raises as that does for a file
        that is not a recording.
        """
        return _core.session_attach_audio(
            self._opened, id, path(file), rep_names, channel_names, language
        )

    def attach_transcript(
        self, id: str, transcript: Transcript | Content, *, rep_names: Iterable[str] = ()
    ) -> Session:
        """Replaces the session's input with a transcript. Results made from the previous input become stale.

        transcript: a Transcript, or an argument of read_transcript(); `rep_names` applies only to the
        latter.
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
        progress: _Progress | None = None,
        cancel: Cancel | None = None,
    ) -> Session:
        """Runs the stages that remain, up to the stage `until`; speaking needs a voice.

        Every reply of a service is stored when it arrives, so after a crash at any moment the next run()
        requests only what had not arrived. If a stage fails, the session's status becomes `failed` and the
        error is raised. A cancelled run leaves the session ready to be resumed.

        Raises Conflict while another worker holds the session, and InvalidArgument if nothing is
        attached.
        """
        options = _run_options(until, votes, budget, prices, parallel)
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
        progress: _Progress | None = None,
        cancel: Cancel | None = None,
    ) -> tuple[Session, ...]:
        """Runs waiting sessions one at a time, the longest waiting first.

        limit: the maximum; 0 means until none are left. Several workers may do this on the same store.
        Returns the sessions that were run, including those that failed. Raises only if the store fails,
        and Cancelled.
        """
        options = _run_options(until, votes, budget, prices, parallel)
        return _core.session_run_pending(self._opened, limit, options, progress, token(cancel))

    def retry(self, id: str) -> Session:
        """Makes a failed session ready to be resumed by run() and run_pending()."""
        return _core.session_retry(self._opened, id)

    def approve(self, id: str) -> Session:
        """Approves a session in pending_review, which may then continue."""
        return _core.session_approve(self._opened, id)

    def override_answer(self, id: str, item_id: str, answer: Answer, reason: str) -> Session:
        """Replaces the assessor's answer with a person's; the assessor's answer is kept. `by` is the actor.

        Makes a new version of the score; coaching becomes stale. Raises InvalidArgument if the reason is
        empty or if there is no such item or answer, and Conflict while there are no current
        answers.
        """
        return _core.session_override(self._opened, id, item_id, answer, reason)

    def rescore(
        self,
        id: str,
        *,
        policy: Policy | None = None,
        checklist: Checklist | None = None,
        cues: Cues | None = None,
    ) -> Session:
        """Makes a new version of the score under another policy or for another checklist, not both.

        Answers to items that both checklists have are carried over, and the remaining items are unanswered.
        Answers for another checklist are stale: run() assesses the call again.

        cues: the cues for the new checklist; if omitted, the session keeps its cues for a checklist of the
        same id.
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
        """Replaces the coaching with new coaching for the current score, by the model if there is one."""
        options = _run_options(until, votes, budget, prices, parallel)
        return _core.session_coach(self._opened, id, options, progress, token(cancel))

    def result(self, id: str) -> SessionResult:
        """What is currently known about a session."""
        return _core.session_result(self._opened, id)

    def report(self, id: str) -> Report:
        """Everything current, as a report.

        Coaching that is stale or missing is composed offline, and a notice says so. Raises Conflict while
        answers or score are not current.
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
        """The report as PDF, see render_pdf(). It is kept in the blob store until the report changes."""
        fonts = path(font_file), path(bold_font_file)
        return _core.session_report_pdf(self._opened, id, include_transcript, *fonts, log())

    def coaching_audio(self, id: str) -> bytes:
        """The spoken coaching. Raises NotFound if there is none or if it is stale."""
        return _core.session_coaching_audio(self._opened, id)

    def history(self, id: str) -> tuple[ScoreVersion, ...]:
        """Every version of the score, oldest first."""
        return _core.session_history(self._opened, id)

    def audit(self, id: str) -> tuple[AuditEntry, ...]:
        """The audit log, oldest entry first. It remains after the session is erased."""
        return _core.session_audit(self._opened, id)

    def verify_audit(self, id: str) -> AuditReport:
        """Checks that the audit log is complete and that what is stored is what the log says was written."""
        return _core.session_verify_audit(self._opened, id)

    def erase(self, id: str) -> None:
        """Removes everything of a session, even while a worker runs it, except its audit log.

        May be called again after a failure.
        """
        _core.session_erase(self._opened, id)

    def erase_created_before(self, created_before_ms: int) -> int:
        """Erases the sessions created before that time, in ms since 1970-01-01 UTC. Returns how many."""
        return _core.session_retention(self._opened, created_before_ms)


def _run_options(
    until: Stage, votes: int, budget: Budget, prices: Iterable[Price] | None, parallel: int
) -> str:
    stages = {"until": until, "votes": votes, "parallel": parallel}
    return json_text(stages | limits(budget, prices))
