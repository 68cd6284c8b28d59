"""The command line: the same results as the page, as tables, JSON or CSV.

One file holds one command; importing it adds the command to the program. What a command
computes with is imported when it runs, so that ``--help`` answers at once.
"""

from toolkit.cli import (
    agreement,
    alternatives,
    app,
    check,
    decide,
    explain,
    followers,
    impact,
    inflation,
    influence,
    ranking,
    recheck,
    repositories,
    sample,
    sheets,
    spikes,
    statutory,
    stress,
    sweep,
    worth,
)
from toolkit.cli.program import main

__all__ = [
    "agreement",
    "alternatives",
    "app",
    "check",
    "decide",
    "explain",
    "followers",
    "impact",
    "inflation",
    "influence",
    "main",
    "ranking",
    "recheck",
    "repositories",
    "sample",
    "sheets",
    "spikes",
    "statutory",
    "stress",
    "sweep",
    "worth",
]
