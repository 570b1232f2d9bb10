"""The native chart beside a table of a workbook, drawn from its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dtrack.reporting.document import Column, Sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart

_DUST = 1e-9  # what two subtractions of decimals may differ by
_LEAST = 3  # bars worth a picture
_MOST = 40  # bars that can be told apart
_BLUE, _ORANGE = "#2F6DA8", "#C55A11"


def chart_of(book: Workbook, tab: str, sheet: Sheet, first: int, last: int) -> Chart | None:
    """Draw a table of areas: figures and what they are compared with; None where few numbers.

    Of amounts the per cent of the target, since sizes differ; where the target is pro-rated no
    column holds that per cent, and the figures are drawn without the whole. Rows `first` to `last`
    hold the table.
    """
    places = {column.key: place for place, column in enumerate(sheet.columns)}
    if "area" not in places or not _LEAST <= sheet.size <= _MOST:
        return None
    drawn = [key for key in _drawn(sheet) if _numbers(sheet, key) >= _LEAST]
    if not drawn:
        return None
    head = first - 1
    if drawn[0] != "percent_of_target" and not _in_points(sheet):
        first += _cities(sheet)
    area = places["area"]

    def cells(key: str) -> dict[str, Any]:
        column = places[key]
        return {
            "name": [tab, head, column],
            "categories": [tab, first, area, last, area],
            "values": [tab, first, column, last, column],
        }

    chart: Any = book.add_chart({"type": "column"})
    bars, *marks = drawn[:2]
    chart.add_series(cells(bars) | {"fill": {"color": _BLUE}, "gap": 60})
    for key in marks:
        line: Any = book.add_chart({"type": "line"})
        mark = {"type": "long_dash", "size": 12, "fill": {"color": _ORANGE}}
        mark["border"] = {"color": _ORANGE}
        line.add_series(cells(key) | {"line": {"none": True}, "marker": mark})
        chart.combine(line)
    chart.set_title(
        {"name": sheet.title, "name_font": {"size": 11, "bold": True}, "overlay": False}
    )
    chart.set_x_axis({"num_font": {"size": 9, "rotation": -45}, "label_position": "low"})
    axis: dict[str, Any] = {
        "num_font": {"size": 9},
        "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
    }
    chart.set_y_axis(axis | ({"min": 0} if drawn[0] == "percent_of_target" else {}))
    chart.set_legend({"position": "bottom", "font": {"size": 9}})
    drawn_chart: Chart = chart
    return drawn_chart


def _drawn(sheet: Sheet) -> tuple[str, ...]:
    """The columns to draw: per cents of the target where it is not pro-rated, else the figures.

    The target itself only where each gap is that of the number in its cell, which of a range it
    need not be.
    """
    keys = {column.key for column in sheet.columns}
    if "percent_of_target" in keys and "goal" not in keys:
        return ("percent_of_target",)
    if "actual" not in keys or not _alike(sheet):
        return ()
    if "goal" in keys:
        return "actual", "goal"
    return (
        ("actual", "target")
        if "target" in keys and _explains_gaps(sheet, "target")
        else ("actual",)
    )


def _explains_gaps(sheet: Sheet, key: str) -> bool:
    numbers = {column.key: Column.as_numbers(column) for column in sheet.columns}
    rows = zip(numbers["actual"], numbers[key], numbers["gap"], strict=True)
    return all(
        abs(abs(actual - target) - abs(gap)) < _DUST
        for actual, target, gap in rows
        if actual is not None and target is not None and gap is not None
    )


def _in_points(sheet: Sheet) -> bool:
    """No amounts, of which areas differ by their size."""
    return "percent_of_target" not in {column.key for column in sheet.columns}


def _cities(sheet: Sheet) -> int:
    """The first rows, which hold the whole and not a part of it."""
    tones = sheet.columns[0].tones or []
    return next((place for place, tone in enumerate(tones) if tone != "city"), 0)


def _alike(sheet: Sheet) -> bool:
    """The figures of all rows are of one unit."""
    return any(column.key == "gap" and column.alike for column in sheet.columns)


def _numbers(sheet: Sheet, key: str) -> int:
    """How many numbers a column holds."""
    of = [column for column in sheet.columns if column.key == key]
    return sum(one is not None for column in of for one in Column.as_numbers(column))
