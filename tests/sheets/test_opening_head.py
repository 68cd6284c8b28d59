from __future__ import annotations

import datetime as dt

from toolkit.sheets.branding import Branding
from toolkit.sheets.look import Look, Page
from toolkit.sheets.opening_head import opening_head
from toolkit.sheets.requisition import Requisition
from toolkit.sheets.texts import texts_of


def head(requisition: Requisition, look: Look) -> Page:
    return opening_head(
        requisition,
        look,
        texts_of("cohort", "en"),
        rule="Klout 50",
        remark="job-related facts only",
        digest="a" * 64,
        inputs="",
        screen="b" * 64,
        version="1.0",
    )


def test_a_document_bears_the_title_of_the_opening_or_the_name_of_its_rule() -> None:
    said = head(Requisition(title=" Social  media\nmanager "), Look())
    assert said["heading"] == said["belongs_to"] == "Social media manager"
    assert "Social media manager" in said["document_title"]
    said = head(Requisition(), Look())
    assert said["belongs_to"] == "Klout 50"
    assert said["heading"] == "Requisition report"


def test_what_the_requisition_says_goes_before_what_the_look_says() -> None:
    ours = Look(branding=Branding(organisation="Elm", retain_until=dt.date(2028, 1, 2)))
    said = head(Requisition(title="Clerk"), ours)
    assert said["organisation"] == "Elm"
    assert "2 January 2028" in said["retain"]
    own = Requisition(title="Clerk", organisation="Oak", retain_until=dt.date(2030, 5, 6))
    said = head(own, ours)
    assert said["organisation"] == "Oak"
    assert "6 May 2030" in said["retain"]
