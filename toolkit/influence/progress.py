"""`toolkit.progress`, under the name by which this package knows it."""

from toolkit.progress import Progress, parts

__all__ = ["Progress", "parts"]
