"""Browser, command line and Python give the same figures, to the last digit."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.running import json_of
from tests.fairness.published import berkeley, ricci
from tests.ui.opened import at_work, checked, opened
from toolkit.cli.group_question import GroupAnswer
from toolkit.cli.output import json_text
from toolkit.fairness.before_after import BeforeAfter
from toolkit.fairness.bootstrap import RESAMPLES
from toolkit.fairness.impact import impact_of_counts
from toolkit.influence.group_comparison import AS_IT_IS
from toolkit.intake.read import read_cohort
from toolkit.screening.screen import Screen
from toolkit.ui.components.group_source import COUNTS
from toolkit.ui.pages import groups as page
from toolkit.ui.state import Workspace

ROOT = Path(__file__).parents[2]


def as_json(value: object) -> object:
    return json.loads(json_text(value))


def kept(work: Workspace, kind: type) -> object:
    return next(value for value in work.kept.values() if isinstance(value, kind))


@pytest.mark.parametrize("sample", ["agency-2011", "engineer-2026"])
def test_the_samples(sample: str) -> None:
    folder = ROOT / "sample_data" / sample
    work = at_work(read_cohort(folder), Screen.read(folder / "screen.toml"))
    test = opened(page.page, work)
    shown = kept(test.session_state["workspace"], BeforeAfter)
    assert isinstance(shown, BeforeAfter)
    told = json_of(
        *("impact", folder, "--screen", folder / "screen.toml", "--resamples", RESAMPLES),
        *("--group", "sex", "--group", "ethnicity"),
    )
    assert as_json(shown.to_dict()) == {key: told[key] for key in ("decisions", "comparison")}
    first = shown.impacts[AS_IT_IS].to_dict()
    assert as_json(first) == {key: told[key] for key in first}


@pytest.mark.parametrize("name", ["Ricci", "Berkeley"])
def test_published_tables_as_counts(name: str, tmp_path: Path) -> None:
    if name == "Ricci":
        people = ricci().rename(columns={"Race": "race", "Position": "position"})
        counts = people.groupby(["race", "position"])["Class"].agg(["sum", "count"]).reset_index()
        counts.columns = pd.Index(["race", "position", "selected", "total"])
        groups = ["race", "position"]
    else:
        counts = berkeley().rename(columns={"Admitted": "selected"})
        groups = ["Gender", "Dept"]
    file = tmp_path / "counts.csv"
    counts.to_csv(file, index=False)
    asked = [word for group in groups for word in ("--group", group)]
    told = json_of(
        *("impact", file, *asked, "--selected", "selected", "--total", "total"),
        *("--resamples", RESAMPLES),
    )
    by_python = impact_of_counts(counts, attributes=groups, resamples=RESAMPLES).to_dict()
    assert as_json(by_python) == {key: told[key] for key in by_python}
    test = opened(page.page)
    source = next(one for one in test.button_group if one.label == "Look at")
    checked(source.set_value(COUNTS).run())
    test.text_area[0].set_value(file.read_text(encoding="utf-8"))
    checked(next(b for b in test.button if b.label == "Use the pasted counts").click().run())
    shown = kept(test.session_state["workspace"], GroupAnswer)
    assert isinstance(shown, GroupAnswer)
    assert as_json(shown.to_dict()) == told
