"""Everything the catalogue knows of one score, each figure with its source."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from toolkit.scores.catalogue import Catalogue
from toolkit.scores.rescaling_text import rescaling_in_words
from toolkit.scores.score import Rescaling, Score, Source
from toolkit.ui.components.score_list import KINDS, date_in_words, in_service
from toolkit.ui.plain_text import plain

_DIRECTIONS = {
    "higher": "a higher value counts as better",
    "lower": "a lower value counts as better",
}


def score_details(score: Score, catalogue: Catalogue) -> None:
    """Sentences on one score.

    Parameters
    ----------
    score : Score
        Which one.
    catalogue : Catalogue
        For the labels of a composite's parts.
    """
    st.header(plain(score.label), anchor=False)
    if score.caution:
        st.warning(plain(score.caution) + _source(score, "caution"))
    _facts(score, catalogue)
    _points("What moves it", score.moved_by, _source(score, "moved_by"))
    _points("Known games and faults", score.known_games, _source(score, "known_games"))
    _rescalings(score.rescalings)
    _sources(score)


def _facts(score: Score, catalogue: Catalogue) -> None:
    lines = [
        f"**Kind:** {KINDS[score.kind]}",
        f"**Scale:** {score.scale}, {_DIRECTIONS[score.direction]}{_source(score, 'scale')}",
        f"**In service:** {plain(in_service(score))}{_source(score, 'service')}",
    ]
    if score.levels:
        named = ", ".join(f"{i} {plain(level)}" for i, level in enumerate(score.levels))
        lines.append(f"**Levels:** {named}")
    if score.is_composite:
        lines.append(f"**Made of:** {_parts(score, catalogue)}")
    if score.noise_sd is not None:
        lines.append(
            f"**Moves by itself:** about {score.noise_sd:g} points (standard deviation) between "
            f"two measurements of the same person{_source(score, 'noise_sd')}"
        )
    if score.price is not None:
        lines.append(f"**Sold for:** {plain(str(score.price))}{_source(score, 'price')}")
    if score.aliases:
        lines.append(f"**Column names it is recognised by:** {plain(', '.join(score.names))}")
    st.markdown("\n".join(f"- {line}" for line in lines))


def _parts(score: Score, catalogue: Catalogue) -> str:
    named = [
        (f"{multiplier:g} × " if multiplier != 1 else "")
        + plain(catalogue[part].label if part in catalogue else part)
        for part, multiplier in score.parts.items()
    ]
    joined = " + ".join(named) if score.combine == "sum" else f"the highest of {', '.join(named)}"
    return joined + ". What the parts share is counted more than once."


def _points(title: str, points: Sequence[str], source: str) -> None:
    if points:
        st.markdown(f"**{title}**{source}\n\n" + "\n".join(f"- {plain(p)}" for p in points))


def _rescalings(rescalings: Sequence[Rescaling]) -> None:
    _points("Rescaled by the provider", [_in_words(one) for one in rescalings], "")


def _in_words(one: Rescaling) -> str:
    amount = rescaling_in_words(one) if one.has_figures else "formula changed"
    source = f" ({one.source.title})" if one.source else ""
    return f"{date_in_words(one.date)}: {amount}. {one.note}{source}"


def _source(score: Score, figure: str) -> str:
    source = score.sources.get(figure)
    return f" ({plain(source.title)})" if source else ""


def _sources(score: Score) -> None:
    every: dict[str, Source] = {source.title: source for source in score.sources.values()}
    every |= {one.source.title: one.source for one in score.rescalings if one.source}
    if not every:
        return
    with st.expander("Sources"):
        st.markdown("\n".join(f"- {_cited(source)}" for source in every.values()))


def _cited(source: Source) -> str:
    if source.address and source.address.startswith(("https://", "http://")):
        return f"[{plain(source.title)}](<{source.address}>)"
    return plain(source)
