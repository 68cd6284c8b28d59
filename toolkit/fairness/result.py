"""The values of an impact analysis. Their `to_dict` is the JSON of the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from math import isfinite

from toolkit.fairness.bootstrap import Bootstrap
from toolkit.fairness.rules import DEFAULT_RULES, Rules
from toolkit.sentence import NOTHING, Sentence, say

#: Which definition the plain ``shortfall`` follows.
SHORTFALL_DEFINITION = say(
    "people missing from the group's selected if the group and its referent had been selected "
    "at the rate of both together"
)


@dataclass(frozen=True)
class GroupImpact:
    """Every figure of one group against its referent; None where a figure is not defined.

    Figures that compare are None for the referent itself, except for its ratio of 1.
    docs/methods/adverse-impact.md gives each formula and source.

    Parameters
    ----------
    group : str
    n, selected : int
        People.
    rate, rate_low, rate_high : float or None
        Selection rate with Wilson's interval.
    impact_ratio, impact_ratio_low, impact_ratio_high : float or None
        Rate over the referent's, with the interval of `intervals.ratio_interval`.
    impact_ratio_exact_low, impact_ratio_exact_high : float or None
        The exact unconditional interval of `exact_ratio.exact_ratio_interval`, where both
        groups have at most 100 people; None elsewhere.
    bound_low, bound_high : float or None
        Smallest and largest ratio over all ways to place the people of unknown group.
    below_four_fifths : bool
        Compared in integers; exactly four-fifths is not below.
    fisher_p, mid_p : float or None
        Fisher's exact test, two-sided, and Lancaster's mid-P.
    z, z_p : float or None
        Pooled two-proportion Z, negative where the group's rate is lower, two-sided p.
    log_ratio_z, log_ratio_z_p : float or None
        Z of the log of the ratio.
    cohens_h, phi : float or None
        Effect sizes, negative where the group's rate is lower.
    p_adjusted, p_adjusted_bh : float or None
        Fisher's p adjusted over the groups of the table: Holm; Benjamini–Hochberg.
    shortfall, shortfall_to_referent : float or None
        People, by the pooled-rate and by the referent-rate definition.
    people_to_four_fifths : int or None
        Further selections that would reach four-fifths.
    one_person_swap : float or None
        The ratio, had one place of the referent gone to the group.
    one_person_swap_clears, one_person_swap_reverses : bool or None
        That swap ends "below four-fifths"; it turns the lower rate into the higher.
    smallest_detectable_ratio : float or None
        The ratio nearest to 1 that would probably be noticed.
    power_at_four_fifths : float or None
        Chance that a true ratio of 0.80 would be noticed.
    included : bool
        Large enough to be the referent.
    excluded_because : Sentence or None
        Why it is not.
    verdict : str
        One of a closed list of phrases, see `verdict.Phrase`.
    reading : Sentence
        The sentence behind the phrase.
    practical, statistical, enough_people : bool or None
        The three questions that the verdict keeps apart.
    members : mapping of str to str
        The group's label in each attribute.
    """

    group: str
    n: int
    selected: int
    rate: float | None = None
    impact_ratio: float | None = None
    impact_ratio_low: float | None = None
    impact_ratio_high: float | None = None
    bound_low: float | None = None
    bound_high: float | None = None
    below_four_fifths: bool = False
    fisher_p: float | None = None
    mid_p: float | None = None
    z: float | None = None
    z_p: float | None = None
    p_adjusted: float | None = None
    shortfall: float | None = None
    one_person_swap: float | None = None
    smallest_detectable_ratio: float | None = None
    included: bool = True
    excluded_because: Sentence | None = None
    verdict: str = "no comparison"
    reading: Sentence = NOTHING
    practical: bool | None = None
    statistical: bool | None = None
    enough_people: bool | None = None
    rate_low: float | None = None
    rate_high: float | None = None
    log_ratio_z: float | None = None
    log_ratio_z_p: float | None = None
    cohens_h: float | None = None
    phi: float | None = None
    p_adjusted_bh: float | None = None
    shortfall_to_referent: float | None = None
    people_to_four_fifths: int | None = None
    one_person_swap_clears: bool | None = None
    one_person_swap_reverses: bool | None = None
    power_at_four_fifths: float | None = None
    impact_ratio_exact_low: float | None = None
    impact_ratio_exact_high: float | None = None
    members: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """The entry of the ``groups`` list in the JSON."""
        return {**_plain(self), "members": dict(self.members)}


@dataclass(frozen=True)
class AttributeImpact:
    """One attribute, or one intersection of several.

    Parameters
    ----------
    attributes : tuple of str
    referent : str or None
        The group that the others are compared with; None where none is large enough.
    referent_certain : bool
        No placing of the people of unknown group would make another group the referent.
    unknown, unknown_selected : int
        People whose membership is not known, and the selected among them.
    read_as_unknown : mapping of str to int
        Answers that were taken as unknown, such as "Prefer not to say".
    groups : tuple of GroupImpact
        In alphabetical order.
    """

    attributes: tuple[str, ...]
    referent: str | None
    referent_certain: bool
    unknown: int
    unknown_selected: int
    read_as_unknown: Mapping[str, int]
    groups: tuple[GroupImpact, ...]

    @property
    def name(self) -> str:
        return " × ".join(self.attributes)

    @property
    def excluded(self) -> tuple[GroupImpact, ...]:
        """The groups that could not be the referent, each with its reason."""
        return tuple(group for group in self.groups if not group.included)

    def group(self, label: str) -> GroupImpact:
        """The figures of one group.

        Raises
        ------
        KeyError
            If there is no such group.
        """
        for group in self.groups:
            if group.group == label:
                return group
        raise KeyError(label)

    @property
    def lowest(self) -> GroupImpact | None:
        """The group furthest below the referent among those with enough people to be tested."""
        compared = [
            group
            for group in self.groups
            if group.group != self.referent
            and group.impact_ratio is not None
            and group.p_adjusted is not None
        ]
        return min(compared, key=lambda g: (g.impact_ratio or 0.0, -g.n, g.group), default=None)

    def to_dict(self) -> dict[str, object]:
        return {
            "referent": self.referent,
            "unknown": self.unknown,
            "groups": [group.to_dict() for group in self.groups],
            "attributes": list(self.attributes),
            "referent_certain": self.referent_certain,
            "unknown_selected": self.unknown_selected,
            "read_as_unknown": dict(self.read_as_unknown),
            "shortfall_definition": SHORTFALL_DEFINITION,
        }


@dataclass(frozen=True)
class StratumCounts:
    """One stratum of one comparison: people and selected of the group and of the referent."""

    stratum: str
    n: int
    selected: int
    rate: float | None
    referent_n: int
    referent_selected: int
    referent_rate: float | None

    def to_dict(self) -> dict[str, object]:
        return _plain(self)


@dataclass(frozen=True)
class StratifiedComparison:
    """One group against its referent within strata; see `strata.Stratified` for the figures.

    Parameters
    ----------
    pooled_ratio : float or None
        Impact ratio of all strata thrown together.
    strata_used, strata_left_out : int
        Strata that have something to say, and those that have not (one of the groups absent,
        or all or none selected).
    reading : Sentence
        A sentence; a warning where pooled and stratified answers point apart.
    strata : tuple of StratumCounts
        The tables behind it.
    """

    group: str
    referent: str
    cmh: float | None
    cmh_p: float | None
    cmh_corrected: float | None
    cmh_corrected_p: float | None
    odds_ratio: float | None
    odds_ratio_low: float | None
    odds_ratio_high: float | None
    risk_ratio: float | None
    risk_ratio_low: float | None
    risk_ratio_high: float | None
    breslow_day: float | None
    breslow_day_p: float | None
    tarone: float | None
    tarone_p: float | None
    reverses: bool
    pooled_ratio: float | None
    strata_used: int
    strata_left_out: int
    reading: Sentence
    strata: tuple[StratumCounts, ...]

    def to_dict(self) -> dict[str, object]:
        return {**_plain(self), "strata": [stratum.to_dict() for stratum in self.strata]}


@dataclass(frozen=True)
class AttributeStrata:
    """The stratified comparisons of one attribute.

    Parameters
    ----------
    stratum : str
        Column that the strata come from.
    unknown_stratum : int
        People whose stratum is not known; they are left out here.
    groups : tuple of StratifiedComparison
        Each group against the referent.
    main : StratifiedComparison or None
        The comparison of the group with the lowest pooled ratio, whose figures the JSON
        repeats at the top.
    """

    stratum: str
    unknown_stratum: int
    groups: tuple[StratifiedComparison, ...]
    main: StratifiedComparison | None

    def to_dict(self) -> dict[str, object]:
        return {
            **(self.main.to_dict() if self.main else dict(_NO_COMPARISON)),
            "stratum": self.stratum,
            "unknown_stratum": self.unknown_stratum,
            "groups": [comparison.to_dict() for comparison in self.groups],
        }


_NO_COMPARISON: dict[str, object] = {
    item.name: [] if item.name == "strata" else None for item in fields(StratifiedComparison)
}


@dataclass(frozen=True)
class Impact:
    """Adverse impact of one decision on every attribute.

    Parameters
    ----------
    candidates, selected : int
        People, whatever their membership.
    attributes : mapping of str to AttributeImpact
    intersection : AttributeImpact or None
        All attributes at once; None with fewer than two.
    strata : mapping of str to AttributeStrata
        Per attribute; empty without a stratum column.
    rules : Rules
        The thresholds used.
    bootstrap : Bootstrap or None
        Percentile intervals from resampling, where they were asked for.
    """

    candidates: int
    selected: int
    attributes: Mapping[str, AttributeImpact]
    intersection: AttributeImpact | None = None
    strata: Mapping[str, AttributeStrata] = field(default_factory=dict)
    rules: Rules = DEFAULT_RULES
    bootstrap: Bootstrap | None = None

    @property
    def tables(self) -> tuple[AttributeImpact, ...]:
        """Every attribute, and the intersection where there is one."""
        own = tuple(self.attributes.values())
        return own if self.intersection is None else (*own, self.intersection)

    def rows(self) -> list[dict[str, object]]:
        """One flat row for each group of each table, for CSV and XLSX."""
        rows: list[dict[str, object]] = []
        for table in self.tables:
            for group in table.groups:
                own = group.to_dict()
                del own["members"]
                rows.append({"attribute": table.name, "referent": table.referent, **own})
        return rows

    def to_dict(self) -> dict[str, object]:
        return {
            "candidates": self.candidates,
            "selected": self.selected,
            "attributes": {name: table.to_dict() for name, table in self.attributes.items()},
            "intersection": self.intersection.to_dict() if self.intersection else None,
            "strata": {name: strata.to_dict() for name, strata in self.strata.items()},
            "rules": self.rules.to_dict(),
            "bootstrap": self.bootstrap.to_dict() if self.bootstrap else None,
        }


def _plain(value: GroupImpact | StratumCounts | StratifiedComparison) -> dict[str, object]:
    """Field name to value, one level deep."""
    return {item.name: getattr(value, item.name) for item in fields(value)}


def finite_or_none(value: float) -> float | None:
    """The number, or None where it is NaN or infinite, which JSON cannot say."""
    return float(value) if isfinite(value) else None
