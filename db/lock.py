"""Who may write to an archive, and who checks it: advisory locks next to it, which the kernel drops when their holder dies."""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING, Self
from weakref import WeakSet

from db.errors import ArchiveLocked, NotWritable

if TYPE_CHECKING:
    from pathlib import Path


_LOOKS, _PAUSE = 4, 0.01  # how often a lock is tried before it counts as held, seconds between


class WriterLock:
    """Held from construction to `release`. Raises ArchiveLocked at once where another process holds it, unless it `waits`."""

    suffix = ".lock"
    others_work = "another run{who} is writing to this archive; wait for it to end"

    def __init__(self, archive: Path, *, waits: bool = False) -> None:
        self.path = archive.with_name(f"{archive.name}{self.suffix}")
        self._archive = archive
        self._how = fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB
        self._fd: int | None = self._acquire()
        _held.add(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()

    def release(self) -> None:
        """Gives the lock up and removes its file; a second call does nothing."""
        if self._fd is not None:
            self.path.unlink(missing_ok=True)
            os.close(self._fd)
            self._fd = None

    def forget(self) -> None:
        """In a forked child: lets go of the file without giving the parent's lock up."""
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _acquire(self) -> int:
        looks = _LOOKS
        while True:
            fd = self._open()
            try:
                fcntl.flock(fd, self._how)
            except BlockingIOError:
                looks -= 1
                if looks:  # it may be somebody who only looks whether it is held (`is_written_to`)
                    os.close(fd)
                    time.sleep(_PAUSE)
                    continue
                holder = os.pread(fd, 20, 0).decode("ascii", "replace").strip()
                os.close(fd)
                raise ArchiveLocked(self._locked_by(holder)) from None
            if self._still_the_file(fd):
                os.ftruncate(fd, 0)
                os.pwrite(fd, str(os.getpid()).encode(), 0)
                return fd
            os.close(fd)  # the holder before us removed the file between our opening and locking it

    def _open(self) -> int:
        try:
            return os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise NotWritable(f"{self._archive}: cannot be written here ({error.strerror}); choose another --db") from error

    def _still_the_file(self, fd: int) -> bool:
        try:
            return os.path.samestat(os.fstat(fd), self.path.stat())
        except FileNotFoundError:
            return False

    def _locked_by(self, holder: str) -> str:
        who = f" (process {holder})" if holder else ""
        return f"{self._archive}: {self.others_work.format(who=who)}"


class CheckLock(WriterLock):
    """Held by a check, so that no two read all of an archive at once. Raises ArchiveLocked as the writer's lock does."""

    suffix = ".check.lock"
    others_work = "another check{who} of this archive is at work"


def is_written_to(archive: Path) -> bool:
    """Return whether some process holds the writer's lock now, this one included."""
    try:
        fd = os.open(archive.with_name(f"{archive.name}{WriterLock.suffix}"), os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(fd)
    return False


def release_all() -> None:
    """Release what this process holds, because it ends at once and not in the ordinary way."""
    for lock in list(_held):
        lock.release()


def _forget_all() -> None:
    for lock in list(_held):
        lock.forget()


# A worker that outlives its killed parent must not keep the parent's lock: it shares the open file.
_held: WeakSet[WriterLock] = WeakSet()
os.register_at_fork(after_in_child=_forget_all)
