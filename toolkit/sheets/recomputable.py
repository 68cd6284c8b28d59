"""Which kinds of documents can be computed once more from data, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from toolkit.errors import SheetError
from toolkit.screening.screen import Screen
from toolkit.sheets.documents import Document
from toolkit.sheets.recomputation import Recomputation
from toolkit.sheets.recomputed import (
    audit_again,
    candidate_again,
    cohort_again,
    notice_again,
    recheck_again,
    statutory_again,
)
from toolkit.sheets.stated_screen import StatedScreen


@dataclass(frozen=True)
class Recomputable:
    """What the figures of one kind of document rest on.

    Parameters
    ----------
    again : callable
        The same document computed once more from data, under a screen where it speaks of one.
    screen : callable
        The screen that the values speak of; returns None where they rest on none.
    from_tables : callable
        Whether a document rests on tables as they stand, and not on candidates.
    """

    again: Callable[[Any, Recomputation, Screen | None], Document]
    screen: Callable[[Any], StatedScreen | None] = lambda _: None
    from_tables: Callable[[Any], bool] = lambda _: False


def recomputable(kind: str) -> Recomputable | None:
    """How documents of this kind are computed again; None where they hold no figures."""
    return _KINDS.get(kind)


def _own_screen(document: Any) -> StatedScreen:
    """The screen of a document that has it in three fields."""
    return StatedScreen(document.screen, document.screen_digest, document.screen_toml)


def _by_its_screen(
    again: Callable[[Any, Recomputation, Screen], Document],
) -> Callable[[Any, Recomputation, Screen | None], Document]:
    """The same for whoever cannot promise a screen."""

    def made(document: Any, results: Recomputation, screen: Screen | None) -> Document:
        if screen is None:
            raise SheetError("The record names no screen, so that nothing can be decided again.")
        return again(document, results, screen)

    return made


_KINDS: Mapping[str, Recomputable] = MappingProxyType(
    {
        "candidate": Recomputable(
            _by_its_screen(candidate_again),
            lambda sheet: StatedScreen(
                sheet.outcome.screen, sheet.outcome.screen_digest, sheet.outcome.screen_toml
            ),
        ),
        "notice": Recomputable(_by_its_screen(notice_again), _own_screen),
        "cohort": Recomputable(
            _by_its_screen(cohort_again),
            lambda report: StatedScreen(report.rule.name, report.rule.digest, report.rule.toml),
        ),
        "audit": Recomputable(_by_its_screen(audit_again), _own_screen),
        "recheck": Recomputable(recheck_again, from_tables=lambda _: True),
        "statutory": Recomputable(
            statutory_again,
            lambda sheet: sheet.screen,
            lambda sheet: sheet.task is not None and not sheet.task.of_candidates,
        ),
    }
)
