"""Time and memory; see `scripts.bench.__main__`."""
