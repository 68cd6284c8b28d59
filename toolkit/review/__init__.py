"""Structured review of work: ratings by several people, and how far they agree.

It stands apart from what scores do: nothing here reads a score.
"""
