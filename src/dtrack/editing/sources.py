"""`dtrack sources add`: the change that puts one source into data/sources.csv."""

from __future__ import annotations

from collections.abc import Mapping

from dtrack.core.days import parse_day
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import as_seen
from dtrack.editing.review import ProposedEdit, change_of, looked_at, raw_of
from dtrack.model.schema import SOURCES_FILE
from dtrack.storage.csv_append import EditNotPossible, appended, header
from dtrack.workspace import Workspace

FILE = "data/sources.csv"


def add_source(dataset: Workspace, given: Mapping[str, str]) -> ProposedEdit:
    """What it takes to add a source; `given`: column → text, as schema.SOURCES_FILE names them.

    Raises ValueError where the id is there already (by another case or width too), id or title is
    blank, or the date is none; EditNotPossible where the file would not be read with it;
    BlockedByFindings where it cannot be read as it is.
    """
    # a row over several lines looks like several
    row = {name: " ".join(given.get(name, "").split()) for name in SOURCES_FILE}
    if not row["id"] or not row["title"]:
        raise ValueError(_("a source requires an id and a title"))
    parse_day(row["date"])
    there = {as_seen(name): name for name in dataset.sources}.get(as_seen(row["id"]))
    if there is not None:
        told = _(
            "the source “{source}” exists already: {cited}",
            source=there,
            cited=dataset.sources[there].cited,
        )
        raise ValueError(told)
    raw, seen = raw_of(dataset, FILE)
    change = change_of(dataset, FILE, with_source(raw, row), seen)
    after, _unused = looked_at(dataset, change)
    if list(after.sources)[len(dataset.sources) :] != [row["id"]]:
        told = _(
            "{file} would become invalid; first correct the errors that `dtrack check` lists",
            file=FILE,
        )
        raise EditNotPossible(told, FILE)
    return ProposedEdit(
        change,
        (_("Source {source}: {cited}", source=row["id"], cited=after.sources[row["id"]].cited),),
    )


def with_source(raw: bytes, row: Mapping[str, str]) -> bytes:
    """data/sources.csv with one source more; columns that it needs and the file lacks are added.

    Raises BlockedByFindings.
    """
    known = header(raw)
    told = {
        name: text
        for name, text in row.items()
        if name in known or not known or (name, text) != ("copy", "no")
    }
    return appended(raw, SOURCES_FILE, told, FILE)  # no column says no as well
