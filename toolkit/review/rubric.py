"""The rubric that reviewers fill in: criteria with definitions, weights and anchors."""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import tomli_w

from toolkit.errors import InputError, RefusedInput, UnknownName, did_you_mean
from toolkit.review.rubric_refusals import Refusal, refusals

#: The ratings that can be given.
LEVELS = (1, 2, 3, 4, 5)
#: The levels that carry an anchor; 2 and 4 lie between them.
ANCHORED = (1, 3, 5)
HIGHEST = 5

#: The rubrics that come with the program, by the name of their file.
TEMPLATES = (
    "portfolio_review",
    "writing_task",
    "data_task",
    "design_critique",
    "campaign_plan",
    "code_review",
)

_RUBRICS = Path(__file__).parent / "rubrics"
_RUBRIC_KEYS = ("name", "version", "about", "criteria")
_CRITERION_KEYS = (
    "key",
    "label",
    "definition",
    "job_analysis",
    "weight",
    "note_required",
    "no_basis_allowed",
    "anchors",
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
    note_required : bool
        Whether a rating needs a note that says what in the work it rests on.
    no_basis_allowed : bool
        Whether a reviewer may say that there is no basis to judge. False where the work
        always shows it, so that a blank would only be a low rating withheld.
    """

    key: str
    label: str
    definition: str
    job_analysis: str
    weight: float
    anchors: tuple[str, str, str]
    note_required: bool = True
    no_basis_allowed: bool = True

    def anchor(self, level: int) -> str:
        """What a level looks like; 2 and 4 lie between two anchors.

        Raises
        ------
        ValueError
            If there is no such level.
        """
        if level not in LEVELS:
            raise ValueError(f"a level is one of {LEVELS}, not {level}")
        if level in ANCHORED:
            return self.anchors[ANCHORED.index(level)]
        return f"More than {level - 1}, less than {level + 1}."

    def texts(self) -> tuple[tuple[str, str], ...]:
        """Every part that reviewers read: what it is called, and what it says."""
        named = ("the label", "the definition", "the link to the job")
        parts = zip(named, (self.label, self.definition, self.job_analysis), strict=True)
        levels = zip(ANCHORED, self.anchors, strict=True)
        return (*parts, *((f"the anchor at {level}", text) for level, text in levels))

    def missing(self) -> tuple[str, ...]:
        """Parts that say nothing yet."""
        return tuple(name for name, said in self.texts() if not said.strip())

    def refusals(self) -> tuple[Refusal, ...]:
        """What in it rates the person instead of the work."""
        return refusals(self.texts())


@dataclass(frozen=True)
class Rubric:
    """Criteria that every candidate of a requisition is rated on, from 1 to 5.

    Parameters
    ----------
    name, version : str
    criteria : tuple of Criterion
    about : str
        What it is for, for whoever chooses a rubric.
    """

    name: str
    version: str
    criteria: tuple[Criterion, ...]
    about: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of everything that reviewers read in the rubric."""
        canonical = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def share(self, criterion: Criterion) -> float:
        """The criterion's weight as a share of all weights."""
        return criterion.weight / math.fsum(c.weight for c in self.criteria)

    @property
    def weights(self) -> dict[str, float]:
        """The share of each criterion, by key; they add up to 1."""
        return {criterion.key: self.share(criterion) for criterion in self.criteria}

    def criterion(self, key: str) -> Criterion:
        """The criterion with this key.

        Raises
        ------
        UnknownName
        """
        for one in self.criteria:
            if one.key == key:
                return one
        known = [one.key for one in self.criteria]
        raise UnknownName("criterion", key, known, f"the rubric '{self.name}'")

    def to_toml(self) -> str:
        """The rubric as the text of a rubric file, which reads back as the same rubric."""
        head = {"name": self.name, "version": self.version}
        if self.about:
            head["about"] = self.about
        tables = (_table(one) for one in self.criteria)
        return "\n".join((tomli_w.dumps(head), *tables))

    @classmethod
    def from_toml(cls, text: str, where: str = "The rubric") -> Rubric:
        """Read a rubric from the text of a rubric file.

        Raises
        ------
        InputError
            If the text is not TOML, or a criterion lacks something or has a key that
            criteria do not have.
        RefusedInput
            If a criterion rates the person instead of the work (appearance, poise, "culture
            fit"), wherever it says so; the message says all of it.
        """
        try:
            fields = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{where} is not valid TOML: {error}. Correct that line.") from error
        for key in fields:
            if key not in _RUBRIC_KEYS:
                raise InputError(
                    f"{where}: '{key}' is not a setting. {did_you_mean(key, _RUBRIC_KEYS)}"
                )
        entries = fields.get("criteria")
        if not isinstance(entries, list) or not entries:
            raise InputError(f"{where} has no criteria. Add at least one [[criteria]] table.")
        criteria = tuple(_criterion(entry, n, where) for n, entry in enumerate(entries, 1))
        keys = [criterion.key for criterion in criteria]
        for key in keys:
            if keys.count(key) > 1:
                raise InputError(f"{where} has the criterion '{key}' twice. Rename one of them.")
        refused = [
            f"{where}, criterion {n}: {one.sentence}"
            for n, criterion in enumerate(criteria, 1)
            for one in criterion.refusals()
        ]
        if refused:
            raise RefusedInput("\n".join(refused))
        return cls(
            name=_text(fields, "name", where),
            version=_text(fields, "version", where),
            criteria=criteria,
            about=_text(fields, "about", where) if "about" in fields else "",
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
def rubric_template(name: str) -> Rubric:
    """One of the rubrics that come with the program.

    Raises
    ------
    UnknownName
    """
    if name not in TEMPLATES:
        raise UnknownName("rubric template", name, TEMPLATES)
    return Rubric.read(_RUBRICS / f"{name}.toml")


def rubric_templates() -> dict[str, Rubric]:
    """The rubrics that come with the program, by name."""
    return {name: rubric_template(name) for name in TEMPLATES}


def template_text(name: str) -> str:
    """The file of a rubric that comes with the program, its comments too.

    Raises
    ------
    UnknownName
    """
    if name not in TEMPLATES:
        raise UnknownName("rubric template", name, TEMPLATES)
    return (_RUBRICS / f"{name}.toml").read_text(encoding="utf-8")


def portfolio_rubric() -> Rubric:
    """The rubric that sheets carry when no other is given: a portfolio review."""
    return rubric_template("portfolio_review")


def _table(criterion: Criterion) -> str:
    """A criterion as a table of a rubric file; what is as usual is left out."""
    fields: dict[str, object] = {
        "key": criterion.key,
        "label": criterion.label,
        "definition": criterion.definition,
        "job_analysis": criterion.job_analysis,
        "weight": int(criterion.weight) if criterion.weight.is_integer() else criterion.weight,
    }
    if not criterion.note_required:
        fields["note_required"] = False
    if not criterion.no_basis_allowed:
        fields["no_basis_allowed"] = False
    anchors = {str(level): said for level, said in zip(ANCHORED, criterion.anchors, strict=True)}
    # The library would write a short table into one line, and the next could not follow it.
    own, below = tomli_w.dumps(fields), tomli_w.dumps(anchors)
    return f"[[criteria]]\n{own}\n[criteria.anchors]\n{below}"


def _criterion(entry: object, number: int, where: str) -> Criterion:
    if not isinstance(entry, Mapping):
        raise InputError(f"{where}: criterion {number} is not a table. Write it as [[criteria]].")
    place = f"{where}, criterion {number}"
    for key in entry:
        if key not in _CRITERION_KEYS:
            raise InputError(
                f"{place}: '{key}' is not a setting. {did_you_mean(str(key), _CRITERION_KEYS)}"
            )
    return Criterion(
        key=_text(entry, "key", place),
        label=_text(entry, "label", place),
        definition=_text(entry, "definition", place),
        job_analysis=_text(entry, "job_analysis", place),
        weight=_weight(entry.get("weight", 1), place),
        anchors=_anchors(entry.get("anchors"), place),
        note_required=_truth(entry, "note_required", place),
        no_basis_allowed=_truth(entry, "no_basis_allowed", place),
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


def _truth(entry: Mapping[str, object], key: str, place: str) -> bool:
    value = entry.get(key, True)
    if not isinstance(value, bool):
        raise InputError(f"{place}: {key} is {value!r}. Write true or false.")
    return value


def _anchors(value: object, place: str) -> tuple[str, str, str]:
    anchors = value if isinstance(value, Mapping) else {}
    low, middle, high = (_text(anchors, str(level), f"{place}, anchors") for level in ANCHORED)
    return low, middle, high
