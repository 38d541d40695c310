"""The archive: one SQLite file, one writer, any number of readers.

>>> from db import Archive
"""
