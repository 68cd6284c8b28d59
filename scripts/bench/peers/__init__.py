"""Packages to compare with that cannot live in the environment of the app."""
