"""Fitted coefficients as JSON; each has its card in docs/models."""
