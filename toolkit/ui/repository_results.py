"""What happened in a candidate's repositories, brought on the page Inflated scores."""

from __future__ import annotations

from toolkit.inflation.repositories import repositories
from toolkit.inflation.repository_events import has_events
from toolkit.intake.read_file import read_file
from toolkit.ui.components.progress import working
from toolkit.ui.state import Workspace


def take_repositories(work: Workspace, candidate_id: str, name: str, data: bytes) -> None:
    """Judge an uploaded table of a candidate's repositories.

    Raises
    ------
    InputError
        If the file cannot be used; what was there before stays.
    """
    with working("Judging repositories"):
        tables, _ = read_file(data, name)
        fitting = [table for table in tables if has_events(list(table.frame.columns))]
        table = (fitting or tables)[0]
        found = repositories(table.frame, file=table.file, sheet=table.sheet)
    work.repositories[candidate_id] = name, found
