"""The screen: the rule that turns what is known about candidates into who goes forward."""

from __future__ import annotations

import hashlib
import json
import math
import tomllib
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

import tomli_w
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_serializer,
    field_validator,
    model_validator,
)
from pydantic_core import ErrorDetails

from toolkit.errors import ScreenError, UnknownName, did_you_mean
from toolkit.screening.gate import Finite, Gate, Name

Scale = Literal["z", "percentile", "range"]
Missing = Literal["median", "reject", "lowest"]

#: Weights are exact decimals of this many places, so that equal composites are equal.
WEIGHT_DECIMALS = 6


class Screen(BaseModel):
    """Gates, weights, tie-breakers, places and the treatment of missing values.

    Candidates who pass every gate are ordered by the weighted sum of their scaled signals,
    then by the tie-breakers in turn (higher first), then by a lottery that depends on the
    screen's name and the candidate's id alone. The first `places` are selected; with
    neither `places` nor `share`, everyone who passes the gates is.

    Parameters
    ----------
    name : str
    places : int, optional
        How many are selected.
    share : float, optional
        Share of all candidates who are selected, rounded down, at least one.
    scale : {"z", "percentile", "range"}
        How a weighted signal is scaled: distance from the mean in population standard
        deviations; mid-rank percentile (0 to 1); or position between the ends of the
        signal's admissible range (0 to 1), observed ends standing in for open ones.
    missing : {"median", "reject", "lowest"}
        A missing value is replaced by the median of the present ones, or by the least
        favourable of them, or the candidate is rejected. The replacement counts for gates
        and tie-breakers too.
    tie_breakers : tuple of str
    weights : mapping of str to float
        Relative weights to six decimals; a negative weight favours low values.
    gates : tuple of Gate
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Name = "Screen"
    places: Annotated[int, Field(ge=0)] | None = None
    share: Annotated[float, Field(gt=0, le=1)] | None = None
    scale: Scale = "z"
    missing: Missing = "median"
    tie_breakers: tuple[Name, ...] = ()
    weights: Mapping[Name, Finite] = Field(default_factory=lambda: MappingProxyType({}))
    gates: tuple[Gate, ...] = ()

    @field_validator("weights", mode="after")
    @classmethod
    def _to_six_decimals(cls, weights: Mapping[str, float]) -> Mapping[str, float]:
        for signal, weight in weights.items():
            if weight != 0 and round(weight, WEIGHT_DECIMALS) == 0:
                raise ValueError(
                    f"the weight of '{signal}' is {weight:g}; weights are kept to six decimals, "
                    "so write them on a larger scale"
                )
        return MappingProxyType({s: round(w, WEIGHT_DECIMALS) for s, w in weights.items()})

    @field_serializer("weights")
    def _plain(self, weights: Mapping[str, float]) -> dict[str, float]:
        return dict(weights)

    @model_validator(mode="after")
    def _is_consistent(self) -> Screen:
        if self.places is not None and self.share is not None:
            raise ValueError("give places or share, not both")
        if len(set(self.tie_breakers)) < len(self.tie_breakers):
            raise ValueError("a tie-breaker is listed twice")
        return self

    def __hash__(self) -> int:
        return hash(self.digest)

    @property
    def signals(self) -> tuple[str, ...]:
        """Every signal that the screen uses, weighted ones first, each once."""
        named = [*self.weights, *(gate.signal for gate in self.gates), *self.tie_breakers]
        return tuple(dict.fromkeys(named))

    @property
    def digest(self) -> str:
        """SHA-256 of the rule, whatever order its weights and gates were written in."""
        rule = self.model_dump(mode="json")
        rule["gates"] = sorted(rule["gates"], key=json.dumps)
        canonical = json.dumps(rule, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def nominal_weight(self, signal: str) -> float:
        """The signal's share of the sum of absolute weights; 0 where it has none."""
        whole = math.fsum(abs(weight) for weight in self.weights.values())
        return self.weights.get(signal, 0.0) / whole if whole else 0.0

    def places_among(self, candidates: int) -> int:
        """How many of so many candidates are selected, gates aside."""
        if self.places is not None:
            return min(self.places, candidates)
        if self.share is None:
            return candidates
        # Decimal text, not binary: 0.29 of 100 is 29, although 0.29 * 100 is below it.
        return min(max(math.floor(Fraction(repr(self.share)) * candidates), 1), candidates)

    def without(self, *signals: str) -> Screen:
        """The screen with these signals removed from gates, weights and tie-breakers.

        Raises
        ------
        UnknownName
            If the screen does not use one of them.
        """
        self._require(signals)
        return self._restricted({s for s in self.signals if s not in signals})

    def only(self, *signals: str) -> Screen:
        """The screen restricted to these of its signals; places stay.

        Raises
        ------
        UnknownName
            If the screen does not use one of them.
        """
        self._require(signals)
        return self._restricted(set(signals))

    def _restricted(self, kept: set[str]) -> Screen:
        return self.model_copy(
            update={
                "weights": MappingProxyType({s: w for s, w in self.weights.items() if s in kept}),
                "gates": tuple(gate for gate in self.gates if gate.signal in kept),
                "tie_breakers": tuple(s for s in self.tie_breakers if s in kept),
            }
        )

    def with_weight(self, signal: str, weight: float) -> Screen:
        """The screen with one weight set; 0 leaves the signal in gates and tie-breakers."""
        return self.changed(weights={**self.weights, signal: weight})

    def changed(self, **fields: object) -> Screen:
        """The screen with some of its fields replaced, validated anew.

        Raises
        ------
        ScreenError
            If the result contradicts itself.
        """
        return _validated({**self.model_dump(), **fields}, f"The screen '{self.name}'")

    def _require(self, signals: Iterable[str]) -> None:
        known = self.signals
        for signal in signals:
            if signal not in known:
                raise UnknownName("signal", signal, known, f"the screen '{self.name}'")

    @classmethod
    def from_toml(cls, text: str, where: str = "The screen") -> Screen:
        """Read a screen from the text of a screen file.

        Raises
        ------
        ScreenError
            If the text is not TOML, has a key that screens do not have, or contradicts itself.
        """
        try:
            fields = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise ScreenError(f"{where} is not valid TOML: {error}. Correct that line.") from error
        return _validated(fields, where)

    def to_toml(self) -> str:
        """The screen file's text; reading it again gives an equal screen."""
        fields = self.model_dump(mode="json", exclude_none=True)
        tables = {key: fields.pop(key) for key in ("gates", "weights")}
        # TOML wants plain values above tables.
        return tomli_w.dumps(fields | {key: table for key, table in tables.items() if table})

    @classmethod
    def read(cls, path: str | Path) -> Screen:
        """Read a screen file.

        Raises
        ------
        ScreenError
            If the file is not there or is not a screen.
        """
        path = Path(path)
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise ScreenError(f"The screen file {path} cannot be read: {reason}.") from error
        return cls.from_toml(text, where=path.name)


def _validated(fields: Mapping[str, object], where: str) -> Screen:
    """Build a screen, turning every validation failure into one readable error."""
    try:
        return Screen.model_validate(fields)
    except ValidationError as error:
        raise ScreenError(f"{where}: " + "; ".join(map(_in_words, error.errors()))) from error


def _in_words(failure: ErrorDetails) -> str:
    path = ".".join(str(part) for part in failure["loc"])
    if failure["type"] == "extra_forbidden":
        known = Gate.model_fields if failure["loc"][0] == "gates" else Screen.model_fields
        return f"'{path}' is not a setting. {did_you_mean(str(failure['loc'][-1]), known)}"
    message = failure["msg"].removeprefix("Value error, ")
    return f"{path}: {message} (found {failure['input']!r})" if path else message


def require_screen_fits(screen: Screen, signals: Iterable[str], groups: Iterable[str]) -> None:
    """Refuse a screen that names what the cohort does not have.

    Raises
    ------
    ScreenError
        If the screen uses a group attribute.
    UnknownName
        If it uses a signal that the cohort does not have.
    """
    signals, groups = set(signals), set(groups)
    for signal in screen.signals:
        if signal in signals:
            continue
        if signal in groups:
            raise ScreenError(
                f"The screen '{screen.name}' uses '{signal}', which is a group attribute. Group "
                "membership never enters a screen. Remove it from the screen."
            )
        raise UnknownName("signal", signal, signals, f"the cohort (screen '{screen.name}')")
