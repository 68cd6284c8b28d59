"""The page on the catalogue tells what the catalogue holds, and how to add to it."""

import re
import tomllib
from pathlib import Path

from toolkit.scores import entries
from toolkit.scores.catalogue import load_catalogue

PAGE = (Path(__file__).parents[2] / "docs" / "methods" / "scores.md").read_text(encoding="utf-8")
CATALOGUE = load_catalogue()


def test_every_score_stands_in_the_table_with_its_scale():
    rows = dict(re.findall(r"^\| .+? \| `(\w+)` \| (\w+ \| [^|]+) \|", PAGE, flags=re.MULTILINE))

    assert rows == {score.key: f"{score.kind} | {score.scale}" for score in CATALOGUE.values()}


def test_every_key_of_an_entry_is_explained():
    explained = PAGE.partition("| Key | Meaning |")[2].partition("\n\n")[0]
    named = re.findall(r"`(\w+)`", "\n".join(r.split("|")[1] for r in explained.splitlines()[2:]))

    assert sorted(named) == sorted(entries.SCORE_KEYS)
    for figure in entries.FIGURES:
        assert f"`{figure}`" in explained


def test_the_examples_are_accepted():
    examples = re.findall(r"```toml\n(.+?)```", PAGE, flags=re.DOTALL)

    extended = CATALOGUE
    for example in examples:
        assert tomllib.loads(example)
        extended = extended.extended(example, "the page")
    assert extended["agency_buzz"].scale == "0 to 10"
    assert extended["best_of_three"].scale == "1 to 100"
