"""Reviewers' answers to flags as a file: read back from what the app downloads.

The app's download is the JSON of the command ``inflation``: its accounts carry what was dismissed.
A file that holds nothing but the answers, ``{"dismissals": [...]}``, is understood too.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.errors import InputError
from toolkit.inflation.dismissal import Dismissal
from toolkit.inflation.suspicion import DETECTORS

Entry = Mapping[str, Any]


def dismissals_text(dismissals: Mapping[str, Dismissal]) -> str:
    """The answers alone as JSON text, for `read_dismissals`."""
    entries = [{"candidate_id": one, **answer.to_dict()} for one, answer in dismissals.items()]
    return json.dumps({"dismissals": entries}, indent=2, ensure_ascii=False) + "\n"


def read_dismissals(text: str, file: str = "The file") -> dict[str, Dismissal]:
    """The answers in a file, by candidate.

    Parameters
    ----------
    text : str
        JSON: an object with ``dismissals``, a list of ``candidate_id``, ``detectors``, ``reason``,
        ``date`` and ``reviewer``; or with ``accounts``, whose ``dismissed`` holds the latter four.
    file : str
        For messages.

    Raises
    ------
    InputError
        If it is not such a file, or an entry cannot be used; it says which.
    """
    try:
        content = json.loads(text)
    except ValueError as error:
        raise InputError(
            f"{file}: it is not JSON ({error}). Give the file that the page downloads."
        ) from None
    found: dict[str, Dismissal] = {}
    for number, entry in enumerate(_entries(content, file), start=1):
        where = f"{file}, dismissal {number}"
        who = entry.get("candidate_id")
        if not isinstance(who, str) or not who:
            raise InputError(f"{where}: 'candidate_id' is missing. Say whose flag it is.")
        if who in found:
            raise InputError(f"{where}: '{who}' is dismissed earlier too. Keep one of the two.")
        found[who] = _dismissal(who, entry, f"{where}, candidate '{who}'")
    return found


def _entries(content: object, file: str) -> Iterator[Entry]:
    if isinstance(content, dict) and isinstance(content.get("dismissals"), list):
        entries = content["dismissals"]
    elif isinstance(content, dict) and isinstance(content.get("accounts"), list):
        entries = [
            {**account["dismissed"], "candidate_id": account.get("candidate_id")}
            for account in content["accounts"]
            if isinstance(account, dict) and isinstance(account.get("dismissed"), dict)
        ]
    else:
        raise InputError(
            f"{file}: it holds neither 'dismissals' nor 'accounts'. Give the file that the page "
            "downloads."
        )
    for entry in entries:
        if not isinstance(entry, dict):
            raise InputError(f"{file}: {entry!r} is no dismissal. Write an object with a reason.")
        yield entry


def _dismissal(who: str, entry: Entry, where: str) -> Dismissal:
    detectors = entry.get("detectors")
    if (
        not isinstance(detectors, list)
        or not detectors
        or any(d not in DETECTORS for d in detectors)
    ):
        raise InputError(
            f"{where}: 'detectors' is {detectors!r}. List those that were looked at: "
            f"{', '.join(DETECTORS)}."
        )
    reason, reviewer = entry.get("reason"), entry.get("reviewer") or ""
    if not isinstance(reason, str) or not isinstance(reviewer, str):
        raise InputError(f"{where}: 'reason' and 'reviewer' are texts. Write them so.")
    try:
        date = dt.date.fromisoformat(str(entry.get("date")))
    except ValueError:
        raise InputError(
            f"{where}: 'date' is {entry.get('date')!r}. Write it as 2026-11-22."
        ) from None
    try:
        return Dismissal(who, tuple(detectors), reason, date, reviewer)
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
