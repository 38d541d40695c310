"""The `bayegan` command: one module per group of commands, heavy imports inside the functions that need them."""

from scraper.command import main

__all__ = ["main"]
