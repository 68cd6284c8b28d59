"""The rubric that reviewers fill in: criteria with definitions, weights and anchors."""

from __future__ import annotations

import hashlib
import json
import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from toolkit.errors import InputError, RefusedInput, did_you_mean

#: The levels that carry an anchor; 2 and 4 lie between them.
ANCHORED = (1, 3, 5)
HIGHEST = 5

_RUBRICS = Path(__file__).parent / "rubrics"
_CRITERION_KEYS = ("key", "label", "definition", "job_analysis", "weight", "anchors")
_NOT_JOB_RELATED = re.compile(
    r"\b(appearance|attractiveness|poise|charisma|likeab\w+|cultur(?:e|al) fit)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Criterion:
    """One thing that the job requires, and how work that shows it looks.

    Parameters
    ----------
    key : str
    label : str
    definition : str
    job_analysis : str
        The task or requirement of the job that the criterion rests on.
    weight : float
        Relative to the other criteria; positive.
    anchors : tuple of three str
        Descriptions of the ratings 1, 3 and 5.
    """

    key: str
    label: str
    definition: str
    job_analysis: str
    weight: float
    anchors: tuple[str, str, str]


@dataclass(frozen=True)
class Rubric:
    """Criteria that every candidate of a requisition is rated on, from 1 to 5.

    Parameters
    ----------
    name, version : str
    criteria : tuple of Criterion
    """

    name: str
    version: str
    criteria: tuple[Criterion, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of everything that reviewers read in the rubric."""
        canonical = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def share(self, criterion: Criterion) -> float:
        """The criterion's weight as a share of all weights."""
        return criterion.weight / math.fsum(c.weight for c in self.criteria)

    @classmethod
    def from_toml(cls, text: str, where: str = "The rubric") -> Rubric:
        """Read a rubric from the text of a rubric file.

        Raises
        ------
        InputError
            If the text is not TOML, or a criterion lacks something or has a key that
            criteria do not have.
        RefusedInput
            If a criterion asks for the person instead of the work (appearance, poise,
            "culture fit").
        """
        try:
            fields = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{where} is not valid TOML: {error}. Correct that line.") from error
        entries = fields.get("criteria")
        if not isinstance(entries, list) or not entries:
            raise InputError(f"{where} has no criteria. Add at least one [[criteria]] table.")
        criteria = tuple(_criterion(entry, n, where) for n, entry in enumerate(entries, 1))
        keys = [criterion.key for criterion in criteria]
        for key in keys:
            if keys.count(key) > 1:
                raise InputError(f"{where} has the criterion '{key}' twice. Rename one of them.")
        return cls(
            name=_text(fields, "name", where),
            version=_text(fields, "version", where),
            criteria=criteria,
        )

    @classmethod
    def read(cls, path: str | Path) -> Rubric:
        """Read a rubric file.

        Raises
        ------
        InputError
            If the file is not there or is not a rubric.
        """
        path = Path(path)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise InputError(f"The rubric file {path} cannot be read: {reason}.") from error
        return cls.from_toml(text, where=path.name)


@cache
def portfolio_rubric() -> Rubric:
    """The rubric that sheets carry when no other is given: a portfolio review."""
    return Rubric.read(_RUBRICS / "portfolio_review.toml")


def _criterion(entry: object, number: int, where: str) -> Criterion:
    if not isinstance(entry, Mapping):
        raise InputError(f"{where}: criterion {number} is not a table. Write it as [[criteria]].")
    place = f"{where}, criterion {number}"
    for key in entry:
        if key not in _CRITERION_KEYS:
            raise InputError(
                f"{place}: '{key}' is not a setting. {did_you_mean(str(key), _CRITERION_KEYS)}"
            )
    label = _text(entry, "label", place)
    definition = _text(entry, "definition", place)
    found = _NOT_JOB_RELATED.search(label)
    if found:
        raise RefusedInput(
            f"{place}: '{label}' rates the person, not the work ('{found.group()}'). "
            "Name what the job requires and how work that shows it looks."
        )
    return Criterion(
        key=_text(entry, "key", place),
        label=label,
        definition=definition,
        job_analysis=_text(entry, "job_analysis", place),
        weight=_weight(entry.get("weight", 1), place),
        anchors=_anchors(entry.get("anchors"), place),
    )


def _text(entry: Mapping[str, object], key: str, place: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f'{place} has no {key}. Add one line: {key} = "…".')
    return value.strip()


def _weight(value: object, place: str) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value) or value <= 0:  # type: ignore[arg-type, operator]
        raise InputError(f"{place}: the weight is {value!r}. Give a number above 0.")
    return float(value)  # type: ignore[arg-type]


def _anchors(value: object, place: str) -> tuple[str, str, str]:
    anchors = value if isinstance(value, Mapping) else {}
    low, middle, high = (_text(anchors, str(level), f"{place}, anchors") for level in ANCHORED)
    return low, middle, high
