"""The words by which fields are read, from `fields.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def field_words() -> dict[str, Any]:
    """Return the table of `fields.toml`."""
    return tomllib.loads((resources.files(__package__) / "fields.toml").read_text(encoding="utf-8"))
