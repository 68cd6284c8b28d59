"""What every test shares: no deadlines on slow machines, and the system's own browser."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from toolkit.store import passwords

settings.register_profile(
    "cloutproof",
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("cloutproof")

# These take the extra spark, which `make test-scale` installs.
collect_ignore = [] if find_spec("pyspark") else ["scale"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session", autouse=True)
def own_store() -> Iterator[Path]:
    """No test touches the store of whoever runs it; by default none is there."""
    with tempfile.TemporaryDirectory(prefix="cloutproof-store-") as folder:
        os.environ["CLOUTPROOF_DATABASE"] = str(Path(folder) / "store.db")
        yield Path(folder) / "store.db"


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hashing a password takes long on purpose; the tests have nothing to protect."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passwords, "_HASHER", quick)
        patched.setattr(passwords, "_NOBODYS", quick.hash("nobody's password"))
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser of the system rather than one that Playwright would download."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        raise RuntimeError("No browser was found. `make test` installs one, or says which.")
    return {**browser_type_launch_args, "executable_path": found}
