"""Telling what watches found: Atom feeds as files, and messages by Apprise (mail, webhooks, Telegram, Matrix, ntfy …).

What is to be told stands in the archive before anything is sent. A message is noted as `sending` before it leaves and as `sent`
when it was taken, so that a run that is killed in between sends it again: never lost, at worst twice, and once in the record.
"""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from itertools import batched, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from db.outputs import new_file
from db.watch.atom import AlertFeed, atom, text_of
from db.watch.queries import WatchError
from db.watch.record import found_items
from scraper.clock import day_of, today
from scraper.errors import RegistryError
from scraper.redaction import redact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from db import Archive
    from db.watch.record import WaitingItem
    from scraper.config_file import Config
    from scraper.registry import Registry

_TOGETHER = 25  # things in one message
_VARIABLE = re.compile(r"\$\{(\w+)\}")
NEEDED = "alerts need Apprise: pip install 'bayegan[alerts]'"


@dataclass(frozen=True, slots=True)
class Alerts:
    """What the configuration says of alerts: addresses by name, the folder of feeds, the address of the pages."""

    to: dict[str, str]
    feeds: Path | None
    site: str | None
    digest: str

    @classmethod
    def of(cls, config: Config) -> Alerts:
        """Return what a configuration says."""
        folder = config.get("alerts.feeds")
        feeds = Path(folder) if folder else None
        return cls(config.named("alerts.to"), feeds, config.get("alerts.site"), config.get("alerts.digest"))

    def address(self, name: str) -> str:
        """Return the Apprise address of a name, variables put in. Raises RegistryError, which never holds the address."""
        if name not in self.to:
            raise RegistryError(f"alerts.to.{name}: is not in the configuration file")
        for variable in _VARIABLE.findall(self.to[name]):
            if variable not in os.environ:
                raise RegistryError(f"alerts.to.{name}: the environment variable {variable} is not set")
        return _VARIABLE.sub(lambda found: os.environ[found[1]], self.to[name])


def follow_watches(archive: Archive, registry: Registry, config: Config) -> None:
    """Bring the watches that the configuration declares to what it says. Raises RegistryError, naming file and key."""
    alerts, declared = Alerts.of(config), config.tables("watches")
    for name, row in declared.items():
        row.setdefault("digest", alerts.digest)
        if unknown := next((target for target in row.get("to", ()) if target not in alerts.to), None):
            raise RegistryError(f"{config.path}: watches.{name}.to: {unknown!r} is no name of alerts.to")
    try:
        archive.watches.follow(declared, publishers(registry))
    except WatchError as error:
        raise RegistryError(f"{config.path}: {error}") from error


def publishers(registry: Registry) -> frozenset[str]:
    """Return the slugs that are declared: a watch may wait for what was not crawled yet."""
    return frozenset(publisher.slug for publisher in registry)


def deliver(archive: Archive, config: Config, complain: Callable[[str], None]) -> bool:
    """Write the feeds and send what is waiting; return whether all of it was taken. What was not is tried after the next run."""
    alerts = Alerts.of(config)
    if alerts.feeds:
        write_feeds(archive, alerts.feeds, alerts.site)
    groups = _due(archive.watches.waiting())
    if groups and find_spec("apprise") is None:
        complain(NEEDED)
        return False
    taken = [_tell(archive, alerts, items, complain) for items in groups]
    return all(taken)


def write_feeds(archive: Archive, folder: Path, site: str | None) -> None:
    """Write NAME.atom of each watch into the folder of feeds; a file whose watch has no news stays as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    for watch in archive.watches.all():
        path = folder / f"{watch.name}.atom"
        text = feed_of(archive, watch.name, site)
        if not path.is_file() or path.read_text("utf-8") != text:
            with new_file(path, archive.path) as part:
                part.write_text(text, encoding="utf-8")


def feed_of(archive: Archive, name: str, site: str | None) -> str:
    """Return the Atom feed of a watch. Its `updated` is that of its latest find, so that it stays as it is without news."""
    row = archive.db.execute("SELECT query, added_at FROM watches WHERE name = ?", [name]).fetchone()
    page = f"{site.rstrip('/')}/watch/{name}" if site else None
    feed = AlertFeed(f"watch {name} {row[1]}", f"{name}: {row[0]}", f"{page}.atom" if page else None, page, row[1])
    return atom(feed, found_items(archive.db, name), site)


def send(address: str, title: str, body: str) -> str | None:
    """Send one message; return why it was not taken, None if it was."""
    import apprise

    sender = apprise.Apprise()
    if not sender.add(address):
        return "Apprise does not know such an address"
    # No types, as all of Apprise.
    with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as log:  # type: ignore[no-untyped-call]
        taken = sender.notify(body=body, title=title, body_format=apprise.NotifyFormat.TEXT)
        said = log.getvalue().strip().splitlines()
    return None if taken else redact(said[-1] if said else "it was not taken")


def _due(waiting: Iterable[WaitingItem]) -> list[list[WaitingItem]]:
    """Return what is to be sent now, by watch and target: what is told once a day waits until its day is over."""
    due = [one for one in waiting if one.digest == "run" or day_of(datetime.fromisoformat(one.found_at)) < today()]
    due.sort(key=lambda one: (one.watch, one.target, one.item_id))
    return [list(items) for _, items in groupby(due, key=lambda one: (one.watch, one.target))]


def _tell(archive: Archive, alerts: Alerts, items: Sequence[WaitingItem], complain: Callable[[str], None]) -> bool:
    """Send what one watch has for one target, some in each message; return whether all was taken."""
    watch, target = items[0].watch, items[0].target
    for some in batched(items, _TOGETHER):
        ids = [one.item_id for one in some]
        archive.watches.note_delivery(ids, target, "sending")
        try:
            trouble = send(alerts.address(target), f"bayegan: {watch}: {len(some)}", "\n\n".join(_texts(some, alerts.site)))
        except RegistryError as error:
            trouble = str(error)
        archive.watches.note_delivery(ids, target, "waiting" if trouble else "sent", trouble)
        if trouble:
            complain(f"watch {watch}: {target} could not be told: {trouble}; it is tried again after the next run")
            return False
    return True


def _texts(items: Iterable[WaitingItem], site: str | None) -> Iterator[str]:
    for one in items:
        yield text_of(one.content | {"document_id": one.document_id}, site)
