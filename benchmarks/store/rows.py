#!/usr/bin/env python3
"""The same sessions as rows of SQLAlchemy's ORM, one per answer. Usage: rows.py FILE FOLDER N; prints ms per session."""

import json
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

from sqlalchemy import JSON, Boolean, DateTime, Float, ForeignKey, Integer, String, Text, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm import Session as Work


def now():
    return datetime.now(timezone.utc)


class Base(DeclarativeBase):
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    created_at: Mapped[datetime] = mapped_column(DateTime, default=now)
    updated_at: Mapped[datetime] = mapped_column(DateTime, default=now, onupdate=now)


class Session(Base):
    __tablename__ = "sessions"
    user_id: Mapped[str] = mapped_column(String, index=True)
    customer_name: Mapped[str] = mapped_column(String)
    status: Mapped[str] = mapped_column(String)


class Transcript(Base):
    __tablename__ = "transcripts"
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String)


class SessionResponse(Base):
    __tablename__ = "session_responses"
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    item_id: Mapped[str] = mapped_column(String)
    is_validated: Mapped[bool] = mapped_column(Boolean)
    confidence: Mapped[float] = mapped_column(Float)
    evidence_text: Mapped[str] = mapped_column(Text)
    ai_reasoning: Mapped[str] = mapped_column(Text)
    manual_override: Mapped[bool] = mapped_column(Boolean, default=False)


class ScoringResult(Base):
    __tablename__ = "scoring_results"
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    total_score: Mapped[int] = mapped_column(Integer)
    risk_band: Mapped[str] = mapped_column(String)
    category_scores: Mapped[list] = mapped_column(JSON)
    top_strengths: Mapped[list] = mapped_column(JSON)
    top_gaps: Mapped[list] = mapped_column(JSON)


class CoachingFeedback(Base):
    __tablename__ = "coaching_feedback"
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    feedback_text: Mapped[str] = mapped_column(Text)
    strengths: Mapped[list] = mapped_column(JSON)
    improvement_areas: Mapped[list] = mapped_column(JSON)
    action_items: Mapped[list] = mapped_column(JSON)


def responses(assessment, session):
    for r in assessment["responses"]:
        yield SessionResponse(session_id=session.id, item_id=r["item_id"], is_validated=r["answer"] == "yes",
                              confidence=r["confidence"], ai_reasoning=r["reasoning"],
                              evidence_text="\n".join(e["quote"] for e in r["evidence"]))


def write(work, bodies):
    """Four commits, as the store makes."""
    session = Session(user_id="ann", customer_name="Globex", status="analyzing")
    work.add(session)
    work.flush()
    work.add(Transcript(session_id=session.id, text=json.dumps(bodies["transcript"]), language="en"))
    work.commit()
    work.add_all(responses(bodies["assessment"], session))
    session.status = "scoring"
    work.commit()
    score = bodies["score"]
    work.add(ScoringResult(session_id=session.id, total_score=score["total_score"], risk_band=score["risk_band"],
                           category_scores=score["category_breakdown"], top_strengths=score["strengths"],
                           top_gaps=score["gaps"]))
    session.status = "coaching"
    work.commit()
    work.add(CoachingFeedback(session_id=session.id, **{
        name: bodies["coaching"][name] for name in ("feedback_text", "strengths", "improvement_areas", "action_items")}))
    session.status = "completed"
    work.commit()


def main():
    file, folder, sessions = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    bodies = {kind: json.loads((folder / f"{kind}.json").read_text())[kind]
              for kind in ("transcript", "assessment", "score", "coaching")}
    engine = create_engine(f"sqlite:///{file}")

    @event.listens_for(engine, "connect")
    def durable(connection, _):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")

    Base.metadata.create_all(engine)
    begin = time.perf_counter()
    with Work(engine) as work:
        for _ in range(sessions):
            write(work, bodies)
    print((time.perf_counter() - begin) * 1000 / sessions)


if __name__ == "__main__":
    main()
