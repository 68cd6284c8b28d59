"""Public profile facts as arrays, one row an account; a candidate may have several, or none.

Reading a file turns a candidate's own columns of followers, follows, posts and lists into an
account. A cohort made of a frame has only signals: there they stand in for a missing account.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from toolkit.arrays import Bools, Floats, Ints
from toolkit.errors import InputError
from toolkit.intake.cohort import Cohort
from toolkit.scores.folding import folded

COUNTS = ("followers", "following", "posts", "listed", "likes")
FLAGS = ("verified", "has_picture", "has_bio")
SHARES = ("fake_share", "inactive_share")

#: Where an account follows others and posts for an audience. The models and rules of thumb
#: come from such networks; on the others the same words mean other things.
NOT_FOLLOWER_NETWORKS = frozenset(
    folded(name)
    for name in ("github", "gitlab", "linkedin", "stack overflow", "kaggle", "hackerrank")
)
TWITTER = frozenset(folded(name) for name in ("", "twitter", "x", "x (twitter)", "twitter / x"))
#: Signals that are account facts where a candidate has no account. Twitter's own files say
#: friends for the accounts that somebody follows.
SIGNALS_FOR = {
    "followers": ("followers",),
    "following": ("following", "friends"),
    "posts": ("posts",),
    "listed": ("listed",),
    "likes": ("likes_given",),
}


@dataclass(frozen=True, eq=False)
class AccountFacts:
    """Facts of m accounts of n candidates. Unknown is NaN.

    Parameters
    ----------
    n_candidates : int
    position : int array, shape (m,)
        Place of the account's candidate in the cohort, not decreasing.
    platform : tuple of str, length m
        As uploaded; empty where it is not named.
    followers, following, posts, listed, likes : float array, shape (m,)
    verified, has_picture, has_bio : float array, shape (m,)
        1, 0 or NaN.
    fake_share, inactive_share : float array, shape (m,)
        Percent of sampled followers, from an audit.
    age_days : float array, shape (m,)
        Days from the account's creation to the date that the facts were read.
    """

    n_candidates: int
    position: Ints
    platform: tuple[str, ...]
    followers: Floats
    following: Floats
    posts: Floats
    listed: Floats
    likes: Floats
    verified: Floats
    has_picture: Floats
    has_bio: Floats
    fake_share: Floats
    inactive_share: Floats
    age_days: Floats

    def __len__(self) -> int:
        return self.position.size

    def on_follower_network(self) -> Bools:
        """Which accounts are on a network of followers and posts, or do not say."""
        return ~_in(self.platform, NOT_FOLLOWER_NETWORKS)

    def on_twitter(self) -> Bools:
        """Which accounts are on Twitter, or do not say where they are."""
        return _in(self.platform, TWITTER)


def account_facts(cohort: Cohort, as_of: dt.date | None = None) -> AccountFacts:
    """Gather the account facts of a cohort.

    Parameters
    ----------
    cohort : Cohort
        n candidates.
    as_of : date, optional
        When the facts were read; the newest date of the cohort's score history when left
        out. Where neither is known, nor is any account's age: today's date would make the
        same file say something else tomorrow.

    Returns
    -------
    AccountFacts

    Raises
    ------
    InputError
        If a count or share is negative, or an account belongs to nobody in the cohort.
    """
    table = cohort.accounts
    position = _positions(cohort, table)
    columns = {name: _numbers(table, name) for name in (*COUNTS, *SHARES)}
    columns |= {name: _flags(table, name) for name in FLAGS}
    _refuse_negative(columns, cohort, position)
    if "created" in table.columns:
        columns["age_days"] = age_in_days(table["created"], as_of or _newest_date(cohort))
    facts = facts_of_columns(columns, _platforms(table), position, len(cohort))
    return _with_signals(facts, cohort)


def facts_of_columns(
    columns: Mapping[str, Floats], platform: Sequence[str], position: Ints, n_candidates: int
) -> AccountFacts:
    """The facts of m accounts, in the order of their candidates.

    Parameters
    ----------
    columns : mapping of str to float array, shape (m,)
        By the names of `AccountFacts`; a fact that is left out is known of no account.
    platform : sequence of str, length m
    position : int array, shape (m,)
        Place of each account's candidate among n.
    n_candidates : int
    """
    order = np.argsort(position, kind="stable")
    unknown = np.full(position.size, np.nan)
    names = (*COUNTS, *FLAGS, *SHARES, "age_days")
    alike = _alike(platform)
    return AccountFacts(
        n_candidates=n_candidates,
        position=position[order],
        platform=tuple(platform if alike else (platform[row] for row in order.tolist())),
        **{name: columns.get(name, unknown)[order] for name in names},
    )


def _with_signals(facts: AccountFacts, cohort: Cohort) -> AccountFacts:
    """The same, with an account made of the signals of those who have none."""
    position, platform = facts.position, facts.platform
    columns = {name: getattr(facts, name) for name in (*COUNTS, *FLAGS, *SHARES, "age_days")}
    without = np.ones(len(cohort), dtype=np.bool_)
    without[position] = False
    own = {name: _signal(cohort, signals) for name, signals in SIGNALS_FOR.items()}
    added = np.flatnonzero(without & ~np.isnan(own["followers"]))
    if added.size:
        unknown = np.full(len(cohort), np.nan)
        position = np.concatenate([position, added])
        order = np.argsort(position, kind="stable")
        position = position[order]
        everyone = [*platform, *[""] * added.size]
        platform = tuple(everyone[row] for row in order)
        columns = {
            name: np.concatenate([values, own.get(name, unknown)[added]])[order]
            for name, values in columns.items()
        }
    return AccountFacts(n_candidates=len(cohort), position=position, platform=platform, **columns)


def per_candidate(values: Floats, position: Ints, n_candidates: int) -> tuple[Floats, Ints]:
    """The highest value among each candidate's accounts, and where it stands.

    Parameters
    ----------
    values : float array, shape (m,)
        NaN where an account has none.
    position : int array, shape (m,)

    Returns
    -------
    float array, shape (n_candidates,)
        NaN where no account has a value.
    int array, shape (n_candidates,)
        Row of the account; −1 where there is none.
    """
    highest = np.full(n_candidates, np.nan)
    rows = np.full(n_candidates, -1, dtype=np.int64)
    known = np.flatnonzero(~np.isnan(values))
    # Written in ascending order, the first account with a candidate's highest value is last.
    order = known[np.lexsort((-known, values[known]))]
    highest[position[order]] = values[order]
    rows[position[order]] = order
    return highest, rows


def _positions(cohort: Cohort, table: pd.DataFrame) -> Ints:
    ids = table["candidate_id"].astype(str)
    found = cohort.candidate_ids.get_indexer(pd.Index(ids)).astype(np.int64)
    if (found < 0).any():
        stranger = ids.iloc[int(np.argmax(found < 0))]
        raise InputError(
            f"An account belongs to candidate '{stranger}', who is not among the candidates. "
            "Add the candidate, or remove the account."
        )
    return found


def _numbers(table: pd.DataFrame, name: str) -> Floats:
    if name not in table.columns:
        return np.full(len(table), np.nan)
    return np.asarray(pd.to_numeric(table[name], errors="coerce"), dtype=np.float64)


def _flags(table: pd.DataFrame, name: str) -> Floats:
    if name not in table.columns:
        return np.full(len(table), np.nan)
    known = table[name].map({True: 1.0, False: 0.0})
    return np.asarray(known, dtype=np.float64)


def _platforms(table: pd.DataFrame) -> list[str]:
    if "platform" not in table.columns:
        return [""] * len(table)
    return ["" if pd.isna(p) else str(p).strip() for p in table["platform"]]


def _newest_date(cohort: Cohort) -> dt.date | None:
    if not len(cohort.score_history):
        return None
    newest = pd.to_datetime(cohort.score_history["date"], errors="coerce").max()
    return None if pd.isna(newest) else newest.date()


def age_in_days(created: pd.Series, as_of: dt.date | None) -> Floats:
    """Whole days from these dates to the date of reading; NaN where either is not known."""
    if as_of is None:
        return np.full(len(created), np.nan)
    when = pd.to_datetime(created, errors="coerce", utc=True).dt.tz_localize(None)
    days = (pd.Timestamp(as_of) - when).dt.total_seconds().to_numpy(dtype=np.float64) / 86_400
    # Created after the facts were read: the date of reading is not this account's.
    return np.where(days < 0, np.nan, np.floor(days))


def _refuse_negative(columns: dict[str, Floats], cohort: Cohort, position: Ints) -> None:
    for name, values in columns.items():
        wrong = np.flatnonzero(values < 0)
        if wrong.size:
            who = cohort.candidate_ids[position[wrong[0]]]
            raise InputError(
                f"Accounts, candidate '{who}', column '{name}': {values[wrong[0]]:g} is "
                "negative. Correct the value, or leave it empty."
            )


def _signal(cohort: Cohort, names: tuple[str, ...]) -> Floats:
    """The first of these signals that each candidate has; a count below 0 is none."""
    values = np.full(len(cohort), np.nan)
    for name in names:
        if name in cohort.about:
            column = cohort.signals[name].to_numpy(dtype=np.float64)
            values = np.where(np.isnan(values) & (column >= 0), column, values)
    return values


def _alike(platforms: Sequence[str]) -> bool:
    """Whether all accounts are on one platform, as in most tables of many rows."""
    return bool(platforms) and platforms.count(platforms[0]) == len(platforms)


def _in(platforms: tuple[str, ...], names: frozenset[str]) -> Bools:
    if _alike(platforms):
        return np.full(len(platforms), folded(platforms[0]) in names)
    known = {platform: folded(platform) in names for platform in set(platforms)}
    return np.fromiter((known[p] for p in platforms), dtype=np.bool_, count=len(platforms))
