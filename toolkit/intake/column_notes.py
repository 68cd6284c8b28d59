"""What is told about whole columns: kept out, left behind, perhaps misspelt."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.intake.issue import Issue
from toolkit.intake.mapping import ColumnEntry
from toolkit.intake.typed_column import Place

_KEPT_OUT = {
    "postcode": "Postcodes stand in for ethnicity and income: the column was kept out of "
    "everything. Delete it from files for screening.",
    "birth": "Dates of birth have no place in a screen: the column was kept out of everything. "
    "To measure selection by age, upload a column 'age_band'.",
    "identity": "Identity numbers are not needed: the column was kept out of everything. Delete "
    "it from files for screening.",
}


def column_notes(entries: Sequence[ColumnEntry], place: Place) -> list[Issue]:
    """Issues about the columns of one table."""
    issues: list[Issue] = []
    left: list[str] = []
    for entry in entries:
        at = place.at(entry.column)
        role = entry.role.name
        if role == "ignore":
            reason = entry.why.split(":")[0]
            if entry.confidence != "set" and reason in _KEPT_OUT:
                issues.append(at.issue("warning", _KEPT_OUT[reason]))
            else:
                left.append(f"'{entry.column}'")
        elif role == "fact" and entry.suggestions:
            keys = " or ".join(f"'{text.removeprefix('score:')}'" for text in entry.suggestions)
            issues.append(
                at.issue(
                    "warning",
                    f"The column was taken as a fact, not as a score. Did you mean {keys}? Then "
                    "rename it, or map it.",
                )
            )
        elif role == "score" and entry.suggestions:
            issues.append(
                at.issue(
                    "warning",
                    f"Two columns are names of the same score ({entry.why}): this one was kept "
                    "as a score of its own, without a scale. Delete or map one of them.",
                )
            )
    if left:
        issues.append(place.issue("note", f"Not needed and left behind: {', '.join(left)}."))
    return issues
