"""Published validities of other methods, to stand beside a score's."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("reference_validities.toml")
#: The estimate that is drawn and computed with; the other stands beside it.
LATEST = "2022"


@dataclass(frozen=True)
class PublishedValidity:
    """How well one method predicts job performance, as published.

    Parameters
    ----------
    method, label : str
    validity : mapping of str to float
        Mean operational correlation, by the key of its source.
    sd : mapping of str to float
        Standard deviation over jobs and studies, where it is given.
    difference_low, difference_high : float
        Standardised difference, White minus Black applicants; equal where one is given.
    """

    method: str
    label: str
    validity: dict[str, float]
    sd: dict[str, float]
    difference_low: float
    difference_high: float

    def to_dict(self) -> dict[str, object]:
        return {
            "method": self.method,
            "label": self.label,
            **{f"validity_{key}": self.validity.get(key) for key in ("1998", "2022")},
            **{f"sd_{key}": self.sd.get(key) for key in ("2022",)},
            "difference_low": self.difference_low,
            "difference_high": self.difference_high,
        }


@dataclass(frozen=True)
class PublishedRange:
    """A range of correlations that one study reports.

    Parameters
    ----------
    method, label : str
    low, high : float
    note : str
    source : str
        The citation.
    """

    method: str
    label: str
    low: float
    high: float
    note: str
    source: str

    def to_dict(self) -> dict[str, object]:
        return dict(vars(self))


@dataclass(frozen=True)
class Reference:
    """Every published figure, with sources, dispute and caution.

    Parameters
    ----------
    methods : tuple of PublishedValidity
        The strongest of the latest estimates first.
    ranges : tuple of PublishedRange
    sources : mapping of str to str
        Citation by key.
    dispute, caution : str
        To be shown wherever the figures are.
    """

    methods: tuple[PublishedValidity, ...]
    ranges: tuple[PublishedRange, ...]
    sources: dict[str, str]
    dispute: str
    caution: str

    def to_dict(self) -> dict[str, object]:
        return {
            "methods": [method.to_dict() for method in self.methods],
            "ranges": [one.to_dict() for one in self.ranges],
            "sources": dict(self.sources),
            "dispute": self.dispute,
            "caution": self.caution,
        }


@lru_cache(maxsize=1)
def reference_validities() -> Reference:
    """The figures that ship with the product."""
    read = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    methods = [
        PublishedValidity(
            name, entry["label"], entry["validity"], entry.get("sd", {}), *entry["difference"]
        )
        for name, entry in read["methods"].items()
    ]
    ranges = [
        PublishedRange(
            method=name,
            label=entry["label"],
            low=entry["validity"][0],
            high=entry["validity"][1],
            note=entry["note"],
            source=read["sources"][entry["source"]],
        )
        for name, entry in read["ranges"].items()
    ]
    return Reference(
        methods=tuple(sorted(methods, key=lambda one: -one.validity[LATEST])),
        ranges=tuple(ranges),
        sources=read["sources"],
        dispute=read["dispute"],
        caution=read["caution"],
    )
