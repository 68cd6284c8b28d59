from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pyarrow as pa
import pytest

from tests.cli.running import complaint_of
from toolkit.cli.arrow_memory import give_back_at_once


def test_what_reading_took_is_given_back() -> None:
    usual = pa.default_memory_pool()
    try:
        give_back_at_once()
        assert pa.default_memory_pool().backend_name == "system"
    finally:
        pa.set_memory_pool(usual)


@pytest.mark.parametrize("command", ["sheets", "review-sheets"])
def test_both_commands_that_write_sheets_give_it_back(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    module = import_module(f"toolkit.cli.{command.replace('-', '_')}")
    monkeypatch.setattr(module, "give_back_at_once", lambda: asked.append(command))
    screen = tmp_path / "screen.toml"
    screen.write_text("places = 1\n[weights]\nklout = 1\n")
    before = {
        "sheets": (tmp_path / "gone.csv", "--screen", screen),
        "review-sheets": ("--requisition", "none", "--as", "nobody"),
    }
    complaint_of(command, *before[command], "--out", tmp_path / "out")
    assert asked == [command]
