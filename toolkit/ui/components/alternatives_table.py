"""The front as a table, and one of its screens with what it costs and whom it changes."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from toolkit.fairness.alternatives.result import Alternative, Alternatives
from toolkit.fairness.alternatives.wording import (
    changes_sentence,
    expect_sentence,
    ratio_with_interval,
    sentence_case,
    validity_with_interval,
)
from toolkit.fairness.verdict import ratio_in_words
from toolkit.intake.cohort import Cohort
from toolkit.ui.components.screen_file import file_name_of
from toolkit.ui.components.signal_names import signal_name
from toolkit.ui.components.table import table_download
from toolkit.ui.plain_text import plain

_DASH = "–"
#: Members of a longer front are in the downloaded file alone.
LISTED_AT_MOST = 30


def front_table(cohort: Cohort, found: Alternatives) -> None:
    """The front, the most valid first, then the screens to compare it with.

    Parameters
    ----------
    cohort : Cohort
        For names.
    found : Alternatives
    """
    with st.container(key="alternatives-front"):
        st.table(front_words(cohort, found), hide_index=True, alt="Screens of the front")
    hidden = len(found.front) - LISTED_AT_MOST
    if hidden > 0:
        st.caption(f"The first {LISTED_AT_MOST} of {len(found.front):,}; the file has all.")
    table_download(
        lambda: pd.DataFrame(found.rows()),
        key="alternatives",
        file_name="alternatives.csv",
        label="Download these screens as CSV",
    )


def front_words(cohort: Cohort, found: Alternatives) -> pd.DataFrame:
    """One row a screen: weights in percent, both figures with intervals and held out, flips."""
    rows = [
        {"": str(number), **_row(cohort, one)}
        for number, one in enumerate(found.front[:LISTED_AT_MOST], start=1)
    ]
    rows += [{"": _DASH, **_row(cohort, one)} for one in found.compared]
    return pd.DataFrame(rows)


def alternative_picker(cohort: Cohort, front: Sequence[Alternative], first: int, key: str) -> int:
    """Position of the member of the front that is looked at.

    Parameters
    ----------
    cohort : Cohort
    front : sequence of Alternative
        At least one.
    first : int
        Position of the one that is chosen at first.
    key : str
        Of this search.
    """
    return st.selectbox(
        "Screen",
        list(range(len(front))),
        index=first,
        format_func=lambda at: f"{at + 1}: {_weights(cohort, front[at])}",
        key=f"alternative-{key}",
        persist_state="session",
    )


def one_alternative(cohort: Cohort, found: Alternatives, at: int) -> None:
    """What one screen costs, gains and changes, and its file to take away.

    Parameters
    ----------
    cohort : Cohort
    found : Alternatives
    at : int
        Position on the front.
    """
    one, now = found.front[at], found.current
    columns = st.columns(3)
    for column, (title, value, change) in zip(
        columns,
        (
            (
                "Validity",
                _number(one.validity.value),
                _difference(one.validity.value, now.validity.value),
            ),
            (
                "Smallest impact ratio",
                _DASH if one.impact_ratio is None else ratio_in_words(one.impact_ratio),
                _difference(one.impact_ratio, now.impact_ratio),
            ),
            ("Flips", f"{one.flips:,}", None),
        ),
        strict=True,
    ):
        with column:
            against = None if change is None else f"{change} against the screen now"
            st.metric(title, value, against, delta_color="off")
    lines = [changes_sentence(one)]
    if one.group is not None:
        lines.append(one.group.reading)
    if one.held_out is not None:
        held = one.held_out
        lines.append(
            f"Held out: validity {_number(held.validity)}, smallest impact ratio "
            f"{ratio_in_words(held.impact_ratio)}; {expect_sentence(one)}"
        )
    if one.alike > 1:
        lines.append(
            f"{one.alike:,} of the screens tried have the same two figures; this one flips the "
            "fewest decisions."
        )
    if one.screen.gates != now.screen.gates:
        gates = "; ".join(str(gate) for gate in one.screen.gates) or "none"
        lines.append(f"Its gates are not those of the screen now: {gates}.")
    if one.screen.tie_breakers != now.screen.tie_breakers:
        ties = ", ".join(signal_name(cohort, name) for name in one.screen.tie_breakers) or "none"
        lines.append(f"Its tie-breakers are not those of the screen now: {ties}.")
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    st.table(weight_words(cohort, found, one), hide_index=True, alt="Weights of this screen")
    st.download_button(
        "Download this screen",
        data=one.screen.to_toml,
        file_name=file_name_of(one.screen).replace(".toml", f"-alternative-{at + 1}.toml"),
        mime="application/toml",
        key="alternative-download",
        on_click="ignore",
    )
    st.caption(
        "The file has the screen's present name, on which the lots of level candidates hang."
    )


def weight_words(cohort: Cohort, found: Alternatives, one: Alternative) -> pd.DataFrame:
    """Weights now and on this screen, in percent of all weights."""
    return pd.DataFrame(
        [
            {
                "Signal": plain(signal_name(cohort, signal)),
                "Weight now": _percent(found.current.screen.nominal_weight(signal)),
                "On this screen": _percent(one.screen.nominal_weight(signal)),
            }
            for signal in one.weights
        ]
    )


def _row(cohort: Cohort, one: Alternative) -> dict[str, str]:
    held = one.held_out
    return {
        "Weights": plain(_weights(cohort, one)),
        "Validity": validity_with_interval(one),
        "held out": _DASH if held is None else _number(held.validity),
        "Smallest impact ratio": ratio_with_interval(one),
        "held out ": _DASH if held is None else ratio_in_words(held.impact_ratio),
        "Group": _DASH if one.group is None else plain(one.group.group),
        "Flips": f"{one.flips:,}",
    }


def _weights(cohort: Cohort, one: Alternative) -> str:
    shares = ", ".join(
        f"{signal_name(cohort, signal)} {_percent(one.screen.nominal_weight(signal))}"
        for signal, weight in one.weights.items()
        if weight
    )
    return shares if one.name is None else f"{sentence_case(one.name)}: {shares}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".removesuffix(".0") + " %"


def _number(value: float | None) -> str:
    return _DASH if value is None else f"{value:.2f}".replace("-", "−")


def _difference(new: float | None, old: float | None) -> str | None:
    if new is None or old is None:
        return None
    return f"{new - old:+.2f}"
