"""Ratings on a review sheet: as they were given, or as room to give them."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.review.rubric import Rubric
from toolkit.sheets.candidate_sheet import CandidateSheet
from toolkit.sheets.given_reviews import Given, GivenReview, total_of
from toolkit.sheets.look import Page
from toolkit.sheets.spoken import spoken
from toolkit.sheets.texts import Texts

#: Columns of reviewers in one table of the panel; more get a table of their own.
SIDE_BY_SIDE = 6
#: Columns on a sheet that is filled in by hand.
BY_HAND = 3


def reviews_page(sheet: CandidateSheet, t: Texts) -> Page:
    """The ratings of each criterion, and the panel's tables.

    Parameters
    ----------
    sheet : CandidateSheet
    t : Texts
        Of the candidate's sheet.
    """
    rated = tuple(review for review in sheet.reviews if not review.abstained)
    rubric, names = sheet.rubric, _names(rated, t)
    person = sheet.person
    return {
        "filled": bool(rated),
        "given": [
            [
                _given(name, review.on(criterion.key), t)
                for name, review in zip(names, rated, strict=True)
            ]
            for criterion in rubric.criteria
        ],
        "reviewers": [
            {"name": name, "total": _number(review.total(rubric), 2, t)}
            for name, review in zip(names, rated, strict=True)
        ],
        "panel": panel_tables(rubric, rated, sheet.agreed, t),
        "abstained": [
            t("abstained", reviewer=one.reviewer or t("abstained_somebody"), reason=one.abstained)
            for one in sheet.reviews
            if one.abstained
        ],
        "person": {}
        if person is None
        else {
            "choice": t.document["choices"][person.choice.replace(" ", "_")],
            "reason": person.reason or (t("follows_ranking") if person.follows else ""),
            "by": person.by,
            "on": "" if person.on is None else t.date(person.on),
            "overrides": person.overrides(sheet.outcome.selected),
        },
    }


def panel_tables(
    rubric: Rubric, reviews: Sequence[GivenReview], agreed: Sequence[Given], t: Texts
) -> list[Page]:
    """The independent ratings side by side, their spread, and what was agreed.

    Parameters
    ----------
    rubric : Rubric
    reviews : sequence of GivenReview
        Empty for a table to fill in by hand.
    agreed : sequence of Given
    t : Texts
        Of the candidate's sheet.
    """
    before, spread, after, why = t.document["panel_frame"]
    names = _names(reviews, t) or [t("reviewer_n", number=n + 1) for n in range(BY_HAND)]
    by_criterion = {one.criterion: one for one in agreed}
    tables = []
    for start in range(0, len(names), SIDE_BY_SIDE):
        some = reviews[start : start + SIDE_BY_SIDE]
        last = start + SIDE_BY_SIDE >= len(names)
        rows = []
        for criterion in rubric.criteria:
            own = [_mark(review.on(criterion.key), t) for review in some] or [""] * len(names)
            rows.append(
                [
                    spoken(criterion.label, t),
                    *own,
                    *(_agreed(criterion.key, reviews, by_criterion, t) if last else ()),
                ]
            )
        totals = [_number(review.total(rubric), 2, t) for review in some] or [""] * len(names)
        whole = total_of(agreed, rubric)
        rows.append(
            [
                t("panel_total"),
                *totals,
                *(
                    (_spread_of_totals(reviews, rubric, t), _number(whole, 2, t), "")
                    if last
                    else ()
                ),
            ]
        )
        tables.append(
            {
                "columns": [
                    before,
                    *names[start : start + SIDE_BY_SIDE],
                    *((spread, after, why) if last else ()),
                ],
                "rows": rows,
                "last": last,
            }
        )
    return tables


def _names(reviews: Sequence[GivenReview], t: Texts) -> list[str]:
    """Reviewers by name, or by number where names are withheld."""
    return [one.reviewer or t("reviewer_n", number=number) for number, one in enumerate(reviews, 1)]


def _given(name: str, given: Given | None, t: Texts) -> Page:
    return {
        "reviewer": name,
        "rating": _mark(given, t),
        "note": "" if given is None else given.note,
        "reason": "" if given is None else given.reason,
    }


def _mark(given: Given | None, t: Texts) -> str:
    if given is None:
        return t("not_rated")
    return t("no_basis_short") if given.rating is None else _rating(given.rating, t)


def _rating(value: float, t: Texts) -> str:
    return t.number(value, 0 if float(value).is_integer() else 1)


def _agreed(
    criterion: str, reviews: Sequence[GivenReview], agreed: dict[str, Given], t: Texts
) -> tuple[str, str, str]:
    """Spread, agreed rating, and why it changed; empty where they are to be filled in."""
    given = [review.on(criterion) for review in reviews]
    values = [one.rating for one in given if one is not None and one.rating is not None]
    spread = _rating(max(values) - min(values), t) if len(values) > 1 else ""
    found = agreed.get(criterion)
    if found is None:
        return spread, "", ""
    return spread, _mark(found, t), found.reason


def _spread_of_totals(reviews: Sequence[GivenReview], rubric: Rubric, t: Texts) -> str:
    totals = [total for review in reviews if (total := review.total(rubric)) is not None]
    return t.number(max(totals) - min(totals), 2) if len(totals) > 1 else ""


def _number(value: float | None, decimals: int, t: Texts) -> str:
    return "" if value is None else t.number(value, decimals)
