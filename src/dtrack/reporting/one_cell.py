"""One cell of the board: its target, its figure, its numbers with their units."""

from __future__ import annotations

from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.question import Query
from dtrack.core.arrays import NONE
from dtrack.core.period import Period
from dtrack.core.translate import _, numeral
from dtrack.i18n.terms import behind_number
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Area, Indicator


class OneCell:
    """One cell of a board, with its target and its figure."""

    def __init__(self, dataset: Dataset, area: Area, indicator: Indicator, question: Query) -> None:
        self.dataset, self.area, self.indicator, self.question = dataset, area, indicator, question
        self.cells = whole_board(dataset, question)
        self.period: Period = self.cells.periods[0]
        self.cell = (
            dataset.indicator_position[indicator.id] * len(dataset.areas)
            + dataset.area_position[area.id]
        )

    @property
    def target(self) -> int:
        """Row of the target, −1 where there is none."""
        return int(self.cells.target[self.cell])

    @property
    def actual(self) -> int:
        """Row of the figure, −1 where there is none."""
        return int(self.cells.actual[self.cell])

    def rows(self) -> list[int]:
        """Rows of the figure: one, none, or of several years together one a year."""
        if self.cells.of_years[self.cell]:
            years = self.cells.years
            rows: list[int] = years.row[:, self.cell][years.there[:, self.cell]].tolist()
            return rows
        return [self.actual] if self.actual != NONE else []

    def of_actual(self, column: str, row: int) -> str:
        """A text of the actuals; of years together theirs."""
        if row == self.actual and self.cells.of_years[self.cell]:
            return self.cells.texts(column)[self.cell]
        return str(self.dataset.actuals[column].iat[row])

    def of_target(self, column: str, row: int) -> str:
        """A text of the targets."""
        return str(self.dataset.targets[column].iat[row])

    def with_unit(self, number: str, *, of_gap: bool = False) -> str:
        """A number with the indicator's unit, or with that of its differences."""
        if self.indicator.in_percent and not of_gap:
            return _("{number}%", number=numeral(number))
        unit = self.indicator.gap_unit if of_gap else self.indicator.unit_shown
        return _("{number} {unit}", number=numeral(number), unit=behind_number(unit))

    def number(self, name: str) -> tuple[float, int]:
        """Goal or gap of the cell with its decimals."""
        goal, digits, _ = self.cells.goal
        if name == "goal":
            return float(goal[self.cell]), int(digits[self.cell])
        return float(self.cells.gap[self.cell]), max(
            int(digits[self.cell]), int(self.cells.decimals[self.cell])
        )
