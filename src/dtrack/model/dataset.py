"""All that a workspace holds: its code lists as values, targets and actuals as frames."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dtrack.core.findings import Finding, UnknownName
from dtrack.core.message import Message, deferred, lazy_gettext
from dtrack.core.names import (
    LONGEST_NAME,
    ambiguous,
    area_index,
    indicator_index,
    keys_of,
    nearest,
    spelling,
    spellings,
)
from dtrack.core.nouns import DISTRICTS_OF_A_CITY, Nouns
from dtrack.core.period import Period
from dtrack.core.translate import N_, every_name
from dtrack.core.vocabulary import Kind
from dtrack.core.years import JANUARY, Calendar
from dtrack.model.derivation import Derivation
from dtrack.model.entities import (
    NO_LETTERHEAD,
    Area,
    Indicator,
    Letterhead,
    Names,
    Place,
    ReconciliationItem,
    Source,
    place_of,
)
from dtrack.model.lives import lives

if TYPE_CHECKING:
    import pandas as pd

    from dtrack.core.arrays import Flags, Floats, Ints

NO_AREA, NO_INDICATOR = (
    N_("unknown area “{name}”. {known}"),
    N_("unknown indicator “{name}”. {known}"),
)


@dataclass(frozen=True, eq=False)
class Dataset:
    """What a workspace holds after loading.

    The frames have the columns of schema.TARGETS and schema.ACTUALS.

    The categories of `area` and `indicator` in both frames are all areas and indicators in file
    order, so that a category's code is a position in `areas` and `indicators`; those of `period`
    are `period_names`. `nouns`, `letterhead`: the words of
    `[workspace]`. `due`: the day (yyyymmdd) by which a period's figures are due. `derived`:
    the rows of the actuals that nobody published, and how each was made. `lacks`: why a figure
    (area, indicator, period) was not made of the parts that are there.
    """

    folder: Path
    titles: Names
    city_id: str
    reference_id: str
    headline: str
    areas: tuple[Area, ...]
    indicators: tuple[Indicator, ...]
    sources: dict[str, Source]
    periods: tuple[Period, ...]
    targets: pd.DataFrame
    actuals: pd.DataFrame
    findings: tuple[Finding, ...] = field(repr=False)
    items: tuple[ReconciliationItem, ...] = ()
    due: Mapping[Period, int] = field(default_factory=dict)
    calendar: Calendar = JANUARY
    nouns: Nouns = DISTRICTS_OF_A_CITY
    letterhead: Letterhead = NO_LETTERHEAD
    derived: Mapping[int, Derivation] = field(default_factory=dict, repr=False, compare=False)
    lacks: Mapping[tuple[int, int, Period], Message] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def spread(self) -> Floats:
        """Of each figure over how many units of its last digit rounding may spread it."""
        spread = np.ones(max(len(self.actuals), 1))
        for row, made in self.derived.items():
            spread[row] = made.spread
        return spread

    def leaves(self, row: int) -> tuple[int, ...]:
        """The published rows that a row of the actuals is made of, or the row itself."""
        if row not in self.derived:
            return (row,)
        return tuple(leaf for part in self.derived[row].parts for leaf in self.leaves(part))

    @cached_property
    def area_position(self) -> dict[str, int]:
        """Id → position in `areas`."""
        return {area.id: position for position, area in enumerate(self.areas)}

    @cached_property
    def indicator_position(self) -> dict[str, int]:
        """Id → position in `indicators`."""
        return {indicator.id: position for position, indicator in enumerate(self.indicators)}

    @cached_property
    def period_position(self) -> dict[Period, int]:
        """Period → position in `periods`."""
        return {period: position for position, period in enumerate(self.periods)}

    @property
    def city_position(self) -> int:
        """Position of the city, −1 where the workspace names none that exists."""
        return self.area_position.get(self.city_id, -1)

    @property
    def reference_position(self) -> int:
        """Position of the area above the city, −1 where none is named."""
        return self.area_position.get(self.reference_id, -1)

    @cached_property
    def place(self) -> Ints:
        """Of each area its Place; where there are no areas one that is none."""
        return np.array(
            [int(place_of(area, self.city_id, self.reference_id)) for area in self.areas] or [-1],
            np.int64,
        )

    @cached_property
    def is_district(self) -> Flags:
        """Of each area whether it is a district of the city."""
        found: Flags = self.place == Place.DISTRICT
        return found

    @cached_property
    def _lives(self) -> tuple[Ints, Ints]:
        return lives(self.areas)

    def existing(self, day: Ints, area: Ints) -> Flags:
        """Which of the areas existed on their day (yyyymmdd)."""
        since, until = (days[area] for days in self._lives)
        found: Flags = (since <= day) & (day <= until)
        return found

    def which_indicators(self, test: Callable[[Indicator], bool]) -> Flags:
        """Of each indicator whether it passes the test; without any, one that does not."""
        return np.array([test(item) for item in self.indicators] or [False])

    def which_periods(self, test: Callable[[Period], bool]) -> Flags:
        """Of each period whether it passes the test; without any, one that does not."""
        return np.array([test(period) for period in self.periods] or [False])

    @cached_property
    def is_growth(self) -> Flags:
        """Of each indicator whether it is a growth."""
        return self.which_indicators(lambda item: item.kind == Kind.GROWTH)

    @cached_property
    def has_losses(self) -> Flags:
        """Of each indicator whether a figure of it is negative, as a profit may be."""
        found = np.zeros(max(len(self.indicators), 1), bool)
        if len(self.actuals):
            below = (self.actuals["number"] < 0).to_numpy()
            found[np.unique(self.actuals["indicator"].cat.codes.to_numpy()[below])] = True
        return found

    @cached_property
    def read_at_end(self) -> Flags:
        """Of each indicator whether it is read at the end of its period."""
        return self.which_indicators(lambda item: item.kind.read_at_end)

    @cached_property
    def period_starts(self) -> Ints:
        """Of each period its first month."""
        return np.array([period.start for period in self.periods] or [0], np.int64)

    @cached_property
    def period_ends(self) -> Ints:
        """Of each period its last month."""
        return np.array([period.end for period in self.periods] or [0], np.int64)

    @cached_property
    def period_last_days(self) -> Ints:
        """Of each period its last day as yyyymmdd."""
        return np.array([period.last_day for period in self.periods] or [0], np.int64)

    @cached_property
    def table_order(self) -> Ints:
        """Of each area what it is sorted by before all else.

        Its place, a zone standing among the districts it lies in.
        """
        return np.where(self.place == Place.ZONE, Place.DISTRICT, self.place)

    def name_of(self, area: str) -> str:
        """The name of the area of that id; the id itself where there is none."""
        return self.areas[self.area_position[area]].name if area in self.area_position else area

    def find_area(self, name: str) -> Area:
        """The area of that name in any spelling.

        Raises UnknownName with the nearest names in every script.
        """
        return self.areas[_position(name, area_index(self.areas), self.areas_told, NO_AREA)]

    def find_indicator(self, name: str) -> Indicator:
        """The indicator of that id or name in any language. Raises UnknownName with the nearest."""
        spelled, told = self.indicators_spelled, self.indicators_told
        return self.indicators[_position(name, spelled, told, NO_INDICATOR)]

    @cached_property
    def indicators_spelled(self) -> dict[str, int]:
        """Spelling → position in `indicators`."""
        return indicator_index(self.indicators)

    def areas_told(self) -> dict[Message, tuple[str, ...]]:
        """Each area as it is offered for a name that is none, and its spellings."""
        return {
            lazy_gettext(
                "{name} ({more})",
                name=area.id,
                more=deferred(every_name, tuple(area.names.items()), area.id, ", "),
            ): tuple(spellings(area))
            for area in self.areas
        }

    def indicators_told(self) -> dict[Message, tuple[str, ...]]:
        """Each indicator as it is offered for a name that is none, and its spellings."""
        return {
            lazy_gettext("{name} ({more})", name=item.id, more=item.lazy_name): keys_of(item)
            for item in self.indicators
        }


def _position(
    name: str,
    index: Mapping[str, int],
    told: Callable[[], dict[Message, tuple[str, ...]]],
    none: str,
) -> int:
    position = index.get(spelling(name), -1)
    if position < 0:
        known = told()
        raise UnknownName(
            ambiguous(name, known)
            or lazy_gettext(none, name=name[:LONGEST_NAME], known=nearest(name, known))
        )
    return position
