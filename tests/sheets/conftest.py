"""What tests of batches share."""

from __future__ import annotations

import subprocess

import pytest

from toolkit.sheets import typesetter


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Every typesetter that is started as a process of its own, from now on."""
    processes = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *given, **named) -> None:
            super().__init__(*given, **named)
            processes.append(self)

    monkeypatch.setattr(typesetter.subprocess, "Popen", Noted)
    return processes
