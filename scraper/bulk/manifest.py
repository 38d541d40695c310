"""What a bulk job has done: a file for each shard, written when its rows are whole; a killed job goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING

from db.outputs import check_output, new_file

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = "bayegan bulk 1"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Shard:
    """One input file: where it is, and what shows whether it is still the same."""

    path: str
    size: int
    modified: int
    name: str


@dataclass(frozen=True, slots=True)
class ShardResult:
    """What came of a shard. `pages` were looked at, `persian` parsed, `kept` written; `verdicts` counts those parsed."""

    shard: Shard
    pages: int = 0
    persian: int = 0
    kept: int = 0
    bytes: int = 0
    seconds: float = 0.0
    verdicts: dict[str, int] = field(default_factory=dict)
    issues: tuple[str, ...] = ()
    made_by: str = f"bayegan {version('bayegan')}"


def shard_of(path: Path) -> Shard:
    """Return a file as a shard; its name is that of its Parquet, unique for the path. Raises OSError."""
    found, whole = path.stat(), str(path.resolve())
    digest = hashlib.blake2b(whole.encode("utf-8", "surrogateescape"), digest_size=5).hexdigest()
    return Shard(whole, found.st_size, found.st_mtime_ns, f"{path.name.split('.')[0][:60]}-{digest}")


def note(directory: Path, done: ShardResult) -> None:
    """Note that a shard's Parquet is whole. Call it after the file has its name."""
    write_atomically(directory / "done" / f"{done.shard.name}.json", json.dumps(asdict(done), ensure_ascii=False, indent=1))


def is_done(directory: Path, shard: Shard) -> bool:
    """Return whether this very file was read before, and its rows are there."""
    found = _read(directory / "done" / f"{shard.name}.json")
    return found is not None and found.get("shard") == asdict(shard) and parquet_path(directory, shard.name).exists()


def parquet_path(directory: Path, name: str) -> Path:
    """Return where the rows of a shard are."""
    return directory / f"{name}.parquet"


def sum_up(directory: Path) -> dict[str, object]:
    """Write manifest.json over everything that is done, and return it."""
    shards = [found for file in sorted((directory / "done").glob("*.json")) if (found := _read(file))]
    total = {name: sum(int(str(shard[name])) for shard in shards) for name in ("pages", "persian", "kept", "bytes")}
    made: dict[str, object] = {"format": FORMAT, "total": total, "shards": shards}
    write_atomically(directory / _MANIFEST, json.dumps(made, ensure_ascii=False, indent=1))
    return made


def is_output(path: Path) -> bool:
    """Return whether a folder is what a bulk job wrote."""
    found = _read(path / _MANIFEST)
    return found is not None and found.get("format") == FORMAT


def write_atomically(path: Path, text: str) -> None:
    """A file that is whole or not there, also after a power cut. Raises OutputRefused for a link or a database."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with new_file(path, force=True) as part:
        part.write_text(text, "utf-8")


def check_folder(directory: Path, archive: Path | None = None) -> None:
    """Raise OutputRefused if a folder has a manifest that no bulk job wrote, or is no folder to write to."""
    manifest = directory / _MANIFEST
    check_output(manifest, archive, force=is_output(directory))


def _read(path: Path) -> dict[str, object] | None:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
