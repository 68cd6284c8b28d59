from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.documents.made import DATA, picture
from toolkit.errors import UnreadableFile
from toolkit.intake.documents.document import Document, document_from_dict
from toolkit.intake.documents.read_document import read_document, read_documents

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAMPLES = DATA / "documents"
REFUSED = {
    "fresh_empty.json",
    "jrs_empty.json",
    "jsonresume_sample.job.json",
    "jsonresume_schema.json",
}


def zipped(**members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


def test_text_keeps_its_lines_and_links() -> None:
    found = read_document("Élan\r\nSee https://example.org/a.\n".encode(), "note.txt")
    assert (found.form, found.text) == ("text", "Élan\nSee https://example.org/a.")
    assert [(x.address, x.place) for x in found.links] == [("https://example.org/a", "line 2")]
    assert len(found.sha256) == 64


def test_a_list_of_links() -> None:
    found = read_document(b"Case: https://example.org/1\nhttps://example.org/2\n", "links.txt")
    assert found.form == "links"
    assert [(x.words, x.address) for x in found.links] == [
        ("Case", "https://example.org/1"),
        ("", "https://example.org/2"),
    ]


def test_markdown() -> None:
    text = (
        "---\ntitle: Work\nauthor: Jane Doe\n---\n# Campaigns\n"
        "See [the case](https://example.org/c_(1)).\n"
        "![me](me.jpg) <img src='https://tracker.example/x.png'>\n"
        "```\n# no heading\n```\n\nOther\n-----\n"
        "<script>alert(1)</script>End <https://example.org/end>"
    )
    found = read_document(text.encode(), "work.md")
    assert (found.form, found.title, found.people) == ("markdown", "Work", ("Jane Doe",))
    assert [s.heading for s in found.sections] == ["Campaigns", "Other"]
    assert "See the case (https://example.org/c_(1))." in found.text
    assert "[picture: me] [picture]" in found.text
    assert "alert" not in found.text
    assert "tracker" not in found.text
    assert found.pictures == 2
    assert [x.address for x in found.links] == [
        "https://example.org/c_(1)",
        "https://example.org/end",
    ]


def test_a_web_page() -> None:
    page = (
        "<!doctype html><html><head><title>Work of J</title><meta name=author content='Jane Doe'>"
        "<style>p{}</style><script>document.write('no')</script></head><body><h1>Campaigns</h1>"
        "<p>Raised <b>sales</b> &amp; more.<ul><li>One<li>Two</ul><img src=x alt='A chart'>"
        "<a href='https://example.org/c'>Case</a><a href='javascript:x()'>No</a></body></html>"
    )
    found = read_document(page.encode(), "work.html")
    assert (found.form, found.title, found.people, found.pictures) == (
        "html",
        "Work of J",
        ("Jane Doe",),
        1,
    )
    assert found.sections[0].heading == "Campaigns"
    for words in ("Raised sales & more.", "• One", "• Two", "[picture: A chart]"):
        assert words in found.text
    assert "document.write" not in found.text
    assert [(x.address, x.words) for x in found.links] == [("https://example.org/c", "Case")]


def test_every_word_of_a_resume_is_in_its_text() -> None:
    raw = json.loads((SAMPLES / "jrs_jane-fullstacker.json").read_text(encoding="utf-8"))
    found = read_document((SAMPLES / "jrs_jane-fullstacker.json").read_bytes(), "jane.json")
    assert found.people == ("Jane Q. Fullstacker",)
    assert found.handles == ("janef-was-here",)
    plain = " ".join(found.text.split())
    unread = ("image", "picture", "flavor")  # pictures are counted, flavours are for programs

    def leaves(value: object) -> list[str]:
        if isinstance(value, dict):
            return [x for key, v in value.items() if key not in unread for x in leaves(v)]
        if isinstance(value, list):
            return [x for v in value for x in leaves(v)]
        return [str(value)] if isinstance(value, str) else []

    missing = [leaf for leaf in leaves(raw) if " ".join(leaf.split()) not in plain]
    assert missing == []


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_every_sample_is_read_or_refused_with_advice(path: Path) -> None:
    if path.name in REFUSED:
        with pytest.raises(UnreadableFile, match="Ask for"):
            read_document(path.read_bytes(), path.name)
    else:
        found = read_document(path.read_bytes(), path.name)
        assert found.characters > 10
        assert document_from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_a_syntax_error_in_a_resume_names_its_place() -> None:
    with pytest.raises(UnreadableFile, match="line 251, character 3"):
        read_document((DATA / "johnny.broken.json").read_bytes(), "johnny.json")


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"", "a.pdf", "empty"),
        (b" \n ", "a.txt", "empty"),
        (b"x" * (26 * 2**20), "a.txt", "more than the 25 MiB"),
        (b"{\\rtf1\\ansi Words}", "a.rtf", "save it as DOCX or PDF"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.doc", r"\.doc\).*DOCX"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "password"),
        (picture(), "a.png", "pictures are not read"),
        (picture(), "a.pdf", "pictures are not read"),
        (b"words", "a.pdf", "no PDF"),
        (b"words", "a.docx", "that its name says"),
        (b"a,b\n1,2", "a.csv", "a table, not a document"),
        (zipped(ppt__slides="x"), "a.pptx", "a presentation. Save it as PDF"),
        (zipped(xl__workbook="x"), "a.xlsx", "a workbook"),
        (zipped(mimetype="x", **{"content.xml": "x"}), "a.odt", "OpenDocument"),
        (zipped(cv="x"), "a.zip", "an archive. Unpack it"),
        (b"PK\x03\x04nonsense", "a.docx", "damaged or cut off"),
        (b"<?xml version='1.0'?><x/>", "a.xml", "XML is not read"),
        (b"[" * 100_000, "a.json", "nested too deeply|not valid JSON"),
        (b"<html><body><script>x</script></body></html>", "a.html", "no words"),
        (bytes(range(256)) * 20, "a.txt", "binary data"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_what_to_do(data: bytes, name: str, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message) as caught:
        read_document(data, name)
    assert str(caught.value).startswith(name)


def test_a_text_that_is_far_too_long_is_cut_and_told() -> None:
    found = read_document(b"word " * 150_000, "long.txt")
    assert found.characters == 500_000
    assert "only the first 500,000 were read" in str(found.issues[0])


def test_more_links_than_anybody_follows_are_cut_and_told() -> None:
    text = "\n".join(f"https://example.org/{n}" for n in range(600))
    found = read_document(text.encode(), "links.txt")
    assert len(found.links) == 500
    assert "There are 600 links" in str(found.issues[0])


def test_a_password_is_not_kept() -> None:
    found = read_document(
        b"My work\npassword: hunter2secret\nhttps://u:p4ss@example.org/x", "a.txt"
    )
    assert "hunter2" not in str(found.to_dict())
    assert "p4ss" not in str(found.to_dict())
    assert "Never ask candidates for one" in str(found.issues[-1])


def test_several_files_at_once() -> None:
    documents, errors = read_documents([("a.txt", b"Words"), ("b.rtf", b"{\\rtf1 x}")])
    assert [d.name for d in documents] == ["a.txt"]
    assert [(e.level, e.file) for e in errors] == [("error", "b.rtf")]


@given(data=st.binary(max_size=400), name=st.sampled_from(["a.txt", "a.md", "a.json", "a"]))
@settings(max_examples=40)
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    documents, errors = read_documents([(name, data)])
    assert len(documents) + len(errors) == 1
    assert all(isinstance(document, Document) for document in documents)
