"""The documents of one batch, everything decided and nothing made yet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypedDict

from toolkit.errors import SheetError, UnknownName
from toolkit.fairness.statutory_result import Particulars
from toolkit.inflation.inflation import Inflation, inflation
from toolkit.influence.attribution import Attribution, attribute
from toolkit.influence.explain import explanation_of
from toolkit.influence.influence import Influence, influence
from toolkit.influence.score_noise import ScoreNoise, score_noise
from toolkit.intake.cohort import Cohort
from toolkit.review.ratings import Ratings
from toolkit.review.rubric import Rubric, portfolio_rubric
from toolkit.screening.screen import Screen
from toolkit.sheets.blank_sheet import BlankSheet
from toolkit.sheets.branding import Branding
from toolkit.sheets.documents import Document
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.given_reviews import CandidateReviews
from toolkit.sheets.look import Paper
from toolkit.sheets.notice_sheet import Contact, notice_sheet
from toolkit.sheets.person_decision import PersonDecision
from toolkit.sheets.requisition import Requisition

if TYPE_CHECKING:
    from toolkit.store.decision_counts import DecisionCounts

#: What can be made, and the beginning of the names of its files.
KINDS: Mapping[str, str] = {
    "candidate": "sheet",
    "cohort": "requisition-report",
    "notice": "notice",
    "audit": "adverse-impact-report",
    "blank": "blank-sheet",
}
#: Those of which every candidate has one.
OF_EACH = ("candidate", "notice")

_NOT_IN_FILE_NAMES = re.compile(r"[^\w.-]+", re.ASCII)
_LONGEST_CODE = 60


class SheetOptions(TypedDict, total=False):
    """What a batch of documents may be told.

    candidates : sequence of str
        Codes of the candidates; everyone when left out.
    rubric : Rubric
        That of a portfolio review when left out.
    requisition : Requisition
        Blanks to fill in when left out.
    date : date
        On the documents; today when left out.
    blind : bool
        Withhold names and links; True when left out.
    reviews : mapping of str to CandidateReviews
        Ratings that were given, by candidate, for filled sheets.
    ratings : Ratings
        The same as a table, for agreement and ranking in the requisition report.
    weights : mapping of str to float
        Of the criteria in `ratings`; equal when left out.
    people : mapping of str to PersonDecision
        What people decided, by candidate.
    counts : DecisionCounts
        Decisions counted together, for a requisition report that lists nobody.
    contact : Contact
        Whom candidates may ask; a blank on notices when left out.
    groups : sequence of str
        Group columns of the adverse-impact report; all when left out.
    stratum : str
        Column that says where people competed.
    laws : sequence of str
        Laws whose tables are wanted; those that the groups allow when left out.
    categories : mapping of str to str
        What values of the group columns mean in the law's words.
    particulars : Particulars
        Dates and descriptions beside the law's tables.
    paper : {"a4", "us-letter"}
        A4 when left out.
    language : {"en", "de", "fr", "es"}
        English when left out; what people wrote stays as it is.
    branding : Branding
        Nobody's when left out.
    influence : Influence
        Of the screen on the cohort, where it has been computed already.
    inflation : Inflation
        Of the cohort, where it has been computed already.
    attribution : Attribution
        Of the screen's decisions, where it has been computed already.
    noise : ScoreNoise
        Of the screen's decisions, where it has been computed already.
    """

    candidates: Sequence[str] | None
    rubric: Rubric | None
    requisition: Requisition | None
    date: dt.date | None
    blind: bool
    reviews: Mapping[str, CandidateReviews] | None
    ratings: Ratings | None
    weights: Mapping[str, float] | None
    people: Mapping[str, PersonDecision] | None
    counts: DecisionCounts | None
    contact: Contact | None
    groups: Sequence[str] | None
    stratum: str | None
    laws: Sequence[str] | None
    categories: Mapping[str, str] | None
    particulars: Particulars | None
    paper: Paper
    language: str
    branding: Branding
    influence: Influence | None
    inflation: Inflation | None
    attribution: Attribution | None
    noise: ScoreNoise | None


@dataclass(frozen=True)
class Planned:
    """One document that is to be made.

    Parameters
    ----------
    file : str
    candidate_id : str or None
        Whose it is; None for a report about everybody.
    make : callable
        Its values.
    """

    file: str
    candidate_id: str | None
    make: Callable[[], Document]


@dataclass(frozen=True, eq=False)
class Plan:
    """The documents of one batch.

    Parameters
    ----------
    kind : str
    screen : Screen
    rubric : Rubric
    date : date
    blind : bool
    total : int
        How many there will be.
    documents : callable
        Each in turn. What they share is worked out when the first is asked for.
    """

    kind: str
    screen: Screen
    rubric: Rubric
    date: dt.date
    blind: bool
    total: int
    documents: Callable[[], Iterator[Planned]]


def plan(cohort: Cohort, screen: Screen, kind: str, options: SheetOptions) -> Plan:
    """Decide what is made.

    Raises
    ------
    SheetError
        If the kind is not known.
    UnknownName
        If a candidate is not in the cohort.
    """
    checked_kind(kind)
    codes = _codes(cohort, options.get("candidates")) if kind in OF_EACH else ()
    found = _Asked(cohort, screen, kind, codes, options)
    return Plan(
        kind=kind,
        screen=screen,
        rubric=found.rubric,
        date=found.date,
        blind=found.blind,
        total=len(codes) if kind in OF_EACH else 1,
        documents=found.documents,
    )


def checked_kind(kind: str) -> str:
    """The kind, if there is such a document.

    Raises
    ------
    SheetError
        If there is none.
    """
    if kind not in KINDS:
        raise SheetError(f"There is no sheet of the kind '{kind}'. Choose {', '.join(KINDS)}.")
    return kind


def file_name(
    candidate_id: str, number: int | None = None, of: int = 1, beginning: str = "sheet"
) -> str:
    """A file name for a candidate's document that every operating system accepts.

    Parameters
    ----------
    candidate_id : str
    number : int, optional
        Position in a batch; it keeps names apart that differ only in what file systems
        cannot hold.
    of : int
        Size of the batch, for leading zeros.
    beginning : str
        What the document is.

    Examples
    --------
    >>> file_name("A-017"), file_name("../é:x", 7, 120)
    ('sheet-A-017.pdf', 'sheet-007-x.pdf')
    """
    code = _NOT_IN_FILE_NAMES.sub("_", candidate_id).strip("._")[:_LONGEST_CODE]
    position = "" if number is None else f"{number:0{len(str(of))}d}"
    return "-".join(part for part in (beginning, position, code) if part) + ".pdf"


def _codes(cohort: Cohort, wanted: Sequence[str] | None) -> tuple[str, ...]:
    """Codes of the candidates wanted, each once, in the order of the cohort."""
    known = [str(candidate_id) for candidate_id in cohort.candidate_ids]
    for candidate_id in wanted or ():
        if candidate_id not in cohort.candidate_ids:
            raise UnknownName("candidate", candidate_id, known, "the cohort")
    chosen = set(known if wanted is None else wanted)
    return tuple(candidate_id for candidate_id in known if candidate_id in chosen)


@dataclass(frozen=True, eq=False)
class _Asked:
    """What was asked for, with what is usual where nothing was said."""

    cohort: Cohort
    screen: Screen
    kind: str
    codes: tuple[str, ...]
    options: SheetOptions

    @property
    def rubric(self) -> Rubric:
        return self.options.get("rubric") or portfolio_rubric()

    @property
    def date(self) -> dt.date:
        return self.options.get("date") or dt.date.today()

    @property
    def blind(self) -> bool:
        return self.options.get("blind", True)

    @property
    def requisition(self) -> Requisition:
        return self.options.get("requisition") or Requisition()

    def documents(self) -> Iterator[Planned]:
        makers = {"candidate": self._candidates, "notice": self._notices}
        if self.kind in makers:
            return makers[self.kind]()
        reports = {"cohort": self._cohort, "audit": self._audit, "blank": self._blank}
        return iter([Planned(f"{KINDS[self.kind]}.pdf", None, reports[self.kind])])

    def _found(self) -> Influence:
        return self.options.get("influence") or influence(self.cohort, self.screen)

    def _candidates(self) -> Iterator[Planned]:
        options, found = self.options, self._found()
        judged = options.get("inflation") or inflation(self.cohort)
        shared = options.get("attribution") or found.attribution
        shared = shared or attribute(self.cohort, found.decisions)
        noise = options.get("noise") or score_noise(self.cohort, found.decisions)
        reviews, people = options.get("reviews") or {}, options.get("people") or {}

        def made(code: str) -> Document:
            return candidate_sheet(
                self.cohort,
                found,
                code,
                inflation=judged,
                explanation=explanation_of(
                    self.cohort, found, code, attribution=shared, noise=noise
                ),
                rubric=self.rubric,
                requisition=self.requisition,
                date=self.date,
                blind=self.blind,
                reviews=reviews.get(code),
                person=people.get(code),
            )

        return self._of_each(made)

    def _notices(self) -> Iterator[Planned]:
        found, people = self._found(), self.options.get("people") or {}

        def made(code: str) -> Document:
            return notice_sheet(
                self.cohort,
                found,
                code,
                requisition=self.requisition,
                contact=self.options.get("contact"),
                person=people.get(code),
                date=self.date,
                named=not self.blind,
            )

        return self._of_each(made)

    def _of_each(self, made: Callable[[str], Document]) -> Iterator[Planned]:
        total, beginning = len(self.codes), KINDS[self.kind]
        for number, code in enumerate(self.codes, 1):
            yield Planned(file_name(code, number, total, beginning), code, partial(made, code))

    def _cohort(self) -> Document:
        # Reports take more of the program than sheets, of which there are many.
        from toolkit.sheets.cohort_from_results import cohort_report
        from toolkit.sheets.counted_report import counted_report

        options = self.options
        judged, counts = options.get("inflation"), options.get("counts")
        report = cohort_report(
            self.cohort,
            self._found(),
            inflation=judged if judged is not None and judged.reward is not None else None,
            attribution=options.get("attribution"),
            noise=options.get("noise"),
            ratings=options.get("ratings"),
            weights=options.get("weights"),
            people=options.get("people"),
            requisition=self.requisition,
            date=self.date,
            named=not self.blind,
        )
        return report if counts is None else counted_report(report, counts)

    def _audit(self) -> Document:
        from toolkit.sheets.audit_report import audit_report

        options = self.options
        return audit_report(
            self.cohort,
            self._found(),
            attributes=options.get("groups"),
            stratum=options.get("stratum"),
            law_keys=options.get("laws"),
            categories=options.get("categories"),
            particulars=options.get("particulars"),
            requisition=self.requisition,
            date=self.date,
        )

    def _blank(self) -> Document:
        return BlankSheet(self.requisition, self.date, self.rubric)
