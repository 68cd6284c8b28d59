"""Check a document that came back from somewhere: a PDF, or a ZIP with its manifest."""

from __future__ import annotations

import io
import zipfile

import pandas as pd
import streamlit as st

from toolkit.intake.cohort import Cohort
from toolkit.intake.read_file import read_files
from toolkit.sheets.recomputation import Recomputation
from toolkit.sheets.verification import Verification
from toolkit.sheets.verify import verify
from toolkit.sheets.verify_batch import BatchVerification, verify_zip
from toolkit.ui.components.table import table
from toolkit.ui.plain_text import plain

_PASSED = {True: "yes", False: "no", None: "cannot be told"}


def sheet_check(
    cohort: Cohort | None, whole: bool = True
) -> Verification | BatchVerification | None:
    """A field for the document, and what was found.

    Parameters
    ----------
    cohort : Cohort, optional
        The data at work, which the figures can be compared with.
    whole : bool
        Whether nothing of them is withheld from whoever checks.

    Returns
    -------
    Verification or BatchVerification
        None before anything was brought.

    Raises
    ------
    SheetError
        If it is neither a PDF nor a ZIP with a manifest.
    """
    uploaded = st.file_uploader("PDF, or ZIP with manifest.json", type=["pdf", "zip"], key="verify")
    against = cohort is not None and st.checkbox(
        "Compute its figures again from the data at work",
        key="verify-against",
        help="Under the screen that the document was made with.",
    )
    table_file = st.file_uploader(
        "The table that it was made from",
        key="verify-table",
        help="For statutory tables of a file, and for published tables that were rechecked.",
    )
    if uploaded is None:
        return None
    content = uploaded.getvalue()
    data = None
    if against or table_file is not None:
        files = [] if table_file is None else [(table_file.name, table_file.getvalue())]
        data = Recomputation(
            cohort if against else None,
            (lambda: read_files(files)) if files else None,
            whole=whole,
        )
    found: Verification | BatchVerification
    with st.spinner("Making it again"):
        if zipfile.is_zipfile(io.BytesIO(content)):
            found = verify_zip(io.BytesIO(content), uploaded.name, against=data)
        else:
            found = verify(content, against=data, name=uploaded.name)
    _say(found)
    return found


def _say(found: Verification | BatchVerification) -> None:
    if found.intact:
        st.success(plain(found.sentence))
    else:
        st.error(plain(found.sentence))
    if isinstance(found, Verification):
        st.dataframe(
            pd.DataFrame(
                {
                    "Check": [check.name for check in found.checks],
                    "Passed": [_PASSED[check.passed] for check in found.checks],
                    "What was found": [check.says for check in found.checks],
                }
            ),
            hide_index=True,
            key="verify-checks",
            alt="Each check, whether it passed, and what was found.",
        )
    differences = [(found.file, one) for one in found.differences]
    if isinstance(found, BatchVerification):
        differences += [(sheet.file, one) for sheet in found.sheets for one in sheet.differences]
    if differences:
        table(
            pd.DataFrame(
                {
                    "File": [file for file, _ in differences],
                    "Where": [one.where for _, one in differences],
                    "In the document": [one.document for _, one in differences],
                    "Expected": [one.expected for _, one in differences],
                }
            ),
            key="verify-differences",
            file_name="differences.csv",
            says="Every difference, with what the document says and what was expected.",
        )
    st.caption(
        "Intact means that pages, record and hashes belong together. It does not say who made the "
        "document: compare it with the data, or with a manifest that was kept elsewhere."
    )
