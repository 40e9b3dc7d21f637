"""A day on the command line, and today."""

from __future__ import annotations

from datetime import UTC, date, datetime

import click

__all__ = ["DAY", "today"]


class _Day(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.2 on, and we take 8.1.7
    name = "date"

    def convert(self, value: date | str, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2026-11-23.", param, ctx)


DAY = _Day()


def today() -> date:
    """The local day: the only clock that reaches a decision, and only where ``--as-of`` is not given."""
    return datetime.now(UTC).astimezone().date()
