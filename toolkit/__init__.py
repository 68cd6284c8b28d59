"""Cloutproof: how much a score changes who is hired, and what to use instead."""

__version__ = "0.1.0"
