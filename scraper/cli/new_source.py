"""`bayegan sources new`: a publisher's file from its front page and two articles, fetched or saved."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.cli.options import Settings, common, force_option, pass_settings
from scraper.cli.output import print_json

if TYPE_CHECKING:
    from parsers.models import Capture
    from scraper.source_draft import SourceDraft

_ARTICLES = 2
_WIDTH = 100


@click.command("new")
@click.argument("url")
@click.option("--home", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The front page, saved.")
@click.option(
    "--article",
    "articles",
    nargs=2,
    multiple=True,
    metavar="FILE URL",
    help="An article, saved, and its address; may be given more than once.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Where the file goes; else it is printed.")
@click.option("--allow-private", is_flag=True, help="The publisher is in a private network.")
@click.option("--contact", metavar="TEXT", envvar="BAYEGAN_CONTACT", help="How a publisher can reach you (BAYEGAN_CONTACT).")
@force_option
@common
@pass_settings
def sources_new(
    settings: Settings, url: str, home: Path | None, articles: tuple[tuple[str, str], ...], output: Path | None,
    *, allow_private: bool, contact: str | None, force: bool,
) -> int:  # fmt: skip
    """Draft the file of the publisher at URL; 1 if title, day or body is missing on every article, 4 if none can be had."""
    from db.outputs import check_output, new_file
    from parsers.models import Capture
    from scraper.source_draft import draft_source

    if not url.startswith(("http://", "https://")):
        raise click.UsageError(f"{url!r} is no http(s) address of a front page")
    if output:
        check_output(output, settings.db, force=force)
    saved = [Capture(Path(path).read_bytes(), address) for path, address in articles]
    front = Capture(home.read_bytes(), url) if home else None
    if front is None or not saved:
        front, saved = asyncio.run(_fetched(url, front, saved, contact, allow_private=allow_private))
    if front is None or not saved:
        click.echo("no article could be fetched: save two of them and give each with --article FILE URL", err=True)
        return 4
    draft = draft_source(front, saved)
    if output:
        with new_file(output, settings.db, force=force) as part:
            part.write_text(draft.toml, encoding="utf-8")
    _print(draft, saved, as_json=settings.as_json, with_file=output is None)
    return 1 if draft.missing else 0


def _print(draft: SourceDraft, articles: list[Capture], *, as_json: bool, with_file: bool) -> None:
    if as_json:
        fields = {reading.field: list(reading.values) for reading in draft.fields}
        selectors = {reading.field: reading.selector for reading in draft.fields if reading.selector}
        verdicts = list(draft.verdicts)
        print_json({"toml": draft.toml, "cms": draft.cms, "verdicts": verdicts, "fields": fields, "selectors": selectors})
        return
    if with_file:
        click.echo(draft.toml)
    for article, verdict in zip(articles, draft.verdicts, strict=True):
        click.echo(f"# {verdict}: {article.url}")
    for reading in draft.fields:
        told = "".join(f" ({one})" for one in (reading.source, reading.selector) if one)
        shown = " | ".join(value[:_WIDTH].replace("\n", " ") or "–" for value in reading.values)
        click.echo(f"# {reading.field}{told}: {'MISSING' if reading.is_missing else shown}")
    if draft.missing:
        missing = ", ".join(draft.missing)
        click.echo(f"# missing: {missing}; name a CSS selector for each under [fields]", err=True)


async def _fetched(
    url: str, home: Capture | None, articles: list[Capture], contact: str | None, *, allow_private: bool
) -> tuple[Capture | None, list[Capture]]:
    """Fetch what was not given, with the manners of a crawl."""
    from parsers.page.urls import publisher_of
    from scraper.fetch import Fetcher, user_agent
    from scraper.hosts import Hosts
    from scraper.publisher_sources import is_challenge
    from scraper.registry import Publisher
    from scraper.responses import FetchError
    from scraper.robots import Robots, RobotsUnavailable
    from scraper.source_draft import article_links

    slug = publisher_of(url) or "publisher"
    publisher = Publisher(slug=slug, name=slug, homepage=url, allow_private=allow_private)
    fetcher = Fetcher(publisher, Hosts(), ssl.create_default_context(), user_agent(contact), is_challenge)
    robots = Robots(fetcher.get_robots, fetcher.gate)

    async def get(address: str) -> Capture | None:
        try:
            answer = await fetcher.get(address, allowed=robots.require)
        except (FetchError, RobotsUnavailable) as error:
            click.echo(f"{address}: {error}", err=True)
            return None
        return answer.capture(address, slug) if answer.status == 200 else None

    try:
        home = home or await get(url)
        wanted = article_links(home)[:_ARTICLES] if home and not articles else []
        fetched = [await get(address) for address in wanted]
    finally:
        await fetcher.close()
    return home, articles or [one for one in fetched if one is not None]
