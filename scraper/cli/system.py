"""Commands for the system around bayegan: metrics, completion, man pages."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from scraper.cli.options import Settings, common, pass_settings

SHELLS = ("bash", "zsh", "fish")
_PLACES = {
    "bash": "~/.local/share/bash-completion/completions/bayegan",
    "zsh": "~/.zfunc/_bayegan",
    "fish": "~/.config/fish/completions/bayegan.fish",
}


@click.command("metrics")
@click.option("-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Default: stdout.")
@common
@pass_settings
def metrics_(settings: Settings, output: Path | None) -> None:
    """Print the archive's state for Prometheus, or write it as a textfile of node_exporter. Needs the extra `web`.

    `bayegan serve` gives the same under /-/metrics.
    """
    from db import Archive
    from db.outputs import new_file

    if find_spec("prometheus_client") is None:
        raise click.ClickException("metrics need prometheus-client: pip install 'bayegan[web]'")
    from db.read.metrics import metrics

    with Archive(settings.db, readonly=True) as archive:
        text = metrics(archive.db, archive.path)
        if output is None:
            click.echo(text, nl=False)
            return
        with new_file(output, archive.path) as part:
            part.write_text(text, encoding="utf-8")
            part.chmod(0o644)  # node_exporter runs as somebody else


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS))
@click.option("--install", "is_installed", is_flag=True, help="Write it where the shell looks for it.")
@common
def completion_(shell: str, *, is_installed: bool) -> None:
    """Print what makes a shell complete commands, options and publishers."""
    from click.shell_completion import get_completion_class

    from scraper.cli.main import bayegan

    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"{shell}: not known")
    script = completion(bayegan, {}, "bayegan", "_BAYEGAN_COMPLETE").source()
    if not is_installed:
        click.echo(script)
        return
    path = Path(_PLACES[shell]).expanduser()
    _write(path, script + "\n")
    hint = "; add `fpath+=~/.zfunc` before `compinit` in ~/.zshrc" if shell == "zsh" else ""
    click.echo(f"{path}: read by new shells{hint}")


@click.command("man")
@click.option("-o", "--output", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), required=True)
@common
@pass_settings
def man_(settings: Settings, output: Path) -> None:
    """Write manual pages into a folder: bayegan.1 and one for each command, as in ~/.local/share/man/man1."""
    from scraper.cli.main import bayegan
    from scraper.cli.man_pages import pages

    written = 0
    for name, text in pages(bayegan):
        _write(output / f"{name}.1", text)
        written += 1
    if settings.verbosity >= 0:
        click.echo(f"{output}: {written} pages")


def _write(path: Path, text: str) -> None:
    """Write a file that bayegan alone has a use for, in a folder that may have to be made. Raises OutputRefused."""
    from db.outputs import OutputRefused, new_file

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputRefused(f"{path.parent}: cannot be made ({error.strerror})") from error
    with new_file(path, force=True) as part:
        part.write_text(text, encoding="utf-8")
