"""agency-2011: sixty people apply for a social-media post, and Klout decides.

What is planted, so that the story can be told (everything else is drawn):

- six accounts that are consistent with a bought or traded audience, all at or above the gate;
- portfolios: those who pass the gate get ratings up to 4.5, and nine people whom the gate
  rejects have both items rated 5;
- two people at the cut with the same ratings, the same task result and no Kred score: only
  Klout tells them apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_data.recipe import fitted
from sample_data.recipe.people import SPECIAL, names, shared_out
from sample_data.recipe.tables import csv_bytes

SEED = 2011
CANDIDATES = 60
PLACES = 12
GATE = 50

#: People who apply for such a post have larger accounts than a random sample, by these
#: powers of ten. An assumption, chosen so that about a quarter reaches a Klout of 50.
APPLICANTS_ARE_LARGER = np.array([0.75, 0.50, 0.80, 0.40])


@dataclass(frozen=True)
class Bought:
    """An account whose audience was bought or traded, as the sample plants it."""

    followers: int
    following: int
    posts: int
    listed: int
    fake: int
    inactive: int
    klout: int
    strong: bool


#: Klout lies within one residual of the fitted relation, except for the last: a case that was
#: really reported, a million followers, following nobody, one post, and a Klout of 50.
BOUGHT = (
    Bought(104_212, 151_380, 1_911, 14, fake=58, inactive=27, klout=52, strong=True),
    Bought(48_731, 61_904, 640, 4, fake=63, inactive=22, klout=51, strong=False),
    Bought(212_450, 312, 96, 2, fake=81, inactive=12, klout=69, strong=True),
    Bought(87_020, 1_204, 143, 5, fake=74, inactive=15, klout=60, strong=True),
    Bought(31_877, 40_215, 388, 3, fake=66, inactive=21, klout=50, strong=True),
    Bought(1_000_000, 0, 1, 0, fake=96, inactive=4, klout=50, strong=True),
)
STRONG_PASSERS = 11

SCREEN = """\
name = "Agency screen, autumn 2011"
places = 12
scale = "z"
missing = "median"
tie_breakers = ["klout"]

[[gates]]
signal = "klout"
at_least = 50

[weights]
portfolio = 0.6
task = 0.3
kred_influence = 0.1
"""

EVIDENCE_SCREEN = """\
name = "Agency, work alone"
places = 12
scale = "z"
missing = "median"

[weights]
portfolio = 0.65
task = 0.35
"""

_WORK = (
    (
        "Campaign for a bakery chain",
        "copy and calendar",
        "Orders by telephone up 14 % in six weeks",
    ),
    ("Relaunch of a museum's pages", "editor", "Visits to the ticket page up 31 %"),
    ("Crisis replies for a ferry line", "lead", "Median time to a reply from 9 h to 40 min"),
    ("Charity run", "planner", "1,140 registrations, 38 % through the campaign"),
    ("Product questions for a tool maker", "moderator", "Repeat calls to support down 22 %"),
    ("Festival diary", "author", "Newsletter list grew by 2,600 confirmed readers"),
    ("City library evenings", "planner", "Attendance from 18 to 61 on average"),
    ("Recall notice for a toy", "copy", "81 % of sold items returned"),
)


def files() -> dict[str, bytes]:
    """File name → bytes of the requisition's tables and screens."""
    rng = np.random.default_rng(SEED)
    logs, klout = _drawn_accounts(rng)
    counts = fitted.counts_of(logs)
    bought_rows = _place_bought(rng, counts, klout)
    passes = klout >= GATE
    items, task = _work(rng, passes, bought_rows)
    twins = _twins(klout, passes, bought_rows, items, task)
    kred = fitted.kred_of(np.log10(1.0 + counts), klout)
    kred = np.clip(
        np.rint(kred + fitted.KRED_RESIDUAL_SD * rng.standard_normal(CANDIDATES)), 0, 1000
    )
    without_kred = {*twins, *(int(i) for i in rng.choice(CANDIDATES, 6, replace=False))}
    ids = [f"A{n:02d}" for n in range(1, CANDIDATES + 1)]
    people = names(rng, CANDIDATES, SPECIAL[:4])
    years = rng.integers(0, 16, CANDIDATES)
    candidates = [
        (
            ids[i],
            people[i],
            klout[i],
            None if i in without_kred else int(kred[i]),
            f"{items[i].mean():.1f}",
            task[i],
            years[i],
        )
        for i in range(CANDIDATES)
    ]
    return {
        "candidates.csv": csv_bytes(
            (
                "candidate_id",
                "name",
                "klout",
                "kred_influence",
                "portfolio",
                "task",
                "years_experience",
            ),
            candidates,
        ),
        "accounts.csv": _accounts(rng, ids, counts, bought_rows),
        "groups.csv": _groups(rng, ids),
        "portfolio.csv": _portfolio(rng, ids, items),
        "screen.toml": SCREEN.encode(),
        "evidence-screen.toml": EVIDENCE_SCREEN.encode(),
    }


def _drawn_accounts(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    logs = fitted.log_counts(rng, CANDIDATES, APPLICANTS_ARE_LARGER)
    residual = fitted.KLOUT_RESIDUAL_SD * rng.standard_normal(CANDIDATES)
    klout = np.clip(np.rint(fitted.klout_of(logs) + residual), 10, 99).astype(np.int64)
    return logs, klout


def _place_bought(
    rng: np.random.Generator, counts: np.ndarray, klout: np.ndarray
) -> dict[int, Bought]:
    rows = {
        int(i): b for i, b in zip(rng.choice(CANDIDATES, len(BOUGHT), False), BOUGHT, strict=True)
    }
    for i, account in rows.items():
        counts[i] = account.followers, account.following, account.listed, account.posts
        klout[i] = account.klout
    return rows


def _work(
    rng: np.random.Generator, passes: np.ndarray, bought: dict[int, Bought]
) -> tuple[np.ndarray, np.ndarray]:
    """Two rated items and a task result for each, by how far the story lets them come."""
    items = rng.choice([2, 3, 4, 5], size=(CANDIDATES, 2), p=[0.25, 0.40, 0.30, 0.05])
    task = rng.integers(45, 84, CANDIDATES)
    below = np.flatnonzero(~passes)
    best = rng.choice(below, 9, replace=False)
    items[best] = 5
    task[best] = rng.integers(84, 98, best.size)
    honest = [int(i) for i in np.flatnonzero(passes) if int(i) not in bought]
    rng.shuffle(honest)
    strong = [i for i, account in bought.items() if account.strong]
    strong += honest[: STRONG_PASSERS - len(strong)]
    for i in np.flatnonzero(passes):
        if int(i) in strong:
            items[i] = [(4, 4), (4, 5), (5, 4)][rng.integers(3)]
            task[i] = rng.integers(76, 93)
        else:
            items[i] = [(3, 3), (2, 3), (3, 2)][rng.integers(3)]
            task[i] = rng.integers(48, 67)
    return items, task


def _twins(
    klout: np.ndarray,
    passes: np.ndarray,
    bought: dict[int, Bought],
    items: np.ndarray,
    task: np.ndarray,
) -> tuple[int, int]:
    """Two who pass the gate with different Klout, made equal in everything else."""
    middling = [
        int(i) for i in np.flatnonzero(passes) if int(i) not in bought and items[i].mean() <= 3
    ]
    middling.sort(key=lambda i: (klout[i], i))
    lower, higher = middling[0], middling[-1]
    for i in (lower, higher):
        items[i] = (4, 3)
        task[i] = 70
    return lower, higher


def _accounts(
    rng: np.random.Generator, ids: list[str], counts: np.ndarray, bought: dict[int, Bought]
) -> bytes:
    likes = np.rint(10.0 ** np.clip(1.6 + 0.8 * rng.standard_normal(CANDIDATES), 0, 5))
    fake = np.rint(100 * rng.beta(2, 18, CANDIDATES)).astype(int)
    inactive = np.rint(100 * rng.beta(3, 12, CANDIDATES)).astype(int)
    audited = set(range(CANDIDATES)) - {int(i) for i in rng.choice(CANDIDATES, 12, replace=False)}
    rows = []
    for i, candidate in enumerate(ids):
        followers, following, listed, posts = (int(c) for c in counts[i])
        account = bought.get(i)
        shares: tuple[int | None, int | None] = (None, None)
        if account is not None:
            shares = account.fake, account.inactive
        elif i in audited:
            shares = int(fake[i]), int(inactive[i])
        year, month, day = 2007 + rng.integers(4), 1 + rng.integers(12), 1 + rng.integers(28)
        rows.append(
            (
                candidate,
                "twitter",
                followers,
                following,
                posts,
                listed,
                int(likes[i]),
                f"{year}-{month:02d}-{day:02d}",
                bool(account is None and followers > 20_000),
                bool(account is None or rng.random() < 0.5),
                bool(rng.random() < (0.9 if account is None else 0.4)),
                *shares,
            )
        )
    return csv_bytes(
        (
            "candidate_id",
            "platform",
            "followers",
            "following",
            "posts",
            "listed",
            "likes",
            "created",
            "verified",
            "has_picture",
            "has_bio",
            "fake_share",
            "inactive_share",
        ),
        rows,
    )


def _groups(rng: np.random.Generator, ids: list[str]) -> bytes:
    sex = shared_out(rng, {"Female": 29, "Male": 28, "": 3})
    ethnicity = shared_out(
        rng,
        {
            "White": 21,
            "Black or African American": 14,
            "Hispanic or Latino": 11,
            "Asian": 10,
            "": 4,
        },
    )
    age = shared_out(rng, {"under 30": 24, "30-39": 20, "40 and over": 15, "": 1})
    return csv_bytes(
        ("candidate_id", "sex", "ethnicity", "age_band"), zip(ids, sex, ethnicity, age, strict=True)
    )


def _portfolio(rng: np.random.Generator, ids: list[str], items: np.ndarray) -> bytes:
    rows = []
    for candidate, ratings in zip(ids, items, strict=True):
        for number, (place, rating) in enumerate(
            zip(rng.choice(len(_WORK), 2, replace=False), ratings, strict=True), start=1
        ):
            title, role, outcome = _WORK[place]
            url = f"https://example.org/{candidate.lower()}/{number}"
            date = f"{2009 + rng.integers(3)}-{1 + rng.integers(9):02d}"
            rows.append((candidate, title, url, role, outcome, date, rating))
    return csv_bytes(("candidate_id", "title", "url", "role", "outcome", "date", "rating"), rows)
