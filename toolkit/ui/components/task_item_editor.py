"""One item of a task: its question, and what is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from toolkit.review.task_items import (
    ChoiceItem,
    ChoicesItem,
    ExactItem,
    Item,
    NumberItem,
    OpenItem,
    kind_of,
)
from toolkit.ui.plain_text import plain

KIND_WORDS = {
    "exact": "A word or a name",
    "number": "A number",
    "choice": "One right option",
    "choices": "Several right options",
    "open": "Open, rated by the rubric",
}


def new_item(kind: str, key: str) -> Item:
    """An item with nothing in it yet."""
    match kind:
        case "exact":
            return ExactItem(key, "", 1.0, ())
        case "number":
            return NumberItem(key, "", 1.0, 0.0)
        case "choice":
            return ChoiceItem(key, "", 1.0, (), "")
        case "choices":
            return ChoicesItem(key, "", 1.0, (), ())
        case _:
            return OpenItem(key, "")


def task_item_editor(
    item: Item, place: int, criteria: Sequence[tuple[str, str]], key: str
) -> Item | None:
    """Edit one item; None where it is removed."""
    asked = plain(item.question) if item.question else "new"
    title = f"{place}. {asked} · {KIND_WORDS[kind_of(item)].lower()}"
    with st.expander(title, key=f"item-{key}", expanded=not item.question):
        left, right = st.columns([4, 1])
        question = left.text_input("Question", item.question, key=f"question-{key}").strip()
        name = right.text_input(
            "Column of answers",
            item.key,
            key=f"item-key-{key}",
            help="What the item is called in a file of answers.",
        ).strip()
        edited = replace(item, question=question, key=name or item.key)
        if not isinstance(edited, OpenItem):
            points = right.number_input(
                "Points",
                min(0.1, edited.points),
                max(1000.0, edited.points),
                edited.points,
                step=1.0,
                format="%g",
                key=f"points-{key}",
            )
            edited = replace(edited, points=float(points))
        with left:
            edited = _answered(edited, criteria, key)
        if st.button("Remove this item", key=f"item-remove-{key}", type="tertiary"):
            return None
    return edited


def _answered(item: Item, criteria: Sequence[tuple[str, str]], key: str) -> Item:
    match item:
        case ExactItem():
            answers = st.text_area(
                "Right answers, one a line", "\n".join(item.answers), height=90, key=f"right-{key}"
            )
            capitals = st.checkbox("Capitals matter", item.capitals, key=f"capitals-{key}")
            return replace(item, answers=_lines(answers), capitals=capitals)
        case NumberItem():
            return _number(item, key)
        case ChoiceItem():
            options = _options(item.options, key)
            at = options.index(item.answer) if item.answer in options else None
            answer = st.selectbox("The right one", options, index=at, key=f"right-{key}")
            return replace(item, options=options, answer=answer or "")
        case ChoicesItem():
            options = _options(item.options, key)
            several = st.multiselect(
                "The right ones",
                options,
                default=[one for one in item.answers if one in options],
                key=f"right-{key}",
            )
            partial = st.checkbox(
                "Part of them earns part of the points", item.partial, key=f"partial-{key}"
            )
            chosen = tuple(one for one in options if one in several)
            return replace(item, options=options, answers=chosen, partial=partial)
        case OpenItem():
            labels = dict(criteria)
            rated = st.multiselect(
                "Rated on, all criteria if none is chosen",
                list(labels),
                default=[one for one in item.criteria if one in labels],
                format_func=lambda one: labels[one],
                key=f"rated-{key}",
            )
            return replace(item, criteria=tuple(rated))


def _number(item: NumberItem, key: str) -> NumberItem:
    left, middle, right = st.columns(3)
    answer = left.number_input(
        "Right answer", value=item.answer, format="%.10g", key=f"right-{key}"
    )
    tolerance = middle.number_input(
        "Give or take", 0.0, None, item.tolerance, format="%.10g", key=f"tolerance-{key}"
    )
    unit = right.text_input("Unit", item.unit, key=f"unit-{key}")
    return replace(item, answer=float(answer), tolerance=float(tolerance or 0.0), unit=unit.strip())


def _options(options: tuple[str, ...], key: str) -> tuple[str, ...]:
    return _lines(
        st.text_area("Options, one a line", "\n".join(options), height=110, key=f"options-{key}")
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
