"""What is asked of a workspace: a period, as known on a day, with a tolerance."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from dtrack.core.days import parse_day
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period


@dataclass(frozen=True, slots=True)
class Query:
    """A period, as known on a day (yyyymmdd), with a tolerance in percentage points.

    `set_aside`: go on with faulty rows undetermined instead of stopping.
    """

    period: Period | None = None
    as_of: int | None = None
    tolerance: Decimal | None = None
    set_aside: bool = False

    @property
    def points(self) -> tuple[float, int]:
        """The tolerance as a number, and its decimals: none is 0."""
        told = self.tolerance
        return (float(told), -int(told.as_tuple().exponent)) if told else (0.0, 0)

    @staticmethod
    def of(
        period: str | Period | None,
        *,
        as_of: str | None = None,
        tolerance: str | None = None,
        set_aside: bool = False,
    ) -> Query:
        """The question from words.

        Raises ValueError for what is no period, day or number of points.
        """
        asked = Period.parse(period) if isinstance(period, str) else period
        day = parse_day(as_of) if as_of else None
        if as_of is not None and not day:
            raise ValueError(_("a date is required, for example 2024-08-30"))
        if tolerance is not None and not re.fullmatch(r"[0-9]{1,2}(?:\.[0-9]{1,6})?", tolerance):
            raise ValueError(
                _(
                    "invalid tolerance “{text}”: write percentage points from 0 to 99, "
                    "for example 0.2",
                    text=tolerance,
                )
            )
        points = Decimal(tolerance) if tolerance is not None else None
        return Query(asked, day, points, set_aside)
