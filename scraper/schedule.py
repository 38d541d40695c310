"""Units for systemd, or a crontab, that run the crawl unattended: text only, nothing is installed."""

from __future__ import annotations

import shlex
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MEMORY = "600M"
_HOURS = 6


def systemd(command: Path, archive: Path, publishers: Sequence[str]) -> str:
    """Return a service and a timer: hourly with jitter, limited in memory and time, stopped with SIGTERM, reporting failures.

    Two runs never meet: systemd starts no second one, and the archive's lock refuses it (exit status 3).
    """
    run = " ".join(_unit_quoted(part) for part in _command(command, archive, publishers))
    return f"""# bayegan.service
[Unit]
Description=bayegan: crawl into {archive}
Wants=network-online.target
After=network-online.target
# Uncomment to be told of failures, and write bayegan-failed@.service: it may send a mail or call a webhook.
#OnFailure=bayegan-failed@%n.service

[Service]
Type=oneshot
ExecStart={run}
WorkingDirectory={str(archive.parent).replace("%", "%%")}
# Another run holds the archive: that is no failure.
SuccessExitStatus=3
KillMode=mixed
TimeoutStopSec=120
TimeoutStartSec={_HOURS}h
MemoryMax={_MEMORY}
Nice=10
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ReadWritePaths={_unit_quoted(str(archive.parent))}

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


def cron(command: Path, archive: Path, publishers: Sequence[str]) -> str:
    """Return a crontab line: hourly, at a minute by the archive, limited in time and memory; mail goes where MAILTO says."""
    minute = zlib.crc32(str(archive).encode()) % 60
    run = shlex.join(_command(command, archive, publishers)).replace("%", r"\%")
    log = shlex.quote(str(archive.with_suffix(".log"))).replace("%", r"\%")
    limit = int(_MEMORY.removesuffix("M")) * 1024 * 4  # address space, of which a process uses a part
    return (
        "# The lock is the archive's own: a run that finds another at work ends with exit status 3.\n"
        "MAILTO=root\n"
        f"{minute} * * * * ulimit -v {limit}; timeout --signal=TERM --kill-after=120 {_HOURS}h {run} --quiet >> {log}\n"
    )


def _command(command: Path, archive: Path, publishers: Sequence[str]) -> list[str]:
    return [str(command), "--db", str(archive), "crawl", *publishers]


def _unit_quoted(text: str) -> str:
    """Return the text as systemd reads it back; % and $ mean something to it."""
    text = text.replace("%", "%%").replace("$", "$$")
    return f'"{text}"' if any(char in text for char in " \t;") else text
