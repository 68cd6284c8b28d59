"""The estimate with its interval; it lives lower, where every package may use it."""

from toolkit.estimate import CONFIDENCE, Estimate, Z

__all__ = ["CONFIDENCE", "Estimate", "Z"]
