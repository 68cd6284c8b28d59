"""Screens over rows that do not fit into memory.

The rows are gone through a few times by an engine, and what stays is small: the figures that
a screen is frozen on, the values at the cut, and counts. Who is selected is the same, to the
last bit, as `toolkit.screening.decisions.decide` says of the same rows in memory.
"""
