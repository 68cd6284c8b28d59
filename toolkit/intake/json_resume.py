"""Résumés in JSON (JSON Resume, FRESH) → portfolio items and accounts.

What is taken is work that can be looked at: projects, publications, positions with what
was achieved in them, awards. Contact details, places, schools and memberships are left
behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

import pyarrow as pa

from toolkit.intake.issue import Issue
from toolkit.intake.json_values import Json
from toolkit.intake.raw_table import RawTable, raw_table

_SECTIONS = ("work", "projects", "publications", "awards", "education", "volunteer", "skills")


def is_resume(value: Json) -> bool:
    """True where a JSON value is a résumé rather than a table."""
    if not isinstance(value, dict):
        return False
    if isinstance(value.get("basics"), dict):
        return True
    meta = value.get("meta")
    if isinstance(meta, dict) and str(meta.get("format", "")).upper().startswith("FRESH"):
        return True
    return sum(isinstance(value.get(section), list) for section in _SECTIONS) >= 2


def resume_tables(resumes: Sequence[Mapping[str, Json]], file: str) -> list[RawTable]:
    """Candidates, portfolio items and accounts of some résumés.

    A candidate's code is the name of the file, with a number where it holds several.

    Parameters
    ----------
    resumes : sequence of résumés
    file : str
    """
    stem = PurePosixPath(file).name.split(".")[0]
    people: list[dict[str, str | None]] = []
    items: list[dict[str, str | None]] = []
    accounts: list[dict[str, str | None]] = []
    odd: dict[str, None] = {}
    for number, resume in enumerate(resumes, start=1):
        code = stem if len(resumes) == 1 else f"{stem}-{number}"
        basics = _dict(resume, "basics") or {**_dict(resume, "info"), "name": resume.get("name")}
        people.append(
            {
                "candidate_id": code,
                "name": _text(basics, "name"),
                "headline": _text(basics, "label"),
            }
        )
        items.extend({"candidate_id": code, **item} for item in _items(resume, odd))
        profiles = _records(basics, "profiles", odd) or _records(resume, "social", odd)
        accounts.extend(
            {"candidate_id": code, "platform": _text(profile, "network", "label")}
            for profile in profiles
        )
    issues = [
        Issue(
            "note",
            "Read as a résumé: projects, publications, positions and awards became portfolio "
            "items; contact details, places, schools and memberships were left behind.",
            file=file,
        ),
        *(
            Issue(
                "warning",
                f"'{section}' is not a list of records, as a résumé has it, and was set aside.",
                file=file,
                column=section,
            )
            for section in odd
        ),
    ]
    tables = [_table(file, "basics", people, "resume", issues)]
    if items:
        tables.append(_table(file, "portfolio", items, "portfolio"))
    if accounts:
        tables.append(_table(file, "profiles", accounts, "accounts"))
    return tables


def _items(resume: Mapping[str, Json], odd: dict[str, None]) -> Iterator[dict[str, str | None]]:
    """One portfolio item a piece of work."""
    for project in _records(resume, "projects", odd):
        yield {
            "title": _text(project, "name", "title"),
            "url": _text(project, "url"),
            "role": _list(project, "roles") or _text(project, "role"),
            "outcome": _outcome(project),
            "date": _text(project, "endDate", "end", "startDate", "start"),
        }
    for work in _records(resume, "publications", odd) + _records(resume, "writing", odd):
        yield {
            "title": _text(work, "name", "title"),
            "url": _text(work, "url", "website"),
            "role": _text(work, "publisher"),
            "outcome": _outcome(work),
            "date": _text(work, "releaseDate", "date"),
        }
    positions = _records(resume, "work", odd) or _records(
        _dict(resume, "employment"), "history", odd
    )
    for position in positions:
        if _outcome(position):
            role = _text(position, "position")
            employer = _text(position, "name", "company", "employer")
            yield {
                "title": " at ".join(filter(None, (role, employer))) or None,
                "url": _text(position, "url", "website"),
                "role": role,
                "outcome": _outcome(position),
                "date": _text(position, "endDate", "end", "startDate", "start"),
            }
    for award in _records(resume, "awards", odd) + _records(resume, "recognition", odd):
        yield {
            "title": _text(award, "title"),
            "url": _text(award, "url"),
            "role": _text(award, "awarder", "from"),
            "outcome": _outcome(award),
            "date": _text(award, "date"),
        }


def _outcome(item: Mapping[str, Json]) -> str | None:
    parts = (_list(item, "highlights"), _text(item, "description", "summary"))
    return "; ".join(filter(None, parts)) or None


def _records(value: Mapping[str, Json], key: str, odd: dict[str, None]) -> list[Mapping[str, Json]]:
    found = value.get(key)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        # FRESH keeps some sections as an object with a history.
        if not (isinstance(found, dict) and isinstance(found.get("list"), list)):
            odd[key] = None
            return []
        found = [item for item in found["list"] if isinstance(item, dict)]
    return found


def _dict(value: Mapping[str, Json], key: str) -> Mapping[str, Json]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def _text(value: Mapping[str, Json], *keys: str) -> str | None:
    for key in keys:
        found = value.get(key)
        if isinstance(found, str) and found.strip():
            return re.sub(r"\s+", " ", found).strip()
    return None


def _list(value: Mapping[str, Json], key: str) -> str | None:
    found = value.get(key)
    texts = [item for item in found if isinstance(item, str)] if isinstance(found, list) else []
    return "; ".join(texts) or None


def _table(
    file: str,
    sheet: str,
    records: Sequence[Mapping[str, str | None]],
    kind: str,
    issues: Sequence[Issue] = (),
) -> RawTable:
    names = list(dict.fromkeys(name for record in records for name in record))
    columns = [
        pa.array([record.get(name) for record in records], pa.large_string()) for name in names
    ]
    rows = range(2, 2 + len(records))
    return raw_table(
        file, sheet, names, columns, rows, decimal=".", typed=True, kind=kind, issues=issues
    )
