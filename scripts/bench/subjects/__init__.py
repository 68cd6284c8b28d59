"""One file a subject; see `scripts.bench.__main__`."""
