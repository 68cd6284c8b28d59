"""broken: one small file for each thing that goes wrong in real uploads, named for its fault.

Each entry says what the fault is, as the README of the folder repeats it. Everything else in
a file is right, so that a reader can be judged by what it says of the one fault.
"""

from __future__ import annotations

from sample_data.recipe.broken_workbooks import WORKBOOKS

GOOD = (
    "candidate_id,name,klout,portfolio,task\n"
    "B01,Bafin Otterwick,61,3.5,72\n"
    "B02,Dewyn Marblegate,48,4.5,88\n"
    "B03,Lisel Quillmarsh,55,2.5,51\n"
    "B04,Rotam Fenbutton,37,5.0,93\n"
)
_ROWS = GOOD.splitlines(keepends=True)


def _with(find: str, put: str, text: str = GOOD) -> str:
    if find not in text:
        raise ValueError(f"the fault cannot be put in: {find!r} is not in the text")
    return text.replace(find, put, 1)


def _column(name: str, *values: str) -> str:
    """The good table with one column more."""
    lines = GOOD.splitlines()
    return "".join(f"{line},{value}\n" for line, value in zip(lines, (name, *values), strict=True))


#: File name → (what is wrong, text in UTF-8 or bytes).
FAULTS: dict[str, tuple[str, str | bytes]] = {
    # ------------------------------------------------------------------ codes of candidates
    "duplicate-ids.csv": ("B02 stands in rows 3 and 4.", _with("B03", "B02")),
    "missing-ids.csv": ("Row 4 has no candidate_id.", _with("B03", "")),
    "no-id-column.csv": (
        "There is no column of codes, and two people have the same name.",
        "name,klout,portfolio\nBafin Otterwick,61,3.5\nBafin Otterwick,48,4.5\n",
    ),
    "ids-with-lost-zeros.csv": (
        "'007' and '7' are different codes; a reader that makes them numbers has one twice.",
        _with("B02", "7", _with("B01", "007")),
    ),
    "ids-in-scientific-notation.csv": (
        "A spreadsheet has turned three long codes into the same 2.02E+11.",
        _with("B03", "2.02E+11", _with("B02", "2.02E+11", _with("B01", "2.02E+11"))),
    ),
    "ids-with-spaces.csv": ("'B02 ' and 'B02' look alike.", _with("B03", "B02 ")),
    # ------------------------------------------------------------------ values
    "score-outside-scale.csv": (
        "Row 3: a Klout of 134; the scale ends at 100.",
        _with(",48,", ",134,"),
    ),
    "negative-count.csv": ("Row 4: -5 followers.", _column("followers", "210", "1900", "-5", "88")),
    "share-over-100.csv": (
        "Row 3: 180 % of the followers are fake.",
        "candidate_id,platform,followers,following,posts,fake_share\n"
        "B01,twitter,4100,350,900,7\nB02,twitter,88000,120,40,180\n",
    ),
    "text-in-number-column.csv": ("Row 4: 'high' in place of a number.", _with(",55,", ",high,")),
    "words-for-missing.csv": (
        "Five ways to write that a value is missing.",
        "candidate_id,klout,portfolio\nB01,n/a,3.5\nB02,-,4.5\nB03,none,2.5\nB04,?,5.0\nB05,NULL,4.0\n",
    ),
    "nan-and-infinity.csv": (
        "NaN in row 3 and infinity in row 4.",
        _with(",55,", ",inf,", _with(",48,", ",NaN,")),
    ),
    "decimal-comma.csv": (
        "Semicolons between cells and decimal commas, as much of Europe writes it.",
        GOOD.replace(",", ";").replace(".", ","),
    ),
    "decimal-comma-and-point.csv": (
        "Decimal commas in two rows and points in the others.",
        _with("2.5", '"2,5"', _with("3.5", '"3,5"')),
    ),
    "thousands-separators.csv": (
        "Followers with three kinds of thousands separator; 1.900 could be a fraction.",
        _column("followers", '"12,345"', "1.900", "1 240 000", "88"),
    ),
    "percent-signs.csv": (
        "Shares with a percent sign, one of them as a fraction.",
        "candidate_id,platform,followers,following,posts,fake_share\n"
        "B01,twitter,4100,350,900,7 %\nB02,twitter,88000,120,40,81%\n"
        "B03,twitter,950,400,2100,0.05\n",
    ),
    "units-in-cells.csv": (
        "Numbers with units, and '1.2k'.",
        _column("followers", "2 100 followers", "1.2k", "310", "0.5M"),
    ),
    "dates-in-number-column.csv": (
        "A spreadsheet has turned 3.5 and 4.5 into dates.",
        _with("4.5", "4-May", _with("3.5", "3-May")),
    ),
    "mixed-dates.csv": (
        "Four ways to write a date; 03/04/2012 may be March or April.",
        "candidate_id,score,date,value\nB01,klout,2012-04-03,48\nB01,klout,03/04/2012,51\n"
        "B01,klout,3 May 2012,52\nB01,klout,41061,55\nB01,klout,2012-13-01,56\n",
    ),
    "true-and-false.csv": (
        "Ten spellings of yes and no in one column.",
        "candidate_id,platform,followers,following,posts,verified\n"
        + "".join(
            f"B{n:02d},twitter,{100 * n},50,10,{word}\n"
            for n, word in enumerate(
                ("true", "FALSE", "yes", "No", "1", "0", "x", "", "ja", "T"), 1
            )
        ),
    ),
    # ------------------------------------------------------------------ what must not come in
    "password-column.csv": (
        "A column of passwords. The file must be refused, and no value repeated.",
        _column("Twitter password", "hunter2", "correct-horse", "letmein", "swordfish"),
    ),
    "token-column.csv": (
        "A column of access tokens.",
        _column("oauth_access_token", "t-0001", "t-0002", "t-0003", "t-0004"),
    ),
    "postcode-column.csv": (
        "A postcode column: some laws do not allow it in a screen.",
        _column("postcode", "60601", "60629", "60614", "60644"),
    ),
    "groups-among-signals.csv": (
        "Sex and ethnicity stand beside the scores, as numbers.",
        "candidate_id,klout,sex,ethnicity\nB01,61,1,2\nB02,48,2,1\nB03,55,2,3\nB04,37,1,1\n",
    ),
    "markup-in-names.csv": (
        "Names that a page, a spreadsheet or a typesetter might execute.",
        "candidate_id,name,klout\nB01,<script>alert(1)</script>,61\n"
        'B02,"=HYPERLINK(""https://example.org"",""x"")",48\nB03,#import \\$x^2$ *bold*,55\n'
        "B04,@SUM(A1:A9),37\n",
    ),
    "control-characters.csv": (
        "A null byte, a bell, a zero-width space and a change of writing direction.",
        _with(
            "Dewyn",
            "De\x00wyn",
            _with(
                "Lisel", "Li\x07sel", _with("Rotam", "Ro\u200btam", _with("Bafin", "\u202eBafin"))
            ),
        ),
    ),
    "very-long-cell.csv": (
        "A whole cover letter in the name column: 3,000 characters.",
        _with("Dewyn Marblegate", "Dewyn Marblegate " * 176),
    ),
    # ------------------------------------------------------------------ encodings
    "utf-16.csv": (
        "UTF-16, as some programs export.",
        b"\xff\xfe" + _with("Bafin", "Zöe").encode("utf-16-le"),
    ),
    "latin-1.csv": ("Latin-1: ö is one byte.", _with("Bafin", "Zöe Ångström").encode("latin-1")),
    "byte-order-mark.csv": ("UTF-8 with a byte order mark.", GOOD.encode("utf-8-sig")),
    "mixed-encodings.csv": (
        "One row in UTF-8 and one in Latin-1: two files pasted together.",
        b"".join(
            (
                _ROWS[0].encode(),
                "B01,Zöe,61,3.5,72\n".encode(),
                "B02,Zöe,48,4.5,88\n".encode("latin-1"),
            )
        ),
    ),
    "doubly-encoded.csv": (
        "UTF-8 read as Latin-1 and saved again: ZÃ¶e for Zöe.",
        _with("Bafin", "Zöe".encode().decode("latin-1")),
    ),
    "old-mac-line-ends.csv": ("Lines end in a carriage return alone.", GOOD.replace("\n", "\r")),
    # ------------------------------------------------------------------ shape
    "empty-file.csv": ("No bytes at all.", b""),
    "header-only.csv": ("A header and no rows.", _ROWS[0]),
    "one-row.csv": ("One candidate: nothing to compare.", "".join(_ROWS[:2])),
    "no-header.csv": ("The first row is a candidate.", "".join(_ROWS[1:])),
    "two-header-rows.csv": (
        "A row of units below the header.",
        _with(_ROWS[0], _ROWS[0] + "code,text,1 to 100,1 to 5,points\n"),
    ),
    "title-above-header.csv": (
        "A title and an empty line above the header.",
        "Applicants for the social-media post,,,,\n,,,,\n" + GOOD,
    ),
    "total-row.csv": (
        "The last row is an average, not a candidate.",
        GOOD + "Average,,50.25,3.875,76\n",
    ),
    "blank-rows.csv": (
        "Empty rows between candidates and at the end.",
        "\n".join(_ROWS) + ",,,,\n\n",
    ),
    "ragged-rows.csv": (
        "Row 3 has a cell too many and row 4 one too few.",
        _with(",51\n", "\n", _with(",88\n", ",88,late\n")),
    ),
    "unclosed-quote.csv": (
        "A quotation mark in row 3 is never closed.",
        _with("Dewyn", '"Dewyn'),
    ),
    "wrong-delimiter.csv": ("Tabs between the cells of a .csv file.", GOOD.replace(",", "\t")),
    "duplicate-columns.csv": (
        "Two columns are called klout, and differ.",
        _column("klout", "61", "49", "55", "37"),
    ),
    "two-names-for-one-score.csv": (
        "klout and Klout Score are the same score, and differ.",
        _column("Klout Score", "61", "49", "55", "37"),
    ),
    "unnamed-column.csv": ("The last column has no name.", _column("", "a", "b", "c", "d")),
    "empty-column.csv": (
        "The column kred_influence has no value.",
        _column("kred_influence", "", "", "", ""),
    ),
    "constant-column.csv": (
        "Everyone has the same kred_influence.",
        _column("kred_influence", *["500"] * 4),
    ),
    "unknown-columns.csv": (
        "Column names that nobody can guess.",
        "candidate_id,kluot,xq7,Spalte 3\nB01,61,3.5,72\nB02,48,4.5,88\n",
    ),
    "scores-twice.csv": (
        "B02 has two values of klout on one day.",
        "candidate_id,score,value,date\nB01,klout,61,2011-10-25\nB02,klout,48,2011-10-25\n"
        "B02,klout,58,2011-10-25\n",
    ),
    "unknown-score.csv": (
        "A long table with a score that no catalogue knows, and a misspelt one.",
        "candidate_id,score,value\nB01,klout,61\nB01,applause,7\nB02,kluot,48\n",
    ),
    # ------------------------------------------------------------------ other text formats
    "invalid.json": ("A comma is missing.", '[{"candidate_id": "B01" "klout": 61}]\n'),
    "not-a-table.json": ("JSON, but a sentence.", '"sixty-one"\n'),
    "nested.json": (
        "Values that are lists and objects.",
        '[{"candidate_id": "B01", "klout": {"score": 61}},\n'
        ' {"candidate_id": "B02", "klout": [48, 51]}]\n',
    ),
    "broken-line.jsonl": (
        "Line 2 is cut off.",
        '{"candidate_id": "B01", "klout": 61}\n'
        '{"candidate_id": "B02", "kl\n'
        '{"candidate_id": "B03", "klout": 55}\n',
    ),
    "page.csv": (
        "A web page that says 'log in', saved as .csv.",
        "<!DOCTYPE html>\n<html><head><title>Log in</title></head>\n"
        "<body>Please log in.</body></html>\n",
    ),
    **WORKBOOKS,
}


README = """\
# broken: what goes wrong in real uploads

One small file for each fault, named for it. Give any of them to `cloutproof check`, or to the
Candidates page: the answer should say what was found, where, and what to do, and nothing
should be dropped, guessed or changed without being listed. Some of the files can be used once
the fault is repaired or confirmed; others must be refused.

| File | Fault |
|---|---|
"""


def files() -> dict[str, bytes]:
    """File name → bytes of the broken files and of the page that lists them."""
    made = {
        name: content if isinstance(content, bytes) else content.encode()
        for name, (_, content) in FAULTS.items()
    }
    table = "".join(f"| `{name}` | {fault} |\n" for name, (fault, _) in sorted(FAULTS.items()))
    return {**made, "README.md": (README + table).encode()}
