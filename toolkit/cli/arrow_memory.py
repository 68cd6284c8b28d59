"""The memory that Arrow takes to read files."""

from __future__ import annotations


def give_back_at_once() -> None:
    """Have Arrow give back what it took to read the files: it would keep some 20 MB for later."""
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())
