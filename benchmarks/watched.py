"""Runs a whole process and watches it: seconds by the wall clock, peak of its memory.

Between us and it stands a small Python: a child's peak begins with what its parent held, and we hold much.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

_WATCHER = """
import json, os, sys, time
began = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[
    (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0o600)])
_, status, used = os.wait4(child, 0)
print(json.dumps([time.perf_counter() - began, used.ru_maxrss, os.waitstatus_to_exitcode(status)]))
"""


class DidNotRun(Exception):
    """The process ended with another status than 0; the text is the last line it said."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a process; `peak` in bytes."""

    seconds: float
    peak: int


def run(command: Sequence[str]) -> Run:
    """Run a command with its answer thrown away. Raises DidNotRun where it does not end well."""
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-S", "-c", _WATCHER, *command], capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode:
        raise DidNotRun(_last_line(done.stderr))
    seconds, kilobytes, status = json.loads(done.stdout)
    if status:
        raise DidNotRun(_last_line(done.stderr) or f"exit status {status}")
    return Run(seconds, kilobytes * 1024)


def _last_line(said: str) -> str:
    return said.strip().splitlines()[-1] if said.strip() else ""


def bookkeeper(books: Path, *arguments: str) -> list[str]:
    """The command that runs this program on some books."""
    return [sys.executable, "-m", "bookkeeper", "--books", str(books), *arguments]
