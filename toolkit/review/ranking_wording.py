"""What a ranking says, and how sure it is, in sentences."""

from __future__ import annotations

import numpy as np

from toolkit.review.ranking import Ranking
from toolkit.sentence import Sentence, in_a_row, say, say_count

#: Below this and above its opposite, a place is all but certain.
OPEN = 0.05


def headline(found: Ranking) -> Sentence:
    """The first sentence: who is taken, and for how many it is open."""
    taken = int(found.taken.sum())
    told: dict[str, object] = {"n": taken, "places": _places(found.places)}
    if taken > found.places:
        first = say_count(
            "By the total of their ratings {n} candidate is taken for {places}, since those level "
            "at the last place are taken together.",
            "By the total of their ratings {n} candidates are taken for {places}, since those "
            "level at the last place are taken together.",
            taken,
            **told,
        )
    else:
        first = say_count(
            "By the total of their ratings {n} candidate is taken for {places}.",
            "By the total of their ratings {n} candidates are taken for {places}.",
            taken,
            **told,
        )
    if found.why_not is not None:
        return in_a_row([first, say("How sure that is cannot be said."), found.why_not])
    open_now = int(((found.in_top > OPEN) & (found.in_top < 1 - OPEN)).sum())
    if open_now == 0:
        same = say("Other reviewers would have come to the same, as far as these ratings tell.")
        return in_a_row([first, same])
    more = say_count(
        "For {n} candidate a place is open: other reviewers of the same kind might have decided "
        "differently.",
        "For {n} candidates a place is open: other reviewers of the same kind might have decided "
        "differently.",
        open_now,
        n=open_now,
    )
    return in_a_row([first, more])


def beside_the_screen(found: Ranking, selected: dict[str, bool]) -> Sentence:
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
    said = say(
        "Taken by review and screen alike: {both}; by the review alone: {review}; by the screen "
        "alone: {screen}.",
        both=by_both,
        review=only_review,
        screen=only_screen,
    )
    if not sure:
        return said
    hardly = say_count(
        "Of those whom the screen takes, {n} whom the review would hardly ever take.",
        "Of those whom the screen takes, {n} whom the review would hardly ever take.",
        sure,
        n=sure,
    )
    return in_a_row([said, hardly])


def _places(places: int) -> Sentence:
    return say_count("{n} place", "{n} places", places, n=places)
