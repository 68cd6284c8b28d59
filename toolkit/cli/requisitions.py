"""``cloutproof requisitions``: which requisitions are there, and where does each stand?"""

from __future__ import annotations

from toolkit.cli.options import Form, Out
from toolkit.cli.output import Answer, Format, Table, emit
from toolkit.cli.program import program
from toolkit.cli.store_option import AsOption, DatabaseOption, opened_store, signed_in

COLUMNS = {
    "key": "key",
    "title": "title",
    "candidates": "candidates",
    "reviews_done": "reviews done",
    "reviews": "of",
    "decided": "decided",
    "closed_at": "closed",
    "retain_until": "kept until",
    "legal_hold": "legal hold",
}


@program.command()
def requisitions(
    database: DatabaseOption = None,
    sign_in: AsOption = None,
    form: Form = Format.TABLE,
    out: Out = None,
) -> None:
    """Which requisitions are there, and where does each stand?"""
    from toolkit.store.retention import past_retention
    from toolkit.store.standing import standings

    with opened_store(database) as store:
        by = signed_in(store, sign_in)
        found = standings(store, by)
        due = past_retention(store, by)
    records = [one.to_dict() for one in found]
    number = len(records)
    summary = [f"{number:,} requisition{'' if number == 1 else 's'}."]
    if due:
        titles = ", ".join(f"'{one.title}'" for one in due)
        summary.append(f"Past the last day on which they may be kept: {titles}.")
    emit(Answer(records, Table.of("Requisitions", records, COLUMNS), summary), form, out)
