from __future__ import annotations

import datetime as dt
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.intake.documents.document import Document, Link, Section
from toolkit.intake.documents.read_document import read_document
from toolkit.intake.issue import Issue
from toolkit.review.blinding.blind import RULES, blind_document, blind_text
from toolkit.review.blinding.identity import Identity, first_line_name, identity_of, is_person

WHO = Identity(("Jane Doe",), ("janef92",))


def blind(text: str, pronouns: bool = False) -> str:
    return blind_text(text, WHO, pronouns=pronouns)[0]


def test_a_head_of_a_cv() -> None:
    text = (
        "Jane Doe\n"
        "12 Acacia Avenue, London SW1A 1AA | +44 20 7946 0958 | jane.doe@mail.example\n"
        "github.com/janef92 | @janef92 | Klout 63 | 12k followers\n"
        "Date of birth: 12.03.1985 | Nationality: French | Marital status: married\n"
        "Raised sign-ups from 200 to 1,400 in 2014."
    )
    assert blind(text) == (
        "[name withheld]\n"
        "[address withheld] | [phone withheld] | [e-mail withheld]\n"
        "[link withheld] | [handle withheld] | [score withheld] | [score withheld]\n"
        "Date of birth: [date of birth withheld] | Nationality: [nationality withheld] | "
        "Marital status: [marital status withheld]\n"
        "Raised sign-ups from 200 to 1,400 in 2014."
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("jane.doe+work@sub.mail.example", "e-mail"),
        ("someone [at] mail [dot] example", "e-mail"),
        ("+49 (0)221 123456-78", "phone"),
        ("(+82) 10-9030-1843", "phone"),
        ("0049 221 1234567", "phone"),
        ("(912) 555-4321", "phone"),
        ("1-650-999-7777", "phone"),
        ("1—999—888—7777", "phone"),
        ("9-(999)-999-9999", "phone"),
        ("+1 650.999.7777", "phone"),
        ("0171 / 123 45 67", "phone"),
        ("01 23 45 67 89", "phone"),
        ("123 Somewhere Rd., Mountain View, CA 94035", "address"),
        ("1600 Amphitheatre Parkway", "address"),
        ("Musterstraße 12, 50667 Köln", "address"),
        ("Lange Straße 12a", "address"),
        ("P.O. Box 1234", "address"),
        ("50667 Köln", "address"),
        ("235, World Cup buk-ro, Mapo-gu, Seoul, 03936, Republic of Korea", "address"),
        ("https://www.linkedin.com/in/somebody-else/", "link"),
        ("https://janef92.example.org/blog", "link"),
        ("@some_body", "handle"),
        ("janef92", "handle"),
        ("Klout score of 63", "score"),
        ("Klout: 63/100", "score"),
        ("12,000 Twitter followers", "score"),
        ("1.2k GitHub stars", "score"),
        ("GitHub stars: 1,200", "score"),
        ("Social Selling Index 74", "score"),
        ("3.400 Follower auf Instagram", "score"),
        ("(she/her)", "personal detail"),
    ],
)
def test_each_kind_is_recognised(text: str, kind: str) -> None:
    assert blind(text) == f"[{kind} withheld]"
    assert blind(f"Before {text} after") == f"Before [{kind} withheld] after" or kind == "address"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Born 12 March 1985 in Lyon", "Born [date of birth withheld] in [date of birth withheld]"),
        ("geboren am 12.3.1985", "geboren am [date of birth withheld]"),
        ("Geburtsdatum: 12.3.1985", "Geburtsdatum: [date of birth withheld]"),
        ("Age: 34", "Age: [age withheld]"),
        ("I am 34 years old", "I am [age withheld]"),
        ("Staatsangehörigkeit: deutsch", "Staatsangehörigkeit: [nationality withheld]"),
        ("Familienstand: ledig, 2 Kinder", "Familienstand: [marital status withheld]"),
        ("Gender: female", "Gender: [personal detail withheld]"),
        ("Tel.: 123456", "Tel.: [phone withheld]"),
        ("GitHub: somebody", "GitHub: [handle withheld]"),
        ("LinkedIn: /in/somebody", "LinkedIn: [handle withheld]"),
        ("Address: Somewhere 5, Town", "Address: [address withheld]"),
        ("Nationality\nFrench", "Nationality\n[nationality withheld]"),
    ],
)
def test_a_field_keeps_its_label(text: str, left: str) -> None:
    assert blind(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Grew the newsletter from 200 to 1,400 subscribers between 2010 and 2014.",
        "Instagram: von 1.200 auf 3.400 Follower gesteigert.",
        "Worked 2010-2014, then 2013-09 – 2014-01, and on 01.03.2010.",
        "Version 1.2.3.4, Python 3.11, ISO 27001, RFC 9106, DOI 10.1037/apl0000994.",
        "1 234 567 visits and 100,000 downloads in 2011.",
        "A 34-page report; a team of 12 at the age of the company.",
        "The campaign won a star at the festival; 15000 Kunden gewonnen.",
        "Decorated with @property and published @angular/core.",
        "2022 Ambassador, Company",
        "Way to go: 5 steps up the lane.",
        "Managed $2,500,000 and 30.000 € for 3 countries.",
        "ISBN 978-3-16-148410-0, 10.5 % of 1,000.",
        "See https://example.org/case-study/2014 for the figures.",
        "Seitenaufrufe um 35 % gesteigert, Ladezeit 900 ms → 300 ms.",
    ],
)
def test_text_without_personal_data_is_unchanged(text: str) -> None:
    assert blind(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("She is a designer and leads a team.", "They are a designer and leads a team."),
        ("He has led it; his team trusts him.", "They have led it; their team trusts them."),
        ("In 2014 she doubled her sales herself.", "In 2014 they doubled their sales themself."),
        ("He always teaches what she studies.", "They always teach what they study."),
        ("Ask her for it: the idea was hers.", "Ask them for it: the idea was theirs."),
        ("She's built it and he's happy.", "They've built it and they're happy."),
        ("SHE WAS FIRST; he or she wins", "THEY WAS FIRST; they wins"),
        (
            "The theme is heroic; here, there, other, this.",
            "The theme is heroic; here, there, other, this.",
        ),
    ],
)
def test_pronouns_only_where_asked(text: str, left: str) -> None:
    assert blind(text) == text
    assert blind(text, pronouns=True) == left


def test_a_score_beside_a_change_goes() -> None:
    text = "Grew the list from 200 to 1,400 sign-ups\nKlout 63, 12k followers on Twitter"
    assert blind(text).endswith("sign-ups\n[score withheld], [score withheld]")


LINES = st.sampled_from(
    [
        "Jane Doe", "Mr. Doe", "jane.doe@mail.example", "+49 221 123456", "Klout 63",
        "12k followers", "@janef92", "https://github.com/janef92/x", "Born: 12.03.1985",
        "She is here, and her team", "Nationality: French", "12 Acacia Avenue", "[name withheld]",
        "Name: Jane Doe", "Address:", "50667 Köln", "from 200 to 1,400 followers", "Tel.",
        "Grew sales by 35 %", "a young audience", "GitHub: janef92", "J. Doe", "doe_jane.pdf",
        "I am 34 years old", "Website: jane.example", "|", "•", ",", "Age", "Musterstraße 12",
    ]
)  # fmt: skip
TEXTS = st.lists(LINES, max_size=8).flatmap(
    lambda lines: st.lists(
        st.sampled_from([" ", "\n", ", ", " | ", ""]), min_size=len(lines), max_size=len(lines)
    ).map(lambda ends: "".join(a + b for a, b in zip(lines, ends, strict=True)))
)


@given(text=st.one_of(TEXTS, st.text(max_size=60)), pronouns=st.booleans())
@settings(max_examples=40)
def test_blinding_twice_is_blinding_once(text: str, pronouns: bool) -> None:
    once = blind(text, pronouns)
    assert blind(once, pronouns) == once


@given(text=TEXTS, seed=st.integers(0, 1000))
@settings(max_examples=30)
def test_the_order_of_the_rules_makes_no_difference(text: str, seed: int) -> None:
    rules = list(RULES)
    random.Random(seed).shuffle(rules)
    assert blind_text(text, WHO, rules=rules)[0] == blind(text)


NAMES = st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=9).filter(
    lambda name: not any(name in word for word in ("withheld", "address", "marital", "nationality"))
)


@given(
    first=NAMES,
    last=NAMES,
    form=st.sampled_from(
        ["{f} {l}", "{F} {L}", "{l}, {f}", "{f}_{l}.pdf", "{f}.{l}@mail.example", "{f}{l}",
         "https://{f}{l}.example/x", "Dr. {l}", "the {f}’s"]
    ),
)  # fmt: skip
@settings(max_examples=40)
def test_nothing_of_the_name_remains(first: str, last: str, form: str) -> None:
    given_name = f"{first.title()} {last.title()}"
    text = form.format(f=first, l=last, F=first.upper(), L=last.upper())
    left = blind_text(f"12 + {text} = 3", Identity((given_name,)))[0].casefold()
    assert first not in left
    assert last not in left


@given(text=TEXTS)
@settings(max_examples=30)
def test_lines_keep_their_numbers(text: str) -> None:
    assert blind(text).count("\n") == text.count("\n")


def document(text: str, **more: object) -> Document:
    return Document("Jane_Doe_CV.txt", "text", "CV of Jane Doe", (Section("", "", text),), **more)  # type: ignore[arg-type]


def test_a_document_tells_what_was_removed_but_not_to_whom_it_is_shown() -> None:
    found = blind_document(
        document(
            "Name: Jane Doe\nRaised sales from 2 to 5 %.\njane.doe@mail.example",
            pictures=2,
            links=(
                Link("https://example.org/work", "Work of Jane Doe", "line 2"),
                Link("https://twitter.com/janef92", "Twitter", "line 3"),
            ),
        )
    )
    assert (
        found.document.text
        == "Name: [name withheld]\nRaised sales from 2 to 5 %.\n[e-mail withheld]"
    )
    assert (found.document.name, found.document.title) == ("text document", "CV of [name withheld]")
    assert [(x.address, x.words) for x in found.document.links] == [
        ("https://example.org/work", "Work of [name withheld]")
    ]
    assert found.counts() == {"name": 1, "e-mail": 1, "picture": 1, "link": 1}
    assert [r.place for r in found.removals][:2] == ["line 1", "line 3"]
    shown = str(found.to_dict()).casefold()
    assert "jane" not in shown
    assert "doe" not in shown
    assert "janef92" in str(found.to_dict(words=True))


def test_names_come_from_the_row_the_file_and_the_signature() -> None:
    letter = document(
        "Dear team,\n\nI led it.\n\nKind regards,\nErika Beispiel", people=("Jane Doe", "Canva Inc")
    )
    assert identity_of(letter, ("Jo",)).names == ("Jo", "Jane Doe", "Erika Beispiel")
    assert blind_document(letter).document.text.endswith("Kind regards,\n[name withheld]")


def test_without_a_name_it_is_said() -> None:
    found = blind_document(document("Worked on campaigns."))
    assert [issue.level for issue in found.issues] == ["warning"]
    assert "Say whose document it is" in str(found.issues[0])
    assert first_line_name(document("Erika Beispiel\nDesigner")) == "Erika Beispiel"
    assert first_line_name(document("Curriculum vitae of somebody\nDesigner")) == ""


def test_german_pronouns_are_left_with_a_note() -> None:
    found = blind_document(
        document("Sie leitete das Team und die Kampagne für Kunden."), ["Jo Doe"], pronouns=True
    )
    assert [issue.level for issue in found.issues] == ["note"]


@pytest.mark.parametrize(
    ("name", "person"),
    [("Jane Doe", True), ("Acme Ltd", False), ("user1", False), ("", False), ("J", False)],
)
def test_what_looks_like_a_person(name: str, person: bool) -> None:
    assert is_person(name) is person


def test_a_blinded_document_can_be_kept_and_read_again() -> None:
    text = f"Jane Doe\nStarted {dt.date(2014, 1, 1):%B %Y}."
    read = read_document(text.encode(), "cv.txt")
    found = blind_document(read, ["Jane Doe"])
    assert found.document.sha256 == ""
    assert found.document.issues == ()
    assert Issue("note", "x") not in found.issues
