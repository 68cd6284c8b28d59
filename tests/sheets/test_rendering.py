import io
from dataclasses import replace
from itertools import pairwise

import pytest
from pypdf import PdfReader

from tests.sheets.examples import FLAG, SHEET, UNBLINDED, course, criteria, signals
from tests.sheets.reading import failures, pages_of, squeezed, text_of
from toolkit.sheets.candidate_sheet import CandidateSheet, Course
from toolkit.sheets.documents import typeset_document
from toolkit.sheets.rendering import render_pdf
from toolkit.sheets.requisition import Requisition

#: Everything that FIELD-like guides ask of a structured review sheet, in reading order.
PRINTED = [
    "Candidate review sheet",
    "Social media manager, spring 2011",
    "Candidate code",
    "A-017",
    "Name withheld (blind review)",
    "Stage",
    "Portfolio review",
    "Role",
    "Reviewer",
    "Reviewer’s role",
    "Date of review",
    "Rubric",
    "Prepared",
    "9 October 2026",
    "Part 1 · Rating the work",
    "Connection with the candidate",
    "co-worker",
    "family",
    "close friend",
    "partner",
    "co-author",
    "business",
    "Confidentiality",
    "Materials I reviewed",
    "Social score or follower count seen",
    "The task",
    "Answer a complaint that spreads",
    "Write the first public answer",
    "45 minutes",
    "Same conditions for all",
    "Adjustments granted",
    "Own work checked",
    "Evidence",
    "Relaunch of a bakery's newsletter",
    "Orders by newsletter from 40 to 130 a month",
    "Ratings",
    "Quality of the work shown",
    "The job requires: Produces work that can be published",
    "No basis to judge",
    "Errors that a client or user would notice",
    "Sound and complete",
    "Could go out today",
    "What I saw, and where",
    "Reason for the rating",
    "Results that can be checked",
    "Own part and reasoning",
    "Closeness to the tasks of this job",
    "Summary of this reviewer",
    "Strengths",
    "Concerns",
    "Recommendation",
    "Confidence",
    "Computed total",
    "Signature and date",
    "Part 2 · For the panel",
    "What the screen decided",
    "Selected. Rank 9 of 60 candidates, composite 0.812; 10 are selected.",
    "If the scores were measured again",
    "With every score measured again, this candidate would be selected in 41.2 % of 1,000 draws",
    "38.2 % to 44.3 %",
    "That is too close to call",
    "How this decision came about",
    "With 10 places for 60 candidates, everyone starts with 16.7 % of a place.",
    "What everyone starts with",
    "+63.3 %",
    "Task result",
    "−5.0 %",
    "Screen “Agency screen”. Conditions: Klout at least 50.",
    "Klout 2.50 (as given)",
    "What each score changed for this candidate",
    "Selected only because of Klout.",
    "Klout",
    "61",
    "10 %",
    "19 %",
    "not selected",
    "11 lower (50)",
    "Flags on the scores",
    "Bought followers suspected",
    "probability 87 %",
    "An audit of the followers found 46 % that look fake.",
    "Against it: The account has been active for six years.",
    "What would change this",
    "Judged and not flagged: Automated account (probability 3 %).",
    "Not judged: Growth spike (it needs a monthly history of the score).",
    "Panel",
    "Reviewer 1",
    "Spread",
    "Agreed",
    "Why it changed",
    "Differs from the computed order, because",
    "Deciding person",
    "Record",
]


def test_the_sheet_says_everything_in_reading_order():
    text = text_of(render_pdf(SHEET))
    at = 0
    for words in PRINTED:
        found = text.find(squeezed(words), at)
        assert found >= 0, f"'{words}' does not stand after '{text[max(at - 80, 0) : at]}'"
        at = found


def test_no_score_stands_in_the_part_that_reviewers_get():
    pages = pages_of(render_pdf(SHEET))
    part_two = [page.startswith(squeezed("Part 2 · For the panel")) for page in pages].index(True)
    assert part_two >= 1
    for page in pages[:part_two]:
        body = page.replace(squeezed("Social score or follower count seen"), "")
        body = body.replace(squeezed("No score, no rank and no other rating stands here"), "")
        for word in ("Klout", "Rank", "composite", "suspected", "Selected"):
            assert word not in body


def test_every_page_carries_the_footer():
    sheet = replace(SHEET, rubric=criteria(30))
    pages = pages_of(render_pdf(sheet))
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        for words in (
            "Job-related facts only. Rate against the job, not against other applicants.",
            "Keep until 31 December 2030",
            f"Page {number} of {len(pages)}",
            f"Content {sheet.digest[:16]}",
            f"screen {'5c' * 8}",
            f"inputs {sheet.input_digest[:16]}",
            "Cloutproof 0.1.0",
            "A-017 · Social media manager, spring 2011",
            "Signature",
            "Date",
        ):
            assert squeezed(words) in page


def test_the_record_shows_whole_hashes():
    text = text_of(render_pdf(SHEET))
    for digest in (SHEET.digest, "5c" * 32, SHEET.rubric.digest, SHEET.input_digest):
        assert digest in text
    for file, digest in SHEET.inputs:
        assert squeezed(f"{file} {digest[:16]}") in text


def test_the_name_stands_only_on_an_unblinded_sheet():
    assert squeezed("Zoë Brandt-Łukasiewicz") in text_of(render_pdf(UNBLINDED))
    assert "Brandt" not in text_of(render_pdf(SHEET))


def test_links_stand_only_on_an_unblinded_sheet():
    assert "https://example.org/bakery" in text_of(render_pdf(UNBLINDED))
    blind = text_of(render_pdf(SHEET))
    assert "example.org" not in blind
    assert blind.count(squeezed("Link held by the coordinator")) == 2


@pytest.mark.parametrize(
    ("sheet", "pages"),
    [
        (SHEET, 3),
        (UNBLINDED, 3),
        (replace(SHEET, signals=(), judgements=(), evidence=(), inputs=()), 3),
        (replace(SHEET, requisition=Requisition()), 3),
        (replace(SHEET, signals=signals(12), course=course(12)), 4),
        (replace(SHEET, signals=signals(13), course=course(13, estimated=True)), 4),
        (replace(SHEET, signals=signals(1), course=course(1)), 3),
        (replace(SHEET, signals=signals(40), course=course(40)), 4),
        (replace(SHEET, course=Course(10)), 3),
        (replace(SHEET, judgements=(FLAG,) * 5, signals=signals(12)), 4),
        (replace(SHEET, rubric=criteria(1)), 3),
        (replace(SHEET, rubric=criteria(30)), 9),
        (replace(UNBLINDED, candidate_name="فاطمة الزهراء بنت محمد"), 3),
        (replace(UNBLINDED, candidate_name="司馬 相如 · 山田 太郎 · 김민수"), 3),
        (replace(UNBLINDED, candidate_name="सरोजिनी नायडू · สมชาย ใจดี · יוסף"), 3),
    ],
    ids=[
        "blind",
        "unblinded",
        "nothing known",
        "empty requisition",
        "12 scores",
        "13 scores, estimated",
        "1 score",
        "40 scores",
        "no course",
        "many flags",
        "1 criterion",
        "30 criteria",
        "Arabic",
        "CJK",
        "Devanagari, Thai, Hebrew",
    ],
)
@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_every_sheet_is_accessible_and_archival(sheet: CandidateSheet, pages: int, paper):
    pdf = render_pdf(sheet, paper)
    assert failures(pdf) == []
    assert len(PdfReader(io.BytesIO(pdf)).pages) == pages


def test_the_structure_that_a_screen_reader_follows():
    root = PdfReader(io.BytesIO(render_pdf(SHEET))).root_object
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    tags = tags_below(root["/StructTreeRoot"])
    headings = [tag for tag in tags if tag in {"/H1", "/H2", "/H3", "/H4"}]
    assert headings[:4] == ["/H1", "/H2", "/H3", "/H3"]
    assert headings.count("/H1") == 1
    assert headings.count("/H2") == 2
    assert headings.count("/H4") == 4
    levels = [int(tag[2]) for tag in headings]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    # How the decision came about is one figure, told in words to those who cannot see it.
    assert tags.count("/Figure") == 1
    (figure,) = elements_below(root["/StructTreeRoot"], "/Figure")
    alt = figure["/Alt"].replace("\u00a0", " ")
    assert alt.startswith("From the chance that everyone starts with to the decision")
    assert "Klout: +63.3 %; Portfolio rating: +25.0 %; Task result: −5.0 %; Selected" in alt
    # Evidence, four criteria, what each score changed, panel, record.
    assert tags.count("/Table") == 8
    assert tags.count("/THead") == 8
    assert tags.count("/TH") == 5 + 4 * 6 + 6 + 7 + 2


def elements_below(node, kind: str) -> list:
    """Structure elements of one type."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for child in node for found in elements_below(child, kind)]
    if not isinstance(node, dict):
        return []
    own = [node] if node.get("/S") == kind else []
    return own + (elements_below(node["/K"], kind) if "/K" in node else [])


def tags_below(node) -> list[str]:
    """Structure types in reading order."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for child in node for tag in tags_below(child)]
    if not isinstance(node, dict):
        return []
    own = [str(node["/S"])] if "/S" in node else []
    return own + (tags_below(node["/K"]) if "/K" in node else [])


def test_the_metadata_name_the_sheet_its_content_and_the_standards():
    reader = PdfReader(io.BytesIO(render_pdf(SHEET)))
    assert reader.metadata.title == "Review sheet A-017: Social media manager, spring 2011"
    assert f"content-sha256:{SHEET.digest}" in reader.metadata["/Keywords"]
    assert reader.metadata["/CreationDate"] == "D:20261009000000Z"
    xmp = reader.xmp_metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp


@pytest.mark.parametrize("title", ["", "  ", "\u200b", "\u2060 \n"])
def test_a_requisition_without_a_title_still_has_a_heading(title: str):
    pdf = render_pdf(replace(SHEET, requisition=replace(SHEET.requisition, title=title)))
    assert squeezed("Harbour Street Agency Review sheet A-017 Requisition") in text_of(pdf)
    assert failures(pdf) == []


def test_paper_sizes():
    sizes = {
        paper: PdfReader(io.BytesIO(render_pdf(SHEET, paper))).pages[0].mediabox
        for paper in ("a4", "us-letter")
    }
    millimetres = {
        paper: (round(float(box.width) * 25.4 / 72), round(float(box.height) * 25.4 / 72))
        for paper, box in sizes.items()
    }
    assert millimetres == {"a4": (210, 297), "us-letter": (216, 279)}


def test_what_the_fonts_lack_is_printed_as_code_points_and_listed():
    result = typeset_document(replace(UNBLINDED, candidate_name="Ann 😀 \u202eExample"))
    assert result.replaced == ("U+202E", "U+1F600")
    assert squeezed("Ann ⟨U+1F600⟩ ⟨U+202E⟩Example") in text_of(result.pdf)
