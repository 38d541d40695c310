"""Commands that read a text or a page and print what is in it: parse, normalize, extract. They store nothing."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import click

from scraper.cli.options import Settings, common, pass_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from parsers.models import Damage
    from parsers.persian import Normalized

    type _Damage = Damage | Literal["auto"]

DAMAGES = ("auto", "deleted", "spaced", "mixed", "none")


@click.command("parse")
@click.argument("path", metavar="PATH")
@click.option("--url", help="The address the page came from.")
@click.option("--publisher", metavar="SLUG", help="Whose page it is; its TOML may override selectors.")
@common
@pass_settings
def parse_(settings: Settings, path: str, url: str | None, publisher: str | None) -> None:
    """Print the record of one page as JSON; - reads stdin. Stores nothing."""
    from parsers.models import PageRules
    from parsers.record import parse
    from scraper.cli.jobs import check_url
    from scraper.input_files import InputError, captures, check_paths, is_address

    check_url(url)
    if is_address(path):
        raise click.UsageError(f"{path}: parse reads files; `bayegan add` fetches addresses")
    try:
        check_paths((path,))
    except InputError as error:
        raise click.UsageError(str(error)) from error
    registry = settings.registry()
    if publisher:
        registry.get(publisher)
    capture = next(iter(captures(path)), None)
    if capture is None:
        raise InputError(f"{path}: holds no page")
    capture = replace(capture, url=url or capture.url)
    known = registry.get(publisher) if publisher else registry.by_url(capture.url) if capture.url else None
    if known is not None:
        capture = replace(capture, publisher=known.slug)
    record = parse(capture, known.rules if known else PageRules())
    click.echo(json.dumps(record.to_dict(), ensure_ascii=False, indent=1))


@click.command("normalize")
@click.argument("path", metavar="[PATH]", default="-")
@click.option(
    "--damage",
    type=click.Choice(DAMAGES),
    default="auto",
    show_default=True,
    help="What happened to the ZWNJs; auto looks at the text.",
)
@click.option("--jsonl", is_flag=True, help='A document a line: {"id", "text"} in, {"id", "text", "damage", "offsets"} out.')
@click.option("--show-changes", is_flag=True, help="Mark what changed, coloured on a terminal.")
@click.option("--explain", is_flag=True, help="Print for each change its place and the rule or weight that made it.")
@common
def normalize_(path: str, damage: _Damage, jsonl: bool, show_changes: bool, explain: bool) -> None:
    """Repair the Persian of a text: stdin (or PATH) to stdout."""
    from parsers.persian import normalize

    if jsonl:
        _filter_lines(path, lambda row: _normalized_row(row, damage))
        return
    with _open(path) as stream:
        result = normalize(_decode(stream.read(), path), damage=damage)
    if explain:
        click.echo("".join(_explained(result)), nl=False)
    elif show_changes:
        click.echo(_marked(result), nl=False)
    else:
        sys.stdout.write(result.text)


@click.command("extract")
@click.argument("path", metavar="[PATH]", default="-")
@click.option("--jsonl", is_flag=True, help='A document a line: {"id", "text", "published"?} in, facts out.')
@click.option("--published", metavar="DATE", help="The day of publication, for «دیروز» and the like: 2019-05-05 or 1398-02-15.")
@common
def extract_(path: str, jsonl: bool, published: str | None) -> None:
    """Print the facts of a text as JSON: stdin (or PATH) to stdout."""
    from parsers.facts import extract

    if jsonl:
        _filter_lines(path, lambda row: extract(row["text"], published=row.get("published")).to_dict())
        return
    with _open(path) as stream:
        text = _decode(stream.read(), path)
    try:
        facts = extract(text, published=published)
    except ValueError as error:
        raise click.UsageError(f"--published {error}") from error
    click.echo(json.dumps(facts.to_dict(), ensure_ascii=False, indent=1))


def _normalized_row(row: dict[str, Any], damage: _Damage) -> dict[str, Any]:
    from parsers.persian import normalize

    result = normalize(row["text"], damage=damage)
    return {"text": result.text, "damage": result.damage, "offsets": list(result.offsets)}


def _filter_lines(path: str, answer: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """JSON lines in, JSON lines out, in order, each as soon as it is done. A bad line ends it, by its number."""
    with _open(path) as stream:
        for row in _rows(stream, path):
            try:
                found = answer(row)
            except (TypeError, ValueError, AttributeError) as error:
                raise click.UsageError(f"{_name(path)}: document {row.get('id')!r}: {error}") from error
            sys.stdout.write(json.dumps({"id": row.get("id"), **found}, ensure_ascii=False) + "\n")


def _rows(stream: BinaryIO, path: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise click.UsageError(f"{_name(path)}, line {number}: not JSON ({error})") from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise click.UsageError(f'{_name(path)}, line {number}: wants an object with a string "text"')
        yield row


def _open(path: str) -> BinaryIO:
    if path == "-":
        return sys.stdin.buffer
    if not Path(path).is_file():
        raise click.UsageError(f"{path}: no such file")
    return Path(path).open("rb")


def _decode(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8")
    except UnicodeDecodeError as error:
        raise click.UsageError(
            f"{_name(path)} is not UTF-8 (byte {error.start}); convert it first, as in `iconv -f windows-1256 -t utf-8`"
        ) from error


def _name(path: str) -> str:
    return "stdin" if path == "-" else path


def _marked(result: Normalized) -> str:
    """Return the repaired text, changes marked: red what went, green what came; in a pipe as wdiff does, [-went-]{+came+}.

    A ZWNJ shows as ¦, for nobody sees it otherwise.
    """
    parts, place = [], 0
    for change in result.changes:
        parts.append(result.source[place : change.start])
        parts += (_mark(change.before, "[-", "-]", "red"), _mark(change.after, "{+", "+}", "green"))
        place = change.end
    return "".join([*parts, result.source[place:]])


def _explained(result: Normalized) -> Iterator[str]:
    """A line for each change: place in the input, the change in its surroundings, the rule, log-odds where weights decided."""
    from parsers.persian.explanation import explain

    for found in explain(result):
        change, odds = found.change, f" {found.log_odds:+.1f}" if found.log_odds is not None else ""
        before, after = result.source[max(0, change.start - 12) : change.start], result.source[change.end : change.end + 12]
        marked = f"{before}{_mark(change.before, '[-', '-]', 'red')}{_mark(change.after, '{+', '+}', 'green')}{after}"
        yield f"{change.start}\t{marked.replace(chr(10), ' ')}\t{found.rule}{odds}\n"


def _mark(text: str, opening: str, closing: str, colour: str) -> str:
    if not text:
        return ""
    shown = text.replace("\u200c", "¦")
    if not sys.stdout.isatty():
        return f"{opening}{shown}{closing}"
    return click.style(shown.replace(" ", "␣") if colour == "red" else shown, fg=colour, bold=True)
