"""Every message that the tests know is explained in the user guide, and so is every role."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.intake.test_broken_files import NOTED, REFUSED, WARNED
from toolkit.intake.column_role import ROLE_NAMES
from toolkit.intake.kinds import KINDS

GUIDE = (Path(__file__).parents[2] / "docs" / "intake.md").read_text(encoding="utf-8")
MESSAGES = [case[-1] for table in (REFUSED, WARNED, NOTED) for case in table.values()]


def fragments() -> list[re.Pattern[str]]:
    """Quoted parts of messages in the tables of the last section; … stands for anything."""
    section = GUIDE.split("## What each message means")[1]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| ")]
    quoted = [text for cell in cells for text in re.findall('"([^"]+)"', cell)]
    return [re.compile(re.escape(text).replace("…", ".*")) for text in quoted]


@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_is_explained(message: str) -> None:
    assert any(fragment.search(message) for fragment in fragments())


@pytest.mark.parametrize("role", ROLE_NAMES)
def test_a_role_is_explained(role: str) -> None:
    assert role == "refused" or f"| `{role}" in GUIDE or f", `{role}" in GUIDE


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_explained(kind: str) -> None:
    assert kind == "resume" or f"| `{kind}` |" in GUIDE
