"""Figures and dates of a document, to be checked."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from toolkit.intake.documents.changes import Change
from toolkit.intake.documents.claims import Amount, Claims
from toolkit.intake.documents.dates_in_text import DateFound
from toolkit.ui.components.table import table

_WIDE = st.column_config.TextColumn(width="large")


def claims_table(claims: Claims, key: str) -> None:
    """Changes, amounts and dates, each with its place and the words around.

    Parameters
    ----------
    claims : Claims
    key : str
        Unique on the page.
    """
    if not (claims.changes or claims.amounts or claims.dates):
        st.markdown("No figures or dates were found that would have to be checked.")
        return
    if claims.changes:
        st.markdown(
            "**What is said to have changed.** Ask how each was measured, and what this person did "
            "for it."
        )
        table(
            change_frame(claims.changes),
            key=f"{key}-changes",
            file_name="changes.csv",
            says="Each change with its place, the figures and the words around",
            columns={"In the document": _WIDE},
        )
    if claims.amounts or claims.dates:
        with st.expander(
            f"Amounts ({len(claims.amounts):,}) and dates ({len(claims.dates):,})",
            expanded=not claims.changes,
        ):
            if claims.amounts:
                table(
                    amount_frame(claims.amounts),
                    key=f"{key}-amounts",
                    file_name="amounts.csv",
                    says="Each amount with its place and the words around",
                    columns={"In the document": _WIDE},
                )
            if claims.dates:
                table(
                    date_frame(claims.dates),
                    key=f"{key}-dates",
                    file_name="dates.csv",
                    says="Each date with its place and the words around",
                    columns={"In the document": _WIDE},
                )
    if not claims.complete:
        st.caption("There are more; the first of each kind are listed.")


def change_frame(changes: tuple[Change, ...]) -> pd.DataFrame:
    """One row a change, in words for reading."""
    return pd.DataFrame(
        {
            "Claim": [change.words for change in changes],
            "Change": [change_words(change) for change in changes],
            "In the document": [change.around for change in changes],
            "Place": [change.place for change in changes],
        }
    )


def change_words(change: Change) -> str:
    """How much it changed: absolutely where that is known, and as a share.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from fractions import Fraction
    >>> change_words(Change("", "", "", Decimal(2), Decimal(5), "%", Fraction(3, 2)))
    '+3 points (+150 %)'
    """
    share = None if change.relative is None else f"{_signed(float(100 * change.relative))} %"
    if change.absolute is None:
        return share or "–"
    unit = "points" if change.unit == "%" else change.unit
    said = f"{_signed(float(change.absolute))} {unit}".strip()
    return f"{said} ({share})" if share else said


def amount_frame(amounts: tuple[Amount, ...]) -> pd.DataFrame:
    """One row an amount."""
    return pd.DataFrame(
        {
            "Amount": [amount.words for amount in amounts],
            "In the document": [amount.around for amount in amounts],
            "Place": [amount.place for amount in amounts],
        }
    )


def date_frame(dates: tuple[DateFound, ...]) -> pd.DataFrame:
    """One row a date or span."""
    return pd.DataFrame(
        {
            "Date": [date.words for date in dates],
            "From": [_day(date.start.isoformat(), date) for date in dates],
            "To": [
                "now" if date.goes_on else _day(date.end.isoformat(), date) if date.end else None
                for date in dates
            ],
            "In the document": [date.around for date in dates],
            "Place": [date.place for date in dates],
        }
    )


def _day(written: str, date: DateFound) -> str:
    """No more of a date than was said."""
    return written[: {"day": 10, "month": 7, "year": 4}[date.precision]]


def _signed(number: float) -> str:
    """A number with its sign, to four digits."""
    said = f"{number:+,.4g}" if abs(number) < 10_000 else f"{number:+,.0f}"
    return said.replace("-", "−")
