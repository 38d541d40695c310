"""Where the `bayegan` command begins. Nothing is imported before an interrupt has an answer."""

from __future__ import annotations


def main(argv: list[str] | None = None) -> None:
    """Run the command and exit. Ctrl-C ends it with one line, also while its modules are loaded."""
    try:
        from scraper.cli.main import main as run

        run(argv)
    except KeyboardInterrupt:
        import os

        os.write(2, b"bayegan: stopped\n")
        os._exit(130)
