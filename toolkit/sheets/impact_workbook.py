"""Adverse impact as a workbook: the panel, and what was asked for beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from toolkit.fairness.before_after import BeforeAfter
from toolkit.fairness.outcome_impact import OutcomeImpact
from toolkit.fairness.result import SHORTFALL_DEFINITION, Impact
from toolkit.fairness.score_impact import ScoreImpact
from toolkit.sheets.workbook import Column, Kind, SheetTable, workbook

_CONFIDENCE = "95 % interval, {} end."

#: Key, title, kind, decimals and meaning of every column of the panel.
PANEL: tuple[tuple[str, str, Kind, int, str], ...] = (
    ("attribute", "Attribute", "text", 0, "Column with the group, or the intersection of several."),
    ("group", "Group", "text", 0, ""),
    ("referent", "Compared with", "text", 0, "Highest rate among the groups large enough."),
    ("n", "People", "whole", 0, ""),
    ("selected", "Selected", "whole", 0, ""),
    ("rate", "Selection rate", "percent", 1, "Selected over people."),
    ("rate_low", "Rate from", "percent", 1, "Wilson's " + _CONFIDENCE.format("lower")),
    ("rate_high", "Rate to", "percent", 1, "Wilson's " + _CONFIDENCE.format("upper")),
    ("impact_ratio", "Impact ratio", "number", 4, "Rate over that of the group compared with."),
    ("impact_ratio_low", "Ratio from", "number", 4, "Log method, " + _CONFIDENCE.format("lower")),
    ("impact_ratio_high", "Ratio to", "number", 4, "Log method, " + _CONFIDENCE.format("upper")),
    (
        "impact_ratio_exact_low",
        "Exact ratio from",
        "number",
        4,
        "Exact unconditional interval; where both groups have at most 100 people.",
    ),
    ("impact_ratio_exact_high", "Exact ratio to", "number", 4, "Its upper end."),
    ("bound_low", "Lowest if unknowns were known", "number", 4, "Worst case of unknown groups."),
    ("bound_high", "Highest if unknowns were known", "number", 4, "Best case of unknown groups."),
    (
        "below_four_fifths",
        "Below four-fifths",
        "truth",
        0,
        "0.80 is a rule of thumb of one guideline, no limit set by law. Compared in whole numbers.",
    ),
    ("verdict", "What it says", "text", 0, ""),
    ("fisher_p", "Fisher's exact p", "number", 6, "Two-sided."),
    ("mid_p", "Mid-P", "number", 6, "Lancaster's, two-sided."),
    ("p_adjusted", "p by Holm", "number", 6, "Fisher's p, adjusted over the groups."),
    ("p_adjusted_bh", "p by Benjamini and Hochberg", "number", 6, "Adjusted less strictly."),
    ("z", "Z", "number", 4, "Pooled two-proportion Z; negative where the rate is lower."),
    ("z_p", "p of Z", "number", 6, "Two-sided."),
    ("log_ratio_z", "Z of the log ratio", "number", 4, ""),
    ("log_ratio_z_p", "p of that", "number", 6, "Two-sided."),
    ("cohens_h", "Cohen's h", "number", 4, "Difference of the rates on the arcsine scale."),
    ("phi", "Phi", "number", 4, "Correlation of membership with selection."),
    ("shortfall", "Shortfall", "number", 2, f"People: {SHORTFALL_DEFINITION}."),
    (
        "shortfall_to_referent",
        "Shortfall to the group compared with",
        "number",
        2,
        "People missing if the group had that group's rate.",
    ),
    ("people_to_four_fifths", "To four-fifths", "whole", 0, "Selections that would reach 0.80."),
    ("one_person_swap", "One person swapped", "number", 4, "The ratio, had one place changed."),
    ("one_person_swap_clears", "Swap ends it", "truth", 0, "It is no longer below four-fifths."),
    ("one_person_swap_reverses", "Swap turns it", "truth", 0, "The lower rate is the higher."),
    (
        "smallest_detectable_ratio",
        "Smallest detectable ratio",
        "number",
        4,
        "A ratio nearer to 1 would probably go unnoticed with so few people.",
    ),
    ("power_at_four_fifths", "Power at 0.80", "percent", 1, "Chance to notice a ratio of 0.80."),
    ("included", "Can be compared with", "truth", 0, "Large enough to be the referent."),
    ("excluded_because", "Why not", "text", 0, ""),
    ("reading", "In words", "text", 0, ""),
)

READING = (
    "An impact ratio is a selection rate over that of the group with the highest rate among "
    "those that are large enough. A difference is an observation about a decision, not a finding "
    "about anyone's intent.",
    "0.80 is a rule of thumb of one guideline (29 CFR 1607.4 D), not a limit set by law.",
    "'Too small to say' is no all-clear: these numbers could not show such a difference.",
    "An empty cell is a figure that is not defined, never 0.",
)


def impact_workbook(
    impact: Impact,
    scores: ScoreImpact | None = None,
    outcomes: OutcomeImpact | None = None,
    compared: BeforeAfter | None = None,
) -> bytes:
    """The figures as an XLSX workbook, without any person.

    Parameters
    ----------
    impact : Impact
    scores : ScoreImpact, optional
    outcomes : OutcomeImpact, optional
    compared : BeforeAfter, optional
        The same under other decisions.

    Returns
    -------
    bytes
        The same for the same figures.
    """
    columns = [Column(*column) for column in PANEL]
    sheets = [SheetTable("Groups", columns, impact.rows())]
    if compared is not None and len(compared.impacts) > 1:
        sheets.append(_any("With and without scores", compared.rows()))
    strata = [
        {"attribute": name, "group": c.group, "compared with": c.referent, **stratum.to_dict()}
        for name, found in impact.strata.items()
        for c in found.groups
        for stratum in c.strata
    ]
    if impact.strata:
        within = [
            {"attribute": name, **{k: v for k, v in c.to_dict().items() if k != "strata"}}
            for name, found in impact.strata.items()
            for c in found.groups
        ]
        sheets += [_any("Within strata", within), _any("Strata", strata)]
    if impact.bootstrap is not None:
        resampled = [
            {"attribute": name, **asdict(group)}
            for name, table in impact.bootstrap.tables.items()
            for group in table.groups
        ]
        sheets.append(_any("Resampled", resampled))
    if scores is not None:
        sheets += [_any("Scores", scores.rows()), _any("Cut-offs", _cut_offs(scores))]
    if outcomes is not None:
        rates = [
            {"attribute": table.name, **asdict(one)}
            for table in outcomes.tables
            for one in table.rates
        ]
        validity = [
            {
                "attribute": table.name,
                **{k: v for k, v in one.to_dict().items() if k != "bands"},
            }
            for table in outcomes.tables
            for one in table.validity
        ]
        sheets += [_any("Outcomes", rates)] if rates else []
        sheets += [_any("Outcomes by score", validity)] if validity else []
    note = [outcomes.note] if outcomes is not None and outcomes.note else []
    return workbook(sheets, title="Adverse impact", reading=[*READING, *note])


def _any(name: str, rows: Iterable[Mapping[str, object]]) -> SheetTable:
    """Rows as they come: a column a key, with its type from its values."""
    rows = list(rows)
    keys = dict.fromkeys(key for row in rows for key in row)
    return SheetTable(name, [_column(key, [row.get(key) for row in rows]) for key in keys], rows)


def _column(key: str, values: list[object]) -> Column:
    there = [value for value in values if value is not None]
    title = key.replace("_", " ").capitalize()
    if there and all(isinstance(value, bool) for value in there):
        return Column(key, title, "truth")
    if there and all(isinstance(value, int) for value in there):
        return Column(key, title, "whole")
    if there and all(isinstance(value, int | float) for value in there):
        return Column(key, title, "number", 4)
    return Column(key, title)


def _cut_offs(scores: ScoreImpact) -> Iterable[Mapping[str, object]]:
    for table in scores.tables:
        if table.curve is None:
            continue
        curve = table.curve
        for i, cut_off in enumerate(curve.cut_offs.tolist()):
            for j, group in enumerate(curve.groups):
                yield {
                    "attribute": table.name,
                    "cut_off": cut_off,
                    "share_selected": float(curve.selected_share[i]),
                    "group": group,
                    "compared_with": table.referent,
                    "people": int(curve.n[j]),
                    "selected": int(curve.selected[i, j]),
                    "impact_ratio": float(curve.ratio[i, j]),
                    "impact_ratio_low": float(curve.low[i, j]),
                    "impact_ratio_high": float(curve.high[i, j]),
                    "below_four_fifths": bool(curve.below[i, j]),
                }
