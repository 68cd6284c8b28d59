"""Blinded copies: what says who somebody is, taken out of a text, and a list of what was.

Each rule looks at the whole text and names the parts that it would take out; only then are
they replaced, all at once. So the order of the rules cannot matter.
"""
