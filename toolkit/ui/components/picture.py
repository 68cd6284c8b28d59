"""A chart, with the same thing said in words."""

from __future__ import annotations

import altair as alt
import streamlit as st


def picture(
    chart: alt.Chart | alt.LayerChart | alt.FacetChart | alt.HConcatChart | alt.VConcatChart,
    words: str,
) -> None:
    """Show a chart over its full width.

    Parameters
    ----------
    chart : altair chart
        Without colours of its own where possible: the theme's are told apart by readers
        with colour blindness, in light and in dark.
    words : str
        What the chart shows, for those who cannot see it; stands below as a caption.
    """
    st.altair_chart(chart.properties(description=words), width="stretch")
    st.caption(words)
