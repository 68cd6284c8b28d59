"""`toolkit.progress`, under the name by which this package knows it."""

from toolkit.progress import Progress

__all__ = ["Progress"]
