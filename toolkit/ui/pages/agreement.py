"""Agreement: would other reviewers have come to the same ratings?"""

from __future__ import annotations

import streamlit as st

from toolkit.intake.plain_name import shown_name
from toolkit.review.agreement import Agreement, AgreementOn
from toolkit.review.agreement_wording import headline, overlap_sentences, sentences
from toolkit.ui import faults, places
from toolkit.ui.components.agreement_tables import agreement_table, pair_table
from toolkit.ui.components.dependability_picture import dependability_picture
from toolkit.ui.components.dot_rows import DotRow, dot_rows
from toolkit.ui.components.formula import formula
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.components.picture import picture
from toolkit.ui.components.ratings_source import ratings_source
from toolkit.ui.plain_text import plain
from toolkit.ui.review_results import agreement_of, exposures_of, official_of
from toolkit.ui.state import workspace

_ALL = ""


def page() -> None:
    """Draw the page."""
    heading(places.AGREEMENT.title)
    work = workspace()
    with faults.shown_in_place():
        source = ratings_source(work, official_of())
        if source is None:
            return
        found = agreement_of(work, source.ratings, source.key)
        lead_sentence(plain(headline(found)))
        on = _chosen(found)
        _words(found, on)
        _dependability(on)
        _severity(on)
        _over_time(on)
        _spread(on)
        _beyond_chance(on)
        _after_scores()


def _chosen(found: Agreement) -> AgreementOn:
    if len(found.criteria) == 1:
        return found.overall
    criterion = st.selectbox(
        "Criterion",
        [_ALL, *found.criteria],
        format_func=lambda name: shown_name(name) if name else "All together",
        key="agreement-criterion",
        persist_state="session",
    )
    return found.criteria[criterion] if criterion else found.overall


def _words(found: Agreement, on: AgreementOn) -> None:
    said: list[str] = [*sentences(on)]
    if on is found.overall:
        said += overlap_sentences(found)
    said.append(
        f"{on.ratings:,} ratings of {on.candidates:,} candidates by {on.reviewers:,} reviewers."
    )
    if found.without_rating:
        said.append(f"{found.without_rating:,} entries had no rating: counted, and left out.")
    if found.partial_totals and on is found.overall:
        said.append(
            f"{found.partial_totals:,} times a reviewer left out a criterion of a candidate; "
            "those totals are left out here."
        )
    st.markdown("\n".join(f"- {plain(one)}" for one in said))


def _dependability(on: AgreementOn) -> None:
    section("How many reviewers are enough?")
    if on.d_study[0].phi.value is None:
        st.markdown(plain(on.d_study[0].phi.why or ""))
        return
    dependability_picture(on)
    formula(
        "Candidates, reviewers and what is left each have a variance; more reviewers average "
        "the last two out.",
        r"\varphi(k) = \frac{\sigma_c^2}{\sigma_c^2 + (\sigma_r^2 + \sigma_e^2)/k}",
        source="Brennan (2001), Generalizability Theory.",
        title="How dependability is worked out",
    )


def _severity(on: AgreementOn) -> None:
    if not on.severity or not on.connected:
        return
    section(
        "Who rates low or high?",
        "Points below the average of these reviewers; left of the line is generous.",
    )
    rows = [
        DotRow(one.reviewer, one.severity, one.low, one.high)
        for one in sorted(on.severity, key=lambda one: -one.severity)
    ]
    chart = dot_rows(rows, "Severity in points", line_at=0.0, of="Reviewer")
    if chart is not None:
        picture(
            chart,
            "Each reviewer's severity with its 95 % interval. Whose line crosses the dashed one "
            "cannot be told from the average.",
        )


def _over_time(on: AgreementOn) -> None:
    if on.drift is None or not on.drift.reviewers:
        return
    section(
        "Does severity change over time?",
        "Points that a reviewer rates lower at the last rating than at the first; left of the line "
        "is milder.",
    )
    rows = [
        DotRow(one.reviewer, one.change.value, one.change.low, one.change.high)
        for one in on.drift.reviewers
    ]
    chart = dot_rows(rows, "Change of severity in points", line_at=0.0, of="Reviewer")
    if chart is not None:
        picture(
            chart,
            "Each reviewer's change from the first rating to the last, with its 95 % interval. "
            "Whose line crosses the dashed one cannot be said to have changed.",
        )
    formula(
        "Candidates are compared with themselves alone, so that it does not matter whether better "
        "ones came first. Time $t$ runs from 0 at a reviewer's first rating to 1 at the last.",
        r"\text{rating} = \text{candidate} - (a_j + b_j\,t) + \varepsilon",
        title="How a change of severity is worked out",
    )


def _spread(on: AgreementOn) -> None:
    names = {
        "candidate": "between candidates",
        "reviewer": "between reviewers",
        "residual": "neither of the two",
    }
    rows = [
        DotRow(words, on.variance[name].value, on.variance[name].low, on.variance[name].high)
        for name, words in names.items()
    ]
    chart = dot_rows(rows, "Variance", line_at=0.0, of="Part")
    if chart is None:
        return
    section("Where does the spread come from?")
    picture(
        chart,
        "The variance of ratings in three parts, with 95 % intervals. The first is what a panel "
        "is after; the other two are what it averages out. Neither of the two is how this reviewer "
        "saw this candidate, and chance.",
    )


def _beyond_chance(on: AgreementOn) -> None:
    section("Every figure")
    agreement_table(on)
    formula(
        "Agreement of two ratings of the same candidate beside what chance would give. Kappa and "
        "alpha come out low where nearly all ratings are the same; AC1 and AC2 do not.",
        r"\frac{a - e}{1 - e}",
        source="Krippendorff (2004); Gwet (2008, 2014); Fleiss (1971); McGraw and Wong (1996).",
        title="How the figures are worked out",
    )
    if on.pairs:
        with st.expander("Every two reviewers"):
            pair_table(on)


def _after_scores() -> None:
    found = exposures_of()
    if not found:
        return
    section(
        "What did seeing a score change?",
        "Reviewers who had locked could look at the scores and say what they would give now. It "
        "never counts.",
    )
    st.markdown("\n".join(f"- {plain(said)}" for one in found for said in one.sentences()))
