"""The command line: the same results as the page, as tables, JSON or CSV.

One file holds one command; importing it adds the command to the program.
"""

from toolkit.cli import app, sample
from toolkit.cli.program import main

__all__ = ["app", "main", "sample"]
