"""Influence over rows that do not fit into memory: the figures of `influence`, counted.

Three looks at all rows: the survey that the screen is frozen on; one that finds the cut of the
screen and of the screen without each signal; and one that compares the decisions row by row.
Candidates are counted, by group where asked, and not listed.
"""
