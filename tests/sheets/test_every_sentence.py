"""No text of a document stays English in another language, whatever the results say.

Each message is marked instead of translated, and every document made: what is printed without a
mark has to be what somebody wrote, a figure or a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd
import pytest
from babel.dates import get_month_names
from babel.messages.catalog import Catalog

from tests.sheets.report_examples import (
    DATE,
    REQUISITION,
    adverse_impact_report,
    agency,
    requisition_report,
)
from tests.sheets.statutory_example import city, guideline
from toolkit.fairness.law import load_laws
from toolkit.fairness.recheck import recheck
from toolkit.inflation.inflation import inflation
from toolkit.influence.attribution import attribute
from toolkit.influence.explain import explanation_of
from toolkit.influence.score_noise import score_noise
from toolkit.review.rubric import portfolio_rubric
from toolkit.sheets import spoken, texts
from toolkit.sheets.blank_sheet import BlankSheet
from toolkit.sheets.catalogues import updated, updated_results
from toolkit.sheets.content import content_of
from toolkit.sheets.documents import Document, kind_of
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.given_reviews import CandidateReviews, Given, GivenReview
from toolkit.sheets.look import Look
from toolkit.sheets.notice_sheet import Contact, notice_sheet
from toolkit.sheets.person_decision import PersonDecision
from toolkit.sheets.recheck_page import RecheckSheet
from toolkit.sheets.statutory_page import StatutorySheet

_MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
_WORD = re.compile(r"[^\W\d_]{2,}")
#: What comes with the program as data, and what laws are called, which stays as it is.
_SHIPPED = {"say", "or", "rubric", "law", "verdict", "cause", "limit"}
_NAMES_OF_LAWS = " ".join(
    f"{law.name} {law.short} {source.title} {source.cite}"
    for law in load_laws().values()
    for source in law.sources
)
_MONTHS = " ".join(get_month_names("wide", locale="de").values())
#: What templates read and do not print.
_NOT_PRINTED = {"language", "paper", "fonts", "keywords", "mark", "brand", "hash_line", "digest"}


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """German with every message in brackets."""

    def mark(made: Catalog) -> Catalog:
        for message in made:
            if isinstance(message.id, str):
                message.string = f"⟦{message.id}⟧"
            else:
                message.string = tuple(f"⟦{form}⟧" for form in message.id)
        return made

    fixed, results = updated(texts.catalogue("de")), updated_results(spoken.result_catalogue("de"))
    monkeypatch.setattr(texts, "catalogue", lambda language: mark(fixed))
    monkeypatch.setattr(spoken, "result_catalogue", lambda language: mark(results))
    caches = (texts._translated, texts.texts_of, spoken.words_in)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


def candidates() -> Iterator[Document]:
    """Candidates of 2011, blind or with a name, filled in or not, and two notices."""
    cohort, found = agency()
    judged, shared = inflation(cohort), attribute(cohort, found.decisions)
    noise = score_noise(cohort, found.decisions, draws=200)
    keys = [criterion.key for criterion in portfolio_rubric().criteria]
    given = tuple(Given(key, None if at else 4.0, "Seen.", "Why.") for at, key in enumerate(keys))
    reviews = CandidateReviews((GivenReview("Ann", given), GivenReview("Bo", given)), given)
    codes = dict.fromkeys([*judged.flagged_ids, *map(str, cohort.candidate_ids[:8])])
    for at, code in enumerate(codes):
        choice = PersonDecision(code, "hold", "Not their own.", "M. Okafor", DATE)
        yield candidate_sheet(
            cohort,
            found,
            code,
            inflation=judged,
            explanation=explanation_of(cohort, found, code, attribution=shared, noise=noise),
            requisition=REQUISITION,
            date=DATE,
            blind=bool(at % 2),
            reviews=reviews if at % 3 else None,
            person=choice if at % 4 else None,
        )
        if at < 2:
            contact = Contact("people@example.org", DATE)
            yield notice_sheet(cohort, found, code, contact=contact, person=choice, date=DATE)


def others() -> Iterator[Document]:
    """One of every other kind."""
    yield requisition_report()
    yield adverse_impact_report()
    yield BlankSheet(REQUISITION, DATE, portfolio_rubric())
    for found in (city(), guideline(), guideline(job=None)):
        yield StatutorySheet(found, DATE)
    tables = {
        "by sex": {"n": ["92", "76"], "rate": ["54.3%", "44.9%"], "impact_ratio": ["1.00", "0.83"]},
        "by race": {"n": ["50", "3"], "rate": ["0.5", "0.66"], "impact_ratio": ["1", "1.32"]},
    }
    for name, columns in tables.items():
        table = pd.DataFrame({"group": ["Alpha", "Beta"], **columns})
        yield RecheckSheet(recheck(table), name, DATE)


def written(content: object) -> Iterator[str]:
    """What people wrote and what things are called: everything but what the program says."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for key, value in content.items():
            if key not in _SHIPPED and not (key == "title" and "referent" in content):
                yield str(key)
                yield from written(value)
    elif isinstance(content, list):
        for value in content:
            yield from written(value)


def printed(page: object, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(page, str):
        yield where, page
    elif isinstance(page, Mapping):
        for key, value in page.items():
            if key not in _NOT_PRINTED:
                yield from printed(value, f"{where}.{key}")
    elif isinstance(page, list | tuple):
        for at, value in enumerate(page):
            yield from printed(value, f"{where}.{at}")


def english(document: Document) -> dict[str, str]:
    """Places of the page with words that nobody wrote and no catalogue said."""
    named = [*written(content_of(document)), _NAMES_OF_LAWS, _MONTHS]
    own = set(_WORD.findall(" ".join(named)))
    left = {}
    for where, text in printed(kind_of(document).page(document, Look(language="de"))):
        rest = text
        while (shorter := _MARKED.sub(" ", rest)) != rest:
            rest = shorter
        if words := [word for word in _WORD.findall(rest) if word not in own]:
            left[where] = f"{words} in {text}"
    return left


@pytest.mark.usefixtures("marked")
def test_every_printed_sentence_is_said_by_a_catalogue() -> None:
    made = [*candidates(), *others()]
    assert len({kind_of(document).name for document in made}) == 7
    left: dict[str, str] = {}
    for document in made:
        left |= {f"{kind_of(document).name}{w}": said for w, said in english(document).items()}
    assert left == {}
