"""Every verb explains itself with an example, and every act has a verb."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator

import pytest

from bookkeeper.cli.main import parser
from bookkeeper.commands.act import ACTS
from tests.cli.conftest import Call


def _verbs(parser_: argparse.ArgumentParser, name: str = "") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    inner = [a for a in parser_._actions if isinstance(a, argparse._SubParsersAction)]
    if not inner:
        yield name, parser_
    for action in inner:
        for verb, child in action.choices.items():
            yield from _verbs(child, f"{name} {verb}".strip())


VERBS = dict(_verbs(parser()))


@pytest.mark.parametrize("verb", VERBS)
def test_help_shows_an_example_that_the_program_takes(verb: str) -> None:
    help_ = VERBS[verb].format_help()
    example = help_.split("example:\n  bookkeeper ")[1].splitlines()[0]
    words = shlex.split(example)
    assert parser(words).parse_args(words).run is VERBS[verb].get_default("run")


def test_every_act_has_its_verb() -> None:
    assert set(ACTS) - set(VERBS) == set()


def test_no_verb_prints_help(call: Call) -> None:
    answer = call()
    assert answer.status == 0
    assert "VERB" in answer.out
