"""Sessions through their stages, each of which is kept before the next one begins."""

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
    """Sessions of one tenant, changed in the name of one actor.

    For any number of calls at a time from any thread; any number of engines in any number of
    processes may work on one store. Every method raises NotFound for a session that the tenant does
    not have, Conflict when somebody else changed it at the same time or works on it, and IoError,
    NetworkError and the like as the store does.

    run(), run_pending() and coach() take
    votes, budget, prices: as Services.analyze() does; parallel: requests at a time;
    progress: a callable that is told stage, parts done and parts in all, from any thread;
    cancel: a Cancel that stops the call. Ctrl-C cancels a call of the main thread.
    What was done until then is kept. Not to be used across os.fork(): open another there.
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
        """Opens the store; it is made where it is not there.

        store: "sqlite:deals.db", "postgresql://user@host/database" or "memory:".
        blobs: where sound and pages are kept: "file:blobs", "s3://bucket/prefix?region=eu-west-1"
            or "memory:".
        services: who hears, judges and speaks; without, everything is offline.
        actor: who does it, for the audit log; empty: "unknown".
        environment: whether the keys of S3 are read from the environment.
        redact: what is taken out of transcripts before they are kept or sent on, as in
            schemas/redact-options.schema.json: {} for all, {"names": ["Dana"]} for names, too. A
            recording cannot be redacted: it is erased as soon as its transcript is kept.
        lease_ms: after so long a silent worker is taken for dead.
        log: a callable that takes level and line, from any thread; else the logger "saleschecklist".

        Raises InvalidInput with a JSON pointer for options that cannot be right, InvalidArgument for
        an address of another kind, and as the store does.
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
        """The same engine for another tenant or actor; what is not given stays. Cheap."""
        other = object.__new__(Engine)
        other._tenant = self._tenant if tenant is None else tenant
        other._actor = self._actor if actor is None else actor or "unknown"
        other._opened = _core.engine_as(self._opened, other._tenant, other._actor)
        return other

    @property
    def tenant(self) -> str:
        """Whose sessions these are."""
        return self._tenant

    @property
    def actor(self) -> str:
        """In whose name they are changed."""
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
        """A new session, in draft. checklist: the standard one unless given.

        cues: what is listened for where no model judges, as in assess_offline(); kept with the session.
        review: it is held in pending_review when it is judged, until somebody calls approve().
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
        """The session of that id."""
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
        """A page of sessions, newest first, of those that are all that is given.

        owner, customer: the whole name; a customer's is compared without case. band: of the current
        score. after: SessionPage.next of the page before. limit: 1 to 1,000.
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
        """All sessions that list() would give, page by page as they are asked for."""
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
        """Changes what is given."""
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
        """Gives the session a recording, in place of what it had; what followed is stale then.

        rep_names, channel_names, language: as for Services.transcribe(). Raises as that does for a
        file that is no recording.
        """
        return _core.session_attach_audio(
            self._opened, id, path(file), rep_names, channel_names, language
        )

    def attach_transcript(
        self, id: str, transcript: Transcript | Content, *, rep_names: Iterable[str] = ()
    ) -> Session:
        """Gives the session a transcript, in place of what it had; what followed is stale then.

        transcript: or what read_transcript() reads, with `rep_names`; those are without effect on a
        Transcript.
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
        """Does what is left to do, up to the stage `until`; speaking needs a voice.

        Every reply of a service is kept when it arrives, so that after a kill at any moment another
        run() asks only for what had not arrived. What fails leaves the session failed, and is
        raised. A cancelled run leaves it as it was, to be gone on with.

        Raises Conflict while another worker has the session, and InvalidArgument with nothing
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
        """Runs sessions that wait for it, the longest waiting first, one at a time.

        limit: how many at most; 0: as long as there are any. Others may do the same with the same
        store. Returns those that it worked on, failed ones among them; raises only as the store
        does, or Cancelled.
        """
        options = _run_options(until, votes, budget, prices, parallel)
        return _core.session_run_pending(self._opened, limit, options, progress, token(cancel))

    def retry(self, id: str) -> Session:
        """Puts a failed session back where run() and run_pending() go on with it."""
        return _core.session_retry(self._opened, id)

    def approve(self, id: str) -> Session:
        """A person has looked at a session in pending_review: it goes on."""
        return _core.session_approve(self._opened, id)

    def override_answer(self, id: str, item_id: str, answer: Answer, reason: str) -> Session:
        """A person's answer in place of the machine's, which is kept; `by` is the actor.

        Makes a new version of the score, and coaching stale. Raises InvalidArgument without a
        reason, or for an item or answer that there is not, and Conflict while there are no current
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
        """A new version of the score, by another policy or for another checklist: one of them.

        Answers of items that the checklist has, too, are carried over, its other items are
        unanswered. Answers given for another checklist are stale: run() asks anew.

        cues: what is listened for from now on, with a checklist; without, those of the session stay for
        a checklist of the same id.
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
        """Coaching for the current score, by the model if there is one; in place of what there is."""
        options = _run_options(until, votes, budget, prices, parallel)
        return _core.session_coach(self._opened, id, options, progress, token(cancel))

    def result(self, id: str) -> SessionResult:
        """What is known about a session now."""
        return _core.session_result(self._opened, id)

    def report(self, id: str) -> Report:
        """All that is current as a report.

        Coaching that is stale or not there is composed offline, which the notices say. Raises
        Conflict while answers or score are not current.
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
        """The report as PDF, see render_pdf(); kept among the blobs until the report changes."""
        fonts = path(font_file), path(bold_font_file)
        return _core.session_report_pdf(self._opened, id, include_transcript, *fonts, log())

    def coaching_audio(self, id: str) -> bytes:
        """The spoken coaching. Raises NotFound while there is none that is current."""
        return _core.session_coaching_audio(self._opened, id)

    def history(self, id: str) -> tuple[ScoreVersion, ...]:
        """Every version of the score, first to last."""
        return _core.session_history(self._opened, id)

    def audit(self, id: str) -> tuple[AuditEntry, ...]:
        """What happened, first to last; also of an erased session."""
        return _core.session_audit(self._opened, id)

    def verify_audit(self, id: str) -> AuditReport:
        """Whether the audit log is whole and what is kept is what the audit log says was written."""
        return _core.session_verify_audit(self._opened, id)

    def erase(self, id: str) -> None:
        """Removes all of a session, whoever works on it, but its audit log, which has no content.

        May be called again after a failure.
        """
        _core.session_erase(self._opened, id)

    def erase_created_before(self, created_before_ms: int) -> int:
        """Erases the sessions created before that time, ms since 1970 UTC. Returns how many."""
        return _core.session_retention(self._opened, created_before_ms)


def _run_options(
    until: Stage, votes: int, budget: Budget, prices: Iterable[Price] | None, parallel: int
) -> str:
    stages = {"until": until, "votes": votes, "parallel": parallel}
    return json_text(stages | limits(budget, prices))
