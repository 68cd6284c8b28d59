"""What an adverse-impact report says: counts of groups and figures of them, and no person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit import __version__
from toolkit.errors import InputError, UnknownName
from toolkit.fairness.before_after import BeforeAfter
from toolkit.fairness.bootstrap import RESAMPLES
from toolkit.fairness.law import Law, law_named, load_laws
from toolkit.fairness.result import Impact
from toolkit.fairness.statutory import statutory
from toolkit.fairness.statutory_columns import statutory_columns
from toolkit.fairness.statutory_result import Particulars, Statutory
from toolkit.influence.group_comparison import decisions_compared, groups_compared
from toolkit.influence.group_wording import impact_sentence
from toolkit.influence.influence import Influence
from toolkit.intake.cohort import Cohort
from toolkit.screening.decisions import decide
from toolkit.screening.evidence_only import evidence_only
from toolkit.sentence import Sentence
from toolkit.sheets.content import content_of, digest_of
from toolkit.sheets.content_hash import inputs_hash
from toolkit.sheets.requisition import Requisition


@dataclass(frozen=True)
class NoTables:
    """A law whose tables could not be made, and why."""

    law: str
    why: Sentence | str


@dataclass(frozen=True)
class AuditAsked:
    """What was asked of an adverse-impact report; parameters as `audit_report`."""

    attributes: tuple[str, ...]
    stratum: str | None = None
    laws: tuple[str, ...] | None = None
    categories: Mapping[str, str] = field(default_factory=dict)
    particulars: Particulars = field(default_factory=Particulars)


@dataclass(frozen=True)
class AuditReport:
    """Everything that an adverse-impact report prints.

    Parameters
    ----------
    requisition : Requisition
    date : date
    screen, screen_digest, screen_toml : str
        Name and SHA-256 of the rule, and the rule as a screen file says it.
    headline : Sentence
    decisions : tuple of Sentence
        What is compared: the screen as it is first, then without each score, and by evidence only.
    compared : BeforeAfter
        The screen as it is first, then without each score, and by evidence only.
    statutory : tuple of Statutory
        The tables of each law that these groups allow.
    no_tables : tuple of NoTables
        The laws whose tables could not be made.
    asked : AuditAsked
        What it takes to make the report again.
    inputs : tuple of (str, str)
        Name and SHA-256 of each file that the figures were computed from.
    version : str
        Of this program.
    """

    requisition: Requisition
    date: dt.date
    screen: str
    screen_digest: str
    screen_toml: str
    headline: Sentence
    decisions: tuple[Sentence | str, ...]
    compared: BeforeAfter
    statutory: tuple[Statutory, ...]
    no_tables: tuple[NoTables, ...]
    asked: AuditAsked
    inputs: tuple[tuple[str, str], ...]
    version: str = __version__

    @property
    def impact(self) -> Impact:
        """Of the screen as it is."""
        return self.compared.impacts[self.compared.first]

    def to_dict(self) -> dict[str, object]:
        """The report as JSON values; dates as ISO 8601."""
        return content_of(self)

    @property
    def digest(self) -> str:
        """SHA-256 of the content, printed in the footer of every page."""
        return digest_of(self)

    @property
    def input_digest(self) -> str:
        """One SHA-256 for all input files."""
        return inputs_hash(self.inputs)


def audit_report(
    cohort: Cohort,
    influence: Influence,
    *,
    attributes: Sequence[str] | None = None,
    stratum: str | None = None,
    law_keys: Sequence[str] | None = None,
    categories: Mapping[str, str] | None = None,
    particulars: Particulars | None = None,
    requisition: Requisition | None = None,
    date: dt.date | None = None,
) -> AuditReport:
    """The report on one opening's groups.

    Parameters
    ----------
    cohort : Cohort
    influence : Influence
        Of a screen on this cohort.
    attributes : sequence of str, optional
        Group columns; all but the stratum when left out.
    stratum : str, optional
        Column that says where people competed.
    law_keys : sequence of str, optional
        Laws whose tables are wanted. When left out, those of every law that is known here: where
        the groups do not allow them, the report says why.
    categories : mapping of str to str, optional
        Values of the group columns and the category of the law that they mean, or ``"unknown"``.
    particulars : Particulars, optional
        Dates and descriptions that the law wants beside its tables.
    requisition : Requisition, optional
    date : date, optional
        Today when left out.

    Returns
    -------
    AuditReport

    Raises
    ------
    InputError
        If there are no group columns, or a law that was asked for wants others.
    UnknownName
        If a column or a law is not there.
    """
    columns = [str(name) for name in cohort.groups.columns]
    chosen = list(attributes) if attributes else [name for name in columns if name != stratum]
    if not chosen:
        raise InputError(
            "There are no group columns, so nothing can be said about groups. Add a column such as "
            "sex or age band to the file, or a table of its own with candidate codes."
        )
    for name in chosen:
        if name not in columns:
            raise UnknownName("group column", name, columns, "the candidates' groups")
    evidence = evidence_only(cohort, influence.screen)
    by_evidence = None if evidence is None else decide(cohort, evidence)
    compared = groups_compared(
        cohort, decisions_compared(influence, by_evidence), chosen, stratum, RESAMPLES
    )
    opening, day = requisition or Requisition(), date or dt.date.today()
    told = _particulars(particulars or Particulars(), opening, influence)
    tables: list[Statutory] = []
    without: list[NoTables] = []
    wanted = load_laws().values() if law_keys is None else [law_named(key) for key in law_keys]
    for law in wanted:
        try:
            tables.append(_tables(cohort, influence, law, told, categories or {}))
        except (InputError, UnknownName) as error:
            if law_keys is not None:
                raise
            without.append(NoTables(law.name, error.message))
    return AuditReport(
        requisition=opening,
        date=day,
        screen=influence.screen.name,
        screen_digest=influence.screen.digest,
        screen_toml=influence.screen.to_toml(),
        headline=impact_sentence(compared.impacts[compared.first]),
        decisions=tuple(compared.impacts),
        compared=compared,
        statutory=tuple(tables),
        no_tables=tuple(without),
        asked=AuditAsked(
            tuple(chosen),
            stratum,
            None if law_keys is None else tuple(law_keys),
            dict(categories or {}),
            particulars or Particulars(),
        ),
        inputs=tuple(sorted(cohort.sources.items())),
    )


def _tables(
    cohort: Cohort,
    influence: Influence,
    law: Law,
    told: Particulars,
    categories: Mapping[str, str],
) -> Statutory:
    return statutory(
        cohort.groups,
        law,
        statutory_columns(law, cohort.groups.columns.astype(str)),
        selected=influence.decisions.selected,
        categories=categories,
        particulars=told,
    )


def _particulars(told: Particulars, requisition: Requisition, influence: Influence) -> Particulars:
    """What was given, with the screen as the tool and the employer of the opening."""
    return replace(
        told,
        tool=told.tool or influence.screen.name,
        organisation=told.organisation or requisition.organisation,
    )
