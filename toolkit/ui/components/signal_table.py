"""What every signal of the screen changes, side by side."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from toolkit.influence.attribution import Attribution
from toolkit.influence.influence import RISES, Influence
from toolkit.influence.wording import quantity
from toolkit.screening.screen import Screen
from toolkit.sentence import listed
from toolkit.ui.components.formula import formula
from toolkit.ui.components.table import table_download
from toolkit.ui.plain_text import plain

_KINDS = {True: "score", False: "not a score"}
_DASH = "–"
SHARE, SHARE_ESTIMATED = "Share of the decisions", "Share of the decisions (estimated)"
OF_RANKS, OF_RANKS_ESTIMATED = "Share of the ranks", "Share of the ranks (estimated)"


def signal_table(
    influence: Influence, shared: Attribution | None = None, ranked: Attribution | None = None
) -> None:
    """One row a signal, scores first.

    Parameters
    ----------
    influence : Influence
        Of the screen that is shown.
    shared : Attribution, optional
        Of its decisions.
    ranked : Attribution, optional
        Of its ranks.
    """
    whole = signal_frame(influence, shared, ranked)
    # Few rows with long headings: a plain table wraps where a grid would have to scroll.
    with st.container(key="signal-figures"):
        st.table(in_words_frame(whole), hide_index=True, alt="Signals with their figures")
    if shared is not None and shared.standard_errors is not None:
        largest = 100 * float(shared.standard_errors.to_numpy().max())
        st.caption(
            "The shares of the decisions are estimated from random orders. The standard error of "
            f"one candidate's part is at most {quantity(largest, 1)} % of a place."
        )
    table_download(whole, key="signals", file_name="what-each-score-changes.csv")


def in_words_frame(whole: pd.DataFrame) -> pd.DataFrame:
    """The figures as a reader wants them: rounded, a dash where there is none."""
    shown = whole.copy().astype(object)
    shown["Signal"] = [
        plain(f"{name} (score)" if kind == _KINDS[True] else name)
        for name, kind in zip(whole["Signal"], whole["Kind"], strict=True)
    ]
    shares = {SHARE, SHARE_ESTIMATED, OF_RANKS, OF_RANKS_ESTIMATED} & set(whole.columns)
    for column in {"Nominal weight", "Effective weight"} | shares:
        shown[column] = [_share(value) for value in whole[column]]
    column = "Rank correlation without"
    shown[column] = [_DASH if pd.isna(v) else quantity(v, 3) for v in whole[column]]
    shown = shown.drop(columns="Kind")
    return shown.map(lambda value: f"{value:,}" if isinstance(value, int) else value)


def _share(weight: float) -> str:
    return _DASH if pd.isna(weight) else f"{quantity(100 * weight, 0)} %"


def signal_frame(
    influence: Influence, shared: Attribution | None = None, ranked: Attribution | None = None
) -> pd.DataFrame:
    """The figures of every signal; a figure that is not defined is empty."""
    signals = sorted(influence.signals.values(), key=lambda one: not one.is_score)
    rows = [
        {
            "Signal": one.label,
            "Kind": _KINDS[one.is_score],
            "Used as": _uses(influence.screen, one.signal),
            "Flips": one.flips,
            "In only because of it": len(one.gained),
            "Left out because of it": len(one.lost),
            "Nominal weight": one.nominal_weight,
            "Effective weight": one.effective_weight,
            **_part(shared, one.signal, SHARE, SHARE_ESTIMATED),
            **_part(ranked, one.signal, OF_RANKS, OF_RANKS_ESTIMATED),
            **{f"Seats bought +{rise}": one.seats_bought[str(rise)] for rise in RISES},
            "Rank correlation without": one.rank_correlation_without,
        }
        for one in signals
    ]
    return pd.DataFrame(rows)


def _part(
    shared: Attribution | None, signal: str, exact: str, estimated: str
) -> dict[str, float | None]:
    if shared is None:
        return {}
    return {exact if shared.exact else estimated: shared.shares[signal]}


def _uses(screen: Screen, signal: str) -> str:
    """What the screen does with the signal: a gate can decide without any weight."""
    uses = {
        "weight": signal in screen.weights,
        "gate": any(gate.signal == signal for gate in screen.gates),
        "tie-breaker": signal in screen.tie_breakers,
    }
    return listed([use for use, used in uses.items() if used])


def signal_formulas() -> None:
    """How the figures of the table are worked out."""
    formula(
        "The screen decides a second time without the signal: its gates and its tie-breaks go, "
        "the other weights keep their proportions, and the places stay. A **flip** is a "
        "candidate whose decision differs between the two.",
        r"\text{flips} = \#\{\, i : \text{selected}_i \neq \text{selected}_i^{\,-s} \,\}",
        title="How a signal is taken away",
    )
    formula(
        "The **nominal** weight is the signal's share of the weights as the screen states them. "
        "The **effective** weight is the share of the composite's variance that it carries, with "
        "$t_i$ the weighted, scaled signal and $C$ the composite. Signals that vary together "
        "carry more than they state. A signal that is only a gate or a tie-breaker has no "
        "weight, and can still flip decisions.",
        r"e_i = \frac{\operatorname{cov}(t_i, C)}{\operatorname{var}(C)}, \qquad \sum_i e_i = 1",
        source="Wang and Stanley (1970), Differential weighting, Review of Educational Research.",
        title="Nominal and effective weight",
    )
    formula(
        "Signals share the credit for a decision. The screen is restricted to every set $S$ of "
        "its $k$ signals in turn, and decides anew: $v(S)$. The empty set gives everyone the same "
        "chance, places among candidates. A signal's part $\\varphi_i$ in one candidate's decision "
        "is what its joining changes, averaged over all ways to join; the parts lead from that "
        "chance to the decision. Its **share of the decisions** adds up the sizes of its parts "
        "over all candidates. The **share of the ranks** does the same with the percentile rank, "
        "which starts in the middle: it counts what a signal moves without changing a decision. "
        "Beyond 12 signals all are estimated from random orders.",
        r"\varphi_i = \sum_{S \not\ni i} \frac{|S|!\,(k-|S|-1)!}{k!}\,"
        r"\bigl(v(S \cup \{i\}) - v(S)\bigr)",
        r"\text{share}_i = \frac{\sum |\varphi_i|}{\sum_j \sum |\varphi_j|}",
        source="Shapley (1953), A value for n-person games.",
        title="Shares of the decisions and of the ranks",
    )
    formula(
        "A **margin** is the smallest change of one candidate's one signal, everything else as it "
        "is, that flips that candidate's decision, within the signal's own scale. **Seats "
        "bought** by 5, 10 or 20 counts the candidates who are left out and would be taken "
        "forward, each alone, if that signal of theirs were so many of its own units higher.",
        title="Margins and seats bought",
    )
    formula(
        "Spearman's rank correlation between the order of the candidates with the signal and "
        "without it. 1 is the same order, 0 an unrelated one.",
        source="Spearman (1904), The proof and measurement of association between two things.",
        title="Rank correlation",
    )
