"""Crawls that are killed and whose clocks are wrong, each compared with a crawl that nothing disturbs.

Two archives are made of one newsroom. Whatever happened, the one must hold what the other holds.
"""

from __future__ import annotations

import random
import signal
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from rough_site import HOSTS

from db import Archive
from db.read.clocks import clock_issues
from db.upkeep.check import check

if TYPE_CHECKING:
    from pathlib import Path

    from clocked_command import ClockedCommands
    from rough_site import Newsroom

HOUR, DAY, YEAR = 3600.0, 86400.0, 365.25 * 86400.0
# What both archives must hold, by names and not by numbers of rows.
_CONTENT = {
    "pages": "SELECT url, kind, revisions, gone_at IS NOT NULL FROM documents",
    "revisions": (
        "SELECT d.url, r.number, r.title, r.lead, r.body, r.chars_added, r.chars_removed, b.sha256 FROM revisions r "
        "JOIN documents d ON d.id = r.document_id JOIN captures c ON c.id = r.capture_id JOIN blobs b ON b.id = c.blob_id"
    ),
    "days": (
        "SELECT d.url, r.number, r.published_at, r.published_jalali FROM revisions r JOIN documents d ON d.id = r.document_id"
    ),
    "citations": "SELECT url, unit, number, instrument, body, section, start FROM clause_citations",
    "messengers": "SELECT url, messenger, section, start, rule FROM messenger_mentions",
    "sessions": "SELECT url, body, number, held_on, section, start FROM session_mentions",
    "addresses": "SELECT url, state, is_main, etag FROM frontier_urls",
}


@dataclass(frozen=True)
class Trouble:
    """What happens to one crawl.

    clock:   by how many seconds the clock is wrong; None: it begins at 1970
    jump:    by how many seconds it is set in the middle of the crawl
    signal:  sent at a moment of chance
    """

    name: str
    clock: float | None = 0.0
    jump: float = 0.0
    signal: signal.Signals | None = None


NONE = Trouble("none")
TROUBLES = (
    NONE,
    Trouble("SIGKILL", signal=signal.SIGKILL),
    Trouble("SIGTERM", signal=signal.SIGTERM),
    Trouble("clock 5 s behind", -5),
    Trouble("clock 50 min ahead", 50 * 60),
    Trouble("clock 3 h behind", -3 * HOUR),
    Trouble("clock 20 h ahead", 20 * HOUR),
    Trouble("clock 3 days behind", -3 * DAY),
    Trouble("clock 40 days ahead", 40 * DAY),
    Trouble("clock 1 year behind", -YEAR),
    Trouble("clock 10 years ahead", 10 * YEAR),
    Trouble("clock 10 years behind", -10 * YEAR),
    Trouble("clock at 1970", None),
    Trouble("set 2 h back in the crawl", jump=-2 * HOUR),
    Trouble("set 1 h forward in the crawl", jump=HOUR),
    Trouble("set 40 days back in the crawl", jump=-40 * DAY),
    Trouble("set 10 years forward in the crawl", jump=10 * YEAR),
    Trouble("clock at 1970, set right in the crawl", None, jump=58 * YEAR),
    Trouble("SIGKILL, clock 10 years ahead", 10 * YEAR, signal=signal.SIGKILL),
    Trouble("SIGKILL, clock at 1970", None, signal=signal.SIGKILL),
    Trouble("SIGTERM, clock 3 h behind", -3 * HOUR, signal=signal.SIGTERM),
)


class Crawler:
    """Crawl a newsroom into one archive."""

    def __init__(self, folder: Path, newsroom: Newsroom, commands: ClockedCommands, chance: random.Random) -> None:
        self.path = folder / "archive.db"
        self._folder, self._newsroom, self._commands, self._chance = folder, newsroom, commands, chance
        folder.mkdir()
        for slug, server in newsroom.servers.items():
            (folder / f"{slug}.toml").write_text(
                f'slug = "{slug}"\nname = "{slug}"\nhomepage = "{server.base}/"\ncms = "iransamaneh"\nallow_private = true\n'
                "recheck = 0\n[politeness]\ndelay = 0.005\ntimeout = 5.0\ndeadline = 10.0\nretries = 1\nretry_wait = 0.05\n"
                '[[discover]]\nkind = "rss"\nurl = "/rss"\n',
                encoding="utf-8",
            )

    def crawl(self, trouble: Trouble) -> float:
        """Run one crawl with its trouble; return the megabytes that it took."""
        true = self._newsroom.now.timestamp()
        shown = 9.0 if trouble.clock is None else true + trouble.clock
        self._commands.set_clock(shown)
        seen = self._requests()
        self._commands.start("--db", self.path, "--sources", self._folder, "crawl", *HOSTS)
        if trouble.signal or trouble.jump:
            while self._requests() == seen and self._commands.is_running():
                time.sleep(0.005)
            time.sleep(self._chance.uniform(0, 0.4))
            self._commands.set_clock(shown + trouble.jump)
            if trouble.signal:
                self._commands.send(trouble.signal)
        ended = self._commands.wait()
        assert ended.code in (0, 1, -signal.SIGKILL), ended
        return ended.megabytes

    def _requests(self) -> int:
        return sum(len(server.requests) for server in self._newsroom.servers.values())

    def content(self) -> dict[str, list[Any]]:
        """Return what the archive holds, and what its readers find."""
        with Archive(self.path, readonly=True) as archive:
            found = {name: sorted(archive.db.execute(sql).fetchall(), key=repr) for name, sql in _CONTENT.items()}
            found["search"] = sorted(str(hit.url) for hit in archive.search("استناد", limit=100).hits)
        return found

    def moments(self) -> dict[tuple[str, int], datetime]:
        """Return when each revision was seen first, by address and number."""
        sql = "SELECT d.url, r.number, r.captured_at FROM revisions r JOIN documents d ON d.id = r.document_id"
        with Archive(self.path, readonly=True) as archive:
            return {(url, number): datetime.fromisoformat(at) for url, number, at in archive.db.execute(sql).fetchall()}

    def damage(self) -> list[str]:
        """Return what `check --deep` finds, beyond clocks."""
        with Archive(self.path, readonly=True) as archive:
            return [one.code for one in check(archive.db, deep=True) if one.code != "clock_jumped"]

    def said_of_clock(self) -> list[str]:
        """Return what `health` says of the clock in the last run."""
        with Archive(self.path, readonly=True) as archive:
            (run,) = archive.db.execute("SELECT max(id) FROM runs").fetchone()
            return [one.message for one in clock_issues(archive.db) if f"in run {run}" in one.message]


@dataclass(frozen=True)
class Compared:
    """What one crawl came to.

    differs:   what the archive holds otherwise than the undisturbed one, by kind
    said:      what `health` says of the clock
    off:       revisions whose moment is more than a day from the true one
    megabytes: the most memory that a process had
    """

    differs: tuple[str, ...]
    said: tuple[str, ...]
    off: int
    megabytes: float


class RoughCrawls:
    """Crawl a newsroom at each of its states twice: undisturbed, and with trouble."""

    def __init__(self, folder: Path, newsroom: Newsroom, commands: ClockedCommands, seed: int) -> None:
        chance = random.Random(seed)
        self._newsroom = newsroom
        self.undisturbed = Crawler(folder / "undisturbed", newsroom, commands, chance)
        self.disturbed = Crawler(folder / "disturbed", newsroom, commands, chance)

    def crawl(self, trouble: Trouble, hours: float) -> Compared:
        """Let the newsroom go on, crawl it twice, and compare. A crawl that ended early goes on in another by the same clock."""
        self._newsroom.go_on(hours)
        memory = [self.undisturbed.crawl(NONE), self.disturbed.crawl(trouble)]
        if trouble.signal:
            memory.append(self.disturbed.crawl(Trouble(trouble.name, trouble.clock)))
        return Compared(self._differences(), tuple(self.disturbed.said_of_clock()), self._off(), max(memory))

    def _differences(self) -> tuple[str, ...]:
        ours, theirs, moments = self.disturbed.content(), self.undisturbed.content(), self.disturbed.moments()
        found = [name for name in ours if ours[name] != theirs[name]]
        if any(number > 1 and moments[url, number - 1] >= at for (url, number), at in moments.items()):
            found.append("order of moments")
        return (*found, *self._untrue())

    def _untrue(self) -> tuple[str, ...]:
        """Return «the site» if the undisturbed archive itself is not what stands there."""
        sql = "SELECT url, body, gone_at IS NOT NULL FROM articles JOIN documents USING (url)"
        with Archive(self.undisturbed.path, readonly=True) as archive:
            known = {url: (body, gone) for url, body, gone in archive.db.execute(sql).fetchall()}
        stands = [
            url in known and bool(known[url][1]) is not bool(page.edition) and (not page.edition or page.mark() in known[url][0])
            for url, page in self._newsroom.state()
        ]
        return () if all(stands) else ("the site",)

    def _off(self) -> int:
        true, ours = self.undisturbed.moments(), self.disturbed.moments()
        return sum(abs(ours[key] - true[key]) > timedelta(days=1) for key in ours.keys() & true.keys())
