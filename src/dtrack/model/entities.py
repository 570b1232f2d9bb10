"""What a workspace names: areas, indicators, sources, targets as entered, items between levels."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from dtrack.core.bands import Band
from dtrack.core.message import Deferred, Message, deferred, lazy_gettext
from dtrack.core.period import Period
from dtrack.core.translate import _, active_language, named
from dtrack.core.units import scale_and_base
from dtrack.core.vocabulary import Direction, Kind, Pace
from dtrack.i18n.terms import unit_word

PEER = "peer"  # the one role that an area may be given
Names = dict[str, str]


class Place(IntEnum):
    """Where an area stands to the city, in the order of the tables; BELOW: part of another area."""

    CITY, REFERENCE, DISTRICT, ZONE, PEER, BELOW = range(6)


@dataclass(frozen=True, slots=True)
class NamedEntity:
    """What has an id, and names by language; `shorts`: short names, for where room is scarce."""

    id: str
    names: Names
    shorts: Names = field(default_factory=dict, kw_only=True)

    @property
    def name(self) -> str:
        """The name in the language spoken, else the English one, else any, else the id."""
        return named(self.names, self.id)

    @property
    def lazy_name(self) -> Deferred:
        """As `name`, in the language active when it is shown."""
        return deferred(named, tuple(self.names.items()), self.id)

    @property
    def short(self) -> str:
        """The short name in the language spoken, else the name in it, else as `name`.

        A short English name goes before an English name where the language has neither.
        """
        spoken = active_language()
        own = self.shorts.get(spoken) or self.names.get(spoken)
        return own or named(self.shorts, "") or self.name


@dataclass(frozen=True, slots=True)
class Area(NamedEntity):
    """A district, a zone, the city or another city.

    `overlaps`: ids of areas that it lies inside of; it is then in no sum. `line`: of
    data/areas.csv. `role`: PEER of a city that lies beside the city, else "". `since`, `until`: its
    first and last day as yyyymmdd, 0 where none is known; `successors`: ids of what it became.
    `tile`: its column and row on the tile map, from 0.
    """

    code: str = ""
    parent: str = ""
    aliases: tuple[str, ...] = ()
    overlaps: tuple[str, ...] = ()
    line: int | None = None
    role: str = ""
    since: int = 0
    until: int = 0
    successors: tuple[str, ...] = ()
    tile: tuple[int, int] | None = None


def place_of(area: Area, city: str, reference: str) -> Place:
    """Where an area stands to the city and the reference (ids, "" for none).

    The one definition of a district: districts alone are counted, ranked and summed. What hangs
    from the reference beside the city is a peer too.
    """
    if area.id in (city, reference):
        return Place.CITY if area.id == city else Place.REFERENCE
    if area.role == PEER:
        return Place.PEER
    if area.overlaps:
        return Place.ZONE
    if area.parent in ("", city):
        return Place.DISTRICT
    return Place.PEER if area.parent == reference else Place.BELOW


@dataclass(frozen=True, slots=True)
class Break:
    """A day from which levels are another series, never joined with editions before it."""

    at: int
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class Indicator(NamedEntity):
    """What is measured.

    `weight`: the flow whose base-period level weights the areas. `yearly`: the growth whose yearly
    figures an average over years is made of. `base`: the year a path starts from; `limit`: the
    value it cannot pass. `aliases`: other names. `pace`: of a flow, what part of the year's target
    is due. `aggregate`: an Aggregate, how a whole is made of all its parts where nobody published
    it. `growth_of`: the flow or stock that it is the growth of, so that it follows from two levels.
    `amber`: how far a target may be missed for the light to be amber. `held`: the TargetClass of
    its targets. `reporting`: the ids of the areas that are due to report it; () where it does not
    say.
    """

    kind: Kind
    unit: str
    better: Direction
    prices: str = ""
    weight: str = ""
    breaks: tuple[Break, ...] = ()
    yearly: str = ""
    base: int | None = None
    limit: float | None = None
    aliases: tuple[str, ...] = ()
    pace: Pace = Pace.LAST_YEAR
    aggregate: str = ""
    growth_of: str = ""
    amber: Band | None = None
    held: str = ""
    reporting: tuple[str, ...] = ()

    @property
    def in_points(self) -> bool:
        """True where a gap is told in percentage points."""
        return self.kind.in_points

    @property
    def lower_is_better(self) -> bool:
        """True where a gap's sign is turned."""
        return self.better == Direction.DOWN

    @property
    def in_percent(self) -> bool:
        """True where its figures are per cents."""
        return self.unit in ("percent", "%")

    @property
    def unit_shown(self) -> str:
        """The unit as people read it beside a figure: % for percent."""
        return "%" if self.in_percent else unit_word(self.unit)

    @property
    def named(self) -> str:
        """Its name with the unit: GDP growth (%)."""
        return _("{name} ({more})", name=self.name, more=self.unit_shown)

    @property
    def gap_unit(self) -> str:
        """Pp for growth and share, else the unit."""
        return str(self.lazy_gap_unit)

    @property
    def lazy_gap_unit(self) -> Message | Deferred:
        """As `gap_unit`, in the language active when it is shown."""
        return lazy_gettext("pp") if self.in_points else deferred(unit_word, self.unit)

    @property
    def scale(self) -> int:
        """The power of ten in its unit: 8 for "100 million CNY" and 亿元, 4 for 万人."""
        return scale_and_base(self.unit)[0]

    @property
    def base_unit(self) -> str:
        """The unit without its scale words: CNY for "100 million CNY"."""
        return scale_and_base(self.unit)[1]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was published. `copy`: it was read in a copy of the publisher's text.

    `files` and `sha256`: the files under data/received that were imported from it, and what they
    must hash to.
    """

    id: str
    title: str
    publisher: str = ""
    date: str = ""
    url: str = ""
    copy: bool = False
    files: tuple[str, ...] = ()
    sha256: tuple[str, ...] = ()
    line: int | None = None

    @property
    def cited(self) -> str:
        """Title, publisher, day, address, and whether it was read in a copy, in one line."""
        parts = (
            self.title,
            self.publisher,
            self.date,
            self.url,
            _("secondary source") if self.copy else "",
        )
        return _(", ").join(part for part in parts if part)


class Letterhead(NamedTuple):
    """Who publishes the documents of a workspace, whom to ask, and the number of the issue.

    By language, as pairs.
    """

    publishers: tuple[tuple[str, str], ...] = ()
    contacts: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()

    @property
    def publisher(self) -> str:
        """The publisher in the language spoken, "" where none is named."""
        return named(self.publishers, "")

    @property
    def contact(self) -> str:
        """Whom to ask, in the language spoken, "" where nobody is named."""
        return named(self.contacts, "")

    @property
    def number(self) -> str:
        """The number of the issue as printed, in the language spoken, "" where there is none."""
        return named(self.numbers, "")


NO_LETTERHEAD = Letterhead()


class Terms(NamedTuple):
    """What stands beside the value of a target.

    `both`: both ends of its range count. `aim`: what is striven for beyond it, as worded. `by`: who
    assigned it, the id of an area where it names one. `held`: its TargetClass. `sound`: nothing of
    this is faulty.
    """

    both: bool = False
    aim: str = ""
    by: str = ""
    held: str = ""
    sound: bool = True

    @property
    def told(self) -> bool:
        """Anything stands there."""
        return self != NO_TERMS


NO_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """One target as entered, before its figure is placed in a frame.

    `set_day` is −1 where it cannot be read. `over`: what it is of, of several years, where it says
    so.
    """

    area: str
    indicator: str
    period: Period
    value: str
    set: str
    set_day: int
    source: str
    stated: str
    key: str
    over: str = ""
    terms: Terms = NO_TERMS


@dataclass(frozen=True, slots=True)
class ReconciliationItem:
    """A named, signed item between the city's level and its districts' sum, in their unit."""

    indicator: str
    period: Period
    name: str
    number: float
    source: str
    decimals: int = 0
