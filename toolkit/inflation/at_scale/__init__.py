"""Inflation over rows that do not fit into memory: who is suspected, counted by group.

A detector judges each row by itself once it knows the figures of all: the means of the evidence,
and the line of each score on it. These come from exact sums in a few looks; the last look judges
every row by the functions of a small cohort. Histories and samples of followers take many rows for
each candidate and are not looked at.
"""
