"""Dates in a text."""
