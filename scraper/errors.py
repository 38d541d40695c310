"""What can be wrong with the files that say what to crawl and how.

RegistryError
└── UnknownPublisher   a slug that no file declares
"""

from __future__ import annotations


class RegistryError(Exception):
    """A publisher's file or the configuration file does not hold; the message names file and key."""


class UnknownPublisher(RegistryError):
    """Nobody declares this slug."""
