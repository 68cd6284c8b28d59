"""What the score is worth: how it goes with results, what it adds, whom it would select."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.errors import TooFewData
from toolkit.influence.utility import level_reached_by
from toolkit.influence.worth import expected_at
from toolkit.influence.worth_result import ScoreAgainst, Worth
from toolkit.influence.worth_wording import (
    explained_sentence,
    headline,
    level_sentence,
    percent,
    sentences,
)
from toolkit.intake.criteria import criteria_of
from toolkit.sentence import listed
from toolkit.ui import places
from toolkit.ui.components.correlation_picture import correlation_picture
from toolkit.ui.components.criterion_picker import criterion_picker
from toolkit.ui.components.empty_state import candidates_missing, empty_state
from toolkit.ui.components.expected_shares import expected_shares
from toolkit.ui.components.formula import formula
from toolkit.ui.components.heading import heading, lead_sentence, section
from toolkit.ui.components.worth_tables import (
    added_table,
    correlation_table,
    published_table,
    quality_table,
    screen_table,
    worth_download,
)
from toolkit.ui.plain_text import plain
from toolkit.ui.results import cohort_of, worth_of
from toolkit.ui.state import Workspace, workspace


def page() -> None:
    """Draw the page."""
    heading(places.WORTH.title)
    work = workspace()
    if candidates_missing(work):
        return
    try:
        found = worth_of(work, work.screen)
    except TooFewData as error:
        empty_state(plain(str(error)), ("Say what each column is", places.CANDIDATES))
        return
    lead_sentence(plain(headline(found)))
    chosen = criterion_picker(found)
    pairs = [score.against[chosen] for score in found.scores.values()]
    _correlations(found, pairs)
    _added(pairs)
    found = _quality(work, found, chosen)
    pairs = [score.against[chosen] for score in found.scores.values()]
    _explained(found)
    _in_words(found, pairs)
    worth_download(found.rows())
    places.INFLUENCE.link("What each score changes")


def _correlations(found: Worth, pairs: Sequence[ScoreAgainst]) -> None:
    section(f"Does it go with {plain(pairs[0].criterion_label)}?")
    correlation_picture(pairs, found.reference)
    correlation_table(pairs)
    if len(found.pairs) > 1:
        st.caption(
            "Each interval holds for itself: of twenty unrelated pairs, about one would leave "
            "zero out by chance."
        )
    formula(
        "**Pearson** says how well a straight line describes the relation, **Spearman** the same "
        "for ranks, **Kendall** how much more often two candidates stand in the same order on "
        "both than not. Where the result is known of some only, the spread of the score among "
        "them, $s$, may differ from that among all, $S$; the corrected figure allows for that, "
        "if the score itself decided of whom it is known.",
        r"z = \operatorname{artanh} r, \quad \sigma_r^2 = \frac{1}{n-3}, \quad "
        r"\sigma_\rho^2 = \frac{1 + \rho^2/2}{n-3}, \quad \sigma_\tau^2 = \frac{0.437\,t}{n-4}",
        r"R = \frac{r u}{\sqrt{1 + r^2 (u^2 - 1)}}, \qquad u = S/s",
        source="Fisher (1921); Bonett and Wright (2000); Fieller, Hartley and Pearson (1957); "
        "Thorndike (1949), case II.",
        title="How correlations and their intervals are worked out",
    )


def _added(pairs: Sequence[ScoreAgainst]) -> None:
    section(
        "What does it add to evidence?",
        "The share of the differences in the result that is predicted, among people who were not "
        "used to fit the prediction.",
    )
    added_table(pairs)
    reasons: dict[str, list[str]] = {}
    for one in pairs:
        if one.incremental.gain.why:
            reasons.setdefault(one.incremental.gain.why, []).append(one.score_label)
    for reason, labels in reasons.items():
        st.markdown(f"{plain(listed(labels))}: {plain(reason)}")
    formula(
        "Candidates are divided into five parts, each part is predicted from the others, and the "
        "division is repeated. The bracket says how sure the figure is for other candidates. "
        "*Over repeated divisions* says only how much it depends on who fell into which part.",
        r"R^2 = 1 - \frac{\sum_i (y_i - \hat y_i)^2}{\sum_i (y_i - \bar y)^2}, \qquad "
        r"\Delta R^2 = R^2_{\text{with score}} - R^2_{\text{evidence}}",
        source="Varma and Simon (2006), nested cross-validation.",
        title="How the added share is worked out",
    )


def _quality(work: Workspace, measured: Worth, chosen: str) -> Worth:
    """The section, and the measurements with the quality expected for the shares given in it."""
    section(
        "Whom would it select?",
        "If those at the top were taken by the score alone, or by evidence, how many of them "
        "would do well?",
    )
    first = next(iter(measured.scores.values())).against[chosen]
    values = criteria_of(cohort_of(work), [chosen])[0].values
    said = st.container()
    base_rate, ratio = expected_shares(
        first,
        measured.selection_ratio,
        measured.screen,
        f"{work.cohort_key[:8]}{work.screen.digest[:8] if work.screen else ''}",
    )
    st.caption(plain(level_sentence(first.criterion_label, level_reached_by(values, base_rate))))
    found = expected_at(measured, base_rate, ratio)
    pairs = [score.against[chosen] for score in found.scores.values()]
    with said:
        st.markdown(
            f"The top {percent(ratio)} are taken, and {percent(base_rate)} of all candidates would "
            f"do well: by lot, {percent(base_rate)} of those taken."
        )
    quality_table(pairs)
    published_table(found)
    if any(one.selected for one in pairs):
        st.markdown("The screen as it is, and without each score:")
        screen_table(pairs)
    formula(
        "Score and result are taken as jointly normal with correlation $r$; $SR$ is the share "
        "selected. The means of those selected are counted, not estimated.",
        r"P(Y > y_c \mid X > x_c), \qquad \text{gain} = \frac{r\,\varphi(x_c)}{SR}",
        source="Taylor and Russell (1939); Brogden (1949).",
        title="How the expected quality is worked out",
    )
    return found


def _explained(found: Worth) -> None:
    section("What explains the score itself?", "Followers and activity, without any of the work.")
    st.markdown("\n".join(f"- {plain(explained_sentence(s))}" for s in found.scores.values()))


def _in_words(found: Worth, pairs: Sequence[ScoreAgainst]) -> None:
    section("In words")
    for one in pairs:
        with st.expander(f"{plain(one.score_label)} and {plain(one.criterion_label)}"):
            st.markdown("\n".join(f"- {plain(line)}" for line in sentences(found, one)))
