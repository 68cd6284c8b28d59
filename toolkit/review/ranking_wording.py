"""What a ranking says, and how sure it is, in sentences."""

from __future__ import annotations

import numpy as np

from toolkit.review.ranking import Ranking

#: Below this and above its opposite, a place is all but certain.
OPEN = 0.05


def headline(found: Ranking) -> str:
    """The first sentence: who is taken, and for how many it is open."""
    taken = int(found.taken.sum())
    extra = taken > found.places
    people = "candidate is" if taken == 1 else "candidates are"
    first = f"By the total of their ratings {taken:,} {people} taken for {_places(found.places)}"
    first += ", since those level at the last place are taken together." if extra else "."
    if found.why_not is not None:
        return f"{first} How sure that is cannot be said. {found.why_not}"
    open_now = int(((found.in_top > OPEN) & (found.in_top < 1 - OPEN)).sum())
    if open_now == 0:
        return f"{first} Other reviewers would have come to the same, as far as these ratings tell."
    many = "1 candidate" if open_now == 1 else f"{open_now:,} candidates"
    return (
        f"{first} For {many} a place is open: other reviewers of the same kind might have decided "
        "differently."
    )


def beside_the_screen(found: Ranking, selected: dict[str, bool]) -> str:
    """How far the review and a screen on scores take the same people.

    Parameters
    ----------
    found : Ranking
    selected : dict of str to bool
        Whether the screen takes each candidate whom both know.
    """
    both = [i for i, code in enumerate(found.candidates) if code in selected]
    taken = found.taken
    by_both = sum(bool(taken[i]) and selected[found.candidates[i]] for i in both)
    only_review = sum(bool(taken[i]) and not selected[found.candidates[i]] for i in both)
    only_screen = sum(not taken[i] and selected[found.candidates[i]] for i in both)
    sure = sum(
        selected[found.candidates[i]] and float(found.in_top[i]) < OPEN
        for i in both
        if not np.isnan(found.in_top[i])
    )
    said = (
        f"Taken by review and screen alike: {by_both:,}; by the review alone: {only_review:,}; "
        f"by the screen alone: {only_screen:,}."
    )
    if sure:
        whom = "1 whom" if sure == 1 else f"{sure:,} whom"
        said += f" Of those whom the screen takes, {whom} the review would hardly ever take."
    return said


def _places(places: int) -> str:
    return "1 place" if places == 1 else f"{places:,} places"
