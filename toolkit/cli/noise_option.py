"""The noise of scores, as the command line takes it: ``--noise NAME=SD``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.errors import InputError

if TYPE_CHECKING:
    from toolkit.intake.cohort import Cohort

Noise = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=SD", help="Standard deviation of a score's noise; repeatable."),
]


def noise_from(texts: Sequence[str] | None) -> dict[str, float]:
    """Standard deviations by score.

    Raises
    ------
    InputError
        If a text is not a name and a number of 0 or more.

    Examples
    --------
    >>> noise_from(["klout=2.5"])
    {'klout': 2.5}
    """
    return dict(_named_figure(text) for text in texts or ())


def require_scores(noise: dict[str, float], cohort: Cohort) -> None:
    """Refuse noise of what is not among the candidates' signals.

    Raises
    ------
    UnknownName
        If a name is not a signal.
    """
    for name in noise:
        cohort.signal(name, "--noise")


def _named_figure(text: str) -> tuple[str, float]:
    name, _, figure = text.partition("=")
    try:
        value = float(figure)
    except ValueError:
        value = -1.0
    if not name or not 0 <= value < float("inf"):
        raise InputError(
            f"--noise {text}: expected a score and a standard deviation of 0 or more, for "
            "instance --noise klout=2.5."
        )
    return name, value
