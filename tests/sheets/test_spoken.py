from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.fairness.verdict import Phrase
from toolkit.inflation import wording
from toolkit.inflation.inflation import inflation
from toolkit.influence.effort import Effort
from toolkit.influence.effort_wording import effort_phrase
from toolkit.intake.read import read_cohort
from toolkit.sheets.spoken import spoken
from toolkit.sheets.texts import texts_of

SAMPLES = Path(__file__).parents[2] / "sample_data"
GERMAN, FRENCH, SPANISH = (texts_of("candidate", language) for language in ("de", "fr", "es"))
#: Facts of a profile are told in a list of their own; it stays as it is.
STAY = re.compile(r"sold as a follower|programme writes|next to nothing|stand out, with a shape")


def test_a_reason_is_told_in_the_language_of_the_document() -> None:
    reason = "On Twitter: " + wording.follow_back_ring(39_870.0, 41_200.0)
    assert spoken(reason, GERMAN).startswith("Auf Twitter: 39.870 Follower bei 41.200 Gefolgten")
    assert spoken(reason, FRENCH).startswith("Sur Twitter\u00a0: 39\u202f870 abonnés")
    assert spoken(reason, texts_of("candidate")) == reason


@pytest.mark.parametrize(
    ("amount", "low", "high", "said"),
    [
        (2312.0, 1402.0, 3980.0, "unos 2.300 seguidores más (1.400 a 4.000)"),
        (-610.0, None, -590.0, "unos 610 seguidores menos (590 o más)"),
        (-31850.0, None, -31790.0, "la pérdida de casi todos los seguidores"),
    ],
)
def test_an_effort_is_told_in_spanish(
    amount: float, low: float | None, high: float | None, said: str
) -> None:
    audience = 31_877.0 if amount < -30_000 else 1_100.0
    effort = Effort("klout", 5.0, "followers", amount, low, high, "own audience", audience, None)
    assert spoken(effort_phrase(effort), SPANISH) == said


def test_decimals_and_ends_keep_their_digits() -> None:
    said = wording.audited(46.5, 12.0)
    assert "46,5\u00a0%" in spoken(said, GERMAN)
    above = wording.above_work("Klout", 61.0, 48.2, 40.0, 55.5, 0.9999, 60)
    assert "über 99\u00a0%" in spoken(above, GERMAN)
    assert "40 bis 55,5, aus 60" in spoken(above, GERMAN)


def test_a_dismissal_is_told_with_the_words_of_the_person() -> None:
    said = wording.dismissed("The account of the whole newsroom.", "2026-11-22", "")
    assert spoken(said, GERMAN).endswith("zurückgewiesen: „The account of the whole newsroom.“")


def test_what_people_wrote_stays() -> None:
    for text in ("", "Knows the harbour.", "On leave: back in May", "{n}", "followers\nand more"):
        assert spoken(text, GERMAN) in (text, "Auf leave: back in May")


def test_every_title_need_and_change_has_a_form() -> None:
    known = [*wording.TITLES.values(), *wording.WOULD_CHANGE.values(), wording.VERIFIED]
    known += get_args(Phrase)
    assert [text for text in known if spoken(text, GERMAN) == text] == []


def test_the_reasons_of_the_samples_have_forms() -> None:
    judged = inflation(read_cohort(SAMPLES / "agency-2011"))
    english = set()
    for finding in judged.findings.values():
        told = [finding.explain(at) for at in range(30) if finding.probability[at] >= 0]
        said = [one for each in told for one in (*each.reasons, *each.against, *each.would_change)]
        for one in [finding.lacking, *said]:
            if spoken(one, FRENCH).removeprefix("Sur twitter\u00a0: ") in one and not STAY.search(
                one
            ):
                english.add(one)
    assert english == set()


@given(st.text(max_size=60))
def test_any_text_is_told_somehow(text: str) -> None:
    assert isinstance(spoken(text, SPANISH), str)
