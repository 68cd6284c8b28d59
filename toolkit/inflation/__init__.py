"""Inflation: scores above what audience, activity and work support, with reasons."""
