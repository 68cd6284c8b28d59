"""A rescaling as people write it and read it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from toolkit.errors import InputError
from toolkit.scores.score import Rescaling

_NUMBER = r"\d+(?:\.\d+)?"
_SHIFT = re.compile(rf"[+-]{_NUMBER}")
_AFFINE = re.compile(rf"[x×*]({_NUMBER})([+-]{_NUMBER})?")
_POINT = re.compile(rf"([+-]?{_NUMBER}):([+-]?{_NUMBER})")


def rescaling_in_words(one: Rescaling) -> str:
    """What a rescaling does to every score.

    Examples
    --------
    >>> rescaling_in_words(Rescaling("2011-10", "shift", -10.0))
    '10 points lower'
    >>> rescaling_in_words(Rescaling("", "affine", 1.1, shift=-4.0))
    'times 1.1, then 4 points lower'
    >>> rescaling_in_words(Rescaling("", "piecewise", points=((1, 1), (50, 40))))
    '1 becomes 1, 50 becomes 40'
    """
    if one.kind == "piecewise":
        return ", ".join(f"{old:,.12g} becomes {new:,.12g}" for old, new in one.points)
    if one.amount is None:
        return "no figure"
    if one.kind == "shift":
        return _points(one.amount)
    factor = f"times {one.amount:g}"
    return f"{factor}, then {_points(one.shift)}" if one.shift else factor


def rescaling_from_text(text: str) -> Rescaling:
    """Read a supposed rescaling: ``-10``, ``x1.1``, ``x1.1-4`` or ``30:25,60:50,90:88``.

    Raises
    ------
    InputError
        If the text is none of these, or scores would change places by it.

    Examples
    --------
    >>> rescaling_from_text("x1.1-4").amount, rescaling_from_text("x1.1-4").shift
    (1.1, -4.0)
    >>> rescaling_from_text("50:40, 90:90").points
    ((50.0, 40.0), (90.0, 90.0))
    """
    plain = re.sub(r"[\s_]+", "", text).replace("−", "-").replace("→", ":")
    if _SHIFT.fullmatch(plain):
        return Rescaling("", "shift", float(plain))
    affine = _AFFINE.fullmatch(plain)
    if affine:
        factor, shift = float(affine[1]), float(affine[2] or 0)
        if factor <= 0:
            raise InputError(f"A factor must be above 0, found {factor:g}.")
        return (
            Rescaling("", "affine", factor, shift=shift)
            if shift
            else Rescaling("", "scale", factor)
        )
    pairs = [_POINT.fullmatch(part) for part in re.split("[,;]", plain)]
    if all(pairs):
        points = tuple((float(pair[1]), float(pair[2])) for pair in pairs if pair)
        fault = fault_of_points(points)
        if fault:
            raise InputError(fault)
        return Rescaling("", "piecewise", points=points)
    raise InputError(
        f"'{text}' is not a change of a score. Write -10 for points, x1.1 for a factor, x1.1-4 for "
        "both, or 30:25,60:50,90:88 for old and new values."
    )


def fault_of_points(points: Sequence[tuple[float, float]]) -> str | None:
    """Why these pairs of old and new values are no rescaling; None where they are one."""
    if len(points) < 2:
        return "A change from point to point needs two pairs of an old and a new value, or more."
    if not all(math.isfinite(value) for point in points for value in point):
        return "Old and new values must be finite numbers."
    for (old, new), (next_old, next_new) in pairwise(points):
        if next_old <= old:
            return f"Old values must rise, and {next_old:g} follows {old:g}."
        if next_new < new:
            return f"New values must not fall, and {next_new:g} follows {new:g}."
    return None


def _points(amount: float) -> str:
    return f"{abs(amount):,.12g} points {'higher' if amount >= 0 else 'lower'}"
