from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from tests.cli.running import AGENCY, DATA, complaint_of, json_of, run
from toolkit.cli.worth import answer_of
from toolkit.influence.worth import worth
from toolkit.intake.from_frame import cohort_from_frame


def five(folder: Path) -> Path:
    """Ranks 1 2 3 4 5 against 2 1 4 3 5: Spearman .8, Kendall .6."""
    path = folder / "five.csv"
    path.write_text(
        "candidate_id,klout,task\na,10,20\nb,20,10\nc,30,40\nd,40,30\ne,50,50\n", encoding="utf-8"
    )
    return path


def test_five_candidates_that_can_be_done_by_hand(tmp_path: Path) -> None:
    found = json_of("worth", five(tmp_path))
    assert (found["screen"], found["candidates"], found["criteria"]) == (None, 5, ["task"])
    assert (found["base_rate"], found["selection_ratio"]) == (0.5, 0.2)
    task = found["scores"]["klout"]["criteria"]["task"]
    assert (task["n"], task["missing_score"], task["missing_criterion"]) == (5, 0, 0)
    assert task["spearman"] == pytest.approx(0.8)
    assert task["kendall"] == pytest.approx(0.6)
    assert task["pearson_low"] < 0 < task["pearson_high"]
    assert task["incremental"]["r2_gain"] is None
    assert "at least 20" in task["incremental"]["r2_gain_why"]
    assert found["scores"]["klout"]["explained_by_profile"]["share"] is None
    assert found["reference"]["methods"][0]["label"] == "Structured interview"


def test_in_words(tmp_path: Path) -> None:
    said = run("worth", five(tmp_path)).stdout
    assert "these data cannot tell it from none" in said
    assert "No counts of a public profile are known" in said
    assert "Oh, Le and Roth (2023)" in " ".join(said.split())


def test_the_sample_with_its_screen() -> None:
    found = json_of("worth", AGENCY, "--screen", AGENCY / "screen.toml")
    assert found["selection_ratio"] == 12 / 60
    assert set(found["scores"]) == {"klout", "kred_influence"}
    table = pd.read_csv(AGENCY / "candidates.csv").dropna(subset=["klout", "task"])
    task = found["scores"]["klout"]["criteria"]["task"]
    expected = stats.pearsonr(table["klout"], table["task"])
    assert task["pearson"] == pytest.approx(expected.statistic)
    assert task["pearson_high"] == pytest.approx(expected.confidence_interval().high)
    assert task["screen"]["in_screen"] is True
    assert task["screen"]["without_score"]["mean"] > task["screen"]["with_score"]["mean"]
    assert found["scores"]["klout"]["explained_by_profile"]["share"] > 0


def test_a_file_without_results_is_told() -> None:
    said = complaint_of("worth", DATA / "klout_gnip_2013.csv")
    assert "There is nothing to measure a score against" in said


def test_real_accounts_against_another_score() -> None:
    """The 97 accounts, with the number of posts taken for the result."""
    frame = pd.read_csv(DATA / "klout_gnip_2013.csv")
    found = worth(cohort_from_frame(frame[["klout_score", "statuses"]], outcomes=["statuses"]))
    answer = answer_of(found)
    (row,) = answer.rows.rows
    record = dict(zip(answer.rows.columns, row, strict=True))
    expected = stats.kendalltau(frame["klout_score"], frame["statuses"]).statistic
    assert record["kendall"] == pytest.approx(expected)


def test_csv_has_a_row_a_pair(tmp_path: Path) -> None:
    text = run("worth", AGENCY, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    pairs = {(row["score"], row["criterion"]) for row in rows}
    assert len(pairs) == len(rows) > 3
    assert all(np.isfinite(float(row["pearson_low"])) for row in rows)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--score", "kluot"], "Did you mean 'klout'?"),
        (["--outcome", "taks"], "Did you mean 'task'?"),
        (["--base-rate", "1.5"], "The base rate is 1.5"),
        (["--selection-ratio", "0"], "The selection ratio is 0"),
        (["--screen", "gone.toml"], "cannot be read"),
    ],
)
def test_what_cannot_be_measured_is_told(tmp_path: Path, arguments: list[str], said: str) -> None:
    assert said in complaint_of("worth", five(tmp_path), *arguments)
