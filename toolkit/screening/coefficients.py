"""Integer coefficients for a weighted sum whose real ties must stay ties.

A composite is Σ wᵢ (xᵢ − oᵢ) / dᵢ with rational weights wᵢ and spreads dᵢ: a standard
deviation, the width of a range, or the length of a percentile table. Rounding each wᵢ / dᵢ
on its own would break ties between candidates who trade an advantage on one signal for an
equal advantage on another, and a rounding residue would then decide who is hired.

Spreads are square roots of rationals. Signals fall into classes within which the ratio of
two spreads is rational; within a class the coefficients are exact integer multiples of one
rounded unit, so ties stay exact. Square roots from different classes are linearly
independent over the rationals (Besicovitch 1940), so no tie can span classes except by
equality within each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

#: Composites stay below this, so that int64 never overflows.
COMPOSITE_LIMIT = 2**61
#: A class's common multiple may cost this many bits of the unit before it is given up.
LARGEST_MULTIPLE = 2**24


def integer_coefficients(
    weights: Mapping[str, int],
    squared_spreads: Mapping[str, Fraction],
    largest: Mapping[str, int],
    headroom: int = 0,
) -> tuple[dict[str, int], int]:
    """Coefficients cᵢ ≈ 2ᴷ wᵢ / (dᵢ Σ|w|) and the exponent K.

    Parameters
    ----------
    weights : mapping of str to int
        Signed weights wᵢ in any common unit.
    squared_spreads : mapping of str to Fraction
        dᵢ² in squared half steps; 0 for a constant signal, whose coefficient is 0.
    largest : mapping of str to int
        Largest ``|xᵢ − oᵢ|`` in half steps, which bounds the composite.
    headroom : int
        Bits to leave free above the composite.

    Returns
    -------
    coefficients : dict of str to int
    exponent : int
        K, as large as int64 allows for these signals.
    """
    return CoefficientPlan.of(squared_spreads, largest, headroom).coefficients(weights)


@dataclass(frozen=True)
class CoefficientPlan:
    """What the coefficients of any weights of the same signals share, found once.

    Parameters
    ----------
    squared_spreads, headroom
        As `integer_coefficients` has them.
    spreads, reaches : mapping of str to float
        dᵢ, and the largest ``|xᵢ − oᵢ|``, at least one half step.
    classes : tuple of tuple of str
        Signals that tell candidates apart, by `commensurable_classes`.
    """

    squared_spreads: Mapping[str, Fraction]
    headroom: int
    spreads: Mapping[str, float]
    reaches: Mapping[str, int]
    classes: tuple[tuple[str, ...], ...]
    _multiples: dict[tuple[str, ...], tuple[dict[str, int], int]] = field(
        default_factory=dict, repr=False
    )
    _rounded: dict[tuple[str, int, int, int], int] = field(default_factory=dict, repr=False)

    @classmethod
    def of(
        cls, squared_spreads: Mapping[str, Fraction], largest: Mapping[str, int], headroom: int = 0
    ) -> CoefficientPlan:
        """The plan of these signals; see `integer_coefficients`."""
        apart = {s: square for s, square in squared_spreads.items() if square > 0}
        return cls(
            squared_spreads=squared_spreads,
            headroom=headroom,
            spreads={s: math.sqrt(square) for s, square in apart.items()},
            reaches={s: max(largest[s], 1) for s in apart},
            classes=tuple(tuple(members) for members in commensurable_classes(apart)),
        )

    def coefficients(self, weights: Mapping[str, int]) -> tuple[dict[str, int], int]:
        """Coefficients and exponent of some of the signals with these weights."""
        coefficients = dict.fromkeys(weights, 0)
        live = [s for s, weight in weights.items() if weight != 0 and s in self.spreads]
        if not live:
            return coefficients, 0
        whole = sum(abs(weight) for weight in weights.values())
        reach = sum(abs(weights[s]) / whole * self.reaches[s] / self.spreads[s] for s in live)
        exponent = math.floor(math.log2(COMPOSITE_LIMIT / reach)) - 1 - self.headroom
        for everyone in self.classes:
            members = tuple(s for s in everyone if weights.get(s, 0) != 0)
            coefficients |= self._of_class(members, weights, whole, exponent)
        return coefficients, exponent

    def _of_class(
        self, members: tuple[str, ...], weights: Mapping[str, int], whole: int, exponent: int
    ) -> dict[str, int]:
        """Integer multiples mᵢ of one unit, with mᵢ : mⱼ = wᵢ/dᵢ : wⱼ/dⱼ exactly."""
        if len(members) > 1:
            inverse, shared = self._inverse_spreads(members)
            multiples = {name: weights[name] * inverse[name] for name in members}
            common = math.gcd(*multiples.values())
            if shared // common <= LARGEST_MULTIPLE:
                unit = self._ratio(members[0], common, shared * whole, exponent)
                return {name: multiple // common * unit for name, multiple in multiples.items()}
        return {name: self._ratio(name, weights[name], whole, exponent) for name in members}

    def _ratio(self, name: str, weight: int, whole: int, exponent: int) -> int:
        """The rounded ratio of a weight to the signal's spread, worked out once."""
        key = (name, weight, whole, exponent)
        if key not in self._rounded:
            self._rounded[key] = _rounded_ratio(weight, whole, self.squared_spreads[name], exponent)
        return self._rounded[key]

    def _inverse_spreads(self, members: tuple[str, ...]) -> tuple[dict[str, int], int]:
        """The first spread over each spread, as integers over one shared denominator."""
        if members not in self._multiples:
            reference = self.squared_spreads[members[0]]
            inverse = {
                name: 1 / _rational_root(self.squared_spreads[name] / reference) for name in members
            }
            shared = math.lcm(*(value.denominator for value in inverse.values()))
            integers = {name: int(value * shared) for name, value in inverse.items()}
            self._multiples[members] = (integers, shared)
        return self._multiples[members]


def commensurable_classes(squared_spreads: Mapping[str, Fraction]) -> list[list[str]]:
    """Names grouped so that two spreads have a rational ratio exactly within a group.

    Examples
    --------
    >>> from fractions import Fraction as F
    >>> commensurable_classes({"a": F(2), "b": F(3), "c": F(8), "d": F(1, 3)})
    [['a', 'c'], ['b', 'd']]
    """
    classes: dict[str, list[str]] = {}
    # a/b over c/d is the square of a rational if and only if abcd is a perfect square.
    products = {name: s.numerator * s.denominator for name, s in squared_spreads.items()}
    for name, product in products.items():
        for first, members in classes.items():
            if _is_square(product * products[first]):
                members.append(name)
                break
        else:
            classes[name] = [name]
    return list(classes.values())


def _rounded_ratio(weight: int, whole: int, squared_spread: Fraction, exponent: int) -> int:
    """``2 ** exponent · weight / (whole · √squared_spread)`` to the nearest integer, exactly."""
    top = weight * weight * squared_spread.denominator
    bottom = whole * whole * squared_spread.numerator
    # Twice the root, rounded down, then halved to the nearest.
    shift = 2 * (exponent + 1)
    quotient = (top << shift) // bottom if shift >= 0 else top // (bottom << -shift)
    root = (math.isqrt(quotient) + 1) // 2
    return root if weight > 0 else -root


def _is_square(value: int) -> bool:
    return math.isqrt(value) ** 2 == value


def _rational_root(square: Fraction) -> Fraction:
    """The square root of the square of a rational."""
    return Fraction(math.isqrt(square.numerator), math.isqrt(square.denominator))
