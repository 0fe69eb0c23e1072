"""`loan product set`, `loan product list`, and what the options of a quote say of its product."""

from __future__ import annotations

import argparse
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from bookkeeper.cli.verbs import DONE, Verbs, answer_list, as_json, day, declare, key, nouns, office
from bookkeeper.commands import loan_products
from bookkeeper.definitions.loan_product import products_of_toml
from bookkeeper.errors import BadInput, Fault
from bookkeeper.exchange.source import digest, read_bytes, text_of
from bookkeeper.rules.day_count import DayCount
from bookkeeper.rules.due_dates import Frequency
from bookkeeper.rules.loan_checks import figure
from bookkeeper.rules.loan_product import Product
from bookkeeper.rules.money import WAYS, How, RoundTo, shown
from bookkeeper.rules.schedules import Treatment

_UNITS: Final = ("round_interest", "round_principal", "round_instalment")
_AS_THEY_ARE: Final = ("method", "every", "moratorium_principal", "moratorium_interest")
_TIMES: Final = ("instalments", "instalment", "parts")


def add_products(loan: Verbs) -> None:
    """Declare the verbs of loan products."""
    product = nouns(loan, "product", "the products by which an entity lends")
    example = "loan product set SHG1 products.toml --from 2024-04-01"
    verb = declare(product, "set", "set an office's own products, all of a file or none", example, _set)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("file", metavar="FILE", type=Path, help="TOML with a [[product]] for each")
    verb.add_argument("--from", dest="since", type=day, metavar="DATE", help="the first day on which they hold")
    key(verb)
    verb = declare(product, "list", "list the products of an entity", "loan product list SHG1 --format json", _list)
    verb.add_argument("entity", metavar="ENTITY")
    verb.add_argument("--as-of", type=day, metavar="DATE", help="as they hold on that day (default: today)")
    as_json(verb)


def _set(asked: argparse.Namespace) -> int:
    data = read_bytes(asked.file)
    products = products_of_toml(text_of(data, str(asked.file)), str(asked.file))
    with office(asked) as opened:
        try:
            loan_products.set_products(
                opened, asked.key, asked.entity, products, since=asked.since or "", file_digest=digest(data)
            )
        except BadInput as error:
            raise error.at(file=str(asked.file)) from error.__cause__
    return DONE


def _list(asked: argparse.Namespace) -> int:
    with office(asked) as opened:
        there = loan_products.listed(opened, asked.entity, asked.as_of or "")
    rows = []
    for one in there:
        product = one.product.product
        rows.append(
            {
                "key": one.product.key,
                "name": one.product.name,
                "method": product.method,
                "rate": figure(product.rate),
                "rate_per": product.rate_per,
                "instalments": product.instalments or len(product.parts) or None,
                "instalment": None if product.instalment is None else shown(product.instalment),
                "frequency": product.frequency.value,
                "own_rule": one.product.own_rule,
                "source": "own" if one.own else "kind",
                "from": one.since or None,
            }
        )
    return answer_list(rows, asked.format, "This kind of entity lends to no members.")


def product_asked(asked: argparse.Namespace, base: Product | None) -> Product:
    """The product that the options describe: where they are silent, as `base` has it, else as usual.

    Raises BadInput for what has to be said where there is no product to say it.
    """
    if base is None:
        needed = {"--rate": asked.rate is not None, "--method": asked.method is not None}
        needed["--instalments"] = any(getattr(asked, one) is not None for one in _TIMES)
        faults = [
            Fault("this has to be said.", "Say it, or name a --product.", field=option)
            for option, said in needed.items()
            if not said
        ]
        if faults:
            raise BadInput(*faults)
        base = Product("", Fraction(0))
    changes: dict[str, Any] = {one: said for one in _AS_THEY_ARE if (said := getattr(asked, one)) is not None}
    for name, kind in (("frequency", Frequency), ("day_count", DayCount), ("moratorium_treatment", Treatment)):
        if (said := getattr(asked, name)) is not None:
            changes[name] = kind(said)
    if asked.rate is not None:
        none = Fraction(0)
        changes |= {"rate": asked.rate, "rate_per": asked.rate_per or "year", "rates": ()}
        changes |= {"subvention": none, "incentive": none}
    elif asked.rate_per is not None:
        changes["rate_per"] = asked.rate_per
    if any(getattr(asked, one) is not None for one in _TIMES):
        changes |= {"instalments": asked.instalments, "instalment": asked.instalment, "parts": tuple(asked.parts or ())}
    changes |= {one: _rounded(asked, one, getattr(base, one)) for one in _UNITS}
    return replace(base, **changes)


def _rounded(asked: argparse.Namespace, name: str, usual: How) -> How:
    unit, way = getattr(asked, name), asked.rounding
    if isinstance(usual, RoundTo):
        return RoundTo(unit or usual.unit, WAYS[way] if way else usual.way)
    return RoundTo(unit, WAYS[way or "nearest"]) if unit or way else usual
