"""``cloutproof agreement``: would other reviewers have come to the same?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.cli.options import Files, Form, Out
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.progress import progress

if TYPE_CHECKING:
    from toolkit.estimate import Estimate
    from toolkit.review.agreement import Agreement, AgreementOn
    from toolkit.review.drift import Drift

COLUMNS = ("criterion", "figure", "value", "low", "high", "why")


@program.command()
def agreement(files: Files, form: Form = Format.TABLE, out: Out = None) -> None:
    """Would other reviewers have come to the same ratings?"""
    from toolkit.review.agreement import agreement
    from toolkit.review.read_ratings import read_ratings

    with progress("Reading"):
        ratings = read_ratings(*files)
    with progress("Comparing reviewers"):
        found = agreement(ratings)
    emit(answer_of(found), form, out)


def answer_of(found: Agreement) -> Answer:
    from toolkit.review.agreement_wording import headline, overlap_sentences, sentences

    parts = [("", found.overall)]
    if len(found.criteria) > 1:
        parts += list(found.criteria.items())
    whole = Table.of("Agreement", [row for part in parts for row in _rows(*part)], COLUMNS)
    on = found.overall
    summary = [
        headline(found),
        *sentences(on),
        *overlap_sentences(found),
        f"{on.ratings:,} ratings of {on.candidates:,} candidates by {on.reviewers:,} reviewers.",
    ]
    if found.without_rating:
        summary.append(f"{found.without_rating:,} entries had no rating and were left out.")
    if found.partial_totals:
        summary.append(
            f"{found.partial_totals:,} totals lacked a criterion and were left out of the overall "
            "intraclass correlations, variances and severities."
        )
    reading = [
        Table.of("Agreement", _rows("", on), {name: name for name in COLUMNS[1:5]}),
        Table.of(
            "Severity: points below the average reviewer",
            [one.to_dict() for one in on.severity],
            {"reviewer": "reviewer", "severity": "severity", "se": "error", "ratings": "ratings"},
        ),
        Table.of(
            "Reviewers a candidate, and the dependability of their mean",
            [one.to_dict() for one in on.d_study],
            {"reviewers": "reviewers", "phi": "phi", "phi_low": "from", "phi_high": "to"},
        ),
    ]
    if on.drift is not None and on.drift.reviewers:
        reading.append(_drift(on.drift))
    return Answer(found.to_dict(), whole, summary, reading)


def _drift(drift: Drift) -> Table:
    columns = {
        "reviewer": "reviewer",
        "first": "at first",
        "last": "at last",
        "change": "change",
        "change_low": "from",
        "change_high": "to",
        "p": "p",
    }
    return Table.of("Severity over time", [one.to_dict() for one in drift.reviewers], columns)


def _rows(criterion: str, on: AgreementOn) -> list[dict[str, object]]:
    return [
        {
            "criterion": criterion,
            "figure": name,
            "value": one.value,
            "low": one.low,
            "high": one.high,
            "why": one.why,
        }
        for name, one in _figures(on)
    ]


def _figures(on: AgreementOn) -> Iterator[tuple[str, Estimate]]:
    yield from on.icc.items()
    yield from ((f"alpha, {name}", one) for name, one in on.alpha.items())
    yield from ((f"Gwet's {name}", one) for name, one in on.gwet.items())
    yield "Fleiss' kappa", on.fleiss_kappa
    yield from ((f"variance of {name}", one) for name, one in on.variance.items())
