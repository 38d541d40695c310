"""The `bayegan` command in processes of their own that start at once: forked from a server that has loaded the program.

Each is a real process with its own file descriptors, environment and directory; it may be killed. Only what starting the
interpreter and importing would show is not shown: tests of that run the installed command.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import suppress
from multiprocessing import Pipe, get_context
from multiprocessing.connection import Connection
from multiprocessing.forkserver import ensure_running
from pathlib import Path

from scraper import parser_process

_context = get_context("forkserver")


def _start_server() -> None:
    """Start the server of forks with this folder and the project on its path."""
    before = os.environ.get("PYTHONPATH", "")
    # Where what is measured in forks is collected, whatever folder they run in.
    os.environ.setdefault("COVERAGE_FILE", str(Path(__file__).resolve().parents[2] / ".coverage"))
    os.environ["PYTHONPATH"] = os.pathsep.join([*(entry or str(Path.cwd()) for entry in sys.path), before])
    _context.set_forkserver_preload(["forked_preload", "pytest"])
    ensure_running()
    os.environ["PYTHONPATH"] = before


def _run(arguments: list[str], environment: dict[str, str], directory: str, files: tuple[str, str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(directory)
    for number, name in enumerate(files):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT
        os.dup2(os.open(name, flags, 0o600), number)
    encoding = environment.get("PYTHONIOENCODING", "utf-8")
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - as the interpreter opens them
    sys.stdout = open(1, "w", encoding=encoding, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding=encoding, closefd=False)  # noqa: SIM115
    from scraper.cli.main import main

    parser_process.ParserProcess._start = _forked_parser
    sys.argv = ["bayegan", *arguments]
    main(arguments)


def _forked_parser(worker: parser_process.ParserProcess) -> Connection:
    """Start the parsing process as a fork too, for its imports take longest; like the real one it ends with its parent."""
    ours, theirs = Pipe()
    if os.fork() == 0:
        ours.close()
        sys.settrace(None)  # it ends by a signal, so that nothing measured in it would be kept
        parser_process.serve(theirs)
        os._exit(0)
    theirs.close()
    worker._pipe, worker._calls = ours, 0
    return ours


class Command:
    """One process. `wait` returns its exit code, which is negative for the signal that killed it."""

    def __init__(self, *arguments: object, stdin: bytes = b"", cwd: Path | None = None, **env: str) -> None:
        _start_server()
        self._folder = tempfile.TemporaryDirectory()
        self._files = tuple(str(Path(self._folder.name) / name) for name in ("stdin", "stdout", "stderr"))
        Path(self._files[0]).write_bytes(stdin)
        given = ([str(argument) for argument in arguments], {**os.environ, **env}, str(cwd or Path.cwd()), self._files)
        self._process = _context.Process(target=_run, args=given)
        self._process.start()

    def running(self) -> bool:
        return self._process.is_alive()

    def kill(self) -> None:
        self._process.kill()
        self._process.join()

    def terminate(self) -> None:
        self._process.terminate()

    def wait(self, timeout: float = 60) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            self.kill()
            raise TimeoutError("the command did not come to its end")
        return self._process.exitcode

    def output(self) -> tuple[bytes, bytes]:
        found = []
        for name in self._files[1:]:
            found.append(b"")
            with suppress(FileNotFoundError):
                found[-1] = Path(name).read_bytes()
        return found[0], found[1]


def bayegan(*arguments: object, stdin: bytes = b"", cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end."""
    command = Command(*arguments, stdin=stdin, cwd=cwd, **env)
    code = command.wait()
    return subprocess.CompletedProcess(arguments, code, *command.output())
