"""Units for systemd, or a crontab, that run the crawl unattended: text only, nothing is installed."""

from __future__ import annotations

import shlex
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MEMORY = "600M"
_HOURS = 6
_TEMPORARY = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - what PrivateTmp= hides


@dataclass(frozen=True, slots=True)
class ScheduledCrawl:
    """The crawl that is to be run: all paths absolute, for a job starts in a folder of its own."""

    command: Path
    archive: Path
    publishers: Sequence[str] = ()
    sources: Path | None = None
    contact: str | None = None
    config: Path | None = None
    log: Path | None = None

    def arguments(self) -> list[str]:
        """Return the command and its arguments, as a shell would be given them."""
        before = ["--db", str(self.archive), *(["--sources", str(self.sources)] if self.sources else [])]
        after = [*(["--contact", self.contact] if self.contact else []), *(["--log", str(self.log)] if self.log else [])]
        return [str(self.command), *before, "crawl", *self.publishers, *after]

    @property
    def written(self) -> tuple[Path, ...]:
        """The folders that the crawl writes in."""
        return tuple(dict.fromkeys(path.parent for path in (self.archive, self.log) if path))

    @property
    def is_temporary(self) -> bool:
        """Whether anything it needs lies in a folder that a private /tmp would hide."""
        paths = [path for path in (self.archive, self.sources, self.config, self.log, self.command) if path]
        return any(path.is_relative_to(folder) for path in paths for folder in _TEMPORARY)


def systemd(crawl: ScheduledCrawl) -> str:
    """Return a service and a timer: hourly with jitter, limited in memory and time, stopped with SIGTERM, reporting failures.

    Two runs never meet: systemd starts no second one, and the archive's lock refuses it (exit status 3).
    """
    run = " ".join(_unit_quoted(part) for part in crawl.arguments())
    config = f"Environment={_unit_quoted(f'BAYEGAN_CONFIG={crawl.config}')}\n" if crawl.config else ""
    folders = " ".join(_unit_quoted(str(folder)) for folder in crawl.written)
    return f"""# bayegan.service
[Unit]
Description=bayegan: crawl into {str(crawl.archive).replace("%", "%%")}
Wants=network-online.target
After=network-online.target
# Uncomment to be told of failures, and write bayegan-failed@.service: it may send a mail or call a webhook.
#OnFailure=bayegan-failed@%n.service

[Service]
Type=oneshot
{config}ExecStart={run}
WorkingDirectory={str(crawl.archive.parent).replace("%", "%%")}
# Another run holds the archive: that is no failure.
SuccessExitStatus=3
KillMode=mixed
TimeoutStopSec=120
TimeoutStartSec={_HOURS}h
MemoryMax={_MEMORY}
Nice=10
NoNewPrivileges=yes
PrivateTmp={"no" if crawl.is_temporary else "yes"}
ProtectSystem=strict
ReadWritePaths={folders}

# bayegan.timer
[Unit]
Description=bayegan: every hour

[Timer]
OnCalendar=hourly
RandomizedDelaySec=15min
Persistent=yes

[Install]
WantedBy=timers.target
"""


def cron(crawl: ScheduledCrawl) -> str:
    """Return two crontab lines, limited in time and memory: a weekly check, and the crawl every hour at a minute by the archive.

    Mail goes where MAILTO says: what the check finds, and errors of the crawl.
    """
    minute = zlib.crc32(str(crawl.archive).encode()) % 60
    config = f"BAYEGAN_CONFIG={shlex.quote(str(crawl.config))} " if crawl.config else ""
    run = config + shlex.join(["timeout", "--signal=TERM", "--kill-after=120", f"{_HOURS}h", *crawl.arguments(), "--quiet"])
    check = shlex.join(
        ["nice", "-n15", "timeout", f"{_HOURS}h", str(crawl.command), "--db", str(crawl.archive), "check", "--deep"]
    ).replace("%", r"\%")
    log = shlex.quote(str(crawl.archive.with_suffix(".log"))).replace("%", r"\%")
    run = run.replace("%", r"\%")
    limit = int(_MEMORY.removesuffix("M")) * 1024 * 4  # address space, of which a process uses a part
    return (
        "# The lock is the archive's own: a run that finds another at work ends with exit status 3.\n"
        "MAILTO=root\n"
        "# What the check says is mailed only if it finds something.\n"
        f'{minute} 4 * * 0 ulimit -v {limit}; found=$({check} 2>&1) || echo "$found"\n'
        f"{minute} * * * * ulimit -v {limit}; {run} >> {log}\n"
    )


def _unit_quoted(text: str) -> str:
    """Return the text as systemd reads it back; % and $ mean something to it."""
    text = text.replace("\\", "\\\\").replace("%", "%%").replace("$", "$$").replace('"', '\\"')
    return f'"{text}"' if not text or any(char in text for char in " \t;'\"\\") else text


def systemd_upkeep(crawl: ScheduledCrawl, backups: Path | None, keep: int) -> str:
    """Return services and timers that check the archive every week, and back it up every night if there is a folder for it."""
    jobs = [("check", "check the archive", ["check", "--deep"], "weekly", [crawl.archive.parent])]
    if backups:
        arguments = ["backup", str(backups), "--keep", str(keep)]
        jobs.append(("backup", "back the archive up", arguments, "daily", [crawl.archive.parent, backups]))
    units = []
    for name, what, arguments, when, folders in jobs:
        run = " ".join(_unit_quoted(part) for part in [str(crawl.command), "--db", str(crawl.archive), *arguments])
        # A reader keeps its shared memory next to the archive; a backup is written into its folder.
        writable = " ".join(_unit_quoted(str(folder)) for folder in folders)
        units.append(f"""# bayegan-{name}.service
[Unit]
Description=bayegan: {what}
#OnFailure=bayegan-failed@%n.service

[Service]
Type=oneshot
ExecStart={run}
TimeoutStartSec={_HOURS}h
MemoryMax={_MEMORY}
Nice=15
IOSchedulingClass=idle
NoNewPrivileges=yes
PrivateTmp={"no" if crawl.is_temporary else "yes"}
ProtectSystem=strict
ReadWritePaths={writable}

# bayegan-{name}.timer
[Unit]
Description=bayegan: {what}

[Timer]
OnCalendar={when}
RandomizedDelaySec=2h
Persistent=yes

[Install]
WantedBy=timers.target
""")
    return "\n".join(units)
