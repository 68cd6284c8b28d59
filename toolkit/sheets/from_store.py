"""What a team's store says to the documents of one requisition, as far as somebody may see it.

Blindness is the store's: ratings of a candidate are here once every reviewer has locked, and
for those alone who may see the panel.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.review.ratings import Ratings
from toolkit.review.rubric import Rubric
from toolkit.sheets.content_hash import content_hash
from toolkit.sheets.given_reviews import CandidateReviews, Given, GivenReview
from toolkit.sheets.person_decision import PersonDecision
from toolkit.sheets.requisition import Requisition, task_on_sheet
from toolkit.store.candidates import candidates
from toolkit.store.database import Database
from toolkit.store.decision_counts import DecisionCounts, decision_counts
from toolkit.store.decisions import KeptDecision, decisions
from toolkit.store.marks import Mark
from toolkit.store.panel import Panel, PanelCandidate, Spread, panel
from toolkit.store.people import people
from toolkit.store.rating_table import official_ratings
from toolkit.store.requisitions import requisition as requisition_of
from toolkit.store.rights import Action, Person
from toolkit.store.rubrics import rubrics
from toolkit.store.tasks import tasks


@dataclass(frozen=True, eq=False)
class TeamReview:
    """What reviewers gave, and what was decided, in one requisition.

    Parameters
    ----------
    requisition : Requisition
        Title, last day of keeping, and the task where there is one.
    rubric : Rubric or None
        The newest that reviews were handed out by, or that is kept; None where there is none.
    reviews : mapping of str to CandidateReviews
        By code, of candidates all of whose reviewers have locked.
    waiting : tuple of str
        Codes of candidates of whom a review is not locked yet.
    ratings : Ratings or None
        The locked ratings as one table, for agreement and ranking; reviewers by initials.
    weights : mapping of str to float
        The rubric's, under the names of the criteria in `ratings`.
    people : mapping of str to PersonDecision
        What was decided, by code.
    counts : DecisionCounts, optional
        The decisions counted together, for whoever may not see candidates; None for others.
    digest : str
        Content hash of all of it.
    """

    requisition: Requisition
    rubric: Rubric | None = None
    reviews: Mapping[str, CandidateReviews] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    ratings: Ratings | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    people: Mapping[str, PersonDecision] = field(default_factory=dict)
    counts: DecisionCounts | None = None
    digest: str = ""


def team_review(database: Database, by: Person, requisition: str) -> TeamReview:
    """What the store says to the documents of a requisition.

    Whoever may not see candidates finds neither ratings one by one nor decisions here.

    Parameters
    ----------
    database : Database
    by : Person
    requisition : str
        Key.

    Raises
    ------
    NotAllowed
    UnknownName
        If there is no such requisition.
    """
    kept = requisition_of(database, by, requisition)
    until = kept.retain_until
    head = Requisition(
        title=kept.title, retain_until=None if until is None else dt.date.fromisoformat(until)
    )
    told = tasks(database, by, requisition)
    if len(told) == 1:
        head = task_on_sheet(head, told[0].task)
    official = None
    if by.may(Action.SEE_AGREEMENT):
        official = official_ratings(database, by, requisition)
    meeting = Panel((), ())
    if by.may(Action.SEE_PANEL):
        meeting = panel(database, by, requisition)
    newest = rubrics(database, by, requisition)
    rubric = official.rubric if official else newest[0].rubric if newest else None
    names = [one.name for one in meeting.progress]
    short = initials([*names, *(official.ratings.reviewers if official else ())])
    codes, decided, counts = {}, {}, None
    if not by.may(Action.SEE_CANDIDATES):
        if by.may(Action.MAKE_REPORTS):
            counts = decision_counts(database, by, requisition)
    else:
        codes = {one.key: one.code for one in candidates(database, by, requisition)}
        decided = decisions(database, by, requisition)
    who = {}
    if decided and by.may(Action.SEE_PEOPLE):
        who = {one.id: one.name for one in people(database, by)}
    ratings = None
    if official is not None and len(official.ratings):
        reviewers = tuple(short[name] for name in official.ratings.reviewers)
        ratings = replace(official.ratings, reviewers=reviewers)
    found = TeamReview(
        requisition=head,
        rubric=rubric,
        reviews={
            codes[one.key]: _given(one, short)
            for one in meeting.candidates
            if not one.waiting and one.key in codes
        },
        waiting=tuple(
            codes[one.key] for one in meeting.candidates if one.waiting and one.key in codes
        ),
        ratings=ratings,
        weights=official.weights if official else {},
        people={
            codes[key]: _decided(codes[key], one, who)
            for key, one in decided.items()
            if key in codes
        },
        counts=counts,
    )
    said = [repr((head, found.reviews, found.waiting, found.people, counts))]
    said += ["" if rubric is None else rubric.digest, official.digest if official else ""]
    return replace(found, digest=content_hash({"said": said}))


def initials(names: Iterable[str]) -> dict[str, str]:
    """Short for each name: first letters, with a number where two would have the same.

    A sheet travels further than the panel's page, and who reads it needs to tell reviewers
    apart, not to know them.

    Examples
    --------
    >>> initials(["Ann Arbor", "Bo Diddley", "Abe Ash"])
    {'Abe Ash': 'AA 1', 'Ann Arbor': 'AA 2', 'Bo Diddley': 'BD'}
    """
    letters = {
        name: "".join(word[0].upper() for word in name.split("(")[0].split()) or "?"
        for name in sorted(set(names))
    }
    taken = list(letters.values())
    found: dict[str, str] = {}
    for name, short in letters.items():
        number = sum(letters[before] == short for before in found) + 1
        found[name] = short if taken.count(short) == 1 else f"{short} {number}"
    return found


def _given(one: PanelCandidate, short: Mapping[str, str]) -> CandidateReviews:
    order = dict.fromkeys(name for spread in one.criteria for name, _ in spread.marks)
    reviews = [
        GivenReview(
            short[name],
            tuple(
                _rating(spread.criterion, mark)
                for spread in one.criteria
                for reviewer, mark in spread.marks
                if reviewer == name
            ),
        )
        for name in order
    ]
    reviews += [GivenReview(short[name], (), why) for name, why in one.abstained]
    return CandidateReviews(
        tuple(sorted(reviews, key=lambda review: review.reviewer)),
        _agreed(one.criteria),
        one.rubric,
    )


def _rating(criterion: str, mark: Mark) -> Given:
    if mark.no_basis:
        return Given(criterion, None, reason=mark.note)
    return Given(criterion, None if mark.rating is None else float(mark.rating), mark.note)


def _agreed(criteria: Sequence[Spread]) -> tuple[Given, ...]:
    return tuple(
        Given(one.criterion, float(one.agreed.rating), reason=one.agreed.reason)
        for one in criteria
        if one.agreed is not None
    )


def _decided(code: str, one: KeptDecision, who: Mapping[str, str]) -> PersonDecision:
    proposal = one.proposal
    follows = proposal is not None and proposal.basis == "ranking" and not one.is_override
    return PersonDecision(
        code,
        "take forward" if one.selected else "do not take forward",
        one.reason,
        who.get(one.person, ""),
        dt.date.fromisoformat(one.made_at[:10]),
        follows="ranking" if follows else "",
    )
