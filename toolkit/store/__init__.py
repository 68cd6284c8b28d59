"""What a team keeps: requisitions, reviews, decisions, people, and a log of who did what.

SQLite by default, PostgreSQL for several machines; the same code and the same tables on
both. Whatever changes something is one transaction that also writes its event, and checks
the person's right to it first. Values go in and come out as frozen dataclasses.
"""
