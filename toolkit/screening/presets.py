"""Screens that people have really run, ready to be analysed.

Each preset is a practice described in the literature and the press on social scores. It is
a function of the signals at hand, so that it fits any cohort that has a score.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from toolkit.errors import ScreenError
from toolkit.screening.gate import Gate
from toolkit.screening.screen import Screen


@dataclass(frozen=True)
class Ingredients:
    """The signals that a preset is made of.

    Parameters
    ----------
    score : str
        The social score that the practice relies on.
    evidence : sequence of str
        Portfolio ratings and task results.
    places : int
        How many are taken forward, where the practice has a number of places.
    threshold : float
        The cut-off on the score, where the practice has one.
    second_score : str, optional
        Another score, for the sum of scores.
    experience : str, optional
        Years of experience, for the conjunctive gate.
    """

    score: str = "klout"
    evidence: Sequence[str] = ("portfolio", "task")
    places: int = 10
    threshold: float = 50
    second_score: str | None = None
    experience: str | None = None


_NEEDS = {
    "evidence": "a portfolio rating or task result",
    "experience": "a column of years of experience",
    "second_score": "a second score",
}


@dataclass(frozen=True)
class Preset:
    """A practice: its name, what happened, and the screen it amounts to."""

    key: str
    title: str
    story: str
    build: Callable[[Ingredients], Screen]
    needs: tuple[str, ...] = ()

    def screen(self, ingredients: Ingredients) -> Screen:
        """The practice as a screen on these signals.

        Raises
        ------
        ScreenError
            If the practice needs a signal that was not given.
        """
        for need in self.needs:
            if not getattr(ingredients, need):
                raise ScreenError(
                    f"The preset '{self.title}' needs {_NEEDS[need]}. "
                    "Choose another preset, or add one to the candidates."
                )
        return self.build(ingredients)


def _equal(evidence: Sequence[str], share: float = 1.0) -> dict[str, float]:
    return dict.fromkeys(evidence, round(share / len(evidence), 6)) if evidence else {}


def _sole(use: Ingredients) -> Screen:
    return Screen(name="Score alone", places=use.places, weights={use.score: 1.0})


def _club(use: Ingredients) -> Screen:
    gate = Gate(signal=use.score, at_least=use.threshold)
    return Screen(name=f"{use.score} {use.threshold:g} club", gates=(gate,))


def _cut_off(use: Ingredients) -> Screen:
    return Screen(
        name="Hard cut-off",
        places=use.places,
        weights=_equal(use.evidence),
        gates=(Gate(signal=use.score, at_least=use.threshold),),
    )


def _conjunctive(use: Ingredients) -> Screen:
    return Screen(
        name="Score and a year of experience",
        places=use.places,
        weights=_equal(use.evidence),
        gates=(
            Gate(signal=use.score, at_least=use.threshold),
            Gate(signal=use.experience or "", at_least=1),
        ),
    )


def _tie_breaker(use: Ingredients) -> Screen:
    return Screen(
        name="Score as tie-breaker",
        places=use.places,
        weights=_equal(use.evidence),
        tie_breakers=(use.score,),
    )


def _one_factor(use: Ingredients) -> Screen:
    return Screen(
        name="One factor among several",
        places=use.places,
        weights={**_equal(use.evidence, 0.7), use.score: 0.3},
    )


def _sum_of_scores(use: Ingredients) -> Screen:
    return Screen(
        name="Sum of scores",
        places=use.places,
        weights={use.score: 1.0, use.second_score or "": 1.0},
    )


def _bonus(use: Ingredients) -> Screen:
    return Screen(name="Bonus by score", share=0.2, weights={use.score: 1.0})


def _moved_threshold(use: Ingredients) -> Screen:
    return Screen(
        name="Cut-off moved ten points lower",
        places=use.places,
        weights=_equal(use.evidence),
        gates=(Gate(signal=use.score, at_least=use.threshold - 10),),
    )


def _evidence_only(use: Ingredients) -> Screen:
    return Screen(name="Evidence only", places=use.places, weights=_equal(use.evidence))


PRESETS: dict[str, Preset] = {
    preset.key: preset
    for preset in (
        Preset(
            "evidence-only",
            "Evidence only",
            "Portfolio and task results decide; no score is read.",
            _evidence_only,
            needs=("evidence",),
        ),
        Preset(
            "score-alone",
            "The score alone",
            "A conference admitted speakers, and a shop gave access, on the score alone.",
            _sole,
        ),
        Preset(
            "score-club",
            "A club above a threshold",
            "Everyone above the threshold is in: a club of people with a score of 50 to hire from.",
            _club,
        ),
        Preset(
            "hard-cut-off",
            "Hard cut-off",
            "Applicants below a threshold are rejected before anyone looks at their work.",
            _cut_off,
            needs=("evidence",),
        ),
        Preset(
            "score-and-experience",
            "Cut-off and a year of experience",
            "A threshold on the score together with at least one year of experience.",
            _conjunctive,
            needs=("evidence", "experience"),
        ),
        Preset(
            "tie-breaker",
            "Tie-breaker",
            "Two applicants are equally qualified; the one with the higher score is hired.",
            _tie_breaker,
            needs=("evidence",),
        ),
        Preset(
            "one-factor",
            "One factor among several",
            "The score is weighed in with the evidence: 'it is only one factor'.",
            _one_factor,
            needs=("evidence",),
        ),
        Preset(
            "sum-of-scores",
            "A sum of scores",
            "Several scores are added into one, which counts what they share twice.",
            _sum_of_scores,
            needs=("second_score",),
        ),
        Preset(
            "bonus",
            "Bonus or pay by score",
            "The fifth of the staff with the highest score receives the bonus.",
            _bonus,
        ),
        Preset(
            "moved-threshold",
            "Threshold moved after a rescaling",
            "The provider rescales its score, and the cut-off is set ten points lower.",
            _moved_threshold,
            needs=("evidence",),
        ),
    )
}
