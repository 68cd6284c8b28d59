"""engineer-2026: four hundred people apply for software posts; stars and activity weigh most.

What is planted (everything else is drawn):

- *skill* has the same mean in every group, so tasks and ratings favour none of them;
- *reach* (stars, Social Selling Index) is lower for women, for some ethnic groups and for
  people of 50 and over, by the amounts in `REACH_GAPS`. That says nothing about real people:
  it is there so that an analysis of groups has something to find;
- nine people whose stars came in one month, in the shape that the study of suspected
  campaigns describes, and five whose stars rose as they do after a talk or an article;
- five reviewers, two of them severe or lenient by half a point.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_data.recipe import fitted
from sample_data.recipe.people import SPECIAL, names, shared_out
from sample_data.recipe.tables import csv_bytes

#: Taken from sixty so that, by sex and ethnicity, chance among forty places does not hide what
#: is planted. By age and disability chance is left as it fell.
SEED = 2085
CANDIDATES = 400
CAMPAIGNS, ORGANIC_SPIKES, WITH_HISTORY = 9, 5, 60
MONTHS = [f"{y}-{m:02d}-01" for y in (2024, 2025, 2026) for m in range(1, 13)][8:26]

GROUPS = {
    "sex": {"Female": 182, "Male": 190, "Non-binary": 7, "": 21},
    "ethnicity": {
        "White": 120,
        "Asian": 92,
        "Black or African American": 82,
        "Hispanic or Latino": 68,
        "Native American": 6,
        "": 32,
    },
    "age_band": {"under 30": 140, "30-39": 130, "40-49": 80, "50 and over": 40, "": 10},
    "disability": {"no": 330, "yes": 38, "": 32},
}
#: Lower reach, in standard deviations of reach. Planted, see above.
REACH_GAPS = {
    "Female": 0.50,
    "Non-binary": 0.50,
    "Black or African American": 0.45,
    "Hispanic or Latino": 0.30,
    "50 and over": 0.50,
}
#: How much higher or lower each reviewer rates than the others.
REVIEWERS = {"R1": -0.5, "R2": 0.0, "R3": 0.5, "R4": 0.1, "R5": -0.1}
CRITERIA = ("problem_solving", "code_quality", "communication")

SCREEN = """\
name = "Engineer screen 2026"
places = 40
scale = "percentile"
missing = "median"
tie_breakers = ["linkedin_ssi"]

[[gates]]
signal = "github_stars"
at_least = 10

[weights]
github_stars = 0.3
linkedin_ssi = 0.15
stackoverflow_reputation = 0.15
task_code_review = 0.2
task_debugging = 0.2
"""

EVIDENCE_SCREEN = """\
name = "Engineer, work alone"
places = 40
scale = "percentile"
missing = "median"

[weights]
task_code_review = 0.5
task_debugging = 0.5
"""


@dataclass(frozen=True)
class _Applicants:
    """What is drawn once and used by several tables."""

    ids: list[str]
    groups: dict[str, list[str]]
    skill: np.ndarray
    reach: np.ndarray
    stars: np.ndarray
    history: dict[int, np.ndarray]
    bought: list[int]


def files() -> dict[str, bytes]:
    """File name → bytes of the requisition's tables and screens."""
    rng = np.random.default_rng(SEED)
    people = _applicants(rng)
    everyone = names(rng, CANDIDATES, SPECIAL)
    years = np.clip(np.rint(6 + 5 * rng.standard_normal(CANDIDATES)), 0, 30).astype(int)
    days = rng.integers(1, 29, CANDIDATES)
    return {
        "candidates.csv": csv_bytes(
            ("candidate_id", "name", "years_experience", "applied_on"),
            [
                (people.ids[i], everyone[i], years[i], f"2026-02-{days[i]:02d}")
                for i in range(CANDIDATES)
            ],
        ),
        "scores.csv": _scores(rng, people),
        "accounts.csv": _accounts(rng, people),
        "score_history.csv": _score_history(people),
        "followers.csv": _followers(rng, people),
        "groups.csv": csv_bytes(
            ("candidate_id", *people.groups),
            zip(people.ids, *people.groups.values(), strict=True),
        ),
        "tasks.csv": _tasks(rng, people),
        "ratings.csv": _ratings(rng, people),
        "outcomes.csv": _outcomes(rng, people),
        "portfolio.csv": _portfolio(rng, people),
        "screen.toml": SCREEN.encode(),
        "evidence-screen.toml": EVIDENCE_SCREEN.encode(),
    }


def _applicants(rng: np.random.Generator) -> _Applicants:
    groups = {name: shared_out(rng, counts) for name, counts in GROUPS.items()}
    skill = _alike_in_every_group(rng.standard_normal(CANDIDATES), groups)
    reach = 0.3 * skill + 0.95 * _alike_in_every_group(rng.standard_normal(CANDIDATES), groups)
    for column in groups.values():
        reach -= np.array([REACH_GAPS.get(group, 0.0) for group in column])
    log_stars = 1.5 + fitted.STARS_LOG_SD * (0.8 * reach + 0.6 * rng.standard_normal(CANDIDATES))
    stars = np.rint(np.maximum(10.0**log_stars - 1.0, 0.0)).astype(np.int64)
    history, bought = _histories(rng, skill, stars)
    ids = [f"E{n:03d}" for n in range(1, CANDIDATES + 1)]
    return _Applicants(ids, groups, skill, reach, stars, history, bought)


def _alike_in_every_group(draws: np.ndarray, groups: dict[str, list[str]]) -> np.ndarray:
    """The draws with mean 0 in every group, and standard deviation 1."""
    for _ in range(20):  # the groups overlap, so one pass does not settle all of them
        for column in groups.values():
            members = np.array(column)
            for group in set(column):
                draws[members == group] -= draws[members == group].mean()
    return draws / draws.std()


def _histories(
    rng: np.random.Generator, skill: np.ndarray, stars: np.ndarray
) -> tuple[dict[int, np.ndarray], list[int]]:
    """New stars a month for some; campaigns and organic rises are added to their stars."""
    ordinary = np.flatnonzero((stars >= 5) & (stars < 120) & (skill > 0.2) & (skill < 1.2))
    bought = [int(i) for i in rng.choice(ordinary, CAMPAIGNS, replace=False)]
    rest = np.setdiff1d(np.flatnonzero(stars >= 20), bought)
    others = [int(i) for i in rng.choice(rest, WITH_HISTORY - CAMPAIGNS, replace=False)]
    history = {}
    for i in sorted([*bought, *others]):
        weights = rng.gamma(4.0, 1.0, len(MONTHS))
        history[i] = rng.multinomial(round(0.6 * stars[i]), weights / weights.sum())
    for i in bought:
        month = int(rng.integers(8, len(MONTHS) - 2))
        size = fitted.SUSPECTED_SPIKE_LOG_MEAN + fitted.SUSPECTED_SPIKE_LOG_SD * rng.random()
        _add(stars, history, i, month, round(10**size))
        _add(stars, history, i, month + 1, round(fitted.SUSPECTED_NEXT_MONTH * 10**size))
    for i in others[:ORGANIC_SPIKES]:
        month = int(rng.integers(5, len(MONTHS) - 2))
        size = 10 ** (fitted.ORGANIC_SPIKE_LOG_MEAN - 0.3 + 0.3 * rng.random())
        for at, share in (
            (-1, fitted.ORGANIC_MONTH_BEFORE),
            (0, 1.0),
            (1, fitted.ORGANIC_NEXT_MONTH),
            (2, 0.25),
        ):
            if month + at < len(MONTHS):
                _add(stars, history, i, month + at, round(share * size))
    return history, sorted(bought)


def _add(
    stars: np.ndarray, history: dict[int, np.ndarray], candidate: int, month: int, count: int
) -> None:
    history[candidate][month] += count
    stars[candidate] += count


def _scores(rng: np.random.Generator, people: _Applicants) -> bytes:
    posting = people.reach.copy()
    posting[people.bought] += 1.0  # those who buy an audience also post for one
    ssi = 50 + 13 * (0.8 * posting + 0.6 * rng.standard_normal(CANDIDATES))
    log_reputation = 2.6 + 0.9 * (
        0.45 * people.skill + 0.2 * people.reach + 0.87 * rng.standard_normal(CANDIDATES)
    )
    columns = {
        "github_stars": (people.stars, 0.06),
        "linkedin_ssi": (np.clip(np.rint(ssi), 5, 98).astype(int), 0.04),
        "stackoverflow_reputation": (
            np.rint(10.0 ** np.maximum(log_reputation, 0)).astype(int),
            0.22,
        ),
    }
    kept = set(people.history)
    rows = []
    for score, (values, share_missing) in columns.items():
        missing = rng.random(CANDIDATES) < share_missing
        rows += [
            (people.ids[i], score, values[i], "2026-02-28")
            for i in range(CANDIDATES)
            if not missing[i] or (score == "github_stars" and i in kept)
        ]
    return csv_bytes(("candidate_id", "score", "value", "date"), rows)


def _accounts(rng: np.random.Generator, people: _Applicants) -> bytes:
    followers = 10.0 ** (
        0.9 + 0.45 * np.log10(1 + people.stars) + 0.35 * rng.standard_normal(CANDIDATES)
    )
    following = 10.0 ** (1.3 + 0.5 * rng.standard_normal(CANDIDATES))
    repositories = 10.0 ** (1.2 + 0.4 * rng.standard_normal(CANDIDATES))
    rows = []
    for i, candidate in enumerate(people.ids):
        bought = i in people.bought
        year = (2022 if bought else 2010) + rng.integers(3 if bought else 15)
        rows.append(
            (
                candidate,
                "github",
                round(followers[i] * (2.5 if bought else 1.0)),
                round(following[i]),
                round(repositories[i] * (0.4 if bought else 1.0)),
                f"{year}-{1 + rng.integers(12):02d}-{1 + rng.integers(28):02d}",
                bool(rng.random() < 0.8),
                bool(rng.random() < 0.6),
            )
        )
    return csv_bytes(
        (
            "candidate_id",
            "platform",
            "followers",
            "following",
            "posts",
            "created",
            "has_picture",
            "has_bio",
        ),
        rows,
    )


def _score_history(people: _Applicants) -> bytes:
    """Stars at the start of each month; the last value is the score itself."""
    rows = []
    for i, new in people.history.items():
        totals = people.stars[i] - new.sum() + np.cumsum(new)
        rows += [
            (people.ids[i], "github_stars", month, total)
            for month, total in zip(MONTHS, totals, strict=True)
        ]
    return csv_bytes(("candidate_id", "score", "date", "value"), rows)


def _followers(rng: np.random.Generator, people: _Applicants) -> bytes:
    """Forty followers of each of eight accounts, four of them with a bought audience."""
    honest = [i for i in people.history if i not in people.bought][:4]
    rows = []
    for i in [*people.bought[:4], *honest]:
        share = rng.uniform(0.55, 0.80) if i in people.bought else 0.05
        for _ in range(40):
            fake = rng.random() < share
            mean = fitted.FAKE_LOG_MEAN if fake else fitted.GENUINE_LOG_MEAN
            sd = fitted.FAKE_LOG_SD if fake else fitted.GENUINE_LOG_SD
            counts = fitted.counts_of(np.maximum(mean + sd * rng.standard_normal(3), 0.0))
            picture = rng.random() < (fitted.FAKE_PICTURE if fake else fitted.GENUINE_PICTURE)
            bio = rng.random() < (fitted.FAKE_BIO if fake else fitted.GENUINE_BIO)
            rows.append((people.ids[i], *counts, bool(picture), bool(bio)))
    return csv_bytes(
        ("candidate_id", "followers", "following", "posts", "has_picture", "has_bio"), rows
    )


def _tasks(rng: np.random.Generator, people: _Applicants) -> bytes:
    rows = []
    for task, mean, sd in (("code_review", 62, 14), ("debugging", 58, 16)):
        results = mean + sd * (0.75 * people.skill + 0.66 * rng.standard_normal(CANDIDATES))
        results = np.clip(np.rint(results), 0, 100).astype(int)
        absent = {int(i) for i in rng.choice(CANDIDATES, 14, replace=False)}
        rows += [(people.ids[i], task, results[i]) for i in range(CANDIDATES) if i not in absent]
    return csv_bytes(("candidate_id", "task", "result"), rows)


def _ratings(rng: np.random.Generator, people: _Applicants) -> bytes:
    """Two or three of the five reviewers rate each candidate on every criterion."""
    reviewers = list(REVIEWERS)
    rows = []
    for i, candidate in enumerate(people.ids):
        panel = sorted(rng.choice(5, 2 + int(rng.random() < 0.4), replace=False))
        for criterion in CRITERIA:
            true = 3.1 + 0.6 * people.skill[i] + 0.45 * rng.standard_normal()
            for place in panel:
                severity = REVIEWERS[reviewers[place]]
                rating = round(true + severity + 0.55 * rng.standard_normal())
                rows.append((candidate, criterion, reviewers[place], min(max(rating, 1), 5)))
    return csv_bytes(("candidate_id", "criterion", "reviewer", "rating"), rows)


def _outcomes(rng: np.random.Generator, people: _Applicants) -> bytes:
    """A supervisor's rating after a year, for those who were hired somewhere."""
    hired = sorted(int(i) for i in rng.choice(CANDIDATES, 150, replace=False))
    performance = 3.0 + 0.55 * people.skill + 0.65 * rng.standard_normal(CANDIDATES)
    stayed = rng.random(CANDIDATES) < 0.86
    return csv_bytes(
        ("candidate_id", "performance_12m", "retained_12m"),
        [(people.ids[i], f"{min(max(performance[i], 1), 5):.1f}", int(stayed[i])) for i in hired],
    )


def _portfolio(rng: np.random.Generator, people: _Applicants) -> bytes:
    projects = (
        ("Queue for a ticket office", "author", "Waiting time at peak from 40 to 6 s"),
        ("Parser for timetable files", "maintainer", "All 312 files of the operator read"),
        ("Move of a billing system", "one of three", "No invoice lost among 2.1 million"),
        ("Screen reader support", "author", "Three blind users finished every task"),
        ("Test bench for sensors", "author", "Faults found before delivery from 61 to 94 %"),
    )
    rows = []
    for i in sorted(int(i) for i in rng.choice(CANDIDATES, 220, replace=False)):
        title, role, outcome = projects[rng.integers(len(projects))]
        rating = round(3.1 + 0.7 * people.skill[i] + 0.6 * rng.standard_normal())
        candidate = people.ids[i]
        rows.append(
            (
                candidate,
                title,
                f"https://example.org/{candidate.lower()}",
                role,
                outcome,
                f"{2021 + rng.integers(5)}-{1 + rng.integers(12):02d}",
                min(max(rating, 1), 5),
            )
        )
    return csv_bytes(("candidate_id", "title", "url", "role", "outcome", "date", "rating"), rows)
