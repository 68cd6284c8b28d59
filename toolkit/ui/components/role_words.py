"""What a column can be, in the words of the mapping step."""

from __future__ import annotations

from toolkit.intake.column_role import ColumnRole
from toolkit.intake.kinds import ACCOUNT_FIELDS, KINDS
from toolkit.scores.catalogue import Catalogue

_WORDS = {
    "id": "Candidate's code",
    "name": "Candidate's name",
    "name:first": "First name",
    "name:last": "Last name",
    "score": "A score that is not in the catalogue",
    "evidence": "Evidence: rating of work or task result",
    "fact": "Another number",
    "text": "Text to read, not to screen on",
    "group": "Group membership, kept apart",
    "outcome": "A later result, such as a performance rating",
    "ignore": "Leave it out",
    "refused": "Refused: never accepted",
}
_KINDS = {
    "candidates": "Candidates",
    "resume": "Résumés",
    "scores": "Scores",
    "accounts": "Accounts",
    "score_history": "Score histories",
    "followers": "Sampled followers",
    "groups": "Groups",
    "outcomes": "Later results",
    "portfolio": "Portfolio items",
    "tasks": "Task results",
    "ratings": "Ratings by reviewers",
}


def role_in_words(role: str, catalogue: Catalogue) -> str:
    """A role, written as in a mapping file, for people.

    Examples
    --------
    >>> from toolkit.scores.catalogue import load_catalogue
    >>> role_in_words("score:klout", load_catalogue())
    'Score: Klout'
    >>> role_in_words("account:fake_share", load_catalogue())
    'Account: fake share'
    """
    if role in _WORDS:
        return _WORDS[role]
    first, _, second = role.partition(" + ")
    name, _, target = first.partition(":")
    if name == "score":
        label = catalogue[target].label if target in catalogue else target
        return f"Score: {label}" + (", also a fact of the account" if second else "")
    field, _, platform = target.partition("@")
    what = field.replace("_", " ") + (f" on {platform}" if platform else "")
    return f"Account: {what}" if name == "account" else f"The {what} of the row"


def kind_in_words(kind: str) -> str:
    """A kind of table, with what its rows are."""
    return f"{_KINDS.get(kind, kind)}: {KINDS[kind].holds}"


def roles_of(kind: str, catalogue: Catalogue) -> list[str]:
    """The roles that a person may give a column of such a table, most usual first."""
    fields = [f"field:{name}" for name in KINDS[kind].fields]
    usual = ["id", "name", "name:first", "name:last", "evidence", "fact", "text", "group"]
    scores = ["score", *(f"score:{key}" for key in catalogue)]
    accounts = [f"account:{name}" for name in ACCOUNT_FIELDS]
    return [*fields, *usual, "outcome", "ignore", *scores, *accounts]


def spelled(role: ColumnRole) -> str:
    """A role as a mapping file writes it."""
    return str(role)
