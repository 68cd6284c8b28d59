"""The values of statutory tables. Their `to_dict` is the JSON of the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from toolkit.fairness.law import Law, RateKind
from toolkit.sentence import Sentence


@dataclass(frozen=True)
class Particulars:
    """What has to be said beside the tables, and is not in the data.

    Parameters
    ----------
    dates : mapping of str to date
        By the names of `Law.dates`.
    tool, organisation, auditor : str
        The tool or process, who uses it, and who made the tables.
    data_source : str
        Where the data come from and what they are.
    reason : str
        Why categories were left out of the ratios.
    """

    dates: Mapping[str, dt.date] = field(default_factory=dict)
    tool: str = ""
    organisation: str = ""
    auditor: str = ""
    data_source: str = ""
    reason: str = ""

    def to_dict(self) -> dict[str, object]:
        return {
            **asdict(self),
            "dates": {name: date.isoformat() for name, date in self.dates.items()},
        }


@dataclass(frozen=True)
class CategoryRow:
    """One category in a table.

    Parameters
    ----------
    group : str
        The category; combinations as ``"Female × Asian"``.
    label : str
        In the words of the law.
    n : int
        People of the category.
    selected : int
        Those selected, or with a score above the median.
    rate : float or None
        Selection or scoring rate; None where nobody belongs to the category.
    impact_ratio, impact_ratio_low, impact_ratio_high : float or None
        Rate over the highest rate, with the interval of `intervals.ratio_interval`; None for a
        category that was left out. The highest itself has no interval.
    share : float or None
        Of the people in the table.
    small : bool
        Below the share under which the law lets a category be left out.
    included : bool
        Takes part in the ratios.
    excluded_because : Sentence or None
    below_four_fifths : bool or None
        None where the law sets no such limit, or there is no ratio.
    members : mapping of str to str
        The category in each attribute.
    """

    group: str
    label: str
    n: int
    selected: int
    rate: float | None
    impact_ratio: float | None
    impact_ratio_low: float | None
    impact_ratio_high: float | None
    share: float | None
    small: bool
    included: bool
    excluded_because: Sentence | None
    below_four_fifths: bool | None
    members: Mapping[str, str]

    def to_dict(self) -> dict[str, object]:
        return {**self.__dict__, "members": dict(self.members)}


@dataclass(frozen=True)
class StatutoryTable:
    """One of the tables.

    Parameters
    ----------
    name : str
        ``"sex"``, ``"race_ethnicity"`` or ``"intersection"``.
    title : str
    job : str or None
        None for all jobs together.
    attributes : tuple of str
    referent : str or None
        The category with the highest rate.
    n, selected : int
        People in the table.
    unknown, unknown_selected : int
        People of unknown category, who are not in it.
    rows : tuple of CategoryRow
        In the order of the law.
    """

    name: str
    title: str
    job: str | None
    attributes: tuple[str, ...]
    referent: str | None
    n: int
    selected: int
    unknown: int
    unknown_selected: int
    rows: tuple[CategoryRow, ...]

    def row(self, group: str) -> CategoryRow:
        """One category.

        Raises
        ------
        KeyError
            If there is no such category in the table.
        """
        for row in self.rows:
            if row.group == group:
                return row
        raise KeyError(group)

    @property
    def left_out(self) -> tuple[CategoryRow, ...]:
        """Categories with people that take no part in the ratios."""
        return tuple(row for row in self.rows if not row.included and row.n)

    def to_dict(self) -> dict[str, object]:
        return {
            "title": self.title,
            "referent": self.referent,
            "n": self.n,
            "selected": self.selected,
            "unknown": self.unknown,
            "unknown_selected": self.unknown_selected,
            "attributes": list(self.attributes),
            "groups": [row.to_dict() for row in self.rows],
        }


@dataclass(frozen=True)
class Statutory:
    """The tables of one law.

    Parameters
    ----------
    law : Law
    rate : {"selection", "scoring"}
    median : float or None
        Of all scores; None for selection rates, and where counts were given.
    assessed, selected : int
        People, whatever their category.
    not_scored : int
        People without a score, who are in no table.
    tables : tuple of StatutoryTable
        All jobs together, then each job.
    particulars : Particulars
    missing : tuple of str
        What the law wants beside the tables and nobody has given.
    remarks : tuple of str
        What a reader has to know of these data.
    read_as : mapping of str to mapping of str to str
        Per attribute, values that were taken for a category of another name.
    read_as_unknown : mapping of str to mapping of str to int
    """

    law: Law
    rate: RateKind
    median: float | None
    assessed: int
    selected: int
    not_scored: int
    tables: tuple[StatutoryTable, ...]
    particulars: Particulars
    missing: tuple[str, ...]
    remarks: tuple[Sentence, ...]
    read_as: Mapping[str, Mapping[str, str]]
    read_as_unknown: Mapping[str, Mapping[str, int]]

    @property
    def jobs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(table.job for table in self.tables if table.job is not None))

    def of_job(self, job: str | None = None) -> tuple[StatutoryTable, ...]:
        """The tables of one job, or of all together."""
        return tuple(table for table in self.tables if table.job == job)

    def table(self, name: str, job: str | None = None) -> StatutoryTable:
        """One table.

        Raises
        ------
        KeyError
            If there is none of this name.
        """
        for table in self.of_job(job):
            if table.name == name:
                return table
        raise KeyError(name)

    @property
    def statements(self) -> tuple[str, ...]:
        """What stands under the tables, by the law's own file."""
        return self.law.says(self.rate)

    def rows(self) -> list[dict[str, object]]:
        """One flat row for each category of each table, for CSV and XLSX."""
        flat: list[dict[str, object]] = []
        for table in self.tables:
            for row in table.rows:
                own = row.to_dict()
                del own["members"]
                flat.append(
                    {
                        "job": table.job,
                        "table": table.name,
                        "referent": table.referent,
                        "unknown": table.unknown,
                        **own,
                    }
                )
        return flat

    def to_dict(self) -> dict[str, object]:
        return {
            "law": {
                "key": self.law.key,
                "name": self.law.name,
                "jurisdiction": self.law.jurisdiction,
                "as_of": self.law.as_of.isoformat(),
                "sources": [source.model_dump() for source in self.law.sources],
                "limit": None if self.law.limit is None else self.law.limit.below,
            },
            "rate": self.rate,
            "median": self.median,
            "assessed": self.assessed,
            "selected": self.selected,
            "not_scored": self.not_scored,
            **{table.name: table.to_dict() for table in self.of_job()},
            "jobs": {
                job: {table.name: table.to_dict() for table in self.of_job(job)}
                for job in self.jobs
            },
            "particulars": self.particulars.to_dict(),
            "missing": list(self.missing),
            "remarks": list(self.remarks),
            "statements": list(self.statements),
            "read_as": {name: dict(read) for name, read in self.read_as.items()},
            "read_as_unknown": {name: dict(read) for name, read in self.read_as_unknown.items()},
        }
