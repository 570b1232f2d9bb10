"""The day of a page: the as-of day, else the newest day on which a figure that it shows was published."""

from __future__ import annotations

from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.question import Query
from dtrack.reporting.cells import DisplayOptions
from dtrack.reporting.document import Masthead
from dtrack.reporting.report import report

ROWS = [
    ("a", "growth", "H1-2024", "6.1", {"published": "2024-07-20"}),
    ("b", "growth", "H1-2024", "5.0", {"published": "2024-08"}),
    ("c", "growth", "H2-2024", "5.0", {"published": "2025-01-20"}),
]


def head(made, **options):
    return report(
        whole_board(made.open(), Query.of("H1-2024", **options)), DisplayOptions()
    ).letterhead


def test_the_newest_day_of_what_is_shown_as_it_is_on_file(city):
    assert head(city("", ROWS)).day == "figures published up to 2024-08"  # its last day is later


def test_the_as_of_day_where_one_is_asked_for(city):
    assert head(city("", ROWS), as_of="2024-07-31").day == "as at 2024-07-31"


def test_nothing_shown_has_no_day(city):
    assert head(city("", ROWS[2:])) == Masthead()


def test_publisher_and_contact_come_from_the_workspace(city):
    made = city("", ROWS)
    file = made.folder / "targets.toml"
    told = file.read_text(encoding="utf-8")
    keys = 'city = "city"\npublisher = { en = "Bureau" }\ncontact = "desk@example.org"\n'
    file.write_text(told.replace('city = "city"\n', keys, 1), encoding="utf-8", newline="\n")
    found = head(made)
    assert (found.publisher, found.contact) == ("Bureau", "desk@example.org")
