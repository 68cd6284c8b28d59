import io
import zlib

from pypdf import PdfReader

from toolkit.sheets.stream_ends import with_plain_stream_ends


def document(data: bytes) -> bytes:
    """A PDF of one empty page, a stream of these bytes, and the objects after it."""
    objects = [
        b"<</Type/Catalog/Pages 3 0 R>>",
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(data), data),
        b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
        b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]/Contents 2 0 R>>",
    ]
    written = b"%PDF-1.7\n"
    entries = b"0000000000 65535 f\r\n"
    for number, content in enumerate(objects, 1):
        entries += b"%010d 00000 n\r\n" % len(written)
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n" % (len(objects) + 1) + entries
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    return written + table + end % (len(objects) + 1, len(written))


def test_a_stream_that_ends_in_a_carriage_return_gets_a_line_end_of_its_own():
    before = document(b"q Q\r")
    after = with_plain_stream_ends(before)
    assert b"q Q\r\nendstream" in before
    assert b"q Q\r\r\nendstream" in after
    assert len(after) == len(before) + 1
    reader = PdfReader(io.BytesIO(after), strict=True)
    assert reader.pages[0]["/Contents"].get_data() == b"q Q\r"
    assert reader.root_object["/Pages"]["/Count"] == 1


def test_other_documents_stay_as_they_are():
    for data in (b"q Q", b"q Q\n", zlib.compress(b"q Q")):
        assert with_plain_stream_ends(document(data)) == document(data)


def test_what_is_no_such_document_is_left_alone():
    assert with_plain_stream_ends(b"\r\nendstream") == b"\r\nendstream"
    stray = b"\r\nendstream\nstartxref\n3\n%%EOF"
    assert with_plain_stream_ends(stray) == stray
