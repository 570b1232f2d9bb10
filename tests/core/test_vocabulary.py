"""A kind of indicator carries all that follows from it: none is kept elsewhere, none can lack."""

import re
from pathlib import Path

import pytest

import dtrack
from dtrack.core.vocabulary import Kind


@pytest.mark.parametrize(
    ("kind", "in_points", "read_at_end", "least"),
    [
        (Kind.GROWTH, True, False, 2.0),
        (Kind.SHARE, True, True, 2.0),
        (Kind.FLOW, False, False, 10.0),
        (Kind.STOCK, False, True, 10.0),
    ],
)
def test_what_follows_from_a_kind(kind, in_points, read_at_end, least):
    assert (kind.in_points, kind.read_at_end) == (in_points, read_at_end)
    assert kind.least_deviation == least
    assert Kind(kind.value) is kind
    assert str(kind) == kind.value


def test_a_kind_without_its_properties_cannot_be_made():
    with pytest.raises(ValueError, match="unpack"):
        Kind._new_member_(Kind, "index")


def test_no_module_holds_a_table_by_kind():
    """A kind added later would be missing there, and `dtrack check` would end as a bug."""
    table = re.compile("[\\s\\S]+".join(f'"{kind.value}":' for kind in Kind))
    source = Path(dtrack.__file__).parent
    assert [p.name for p in source.rglob("*.py") if table.search(p.read_text("utf-8"))] == []
