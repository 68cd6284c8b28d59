"""Is a document what it was when it was made, and do its figures follow from the data?

What this can show: that the pages, the record and the file belong together, to the byte, and, where
the data are given, that the figures follow from them. What it cannot show: who made the document.
Somebody with this program can make another one that is just as intact. Against that stand the data,
and a manifest or a hash that was kept elsewhere.
"""

from __future__ import annotations

from pathlib import Path

from toolkit import __version__
from toolkit.errors import CloutproofError, ScreenError, SheetError, UnknownName
from toolkit.intake.cohort import Cohort
from toolkit.screening.screen import Screen
from toolkit.sheets.compared_content import compared_content
from toolkit.sheets.compared_pages import compared_pages
from toolkit.sheets.content import content_of
from toolkit.sheets.content_hash import canonical, sha256
from toolkit.sheets.documents import document_of, kind_named, typeset_again
from toolkit.sheets.embedding import record_in, with_record
from toolkit.sheets.recomputable import recomputable
from toolkit.sheets.recomputation import CannotBeTold, Recomputation
from toolkit.sheets.record import Record, typesetter
from toolkit.sheets.stated_screen import StatedScreen
from toolkit.sheets.verification import Check, Difference, Verification

_SHORT = 16


def verify(
    document: bytes | Path,
    *,
    against: Cohort | Recomputation | None = None,
    screen: Screen | None = None,
    name: str = "The document",
) -> Verification:
    """Check one document.

    Parameters
    ----------
    document : bytes or Path
        A PDF that this program made.
    against : Cohort or Recomputation, optional
        The data that its figures should follow from; a `Recomputation` where several documents
        are checked against the same.
    screen : Screen, optional
        The screen that it should speak of; that of its record where left out.
    name : str
        What it is called, where bytes are given.

    Returns
    -------
    Verification
        Also for a damaged document: then the checks say what is damaged.

    Raises
    ------
    SheetError
        If the file cannot be read, or is no PDF.
    """
    if isinstance(document, Path):
        name, document = document.name, _read(document)
    try:
        embedded = record_in(document)
        record = Record.from_bytes(embedded.record)
        kind_named(record.kind)
    except SheetError as error:
        if not document.lstrip().startswith(b"%PDF-"):
            raise SheetError(f"{name} is not a PDF.") from error
        return Verification(name, (Check("record", False, str(error)),))
    checks = [_record_check(record, embedded.record, embedded.sha256)]
    made_of, differences = _file_check(document, record, embedded.record)
    checks.append(made_of)
    pages, more = _pages_check(document, record)
    checks.append(pages)
    differences += more
    stated, inputs = _stated(record)
    if stated is not None and stated.toml:
        checks.append(_screen_check(stated, screen))
    if against is not None:
        results = against if isinstance(against, Recomputation) else Recomputation(against)
        for check, more in _data_checks(record, stated, inputs, results, screen):
            checks.append(check)
            differences += more
    return Verification(
        file=name,
        checks=tuple(checks),
        differences=tuple(differences),
        kind=record.kind,
        version=record.version,
        date=record.date.isoformat(),
        content_sha256=sha256(canonical(record.content)),
        inputs=inputs,
        screen=stated,
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SheetError(f"{path} cannot be read: {error.strerror}. Give another path.") from error


def _record_check(record: Record, written: bytes, stated: str) -> Check:
    """Do the hashes of the record and of its content agree with what they are said to be?"""
    if sha256(written) != stated:
        return Check("record", False, "The record was changed: its SHA-256 is not the one stated.")
    found = sha256(canonical(record.content))
    if found != record.content_sha256:
        return Check(
            "record",
            False,
            f"The content in the record was changed: its SHA-256 begins {found[:_SHORT]}, and "
            f"{record.content_sha256[:_SHORT]} is stated.",
        )
    return Check("record", True, f"The record is whole; its content is {found[:_SHORT]}….")


def _file_check(document: bytes, record: Record, written: bytes) -> tuple[Check, list[Difference]]:
    """Is the file its pages and its record, and nothing else?"""
    pages = document[: record.pages_bytes]
    if sha256(pages) != record.pages_sha256:
        return (
            Check("file", False, "The pages are not the bytes that the record was made for."),
            [],
        )
    try:
        whole = with_record(pages, written, record.date)
    except SheetError:
        return Check("file", False, "The pages do not end as they were written."), []
    if document == whole:
        return Check("file", True, "The file is its pages and its record, and nothing else."), []
    if document.startswith(whole):
        added = len(document) - len(whole)
        says = (
            f"{added:,} bytes were added after the document was made, as a signature or a note "
            "does. What was made is still there, unchanged, before them; what is shown may differ."
        )
        return Check("file", False, says), [
            Difference("after the end", f"{added:,} bytes", "nothing")
        ]
    at = next(
        (at for at, (one, other) in enumerate(zip(document, whole, strict=False)) if one != other),
        min(len(document), len(whole)),
    )
    return (
        Check("file", False, "What stands after the pages is not as it was written."),
        [Difference("file", f"another byte at {at:,}", f"{len(whole):,} bytes")],
    )


def _pages_check(document: bytes, record: Record) -> tuple[Check, list[Difference]]:
    """Do the pages come out again when they are made from the record?"""
    try:
        again = typeset_again(record).pdf
    except CloutproofError as error:
        return Check("pages", False, f"The record makes no document: {error}"), []
    if record.same_program and document[: record.pages_bytes] == again[: record.pages_bytes]:
        says = "Made again from the record, the pages are the same to the byte."
        return Check("pages", True, says), []
    differences = compared_pages(document, again)
    if record.same_program:
        says = (
            "Made again from the record, the pages read otherwise."
            if differences
            else "Made again from the record, the pages have other bytes, though the text reads "
            "the same: a drawing, the metadata or something hidden was changed."
        )
        return Check("pages", False, says), differences
    program = (
        f"It was made with Cloutproof {record.version} and {record.typesetter}, and this is "
        f"{__version__} with {typesetter()}, so that bytes cannot be compared."
    )
    if differences:
        says = f"{program} The text is not the same; check it with the version that made it."
        return Check("pages", False, says), differences
    return Check("pages", True, f"{program} The text of every page is the same."), []


def _stated(record: Record) -> tuple[StatedScreen | None, dict[str, str]]:
    """The screen and the inputs that the record speaks of, as far as it can be read."""
    inputs = {
        str(pair[0]): str(pair[1])
        for pair in record.content.get("inputs") or ()
        if isinstance(pair, list) and len(pair) == 2
    }
    kind = recomputable(record.kind)
    if kind is None:
        return None, inputs
    try:
        return kind.screen(document_of(record)), inputs
    except CloutproofError:
        return None, inputs


def _screen_check(stated: StatedScreen, screen: Screen | None) -> Check:
    """Is the screen in the record the one whose hash is printed, and the one given?"""
    try:
        recorded = Screen.from_toml(stated.toml, "The screen in the record")
    except ScreenError as error:
        return Check("screen", False, str(error))
    if recorded.digest != stated.sha256:
        return Check("screen", False, "The screen in the record has not the hash that is printed.")
    if screen is not None and screen.digest != stated.sha256:
        return Check(
            "screen",
            False,
            f"The screen that was given, '{screen.name}' ({screen.digest[:_SHORT]}…), is not the "
            f"document's, '{stated.name}' ({stated.sha256[:_SHORT]}…).",
        )
    return Check("screen", True, f"The screen is '{stated.name}', {stated.sha256[:_SHORT]}….")


def _compared_inputs(
    inputs: dict[str, str], given: dict[str, str]
) -> tuple[Check, list[Difference]]:
    """Are the files those that it was made from?"""
    if not inputs:
        return Check("inputs", None, "The document says of no file that it rests on it."), []
    other = [
        Difference(f"input {file}", inputs.get(file, "–"), given.get(file, "–"))
        for file in sorted({*inputs, *given})
        if inputs.get(file) != given.get(file)
    ]
    says = (
        "The files are not those that the document was made from."
        if other
        else "The files are those that the document was made from, to the byte."
    )
    return Check("inputs", not other, says), other


def _data_checks(
    record: Record,
    stated: StatedScreen | None,
    inputs: dict[str, str],
    results: Recomputation,
    screen: Screen | None,
) -> list[tuple[Check, list[Difference]]]:
    """Are the data those it was made from, and do its figures follow from them?"""
    kind = recomputable(record.kind)
    if kind is None:
        says = "There are no figures on this kind of document that could be computed again."
        return [(Check("data", None, says), [])]
    try:
        document = document_of(record)
        from_tables = kind.from_tables(document)
        given = results.reading.sources if from_tables else results.cohort.sources
    except CannotBeTold as error:
        return [(Check("data", None, str(error)), [])]
    except SheetError as error:
        return [(Check("data", False, f"The figures cannot be computed: {error}"), [])]
    found = [_compared_inputs(inputs, dict(given))]
    try:
        rule = screen or _recorded(stated)
        again = content_of(kind.again(document, results, rule))
    except CannotBeTold as error:
        return [*found, (Check("data", None, str(error)), [])]
    except UnknownName as error:
        return [*found, (Check("data", False, f"These data cannot give the figures: {error}"), [])]
    except CloutproofError as error:
        return [*found, (Check("data", False, f"The figures cannot be computed: {error}"), [])]
    # The version is that of the program that computes; the inputs were compared above.
    same = {key: record.content.get(key) for key in ("version", "inputs")}
    differences = compared_content(record.content, {**again, **same})
    says = (
        "Computed again from the data, some figures differ."
        if differences
        else "Computed again from the data, every figure is the same."
    )
    return [*found, (Check("data", not differences, says), differences)]


def _recorded(stated: StatedScreen | None) -> Screen | None:
    """The screen in the record; None where the document speaks of none."""
    return None if stated is None else Screen.from_toml(stated.toml, "The screen in the record")
