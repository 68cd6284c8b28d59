"""The pictures of the documents in docs/images, made of the sample of 2011.

``python -m scripts.pictures``: the same bytes for the same version of the program.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
from PIL import Image

from toolkit.fairness.law import law_named
from toolkit.fairness.recheck import recheck
from toolkit.fairness.statutory import statutory_of_counts
from toolkit.fairness.statutory_result import Statutory
from toolkit.influence.influence import Influence, influence
from toolkit.intake.cohort import Cohort
from toolkit.intake.read import read_cohort
from toolkit.review.ratings import ratings_of
from toolkit.review.rubric import portfolio_rubric
from toolkit.screening.screen import Screen
from toolkit.sheets.audit_report import audit_report
from toolkit.sheets.blank_sheet import BlankSheet
from toolkit.sheets.cohort_from_results import cohort_report
from toolkit.sheets.documents import Document, pictures_of
from toolkit.sheets.from_results import candidate_sheet
from toolkit.sheets.given_reviews import CandidateReviews, Given, GivenReview
from toolkit.sheets.look import USUAL
from toolkit.sheets.notice_sheet import Contact, notice_sheet
from toolkit.sheets.recheck_page import RecheckSheet
from toolkit.sheets.requisition import Requisition, Task
from toolkit.sheets.statutory_page import StatutorySheet

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample_data" / "agency-2011"
IMAGES = ROOT / "docs" / "images"
DATE = dt.date(2026, 10, 9)
REQUISITION = Requisition(
    title="Social media manager, autumn 2011",
    role="Social media manager",
    organisation="Harbour Street Agency",
    task=Task(
        title="Answer a complaint that spreads",
        instructions="A customer's post about a late delivery has been shared 400 times. Write "
        "the first public answer, one direct message, and three lines to the service team.",
        time_limit="45 minutes",
        conditions="Same brief, at the office, no outside help",
    ),
    retain_until=dt.date(2030, 12, 31),
)
#: As a summary prints it, with a figure that does not follow from the others.
PUBLISHED = pd.DataFrame(
    {
        "table": ["sex", "sex", "race", "race", "race"],
        "group": ["Male", "Female", "White", "Black", "Asian"],
        "n": ["92", "76", "100", "66", "2"],
        "selected": ["50", "34", "53", "30", "1"],
        "rate": ["54.3%", "44.7%", "53%", "45%", "50%"],
        "impact_ratio": ["1.00", "0.85", "1.00", "0.86", "0.94"],
    }
)
#: Dots an inch, points between two pages, and the paper around them.
SHARPNESS, GAP, PAPER = 58, 12, "#dfe5e4"
COLOURS = 128


def main() -> None:
    """Draw them all."""
    for name, (document, pages) in documents().items():
        drawn = pictures_of(document, USUAL, SHARPNESS)[:pages]
        path = IMAGES / f"{name}.png"
        path.write_bytes(side_by_side(drawn))
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")


def documents() -> dict[str, tuple[Document, int]]:
    """Name of the picture, its document, and how many of the first pages it shows."""
    cohort, screen = read_cohort(SAMPLE), Screen.read(SAMPLE / "screen.toml")
    found = influence(cohort, screen)
    taken = found.all_scores_removed.gained[0]
    left_out = found.all_scores_removed.lost[0]
    reviews = {code: _reviews(n) for n, code in enumerate(map(str, cohort.candidate_ids))}
    ratings = ratings_of(
        *zip(
            *(
                (code, review.reviewer, given.rating, given.criterion)
                for code, one in reviews.items()
                for review in one.reviews
                for given in review.ratings
            ),
            strict=True,
        )
    )
    shared = {"requisition": REQUISITION, "date": DATE}
    return {
        "review-sheet": (candidate_sheet(cohort, found, taken, **shared), 3),
        "review-sheet-filled": (
            candidate_sheet(cohort, found, taken, reviews=reviews[taken], **shared),
            3,
        ),
        "review-sheet-blank": (BlankSheet(REQUISITION, DATE), 3),
        "requisition-report": (cohort_report(cohort, found, ratings=ratings, **shared), 4),
        "adverse-impact-report": (audit_report(cohort, found, **shared), 4),
        "notice": (
            notice_sheet(
                cohort,
                found,
                left_out,
                contact=Contact("people@harbourstreet.example", dt.date(2026, 11, 9)),
                **shared,
            ),
            1,
        ),
        "statutory-tables": (StatutorySheet(_statutory(cohort, found), DATE), 2),
        "recheck": (RecheckSheet(recheck(PUBLISHED), "summary.csv", DATE), 1),
    }


def _statutory(cohort: Cohort, found: Influence) -> Statutory:
    groups = cohort.groups[["sex", "ethnicity"]]
    counted = groups.assign(selected=found.decisions.selected.astype(int), total=1)
    columns = {"sex": "sex", "race_ethnicity": "ethnicity"}
    counts = counted.groupby(list(columns.values()), as_index=False, dropna=False).sum()
    return statutory_of_counts(counts, law_named("nyc-ll144"), columns)


def _reviews(number: int) -> CandidateReviews:
    """Ratings by two reviewers of three, of whom the second is severe."""
    keys = [criterion.key for criterion in portfolio_rubric().criteria]
    reviewers = [(at, name) for at, name in enumerate(("Ann", "Bo", "Cy")) if (number + at) % 3]
    return CandidateReviews(
        tuple(
            GivenReview(
                name,
                tuple(
                    Given(
                        key,
                        float(min(5, max(1, 1 + (number * 7 + 3 * n) % 5 - (at == 1)))),
                        "Figures before and after, checked against the linked report.",
                        "Between the descriptions of 3 and 5.",
                    )
                    for n, key in enumerate(keys)
                ),
            )
            for at, name in reviewers
        )
    )


def side_by_side(pages: Sequence[bytes]) -> bytes:
    """Pages in one picture, in few colours."""
    images = [Image.open(io.BytesIO(page)).convert("RGB") for page in pages]
    width = sum(image.width for image in images) + GAP * (len(images) + 1)
    whole = Image.new("RGB", (width, images[0].height + 2 * GAP), PAPER)
    left = GAP
    for image in images:
        whole.paste(image, (left, GAP))
        left += image.width + GAP
    target = io.BytesIO()
    whole.quantize(COLOURS).save(target, "PNG", optimize=True)
    return target.getvalue()


if __name__ == "__main__":
    main()
