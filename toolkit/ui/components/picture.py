"""A chart, with the same thing said in words."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import streamlit as st

Chart = alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart

#: Colour of words inside a chart: the theme's text colours, and one that both backgrounds
#: bear for as long as the browser has not said which theme it shows.
_INK = {"light": "#1d2628", "dark": "#e8edec", None: "#6f7a79"}


def picture(chart: Chart, words: str) -> None:
    """Show a chart over its full width.

    Parameters
    ----------
    chart : altair chart
        Without colours of its own where possible: the theme's are told apart by readers
        with colour blindness, in light and in dark.
    words : str
        What the chart shows, for those who cannot see it; stands below as a caption.
    """
    pictures({words: chart}, words)


def pictures(charts: Mapping[str, Chart], words: str) -> None:
    """Show charts below each other, each over the full width, with one caption.

    Charts that are joined into one keep their own width and run out of a narrow window.

    Parameters
    ----------
    charts : mapping of str to altair chart
        By what each shows, for those who cannot see it.
    words : str
        The caption.
    """
    ink = _INK.get(st.context.theme.type, _INK[None])
    for says, chart in charts.items():
        dressed = chart.properties(description=says).configure_text(color=ink)
        st.altair_chart(dressed, width="stretch")
    st.caption(words)
