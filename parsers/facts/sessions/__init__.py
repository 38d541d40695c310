"""Meetings of councils and other bodies that a document names."""
