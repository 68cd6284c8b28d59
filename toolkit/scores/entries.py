"""TOML text → checked scores. Every message names the file, the entry and the key."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import TypeVar

from toolkit.errors import CatalogueError, did_you_mean
from toolkit.scores.folding import folded
from toolkit.scores.rescaling_text import fault_of_points
from toolkit.scores.score import (
    COMBINES,
    DIRECTIONS,
    KINDS,
    RESCALING_KINDS,
    Price,
    Rescaling,
    Score,
    Source,
)

_Word = TypeVar("_Word", bound=str)

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
SCORE_KEYS = (
    "label",
    "aliases",
    "kind",
    "low",
    "high",
    "direction",
    "decimals",
    "service_from",
    "service_to",
    "moved_by",
    "known_games",
    "rescalings",
    "noise_sd",
    "price",
    "sources",
    "parts",
    "combine",
    "levels",
    "caution",
)
_RESCALING_KEYS = ("date", "kind", "amount", "shift", "points", "note", "source")
_ARTICLES = {"affine": "an affine factor", "piecewise": "a piecewise change"}
_PRICE_KEYS = ("per", "low", "high", "currency", "year")
_SOURCE_KEYS = ("title", "address")
#: What a source may be given for.
FIGURES = (
    "scale",
    "direction",
    "decimals",
    "service",
    "moved_by",
    "known_games",
    "noise_sd",
    "price",
    "parts",
    "caution",
    "aliases",
    "levels",
)
MOST_DECIMALS = 6


def read_entries(
    text: str, where: str, known_sources: Mapping[str, Source] | None = None
) -> tuple[dict[str, Score], dict[str, Source]]:
    """Read the ``[scores.KEY]`` and ``[sources.NAME]`` tables of a TOML text.

    Parameters
    ----------
    text : str
        The TOML text.
    where : str
        The file's name, for messages.
    known_sources : mapping of str to Source, optional
        Sources that the entries may name beside those in the text.

    Returns
    -------
    scores : dict of str to Score
        In the order of the text. Parts of composites are not yet looked up.
    sources : dict of str to Source
        `known_sources` and those in the text.

    Raises
    ------
    CatalogueError
        If the text is not TOML, or an entry is wrong.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(
            f"{where} is not valid TOML: {error}. Mend the text at that place."
        ) from None
    top = _Entry(document, where)
    top.only(("scores", "sources"))
    sources = dict(known_sources or {})
    for name, table in top.table("sources").items():
        entry = _Entry(table, f"{where}, source '{name}'")
        entry.only(_SOURCE_KEYS)
        sources[name] = Source(entry.required_text("title"), entry.text("address"))
    scores = {
        key: _score(key, _Entry(table, f"{where}, score '{key}'"), sources)
        for key, table in top.table("scores").items()
    }
    return scores, sources


class _Entry:
    """One TOML table, read key by key; each reader names the key where it fails."""

    def __init__(self, table: object, where: str) -> None:
        self.where = where
        if not isinstance(table, dict):
            raise CatalogueError(
                f"{where}: expected a table of keys, found {_shown(table)}. "
                "Write it as [scores.NAME] with one key a line below."
            )
        self.values: dict[str, object] = table

    def wrong(self, key: str, found: str) -> CatalogueError:
        return CatalogueError(f"{self.where}, key '{key}': {found}")

    def only(self, allowed: Iterable[str]) -> None:
        allowed = list(allowed)
        for key in self.values:
            if key not in allowed:
                raise CatalogueError(
                    f"{self.where}: there is no key '{key}'. {did_you_mean(key, allowed)}"
                )

    def text(self, key: str, default: str | None = None) -> str | None:
        value = self.values.get(key, default)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        raise self.wrong(key, f"expected a text in quotes, found {_shown(value)}.")

    def required_text(self, key: str) -> str:
        value = self.text(key)
        if value is None:
            raise self.wrong(key, "it is missing. Add it as a text in quotes.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.wrong(key, f"expected a list of texts, found {_shown(value)}.")
        return tuple(value)

    def number(self, key: str) -> float | None:
        value = self.values.get(key)
        if value is None:
            return None
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
        ):
            raise self.wrong(key, f"expected a finite number, found {_shown(value)}.")
        return float(value)

    def required_number(self, key: str) -> float:
        value = self.number(key)
        if value is None:
            raise self.wrong(key, "it is missing. Add a number.")
        return value

    def word(self, key: str, allowed: tuple[_Word, ...]) -> _Word | None:
        value = self.values.get(key)
        if value is None:
            return None
        for word in allowed:
            if value == word:
                return word
        raise self.wrong(key, f"found {_shown(value)}, expected one of {', '.join(allowed)}.")

    def date(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is None:
            return None
        written = str(value)  # TOML has dates of its own, and a year may be a bare number
        if isinstance(value, bool) or not _DATE.fullmatch(written):
            raise self.wrong(
                key, f"found {_shown(value)}, expected a year, month or day such as 2011-10-26."
            )
        return written

    def table(self, key: str) -> dict[str, object]:
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"expected a table, found {_shown(value)}.")
        return value

    def tables(self, key: str) -> list[_Entry]:
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(key, f"expected a list of tables, found {_shown(value)}.")
        return [_Entry(v, f"{self.where}, {key} {n}") for n, v in enumerate(value, start=1)]


def _score(key: str, entry: _Entry, sources: Mapping[str, Source]) -> Score:
    if not _KEY.fullmatch(key):
        raise CatalogueError(
            f"{entry.where}: the name must be lower case letters, digits and underscores, "
            f"and begin with a letter, for instance '{_suggested_key(key)}'."
        )
    entry.only(SCORE_KEYS)
    low, high = entry.number("low"), entry.number("high")
    if low is not None and high is not None and low >= high:
        raise entry.wrong("low", f"{low:g} is not below high, which is {high:g}.")
    decimals = entry.values.get("decimals", 0)
    if type(decimals) is not int or not 0 <= decimals <= MOST_DECIMALS:
        raise entry.wrong(
            "decimals",
            f"expected a whole number from 0 to {MOST_DECIMALS}, found {_shown(decimals)}.",
        )
    noise_sd = entry.number("noise_sd")
    if noise_sd is not None and noise_sd < 0:
        raise entry.wrong(
            "noise_sd", f"a standard deviation cannot be below 0, found {noise_sd:g}."
        )
    service_from, service_to = entry.date("service_from"), entry.date("service_to")
    if service_from and service_to and _is_before(service_to, service_from):
        raise entry.wrong("service_to", f"{service_to} is before service_from, {service_from}.")
    parts = _parts(entry)
    levels = entry.texts("levels")
    if levels:
        low, high = _levels_scale(entry, levels, low, high)
    combine = entry.word("combine", COMBINES)
    if combine is not None and not parts:
        raise entry.wrong("combine", "only a score that has parts can combine them. Add parts.")
    label = entry.text("label", key)
    figure_sources = _figure_sources(entry, sources)
    return Score(
        key=key,
        label=label or key,
        aliases=_aliases(entry),
        kind=entry.word("kind", KINDS) or "custom",
        low=low,
        high=high,
        direction=entry.word("direction", DIRECTIONS) or "higher",
        decimals=decimals,
        service_from=service_from,
        service_to=service_to,
        moved_by=entry.texts("moved_by"),
        known_games=entry.texts("known_games"),
        rescalings=tuple(_rescaling(e, sources) for e in entry.tables("rescalings")),
        noise_sd=noise_sd,
        price=_price(entry, figure_sources.get("price")),
        sources=figure_sources,
        parts=parts,
        combine=(combine or "sum") if parts else None,
        levels=levels,
        caution=entry.text("caution") or "",
    )


def _is_before(one: str, other: str) -> bool:
    """Compare dates as far as both are given: 2012 is not before 2012-05."""
    length = min(len(one), len(other))
    return one[:length] < other[:length]


def _aliases(entry: _Entry) -> tuple[str, ...]:
    aliases = entry.texts("aliases")
    for alias in aliases:
        if not folded(alias):
            raise entry.wrong("aliases", f"{_shown(alias)} has no letter or digit.")
    return aliases


def _parts(entry: _Entry) -> dict[str, float]:
    parts: dict[str, float] = {}
    numbers = _Entry(entry.table("parts"), f"{entry.where}, parts")
    for part in numbers.values:
        multiplier = numbers.number(part)
        if not multiplier:
            raise numbers.wrong(part, "the multiplier must not be 0.")
        parts[part] = multiplier
    return parts


def _levels_scale(
    entry: _Entry, levels: tuple[str, ...], low: float | None, high: float | None
) -> tuple[float, float]:
    if len(levels) < 2 or len({folded(level) for level in levels}) < len(levels):
        raise entry.wrong("levels", "expected two or more different names, lowest first.")
    top = float(len(levels) - 1)
    if low not in (None, 0.0) or high not in (None, top):
        raise entry.wrong(
            "levels",
            f"{len(levels)} levels are numbered 0 to {top:g}: leave low and high out.",
        )
    return 0.0, top


def _rescaling(entry: _Entry, sources: Mapping[str, Source]) -> Rescaling:
    entry.only(_RESCALING_KEYS)
    date = entry.date("date")
    if date is None:
        raise entry.wrong("date", "it is missing. Add a year, month or day.")
    kind = entry.word("kind", RESCALING_KINDS)
    if kind is None:
        raise entry.wrong("kind", f"it is missing. Add one of {', '.join(RESCALING_KINDS)}.")
    article = _ARTICLES.get(kind, f"a {kind}")
    amount = entry.number("amount")
    if kind in ("reform", "piecewise") and amount is not None:
        raise entry.wrong(
            "amount", f"{article} has no amount. Leave it out, or say shift or scale."
        )
    if kind not in ("reform", "piecewise") and amount is None:
        raise entry.wrong("amount", f"it is missing, and {article} needs one.")
    if kind in ("scale", "affine") and amount is not None and amount <= 0:
        raise entry.wrong("amount", f"{article} must be above 0, found {amount:g}.")
    shift = entry.number("shift")
    if shift is not None and kind != "affine":
        raise entry.wrong("shift", "only a change of kind affine has a shift beside its amount.")
    points = _points(entry)
    if points and kind != "piecewise":
        raise entry.wrong("points", "only a change of kind piecewise has points.")
    fault = fault_of_points(points) if kind == "piecewise" else None
    if fault:
        raise entry.wrong("points", fault)
    named = entry.text("source")
    source = _source(entry, "source", named, sources) if named else None
    note = entry.text("note") or ""
    return Rescaling(date, kind, amount, note, source, shift or 0.0, points)


def _points(entry: _Entry) -> tuple[tuple[float, float], ...]:
    pairs = entry.values.get("points", [])
    if not isinstance(pairs, list) or not all(
        isinstance(pair, list)
        and len(pair) == 2
        and all(isinstance(v, int | float) and not isinstance(v, bool) for v in pair)
        for pair in pairs
    ):
        raise entry.wrong(
            "points", f"expected pairs such as [[50, 40], [90, 88]], found {_shown(pairs)}."
        )
    return tuple((float(old), float(new)) for old, new in pairs)


def _price(score: _Entry, source: Source | None) -> Price | None:
    if "price" not in score.values:
        return None
    entry = _Entry(score.table("price"), f"{score.where}, price")
    entry.only(_PRICE_KEYS)
    per, low, high = (entry.required_number(key) for key in ("per", "low", "high"))
    if per <= 0:
        raise entry.wrong("per", f"prices are for some units, found {per:g}.")
    if not 0 <= low <= high:
        raise entry.wrong("low", f"expected 0 <= low <= high, found {low:g} and {high:g}.")
    year = entry.date("year")
    if year is None:
        raise entry.wrong("year", "it is missing. Add the year in which the prices were seen.")
    return Price(per, low, high, entry.required_text("currency"), year, source)


def _figure_sources(entry: _Entry, sources: Mapping[str, Source]) -> Mapping[str, Source]:
    given = _Entry(entry.table("sources"), f"{entry.where}, sources")
    given.only(FIGURES)
    found = {}
    for figure in given.values:
        found[figure] = _source(given, figure, given.required_text(figure), sources)
    return found


def _source(entry: _Entry, key: str, named: str, sources: Mapping[str, Source]) -> Source:
    """A source by its name, or a citation written out (told apart by its spaces)."""
    if named in sources:
        return sources[named]
    if " " in named.strip():
        return Source(named)
    raise entry.wrong(
        key,
        f"there is no source '{named}'. {did_you_mean(named, sources)} "
        "Or write the citation out, as a sentence.",
    )


def _suggested_key(key: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", key.casefold()).strip("_")
    return name if _KEY.fullmatch(name) else f"score_{name}".rstrip("_")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
