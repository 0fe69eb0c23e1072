"""Bullet: interest alone with each instalment, and the whole principal with the last."""

from __future__ import annotations

from bookkeeper.rules.schedules import Method

METHOD = Method(lambda *_: 0)
"""An instalment cannot be agreed on: see NeverPaidOff."""
