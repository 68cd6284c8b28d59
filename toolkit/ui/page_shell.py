"""The HTML page that the browser opens first, made from Streamlit's own.

Streamlit's page serves every address, so it finds out by trial where its server is: opened
at ``/candidates`` it first asks for ``/candidates/_stcore/health`` and meets an error.
Our pages are all one step below the root, so this page says where the server is, carries
our name before Streamlit has loaded, and speaks to those who have no JavaScript. It also
makes wide tables reachable by keyboard (``assets/shell.js``), and holds the style sheet, so
that not even the first moment shows text fainter than it should be.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from toolkit.ui.look import ASSETS

_NO_SCRIPT = (
    "<noscript><p>Cloutproof needs JavaScript. Switch it on for this address.</p></noscript>"
)


@dataclass(frozen=True)
class PageShell:
    """The page, and the hashes by which its scripts may run.

    Parameters
    ----------
    html : str
        The whole page.
    script_hashes : tuple of str
        Sources for a content security policy's ``script-src``, one an inline script.
    """

    html: str
    script_hashes: tuple[str, ...]


def page_shell() -> PageShell:
    """Streamlit's page with our title, the server's place, and its scripts' hashes."""
    original = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    html = re.sub(r"<title>.*?</title>", "<title>Cloutproof</title>", original)
    html = re.sub(r"<noscript>.*?</noscript>", _NO_SCRIPT, html, flags=re.DOTALL)
    ours = (ASSETS / "shell.js").read_text(encoding="utf-8")
    html = html.replace("<head>", f"<head>\n    <script>\n{ours}</script>", 1)
    rules = (ASSETS / "style.css").read_text(encoding="utf-8")
    html = html.replace("</head>", f"<style>\n{rules}</style>\n  </head>", 1)
    inline = re.findall(r"<script>(.*?)</script>", original + html, flags=re.DOTALL)
    return PageShell(html, tuple(dict.fromkeys(map(_source, inline))))


def _source(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
