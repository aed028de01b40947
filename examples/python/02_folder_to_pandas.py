"""Scores every call in a folder: a table, a CSV file and a chart."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import matplotlib
import pandas
import saleschecklist

matplotlib.use("Agg")
from matplotlib import pyplot  # after the backend is chosen
from matplotlib.patches import Patch

CALLS = {".vtt", ".srt", ".txt"}


COLUMNS = ["call", "score", "band", "proven", "items", "rep_talk_percent", "minutes"]


def analyze(file: Path, reps: list[str], policy: saleschecklist.Policy) -> saleschecklist.Report:
    """The report of one call, with those of the reps as sellers who speak in it."""
    call = saleschecklist.read_transcript(file)
    names = {name for u in call.utterances for name in [u.speaker, u.speaker.split(" ")[0]]}
    present = [rep for rep in reps if rep in names]
    if present:
        call = saleschecklist.read_transcript(file, rep_names=present)
    return saleschecklist.analyze(call, policy=policy)


def row(
    name: str, score: saleschecklist.Score, metrics: saleschecklist.Metrics
) -> list[object]:
    """What the table says about a call, column by column."""
    return [
        name,
        score.total_score,
        str(score.risk_band),
        score.summary.validated_items,
        score.summary.total_items - score.summary.not_applicable_items,
        None if metrics.rep_talk_share is None else round(100 * metrics.rep_talk_share),
        round(metrics.duration_ms / 60_000),
    ]


def score_folder(
    folder: Path, reps: list[str], policy: saleschecklist.Policy
) -> tuple[pandas.DataFrame, int]:
    """The table, best call first, and how many files could not be read. Calls without a score are left out."""
    rows, failures = [], 0
    for file in sorted(file for file in folder.iterdir() if file.suffix in CALLS):
        try:
            report = analyze(file, reps, policy)
            if report.score:
                rows.append(row(file.name, report.score, report.metrics))
            else:
                print(f"no score for {file.name}: {report.assessment.reason}", file=sys.stderr)
        except (saleschecklist.Error, OSError) as fault:
            print(f"skipped {file.name}: {fault}", file=sys.stderr)
            failures += 1
    table = pandas.DataFrame(rows, columns=COLUMNS)
    table["rep_talk_percent"] = table["rep_talk_percent"].astype("Int64")
    return table.sort_values(["score", "call"], ascending=[False, True]), failures


def draw(table: pandas.DataFrame, policy: saleschecklist.Policy, file: Path) -> None:
    """Bars in the colours of their bands, best call on top."""
    bands = {"green": policy.green, "yellow": policy.yellow, "red": policy.red}
    figure, axes = pyplot.subplots(figsize=(9, 1.6 + 0.3 * len(table)), layout="constrained")
    bars = axes.barh(
        table["call"], table["score"], color=[bands[band].color for band in table["band"]]
    )
    axes.bar_label(bars, padding=3, bbox={"color": "white", "pad": 0.5})
    axes.margins(y=0.02)
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel("score (0 to 100)")
    axes.set_title("How healthy is each deal?")
    axes.spines[["top", "right"]].set_visible(False)
    for band in (policy.yellow, policy.green):
        axes.axvline(band.threshold, color=band.color, linestyle=":", zorder=0)
    legend = [
        Patch(color=band.color, label=f"{band.label}, from {band.threshold:g}")
        for band in bands.values()
    ]
    axes.legend(handles=legend, loc="lower right")
    figure.savefig(file, dpi=120)


def main() -> int:
    """Returns 1 when a file had to be skipped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folder", type=Path, help="where the calls are: " + ", ".join(sorted(CALLS))
    )
    parser.add_argument("--rep", action="append", default=[], help="a seller; repeatable")
    parser.add_argument("--green", type=float, default=80, help="from which score; %(default)s")
    parser.add_argument("--yellow", type=float, default=60, help="from which score; %(default)s")
    parser.add_argument("--csv", type=Path, default=Path("scores.csv"), help="%(default)s")
    parser.add_argument("--chart", type=Path, default=Path("scores.png"), help="%(default)s")
    options = parser.parse_args()
    usual = saleschecklist.Policy()
    policy = replace(
        usual,
        green=replace(usual.green, threshold=options.green),
        yellow=replace(usual.yellow, threshold=options.yellow),
    )
    table, failures = score_folder(options.folder, options.rep, policy)
    print(table.to_string(index=False))
    table.to_csv(options.csv, index=False)
    draw(table, policy, options.chart)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
