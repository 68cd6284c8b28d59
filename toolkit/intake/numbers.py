"""Text cells → numbers, and what had to be understood on the way.

Cells in plain notation are read all at once. Only the others (decimal commas, thousands,
percent signs, ``12k``, words for "missing") are looked at closely, each distinct text once,
and every kind of reading is listed, so that nothing is understood in silence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from toolkit.arrays import Bools, Floats
from toolkit.intake.number_marks import Mark, Marks, casts, column_mark
from toolkit.intake.vocabulary import vocabulary

PLAIN = ""
NO_VALUE = "no value"
NO_NUMBER = "text"
INFINITE = "infinite"
FORMULA_ERROR = "formula error"
TWO_WAYS = "two ways"
#: Ways of reading that set a cell aside.
FAULTS = (NO_NUMBER, INFINITE, FORMULA_ERROR, TWO_WAYS)

_PLAIN = r"^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$"
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_INFINITE = re.compile(r"[+-]?(inf|infinity|∞|unendlich)", re.IGNORECASE)
_CURRENCY = re.compile(
    r"^([€$£¥]|EUR|USD|GBP|CHF|INR)\s*(?=[\d.,+-])|(?<=\d)\s*([€$£¥]|EUR|USD|GBP|CHF|INR)$"
)
_FACTOR = re.compile(r"(?P<number>[+-]?[\d.,]+)\s*(?P<factor>k|m|mio|mn|bn)\.?$", re.IGNORECASE)
_FACTORS = {"k": 1e3, "m": 1e6, "mio": 1e6, "mn": 1e6, "bn": 1e9}
_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_COMMA_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_DOT_THOUSANDS = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d*)?")
_DOT_AND_THREE = re.compile(r"[+-]?\d{1,3}\.\d{3}")


@dataclass(frozen=True, eq=False)
class Reading:
    """One way in which cells had to be understood.

    Parameters
    ----------
    how : str
        For instance ``"decimal comma"``.
    cells : bool array, shape (n_rows,)
    text, value : str, float
        The first such cell and the number it was read as.
    """

    how: str
    cells: Bools
    text: str
    value: float


@dataclass(frozen=True, eq=False)
class Numbers:
    """A column of numbers read from text.

    Parameters
    ----------
    values : float array, shape (n_rows,)
        NaN where the cell is empty, says that there is no value, or was not read.
    faults : mapping of str to bool array of shape (n_rows,)
        Cells set aside, by one of `FAULTS`; only those that occur.
    readings : tuple of Reading
        Cells that were read, but not in plain notation.
    """

    values: Floats
    faults: Mapping[str, Bools]
    readings: tuple[Reading, ...]


def read_numbers(
    cells: pd.Series,
    default: Mark | None = None,
    typed: bool = False,
    levels: tuple[str, ...] = (),
) -> Numbers:
    """Read a column of text cells as numbers.

    Parameters
    ----------
    cells : Series of str, NaN where empty
    default : {".", ","}, optional
        The table's decimal mark, for cells that do not give theirs away.
    typed : bool
        True where the file itself tells numbers from text, so that plain notation is
        always meant as it stands.
    levels : tuple of str
        Names of 0, 1, 2, ... for ordinal scores.

    Examples
    --------
    >>> numbers = read_numbers(pd.Series(["61,5", "1.234,0", "n/a", "many"]))
    >>> numbers.values
    array([  61.5, 1234. ,    nan,    nan])
    >>> [reading.how for reading in numbers.readings], numbers.faults["text"]
    (['a decimal comma', 'dots between thousands', 'no value'], array([False, False, False,  True]))
    """
    text = pa.array(cells, type=pa.large_string(), from_pandas=True)
    if isinstance(text, pa.ChunkedArray):
        text = text.combine_chunks()
    if casts(cells) and (typed or default != ","):
        values = _cast(text)
        filled = pc.is_valid(text).to_numpy(zero_copy_only=False)
        if bool(np.isfinite(values[filled]).all()):
            return Numbers(values, {}, ())
    mark: Marks = column_mark(cells) or default
    return _closely(text, mark, typed, levels)


def _closely(text: pa.Array, mark: Marks, typed: bool, levels: tuple[str, ...]) -> Numbers:
    """Read plain cells at once and every other distinct text once."""
    values = np.full(len(text), np.nan)
    plain = _mask(pc.match_substring_regex(text, _PLAIN))
    if mark in (",", "both") and not typed:
        plain &= ~_mask(pc.match_substring_regex(text, r"^[+-]?\d{1,3}\.\d{3}$"))
    values[plain] = _cast(text.filter(pa.array(plain)))
    ways: dict[str, Bools] = {}
    rest = ~plain & _mask(pc.is_valid(text))
    if mark == ",":
        commas = rest & _mask(pc.match_substring_regex(text, r"^[+-]?\d+,\d+$"))
        if commas.any():
            dotted = pc.replace_substring(text.filter(pa.array(commas)), ",", ".")
            values[commas] = _cast(dotted)
            ways["a decimal comma"] = commas
            rest &= ~commas
    found, how = _one_by_one(text.filter(pa.array(rest)), mark, levels)
    values[rest] = found
    for way in dict.fromkeys(how.tolist()):
        cells = np.zeros(len(text), dtype=np.bool_)
        cells[rest] = how == way
        ways[way] = ways[way] | cells if way in ways else cells
    infinite = np.isinf(values)  # 1e999 is plain, but no float
    if infinite.any():
        ways[INFINITE] = ways[INFINITE] | infinite if INFINITE in ways else infinite
        values[infinite] = np.nan
    return Numbers(
        values,
        {way: cells for way, cells in ways.items() if way in FAULTS},
        tuple(
            Reading(way, cells, text[first].as_py(), float(values[first]))
            for way, cells in ways.items()
            if way not in FAULTS and way != PLAIN
            for first in np.flatnonzero(cells)[:1].tolist()
        ),
    )


def _one_by_one(
    text: pa.Array, mark: Marks, levels: tuple[str, ...]
) -> tuple[Floats, npt.NDArray[np.str_]]:
    """Value and way of reading of each cell, worked out once for each distinct text."""
    encoded = text.dictionary_encode()
    names = {level.casefold(): float(i) for i, level in enumerate(levels)}
    read = [_read_one(cell, mark, names) for cell in encoded.dictionary.to_pylist()]
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    values = np.array([value for value, _ in read], dtype=np.float64)
    ways = np.array([way for _, way in read], dtype=np.str_)
    return values[codes], ways[codes]


def _read_one(cell: str, mark: Marks, levels: Mapping[str, float]) -> tuple[float, str]:
    """The value of one text and how it was read."""
    text = "".join(_digit(c) for c in cell).replace("−", "-").strip()
    way = PLAIN if text == cell else "other digits or signs"
    word, known = text.casefold(), vocabulary().cells
    if word in levels:
        return levels[word], "the name of a level"
    if word in known["missing"]:
        return np.nan, NO_VALUE
    if word in known["formula_errors"]:
        return np.nan, FORMULA_ERROR
    if _INFINITE.fullmatch(text):
        return np.nan, INFINITE
    if text.startswith("'"):
        text, way = text[1:], "an apostrophe in front"
    if text.endswith("%"):
        text, way = text[:-1].rstrip(), "a percent sign"
    bare = _CURRENCY.sub("", text).strip()
    if bare != text:
        text, way = bare, "a currency"
    factor = 1.0
    if multiple := _FACTOR.match(text):
        factor = _FACTORS[multiple["factor"].casefold()]
        text, way = multiple["number"], "thousands or millions in short"
    together = _SPACES.sub("", text)
    if together != text:
        text, way = together, "spaces or apostrophes between thousands"
    if "," in text or _DOT_AND_THREE.fullmatch(text) or text.count(".") > 1:
        text, comma_way = _without_commas(text, mark)
        if comma_way in FAULTS:
            return np.nan, comma_way
        way = comma_way if way == PLAIN else way
    if not _NUMBER.fullmatch(text):
        return np.nan, NO_NUMBER
    value = float(text) * factor
    return (value, way) if np.isfinite(value) else (np.nan, INFINITE)


def _without_commas(text: str, mark: Marks) -> tuple[str, str]:
    """A number with commas, or dots between thousands, in plain notation."""
    last_comma, last_dot = text.rfind(","), text.rfind(".")
    if _COMMA_THOUSANDS.fullmatch(text) and (text.count(",") > 1 or last_dot > last_comma):
        return text.replace(",", ""), "commas between thousands"
    if _DOT_THOUSANDS.fullmatch(text) and (text.count(".") > 1 or last_comma > last_dot > -1):
        return text.replace(".", "").replace(",", "."), "dots between thousands"
    if _COMMA_THOUSANDS.fullmatch(text):  # 1,234
        if mark == "both":
            return text, TWO_WAYS
        if mark == ",":
            return text.replace(",", "."), "a decimal comma"
        return text.replace(",", ""), "commas between thousands"
    if _DOT_AND_THREE.fullmatch(text):  # 1.234
        if mark == "both":
            return text, TWO_WAYS
        return (text.replace(".", ""), "dots between thousands") if mark == "," else (text, PLAIN)
    if text.count(",") == 1 and "." not in text:
        return text.replace(",", "."), "a decimal comma"
    return text, NO_NUMBER


def _digit(character: str) -> str:
    """Any script's decimal digit as 0 to 9."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)


def _cast(text: pa.Array) -> Floats:
    values: Floats = pc.cast(text, pa.float64()).to_numpy(zero_copy_only=False)
    return values.astype(np.float64)


def _mask(mask: pa.Array) -> Bools:
    filled: Bools = pc.fill_null(mask, False).to_numpy(zero_copy_only=False)
    return filled.astype(np.bool_)
