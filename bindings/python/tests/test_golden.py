"""Reports are the same bytes from Python as from C++ and C."""

import json
from typing import Any

import pytest
import saleschecklist as sc
from conftest import ROOT

GOLDEN = ROOT / "tests" / "golden"


def cases() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads((GOLDEN / "cases.json").read_text(encoding="utf-8"))
    return listed


def test_there_are_golden_reports() -> None:
    assert len(cases()) > 0
    names = {case["name"] for case in cases()}
    assert names == {
        file.name.removesuffix(".report.json") for file in GOLDEN.glob("*.report.json")
    }


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_a_golden_report_is_written_byte_by_byte(case: dict[str, Any]) -> None:
    expected = (GOLDEN / f"{case['name']}.report.json").read_bytes()
    checklist = sc.find_checklist(case["checklist"])
    report = sc.analyze(
        ROOT / case["call"],
        checklist,
        rep_names=case["rep_names"],
        policy=sc.Policy.from_dict(case["policy"] or {}),
        deal=sc.DealInfo.from_dict(case["deal"]),
    )
    assert report.to_json().encode() == expected
    assert sc.Report.from_json(expected, checklist) == report
