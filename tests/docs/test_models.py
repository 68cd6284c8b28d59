"""The model cards say what the committed models say of themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit.inflation.additive_model import shipped_model, shipped_text
from toolkit.inflation.score_relation import score_relations
from toolkit.inflation.training.__main__ import picture_of

ROOT = Path(__file__).parents[2]
CARDS = ROOT / "docs" / "models"
CARD_OF = {
    "bought_followers": "bought-followers.md",
    "automated": "automated.md",
    "growth_spike": "growth-spike.md",
    "growth_spike_stars": "growth-spike.md",
    "growth_spike_placed": "growth-spike.md",
    "growth_spike_beside": "growth-spike.md",
    "repositories": "repositories.md",
}


def text_of(card: str) -> str:
    return (CARDS / card).read_text(encoding="utf-8").replace("−", "-")


def test_every_model_has_a_card() -> None:
    files = {path.stem for path in (ROOT / "toolkit" / "inflation" / "models").glob("*.json")}
    assert files == {*CARD_OF, "score_above_audience"}
    listed = text_of("README.md")
    assert [name for name in files if f"`{name}.json`" not in listed] == []


@pytest.mark.parametrize("name", CARD_OF)
def test_the_figures_of_a_card_are_those_of_the_model(name: str) -> None:
    about = json.loads(shipped_text(name))
    card = text_of(CARD_OF[name])
    for held_out in about["performance"].values():
        row = (
            f"{held_out['auc']} ({held_out['auc_low']} to {held_out['auc_high']}) | "
            f"{held_out['average_precision']} ({held_out['average_precision_low']} to "
            f"{held_out['average_precision_high']}) | {held_out['calibration_error']} | "
            f"{held_out['found_at_operating_point']} | "
            f"{held_out['falsely_flagged_at_operating_point']} |"
        )
        assert row in card
    for transferred in about.get("transfer_auc", {}).values():
        assert f"| {transferred} |" in card
    dated = about.get("auc_if_a_feature_dated_the_spike", {})
    without = about.get("without_the_place", {})
    for measured in (dated, *without.values()):
        assert [figure for figure in measured.values() if f"| {figure} |" not in card] == []
    for rate, flags in about.get("flags_with_those_farther_back_by_shape", {}).items():
        cells = " | ".join(map(str, flags.values()))
        assert f"| {rate.replace('%', ' %')} | {cells} |" in card
    for by_share in about.get("auc_by_suspected_share", {}).values():
        assert f"| {' | '.join(map(str, by_share.values()))} |" in card


@pytest.mark.parametrize("score", ["klout", "kred_influence"])
def test_the_coefficients_of_the_card_are_those_of_the_relation(score: str) -> None:
    card = text_of("score-above-audience.md")
    relations = score_relations()[score].relations
    for relation in (relations[0], relations[-1]):
        by_fact = dict(zip(relation.facts, relation.coefficients[1:], strict=True))
        cells = [f"{relation.coefficients[0]:.2f}"]
        cells += [
            f"{by_fact[fact]:.2f}" if fact in by_fact else ""
            for fact in ("followers", "following", "posts", "listed")
        ]
        cells += [f"{relation.spread:.2f}", f"{relation.r_squared:.3f}"]
        assert " | ".join(cells).replace("|  |", "| |").replace("|  |", "| |") in card


def test_the_errors_of_the_follower_sample_are_those_of_the_card() -> None:
    about = shipped_model("bought_followers").about["follower_samples"]
    card = text_of("bought-followers.md")
    coverage = about["coverage_of_the_95_percent_interval"].values()
    for pattern, covered in zip(about["patterns"], coverage, strict=True):
        row = (
            f"| {pattern['threshold']} | {pattern['sensitivity']} (± {pattern['sensitivity_sd']}) "
            f"| {pattern['specificity']} (± {pattern['specificity_sd']}) "
            f"| {covered['InstaFake']['least']} | {covered['Kaggle']['least']} "
            f"| {covered['both']['least']} |"
        )
        assert row in card
        assert min(c["least"] for c in covered.values()) >= 0.93
    assert f"distance of {about['unlike_from']} on" in card


@pytest.mark.parametrize("name", CARD_OF)
def test_the_picture_of_a_card_is_drawn_from_its_model(name: str) -> None:
    drawn = picture_of(shipped_text(name))
    assert drawn == (CARDS / f"{name}.svg").read_text(encoding="utf-8")
    assert f"({name}.svg)" in text_of(CARD_OF[name])
