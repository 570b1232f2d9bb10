"""What a return reports, as values: its figures as columns, and what is known of the cells on the way there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from dtrack.intake.layout import Taken
from dtrack.intake.measure import Unit


@dataclass(slots=True)
class Arrived:
    """The figures of a return, one list a column. `answered`: the form was told (a sign or the map), so none is asked."""

    area: list[str] = field(default_factory=list)
    indicator: list[str] = field(default_factory=list)
    period: list[str] = field(default_factory=list)
    value: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    origin: list[str] = field(default_factory=list)
    answered: list[bool] = field(default_factory=list)
    silent: int = 0


class Kept(NamedTuple):
    """What is kept of one text under one heading: the value and a note; "" where nothing is.

    `heard`: the figure as it stood there, whose decimals tell the smallest unit of the table. `odd`: the code of a finding
    at each such cell, with the reason why nothing is kept, or how it is read.
    """

    value: str = ""
    heard: str = ""
    note: str = ""
    odd: str = ""
    reason: str = ""
    answered: bool = False


@dataclass(slots=True)
class Under:
    """The cells of one column that one indicator is the name of: what holds for all of them, and each text understood.

    `position` −1: the name is no indicator's. `period` "": their rows say. `wanted`: an indicator's that was asked for.
    `form` and `unit`: as the map or the heading tells. `as_it_is`: a plain number is the figure, to the letter,
    and of the one period.
    """

    taken: Taken
    position: int
    period: str
    wanted: bool
    form: str = ""
    unit: Unit | None = None
    as_it_is: bool = False
    known: dict[str, Kept] = field(default_factory=dict)


Cell = tuple[int, int, Under, str, Kept | str]
"""A figure where it stood: row, position of the area, heading, period; last what is kept, of a plain number its text."""
