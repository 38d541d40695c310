"""Messengers and social networks named in a document."""
