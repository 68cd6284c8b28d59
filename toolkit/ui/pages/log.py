"""Log: who did what, in a chain that shows where it was cut."""

from __future__ import annotations

from toolkit.store import log
from toolkit.store.event_log import LogCheck
from toolkit.store.rights import Person
from toolkit.ui import team
from toolkit.ui.components.download import download
from toolkit.ui.components.event_table import event_table
from toolkit.ui.components.heading import heading, section
from toolkit.ui.components.log_check import check_again, log_check
from toolkit.ui.components.log_filter import log_filter
from toolkit.ui.faults import shown_in_place
from toolkit.ui.state import workspace


def page() -> None:
    """Draw the page."""
    heading(
        "Log",
        "Everything that changed something, in order. Each event carries the hash of the one "
        "before, so that changing, removing or inserting one shows. The log holds keys and "
        "hashes and no personal data.",
    )
    auditor = team.person()
    if auditor is None:
        return
    with shown_in_place():
        section("Is it whole?")
        noted = check_again()
        log_check(_checked(auditor, noted), noted)
    with shown_in_place():
        section("What happened")
        store = team.store()
        actors = log.actors_in_log(store, auditor)
        wanted = log_filter(log.actions_in_log(store, auditor), actors)
        event_table(
            log.read_log(
                store, auditor, action=wanted.action, actor=wanted.actor, subject=wanted.subject
            ),
            actors,
        )
        download(
            "Download the whole log",
            "log.jsonl",
            lambda: "".join(log.log_lines(store, auditor)).encode(),
            key="log",
        )


def _checked(auditor: Person, noted: str) -> LogCheck:
    """The check, made once for each set of events that the log had."""
    store = team.store()
    latest = log.read_log(store, auditor, at_most=1)
    head = latest[0].hash if latest else ""
    return workspace().keep(
        "log check",
        auditor.id,
        head,
        noted,
        make=lambda: log.verify_log(store, auditor, noted or None),
        doing="Following the chain",
    )
