"""What a column is: its role, written in one short text in mapping files.

``id``, ``name``, ``name:first``, ``name:last``, ``score:klout``, ``score``, ``evidence``,
``fact``, ``text``, ``group``, ``outcome``, ``account:followers``,
``account:followers@instagram``, ``field:value``, ``ignore``, ``refused``; a score that is an
account fact too is written ``score:followers + account:followers``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from toolkit.errors import MappingError, did_you_mean
from toolkit.intake.kinds import ACCOUNT_FIELDS, KINDS
from toolkit.intake.protected import is_group_name, kept_out
from toolkit.intake.refusals import refused_name
from toolkit.scores.catalogue import Catalogue

RoleName = Literal[
    "id",
    "name",
    "score",
    "evidence",
    "fact",
    "text",
    "group",
    "outcome",
    "account",
    "field",
    "ignore",
    "refused",
]
ROLE_NAMES: tuple[RoleName, ...] = get_args(RoleName)
_SPELLED = re.compile(r"(?P<role>[a-z]+)(?::(?P<target>[^@+]+?))?(?:@(?P<platform>[^+]+?))?")
_LONG_FIELDS = frozenset(name for kind in KINDS.values() for name in kind.fields)


@dataclass(frozen=True)
class ColumnRole:
    """What one column is.

    Parameters
    ----------
    name : str
        One of `ROLE_NAMES`.
    target : str, optional
        The score's key, the account field, the field of a long table, or the part of a name.
    account : str, optional
        For a score that is a fact of an account too: the account field.
    platform : str, optional
        For an account fact: the network, where the column names it.
    """

    name: RoleName
    target: str | None = None
    account: str | None = None
    platform: str | None = None

    def __str__(self) -> str:
        text = f"{self.name}:{self.target}" if self.target else self.name
        if self.name == "account":
            return f"{text}@{self.platform}" if self.platform else text
        if self.account:
            where = f"@{self.platform}" if self.platform else ""
            return f"{text} + account:{self.account}{where}"
        return text


def column_role(text: str, where: str = "") -> ColumnRole:
    """The role that a text stands for.

    Raises
    ------
    MappingError
        If there is no such role or it lacks what it needs.

    Examples
    --------
    >>> column_role("score:klout")
    ColumnRole(name='score', target='klout', account=None, platform=None)
    >>> str(column_role("score:followers + account:followers@twitter"))
    'score:followers + account:followers@twitter'
    """
    first, _, second = (part.strip() for part in text.partition("+"))
    role = _one_role(first, text, where)
    if not second:
        return role
    also = _one_role(second, text, where)
    if role.name != "score" or also.name != "account":
        raise MappingError(
            f"{where}'{text}' joins two roles; only a score can be a fact of an account too, as "
            "in 'score:followers + account:followers'."
        )
    return ColumnRole("score", role.target, also.target, also.platform)


def forbidden(role: ColumnRole, column: str) -> str | None:
    """Why a column of this name cannot have a role, or None."""
    what = refused_name(column)
    if what and role.name not in ("refused", "ignore"):
        return (
            f"'{column}' looks like {what} and is never read. If it holds something else, "
            "rename the column in the file."
        )
    if is_group_name(column) and role.name not in ("group", "ignore"):
        return (
            f"'{column}' says which group a candidate belongs to, so it can be 'group' or "
            "'ignore', never a signal. If it holds something else, rename the column in the "
            "file."
        )
    reason = kept_out(column)
    if reason in ("postcode", "birth", "identity") and role.name != "ignore":
        return (
            f"'{column}' {_KEPT_OUT[reason]} and is kept out, so it can only be 'ignore'. If it "
            "holds something else, rename the column in the file."
        )
    return None


_KEPT_OUT = {
    "postcode": "looks like a postcode, which stands in for ethnicity and income,",
    "birth": "looks like a date of birth",
    "identity": "looks like an identity number",
}


def checked_role(role: ColumnRole, column: str, kind: str, catalogue: Catalogue) -> ColumnRole:
    """A role that a person gave, made sure of.

    Raises
    ------
    MappingError
        If the column may not have it, or it names a score or field that is not there.
    """
    why_not = forbidden(role, column)
    if why_not:
        raise MappingError(f"Column {why_not}")
    if role.name == "score" and role.target:
        score = catalogue.recognise(role.target)
        if score is None:
            known = catalogue.suggest(role.target) or list(catalogue)
            raise MappingError(
                f"Column '{column}' is mapped to the score '{role.target}', which the catalogue "
                f"does not have. {did_you_mean(role.target, known)}"
            )
        return ColumnRole("score", score.key, role.account, role.platform)
    fields = KINDS[kind].fields
    if role.name == "field" and role.target not in fields:
        raise MappingError(
            f"Column '{column}' is mapped to the field '{role.target}', which a table of "
            f"{kind} does not have. {did_you_mean(role.target or '', fields)}"
        )
    return role


def _one_role(text: str, whole: str, where: str) -> ColumnRole:
    found = _SPELLED.fullmatch(text)
    name = found["role"] if found else text
    if found is None or name not in ROLE_NAMES:
        raise MappingError(f"{where}'{whole}' is no role. {did_you_mean(name, ROLE_NAMES)}")
    target, platform = found["target"], found["platform"]
    if name == "account" and target not in ACCOUNT_FIELDS:
        raise MappingError(
            f"{where}'{whole}' names no account field. {did_you_mean(target or '', ACCOUNT_FIELDS)}"
        )
    if name == "field" and target not in _LONG_FIELDS:
        raise MappingError(
            f"{where}'{whole}' names no field. {did_you_mean(target or '', _LONG_FIELDS)}"
        )
    if name == "name" and target not in (None, "first", "last"):
        raise MappingError(f"{where}'{whole}': a name is 'name', 'name:first' or 'name:last'.")
    if target and name not in ("score", "account", "field", "name"):
        raise MappingError(f"{where}'{whole}': the role '{name}' takes nothing after the colon.")
    return ColumnRole(name, target, None, platform if name == "account" else None)
