"""The plot of a page as a file: SVG as it is, PNG drawn by resvg with the font of the pages."""

from __future__ import annotations

import importlib.util
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.read.plots import Plot

_ZOOM = 2.0  # pixels for each unit: sharp in print and on screens of today
_FONT = "vazirmatn-plots.ttf"


class NoPicture(Exception):
    """The page has no plot, or resvg is not installed."""


def picture(plot: Plot | None, kind: str) -> str | bytes:
    """Return the plot as SVG text or PNG bytes. Raises NoPicture."""
    if plot is None or (kind == "png" and not has_png()):
        raise NoPicture(kind)
    return plot.file if kind == "svg" else _png(plot.file)


@cache
def has_png() -> bool:
    """Return whether PNG can be drawn here."""
    return importlib.util.find_spec("resvg_py") is not None


def _png(svg: str) -> bytes:
    import resvg_py

    with resources.as_file(resources.files("db.web").joinpath("static", _FONT)) as font:
        drawn = resvg_py.svg_to_bytes(
            svg_string=svg, zoom=_ZOOM, skip_system_fonts=True, font_files=[str(font)], font_family="Vazirmatn"
        )
    return bytes(drawn)
