from __future__ import annotations

import base64
import hashlib
import re

from toolkit.ui import places
from toolkit.ui.look import ASSETS
from toolkit.ui.page_shell import page_shell
from toolkit.ui.server import SCRIPT, SECURITY_HEADERS


def test_the_first_page_is_ours_and_knows_where_the_server_is() -> None:
    html = page_shell().html
    assert "<title>Cloutproof</title>" in html
    assert "<title>Streamlit</title>" not in html
    assert html.index("BACKEND_BASE_URL") < html.index('type="module"')


def test_the_first_page_is_never_seen_without_its_style() -> None:
    head = page_shell().html.split("</head>")[0]
    assert (ASSETS / "style.css").read_text(encoding="utf-8") in head


def test_only_the_scripts_of_the_first_page_may_run() -> None:
    policy = SECURITY_HEADERS["Content-Security-Policy"]
    scripts = re.findall(r"<script>(.*?)</script>", page_shell().html, flags=re.DOTALL)
    assert scripts
    for script in scripts:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy


def test_the_first_page_names_no_other_host() -> None:
    assert re.findall(r"(?:src|href)=\"(?:https?:)?//", page_shell().html) == []


def test_every_place_has_an_address_of_its_own() -> None:
    addresses = [place.address for place in places.ALL]
    assert len(set(addresses)) == len(addresses)
    assert addresses[0] == ""
    assert SCRIPT.is_file()
