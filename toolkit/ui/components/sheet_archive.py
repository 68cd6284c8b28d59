"""Make a ZIP of sheets with progress, and hand it over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from toolkit.sheets.manifest import Manifest
from toolkit.ui.components.progress import stoppable
from toolkit.ui.plain_text import plain

#: Beyond this many, a person should know that it takes a while.
MANY = 300
_SECONDS_EACH = 0.04
_NAMED = 5


def archive_button(sheets: int, what: str = "sheet") -> bool:
    """Say how many sheets there will be and ask to make them.

    Parameters
    ----------
    sheets : int
    what : str
        What one of them is called.

    Returns
    -------
    bool
        True on the run in which the button was pressed.
    """
    if not sheets:
        st.markdown("Nobody is chosen yet.")
        return False
    if sheets > MANY:
        minutes = max(1, round(sheets * _SECONDS_EACH / 60))
        st.caption(
            f"{sheets:,} {what}s take about {minutes} minute{'s' if minutes > 1 else ''} here. "
            "The command `cloutproof sheets` writes them into a folder instead."
        )
    label = f"Make one {what}" if sheets == 1 else f"Make {sheets:,} {what}s"
    return st.button(label, type="primary", key="sheets-make")


@contextmanager
def archive_progress(
    sheets: int, on_stop: Callable[[], None]
) -> Iterator[Callable[[int, int], None]]:
    """A bar that counts the sheets as they are made, with a button that stops it.

    Parameters
    ----------
    sheets : int
    on_stop : callable
        Notes that the user stopped it.
    """

    def say(share: float) -> str:
        return f"{round(share * sheets):,} of {sheets:,} sheets"

    with stoppable("Making the sheets", "sheets-stop", on_stop, say) as advance:
        yield lambda done, of: advance(done / of)


def archive_was_stopped() -> None:
    """Say that no ZIP was made."""
    st.markdown("**Stopped.** No ZIP was made; what stands on the sheets is as it was.")


def archive_download(
    manifest: Manifest, archive: Callable[[], bytes], file_name: str = "sheets.zip"
) -> None:
    """Say what was made and hand over the ZIP.

    Parameters
    ----------
    manifest : Manifest
        Of the sheets inside.
    archive : callable
        Returns the ZIP.
    file_name : str
    """
    made = len(manifest.sheets)
    what = "notice" if manifest.kind == "notice" else "sheet"
    st.markdown(
        f"{made:,} {what}{'' if made == 1 else 's'}, and `manifest.json` with the hash of each "
        "file, of the uploaded data and of the screen."
    )
    if manifest.replaced:
        some = ", ".join(plain(code) for code in list(manifest.replaced)[:_NAMED])
        more = len(manifest.replaced) - _NAMED
        st.info(
            f"Some characters have no letter in the printing fonts and stand on the sheets as "
            f"code points, such as U+1F600: {some}" + (f" and {more:,} more." if more > 0 else ".")
        )
    st.download_button(
        "Download the ZIP",
        data=archive,
        file_name=file_name,
        mime="application/zip",
        key="sheets-download",
        on_click="ignore",
    )
