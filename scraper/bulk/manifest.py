"""What a bulk job has done: a file for each shard, written when its rows are whole; a killed job goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from db.outputs import OutputRefused, check_output
from scraper.bulk.places import found_file, is_remote

if TYPE_CHECKING:
    from scraper.bulk.places import Folder, FoundFile

FORMAT = "bayegan bulk 1"
_MANIFEST = "manifest.json"
_AT_ONCE = 16


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


def shard_of(file: Path | FoundFile) -> Shard:
    """Return a file as a shard; its name is that of its Parquet, unique for the path. Raises OSError."""
    found = found_file(file) if isinstance(file, Path) else file
    whole = found.path.partition("?")[0] if is_remote(found.path) else found.path
    digest = hashlib.blake2b(whole.encode("utf-8", "surrogateescape"), digest_size=5).hexdigest()
    return Shard(found.path, found.size, found.modified, f"{whole.rpartition('/')[2].split('.')[0][:60]}-{digest}")


def note(folder: Folder, done: ShardResult) -> None:
    """Note that a shard's Parquet is whole. Call it after the file has its name. Raises OSError and OutputRefused."""
    with folder.new(f"done/{done.shard.name}.json") as part:
        part.write_text(json.dumps(asdict(done), ensure_ascii=False, indent=1), "utf-8")


def is_done(folder: Folder, shard: Shard) -> bool:
    """Return whether this very file was read before, and its rows are there."""
    found = _read(folder, f"done/{shard.name}.json")
    return found is not None and found.get("shard") == asdict(shard) and folder.has(parquet_name(shard))


def parquet_name(shard: Shard) -> str:
    """Return the name of the file with the rows of a shard."""
    return f"{shard.name}.parquet"


def sum_up(folder: Folder) -> dict[str, object]:
    """Write manifest.json over everything that is done, and return it. Raises OSError and OutputRefused."""
    beginning = len(folder.address("x")) - 1
    names = [file.path.partition("?")[0][beginning:] for file in folder.files()]
    noted = [name for name in names if name.startswith("done/") and name.endswith(".json")]
    with ThreadPoolExecutor(_AT_ONCE) as threads:  # storage answers each in its time
        shards = [found for found in threads.map(lambda name: _read(folder, name), noted) if found]
    total = {name: sum(int(str(shard[name])) for shard in shards) for name in ("pages", "persian", "kept", "bytes")}
    made: dict[str, object] = {"format": FORMAT, "total": total, "shards": shards}
    with folder.new(_MANIFEST) as part:
        part.write_text(json.dumps(made, ensure_ascii=False, indent=1), "utf-8")
    return made


def is_output(folder: Folder) -> bool:
    """Return whether a folder is what a bulk job wrote."""
    found = _read(folder, _MANIFEST)
    return found is not None and found.get("format") == FORMAT


def check_folder(folder: Folder, archive: Path | None = None) -> None:
    """Raise OutputRefused if a folder has a manifest that no bulk job wrote, or is no folder to write to."""
    manifest = folder.address(_MANIFEST)
    if not is_remote(manifest):
        check_output(Path(manifest), archive, force=is_output(folder))
    elif folder.has(_MANIFEST) and not is_output(folder):
        raise OutputRefused(f"{manifest}: is there, and not as bayegan wrote it; choose another output, or give --force")


def _read(folder: Folder, name: str) -> dict[str, object] | None:
    try:
        found = json.loads(folder.read(name) or "")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
