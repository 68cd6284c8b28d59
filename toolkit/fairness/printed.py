"""A figure as it is printed: its value, and how much its last digit leaves open."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction

#: What stands in a cell that states no figure.
NO_FIGURE = frozenset(
    {
        "",
        "-",
        "–",
        "—",
        "n/a",
        "na",
        "n.a.",
        "nan",
        "none",
        "null",
        "not calculated",
        "not reported",
        "not stated",
        "excluded",
        "left out",
        "omitted",
        "suppressed",
        "ref",
        "ref.",
        "reference",
        "referent",
    }
)
#: Beyond twelve digits two programs need not agree.
_ARITHMETIC = Fraction(1, 10**12)
_MARKS = "*†‡§¹²³⁴⁵ "
_SPACES = re.compile(r"(?<=\d)[\s\u00a0\u2009\u202f'’](?=\d{3}(?!\d))")
_GROUPS = re.compile(r"\d{1,3}(,\d{3})+(\.\d*)?")
_HUNDRED = 100


@dataclass(frozen=True)
class Printed:
    """One printed figure.

    Parameters
    ----------
    text : str
        As it stands in the table.
    value : Fraction
    step : Fraction
        One step of the last digit; 0.82 has a step of 0.01.
    percent : bool
        Printed in percent; `value` and `step` are fractions of 1 all the same.
    """

    text: str
    value: Fraction
    step: Fraction
    percent: bool = False

    @property
    def slack(self) -> Fraction:
        """How far a figure may lie from the value and still be printed like this."""
        return max(self.step / 2, abs(self.value) * _ARITHMETIC)

    @property
    def low(self) -> Fraction:
        return self.value - self.slack

    @property
    def high(self) -> Fraction:
        return self.value + self.slack

    def agrees(self, low: Fraction, high: Fraction | None = None) -> bool:
        """Whether a figure, or some figure of a range, is printed like this.

        Halves may go either way: rules of rounding differ.

        Examples
        --------
        >>> printed("0.82").agrees(Fraction("0.815")), printed("0.82").agrees(Fraction("0.8149"))
        (True, False)
        """
        return self.low <= (low if high is None else high) and low <= self.high

    def cut_off(self, exact: Fraction) -> bool:
        """Whether this is the figure with the further digits cut off, not rounded."""
        return self.step > 0 and (exact // self.step) * self.step == self.value

    def like(self, exact: Fraction) -> str:
        """Another figure, written as this one is.

        Examples
        --------
        >>> printed("64.2 %").like(Fraction(18, 28))
        '64.3 %'
        """
        shown = exact * _HUNDRED if self.percent else exact
        step = self.step * _HUNDRED if self.percent else self.step
        decimals = min(max(0, -_exponent(step)), 12) if step else 12
        unit = Fraction(1, 10**decimals)
        # Halves away from zero, as people round.
        rounded = (shown + unit / 2) // unit * unit
        return f"{float(rounded):.{decimals}f}" + (" %" if self.percent else "")

    def in_percent(self) -> Printed:
        """The same digits, read as percent."""
        if self.percent:
            return self
        return replace(self, value=self.value / _HUNDRED, step=self.step / _HUNDRED, percent=True)


def printed(text: str, *, whole: bool = False) -> Printed | None:
    """Read one cell.

    Parameters
    ----------
    text : str
    whole : bool
        For columns of people: a comma stands between thousands. Elsewhere a single comma is
        the decimal mark.

    Returns
    -------
    Printed or None
        None where the cell states no figure, or only that it lies below or above one.

    Raises
    ------
    ValueError
        If it is not a number.

    Examples
    --------
    >>> printed("54.3%").value, printed(".82*").step, printed("1,390", whole=True).value
    (Fraction(543, 1000), Fraction(1, 100), Fraction(1390, 1))
    """
    plain = text.strip().rstrip(_MARKS).replace("−", "-")
    if plain.casefold() in NO_FIGURE:
        return None
    if plain[0] in "<>≤≥":
        return None
    percent = plain.endswith(("%", "percent"))
    bare = plain.removesuffix("percent").removesuffix("%").strip()
    bare = _SPACES.sub("", bare)
    if _GROUPS.fullmatch(bare) and (whole or bare.count(",") > 1 or "." in bare):
        bare = bare.replace(",", "")
    elif bare.count(",") == 1 and "." not in bare:
        bare = bare.replace(",", ".")
    try:
        number = Decimal(bare)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite() or abs(number.adjusted()) > 300:
        raise ValueError(text)
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    figure = Printed(text.strip(), Fraction(number), Fraction(10) ** exponent)
    if whole and figure.step < 1 and figure.value.denominator == 1:
        figure = replace(figure, step=Fraction(1))
    return figure.in_percent() if percent else figure


def _exponent(step: Fraction) -> int:
    """The power of ten that a step is."""
    power = 0
    while step < 1:
        step, power = step * 10, power - 1
    while step >= 10:
        step, power = step / 10, power + 1
    return power
