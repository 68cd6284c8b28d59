"""Typed tables → `Cohort`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from toolkit.intake.cohort import Cohort, Signal
from toolkit.intake.composites import with_composites
from toolkit.intake.fixed_column import decimals_of
from toolkit.intake.issue import Issue
from toolkit.intake.kinds import ACCOUNT_FIELDS
from toolkit.intake.long_signals import DECIMALS_OF_MEANS, long_signals
from toolkit.intake.merge import Part, side_by_side
from toolkit.intake.problem_cells import row_list
from toolkit.intake.roster import Roster, roster
from toolkit.intake.typed_table import TypedTable
from toolkit.scores.catalogue import Catalogue

_ACCOUNT_COLUMNS = ("candidate_id", "platform", *ACCOUNT_FIELDS)


@dataclass
class _Signals:
    """Signals as they are gathered from wide and long tables."""

    parts: list[Part] = field(default_factory=list)
    about: dict[str, Signal] = field(default_factory=dict)
    columns: dict[str, tuple[str, str | None, str]] = field(default_factory=dict)

    def take(self, part: Part, about: Mapping[str, Signal], columns: Mapping[str, str]) -> None:
        self.parts.append(part)
        for name, signal in about.items():
            self.about.setdefault(name, signal)
            place = (part.place.file, part.place.sheet, columns.get(name, name))
            self.columns.setdefault(name, place)


def assemble(
    tables: Sequence[TypedTable],
    catalogue: Catalogue,
    issues: Sequence[Issue],
    sources: Mapping[str, str],
) -> Cohort:
    """Put the tables of an upload together.

    Parameters
    ----------
    tables : sequence of TypedTable
    catalogue : Catalogue
        For the names in long tables.
    issues : sequence of Issue
        What was noticed while reading; the tables' own issues follow them.
    sources : mapping of str to str
        File → SHA-256.

    Raises
    ------
    InputError
        If there is no candidate, or a table can be matched to nobody.
    """
    found = roster(tables)
    told = [*issues, *(issue for table in tables for issue in table.issues), *found.issues]
    gathered = _Signals()
    histories: list[pd.DataFrame] = []
    for table in found.tables:
        if len(table.signals.columns):
            gathered.take(Part(table.signals, table.codes, table.place), table.about, table.columns)
        if table.kind in ("scores", "tasks", "ratings") and len(table.codes):
            long = long_signals(table, catalogue)
            gathered.take(long.part, long.about, {})
            histories.append(long.history)
            told += long.issues
    portfolio = _portfolio(found)
    told += _rated_portfolio(gathered, portfolio, found)
    signals, more = side_by_side(gathered.parts, found.ids)
    told += more
    signals, known, more = with_composites(signals.astype(np.float64), gathered.about, catalogue)
    told += more
    about, more = _with_decimals(signals, known, gathered.columns)
    told += more
    texts, more = side_by_side(_parts(found, "texts"), found.ids)
    told += more
    groups, more = side_by_side(_parts(found, "groups"), found.ids)
    told += more
    outcomes, more = side_by_side(_parts(found, "outcomes"), found.ids)
    told += more
    told += _about_the_whole(found, signals)
    return Cohort(
        candidates=_candidates(found, texts),
        signals=signals,
        about=about,
        accounts=_accounts(found),
        score_history=_history(found, catalogue, histories),
        follower_samples=_long(found, "followers"),
        groups=groups,
        outcomes=outcomes.astype(np.float64),
        portfolio=portfolio,
        issues=tuple(told),
        sources=dict(sources),
    )


def _parts(found: Roster, what: str) -> list[Part]:
    frames = [(table, getattr(table, what)) for table in found.tables]
    return [
        Part(frame, table.codes, table.place, private=what == "groups")
        for table, frame in frames
        if len(frame.columns) and table.kind in ("candidates", "resume", "groups", "outcomes")
    ]


def _candidates(found: Roster, texts: pd.DataFrame) -> pd.DataFrame:
    """Names first, then the other texts."""
    named = [
        Part(table.names.to_frame("name"), table.codes, table.place)
        for table in found.tables
        if table.names is not None and table.kind in ("candidates", "resume")
    ]
    if not named:
        return texts
    names, _ = side_by_side(named, found.ids)
    return pd.concat([names, texts.drop(columns="name", errors="ignore")], axis=1)


def _with_decimals(
    signals: pd.DataFrame,
    known: Mapping[str, Signal],
    columns: Mapping[str, tuple[str, str | None, str]],
) -> tuple[dict[str, Signal], list[Issue]]:
    """The decimals of each signal, and a note where not all can be held."""
    about: dict[str, Signal] = {}
    issues: list[Issue] = []
    for name in signals.columns:
        values = signals[name].dropna().to_numpy(dtype=np.float64)
        decimals = decimals_of(values)
        label = known[name].label
        if label in {other.label for other in about.values()}:
            label = f"{label} ({name})"
        about[name] = replace(known[name], label=label, decimals=decimals)
        step = 10.0**decimals
        short = np.abs(np.rint(values * step) / step - values) > 1e-12 * np.abs(values)
        if short.any():
            file, sheet, column = columns.get(name, (None, None, name))
            issues.append(
                Issue(
                    "note",
                    f"The values have more decimals than can be held exactly: {decimals} are "
                    f"used when candidates are compared (for instance "
                    f"{float(values[short][0]):.15g}).",
                    file=file,
                    sheet=sheet,
                    column=column,
                )
            )
    return about, issues


def _portfolio(found: Roster) -> pd.DataFrame:
    items = _long(found, "portfolio")
    if "title" not in items.columns:
        return items.assign(title=pd.Series(dtype=object))
    known = ("candidate_id", "title", "url", "role", "outcome", "date", "rating")
    return items[[name for name in known if name in items.columns]]


def _rated_portfolio(gathered: _Signals, portfolio: pd.DataFrame, found: Roster) -> list[Issue]:
    """The mean rating of a candidate's items as evidence, unless a column gives one."""
    if "rating" not in portfolio.columns or "portfolio" in gathered.about:
        return []
    means = portfolio.groupby("candidate_id", sort=False)["rating"].mean().dropna()
    if not len(means):
        return []
    table = next(t for t in found.tables if t.kind == "portfolio" and "rating" in t.fields.columns)
    codes = pd.Series(means.index, dtype="str")
    frame = pd.DataFrame({"portfolio": means.round(DECIMALS_OF_MEANS).to_numpy()})
    signal = Signal("portfolio", "Portfolio rating", "evidence")
    gathered.take(Part(frame, codes, table.place), {"portfolio": signal}, {"portfolio": "rating"})
    return [
        table.place.issue(
            "note",
            "The ratings of a candidate's portfolio items were averaged into the signal "
            f"'portfolio', to {DECIMALS_OF_MEANS} decimals.",
        )
    ]


def _accounts(found: Roster) -> pd.DataFrame:
    """Accounts of their own tables, and account facts among the candidates' columns."""
    frames: list[pd.DataFrame] = []
    for table in found.tables:
        if table.kind == "accounts" and len(table.codes):
            frames.append(table.fields.assign(candidate_id=table.codes))
        for platform, facts in table.accounts:
            own = facts.assign(candidate_id=table.codes)
            if platform:
                own = own.assign(platform=platform)
            frames.append(own.loc[facts.notna().any(axis=1)])
    if not frames:
        return pd.DataFrame({"candidate_id": pd.Series(dtype=object)})
    accounts = _stacked(frames)
    columns = [name for name in _ACCOUNT_COLUMNS if name in accounts.columns]
    return accounts[columns]


def _history(found: Roster, catalogue: Catalogue, earlier: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Score histories, with the catalogue's keys where it knows the score."""
    frames = [frame for frame in (_long(found, "score_history"), *earlier) if len(frame)]
    columns = ["candidate_id", "score", "date", "value"]
    if not frames:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in columns})
    history = _stacked(frames)[columns]
    known = {name: catalogue.recognise(str(name)) for name in history["score"].dropna().unique()}
    keys = {name: score.key for name, score in known.items() if score}
    return history.assign(score=history["score"].replace(keys))


def _long(found: Roster, kind: str) -> pd.DataFrame:
    """The rows of all tables of a long kind, under each other."""
    frames = [
        table.fields.assign(candidate_id=table.codes)
        for table in found.tables
        if table.kind == kind and len(table.codes)
    ]
    if not frames:
        return pd.DataFrame({"candidate_id": pd.Series(dtype=object)})
    stacked = _stacked(frames)
    return stacked[["candidate_id", *stacked.columns.drop("candidate_id")]]


def _stacked(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Frames under each other, columns that one lacks empty there."""
    return pd.concat(list(frames), ignore_index=True)


def _about_the_whole(found: Roster, signals: pd.DataFrame) -> list[Issue]:
    place = found.tables[0].place
    issues = _namesakes(found)
    if len(found.ids) == 1:
        issues.append(
            place.issue(
                "warning",
                "There is only one candidate, so there is nothing to compare. Upload all "
                "applicants of the requisition.",
            )
        )
    if not len(signals.columns):
        issues.append(
            place.issue(
                "warning",
                "No column of numbers was found, so there is nothing to screen on. Add scores "
                "or ratings, or map the columns that hold them.",
            )
        )
    empty = [name for name in signals.columns if signals[name].isna().all()]
    if empty:
        issues.append(
            place.issue(
                "warning",
                f"No candidate has a value in {', '.join(map(repr, empty))}. Fill in the column "
                "or delete it.",
            )
        )
    return issues


def _namesakes(found: Roster) -> list[Issue]:
    """Notes about names that several candidates have."""
    issues: list[Issue] = []
    for table in found.tables:
        if table.names is None or table.kind != "candidates":
            continue
        again = table.names[table.names.notna() & table.names.duplicated(keep=False)]
        if len(again):
            rows = again.index.to_numpy(dtype=np.int64)
            issues.append(
                table.place.at("name").about_rows(
                    "note",
                    f"Several candidates have the same name ({row_list(rows)}); they are told "
                    "apart by their codes. Check that nobody stands there twice.",
                    rows,
                )
            )
    return issues
