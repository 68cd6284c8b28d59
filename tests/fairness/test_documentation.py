from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest

from toolkit.fairness.counts import table_from
from toolkit.fairness.panel import attribute_impact
from toolkit.fairness.result import AttributeImpact, GroupImpact, StratifiedComparison
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.fairness.verdict import Phrase, counted, p_in_words, ratio_in_words

PAGE = (Path(__file__).parents[2] / "docs" / "methods" / "adverse-impact.md").read_text(
    encoding="utf-8"
)


def test_the_example_that_the_page_opens_with() -> None:
    table = table_from("group", {"minority": (2, 10), "majority": (15, 25)})
    group = attribute_impact(table).group("minority")
    low, high = group.impact_ratio_low, group.impact_ratio_high
    assert None not in (low, high, group.fisher_p, group.mid_p, group.shortfall)
    for row in (
        f"| impact ratio | {group.impact_ratio:.2f} ({low:.2f} to {high:.2f}) |",
        f"| Fisher's exact p | {group.fisher_p:.3f} |",
        f"| mid-P | {group.mid_p:.3f} |",
        f"| Z | −{-(group.z or 0):.2f} (p {group.z_p:.3f}) |",
        f"| shortfall | {group.shortfall:.1f} people |",
        f"| one-person swap | {group.one_person_swap:.2f} |",
        f"| smallest detectable ratio | {group.smallest_detectable_ratio:.2f} |",
        f"| verdict | {group.verdict} |",
    ):
        assert row in PAGE


@pytest.mark.parametrize("kind", [GroupImpact, StratifiedComparison, Rules, AttributeImpact])
def test_every_figure_is_defined(kind: type) -> None:
    plain = {"group", "groups", "attributes", "referent"}
    missing = {f.name for f in fields(kind) if f"`{f.name}`" not in PAGE} - plain
    assert missing == set()


def test_every_verdict_is_explained() -> None:
    explained = [phrase for phrase in get_args(Phrase) if f"| {phrase} |" in PAGE]
    assert set(get_args(Phrase)) - set(explained) == {"referent"}


def test_the_thresholds_are_the_defaults() -> None:
    for name, value in DEFAULT_RULES.to_dict().items():
        assert f"| `{name}` | {value:.2f} |" in PAGE or f"| `{name}` | {value} |" in PAGE


def test_words_for_numbers() -> None:
    assert counted(2, 10) == "2 of 10 (20 %)"
    assert ratio_in_words(1 / 3) == "0.33"
    assert p_in_words(0.05991, 0.05) == "0.060"
