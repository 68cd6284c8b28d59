"""One group column as small integers: who belongs to which group, and whose is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from toolkit.errors import InputError

Codes = npt.NDArray[np.int16]

#: Rows that are looked at together.
ROWS_AT_ONCE = 2**15

#: A column with more values than this is not a group attribute but a name, date or number.
MOST_GROUPS = 500

#: Answers that say that the membership is not known. How many there were of each is kept
#: and shown. "None" and "NA" are not among them: the one is a proper answer for disability,
#: the other an abbreviation in use for an ethnic group.
UNKNOWN_WORDS = frozenset(
    {
        "?",
        "-",
        "–",
        "choose not to disclose",
        "choose not to say",
        "choose not to self-identify",
        "decline to answer",
        "decline to self-identify",
        "decline to state",
        "declined",
        "declined to answer",
        "declined to self-identify",
        "declined to state",
        "did not answer",
        "i do not wish to answer",
        "i don't wish to answer",
        "missing",
        "n/a",
        "no answer",
        "not disclosed",
        "not given",
        "not known",
        "not provided",
        "not recorded",
        "not specified",
        "not stated",
        "prefer not to answer",
        "prefer not to disclose",
        "prefer not to say",
        "prefer not to state",
        "undisclosed",
        "unknown",
        "unspecified",
        "unstated",
    }
)


@dataclass(frozen=True, eq=False)
class Membership:
    """Which group of one attribute each row belongs to.

    Parameters
    ----------
    attribute : str
        Column name, for instance ``"sex"``.
    labels : tuple of str
        The groups in alphabetical order; a category that nobody holds is kept.
    found : integer array, shape (n_rows,)
        Which of the column's values each row holds; −1 where it holds none.
    code_of : int16 array, shape (n_values + 1,)
        Position in `labels` of each value; −1 where it says nothing, as the last one does.
    read_as_unknown : mapping of str to int
        Answers such as "Prefer not to say" that count as unknown, with how many rows held
        each. Empty cells are unknown too and are not listed here.
    """

    attribute: str
    labels: tuple[str, ...]
    found: npt.NDArray[np.integer]
    code_of: Codes
    read_as_unknown: Mapping[str, int] = field(default_factory=dict)

    @property
    def codes(self) -> Codes:
        """Position of each row in `labels`; −1 where the membership is unknown."""
        return self.part(slice(None))

    def part(self, rows: slice) -> Codes:
        """`codes` of some rows, so that they need never all be there at once."""
        codes: Codes = self.code_of[self.found[rows]]
        return codes


def membership(column: pd.Series, attribute: str) -> Membership:
    """Read one group column.

    Values are compared as written, without the blanks around them: "F" and "female" stay two
    groups, which intake may have joined before. Whole floats are written as integers, since
    a column of 1 and 2 turns to floats as soon as one value is missing.

    Parameters
    ----------
    column : Series, shape (n_rows,)
        Any type. Missing values, blank text and `UNKNOWN_WORDS` are unknown membership.
    attribute : str
        Name of the column.

    Returns
    -------
    Membership

    Raises
    ------
    InputError
        If the column has more than `MOST_GROUPS` different values.

    Examples
    --------
    >>> sex = membership(pd.Series(["M", "F", None, "F ", "Prefer not to say"]), "sex")
    >>> sex.labels, sex.codes.tolist(), sex.read_as_unknown
    (('F', 'M'), [1, 0, -1, 0, -1], {'Prefer not to say': 1})
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        found = column.array.codes
        values = list(column.cat.categories)
    else:
        found, values = _factorized(column)
    texts = [label_of(value) for value in values]
    unknown = [text == "" or text.casefold() in UNKNOWN_WORDS for text in texts]
    labels = sorted({text for text, u in zip(texts, unknown, strict=True) if not u})
    if len(labels) > MOST_GROUPS:
        raise InputError(
            f"Group column '{attribute}' holds {len(labels):,} different values, for instance "
            f"{', '.join(repr(label) for label in labels[:3])}. A group attribute has at most "
            f"{MOST_GROUPS}. Choose another column, or bring the values together first, "
            "for instance ages into age bands."
        )
    position = {label: i for i, label in enumerate(labels)}
    # One more entry than there are values: code −1 (missing) reads the last one.
    lookup = np.full(len(values) + 1, -1, dtype=np.int16)
    for i, text in enumerate(texts):
        if not unknown[i]:
            lookup[i] = position[text]
    read_as_unknown: dict[str, int] = {}
    if any(u and text for text, u in zip(texts, unknown, strict=True)):
        rows = _rows_of_values(found, len(values))
        for text, u, count in zip(texts, unknown, rows.tolist(), strict=True):
            if u and text and count:
                read_as_unknown[text] = read_as_unknown.get(text, 0) + count
    return Membership(attribute, tuple(labels), found, lookup, read_as_unknown)


def _factorized(column: pd.Series) -> tuple[npt.NDArray[np.integer], list[object]]:
    """Which value each row holds, and the values in the order of their first rows.

    Part by part, and in small integers, so that a long column costs little memory.
    """
    found: npt.NDArray[np.integer] = np.empty(len(column), dtype=np.int16)
    values: list[object] = []
    position: dict[object, int] = {}
    for rows in parts(len(column)):
        codes, uniques = pd.factorize(column.iloc[rows])
        place = np.empty(len(uniques) + 1, dtype=np.int32)
        place[-1] = -1
        for i, value in enumerate(uniques):
            place[i] = position.setdefault(value, len(values))
            if place[i] == len(values):
                values.append(value)
        if len(values) > np.iinfo(found.dtype).max:
            found = found.astype(np.int64)
        found[rows] = place[codes]
    return found, values


def _rows_of_values(found: npt.NDArray[np.integer], values: int) -> npt.NDArray[np.intp]:
    """How many rows hold each value."""
    counts = np.zeros(values + 1, dtype=np.intp)
    for rows in parts(len(found)):
        counts += np.bincount(found[rows].astype(np.intp) + 1, minlength=values + 1)
    return counts[1:]


def parts(size: int) -> Iterator[slice]:
    """Consecutive rows, so many at a time that what is made of them stays small."""
    for start in range(0, size, ROWS_AT_ONCE):
        yield slice(start, start + ROWS_AT_ONCE)


def label_of(value: object) -> str:
    """A group value as it is shown.

    Examples
    --------
    >>> label_of(" Female "), label_of(1.0), label_of(True), label_of(None)
    ('Female', '1', 'True', '')
    """
    if value is None or value is pd.NaT or value is pd.NA:
        return ""
    if isinstance(value, float | np.floating):
        number = float(value)
        if np.isnan(number):
            return ""
        if number.is_integer():
            return str(int(number))
    return str(value).strip()
