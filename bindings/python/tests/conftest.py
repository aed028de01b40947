"""Inputs that many tests share. The package under test is the installed one."""

from pathlib import Path

import pytest
import saleschecklist as sc
from hypothesis import settings

settings.register_profile("repeatable", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("repeatable")

ROOT = Path(__file__).resolve().parents[3]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Golden texts of the examples."""
    parser.addoption("--update-golden", action="store_true", help="write the examples' output anew")


@pytest.fixture(scope="session")
def root() -> Path:
    """The source tree."""
    return ROOT


@pytest.fixture(scope="session")
def calls() -> Path:
    """The folder of sample calls."""
    return ROOT / "examples" / "calls"


@pytest.fixture(scope="session")
def call(calls: Path) -> sc.Transcript:
    """A call by a good seller."""
    return sc.read_transcript(calls / "freight-tracking.vtt")


@pytest.fixture(scope="session")
def report(call: sc.Transcript) -> sc.Report:
    """That call, analyzed by the standard checklist."""
    return sc.analyze(call, deal=sc.DealInfo(customer="Acme", opportunity="Tracking", stage="Demo"))
