"""Killing the program at random moments of posting loses nothing that was acknowledged, and leaves nothing half."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTHING = ("faults", "lost", "half", "never sent", "sent again and wrong", "findings")


def killed(times: int, seed: int) -> dict[str, int]:
    # A process of its own: it forks, which a test runner with threads must not.
    command = [sys.executable, "-m", "tests.campaigns.killer", str(times), str(seed)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    print(f"seed {seed}: {found}")
    return found


def assert_whole(found: dict[str, int], kills: int) -> None:
    assert found["kills"] == kills
    assert {what: found[what] for what in NOTHING} == dict.fromkeys(NOTHING, 0)
    # The kills did hit what they were aimed at.
    assert found["killed inside an act"] > kills // 10
    assert found["acknowledged"] > kills // 10


@pytest.mark.slow
def test_200_kills_lose_nothing_and_leave_nothing_half() -> None:
    assert_whole(killed(200, random.SystemRandom().randrange(10**6)), 200)


@pytest.mark.campaign
def test_10_000_kills_lose_nothing_and_leave_nothing_half() -> None:
    assert_whole(killed(10_000, random.SystemRandom().randrange(10**6)), 10_000)
