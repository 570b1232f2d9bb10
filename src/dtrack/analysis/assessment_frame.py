"""Judged cells → the assessment frame of schema.ASSESSMENT, and the whole board of one period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dtrack.analysis.assessment import VERDICTS, Assessment
from dtrack.analysis.beside import aim_verdicts, has_aim, lights
from dtrack.analysis.blocking import raise_if_blocked
from dtrack.analysis.derived import with_derived
from dtrack.analysis.notes import notes
from dtrack.analysis.percentages import DECIMALS, percent_of_target, percent_of_time
from dtrack.analysis.question import Query
from dtrack.core.arrays import Ints, ints, texts_at
from dtrack.core.translate import joined
from dtrack.model.dataset import Dataset
from dtrack.model.schema import ASSESSMENT, ASSESSMENT_LAST, names

if TYPE_CHECKING:
    import pandas as pd

NOTE_BELOW = "note_below"
NOTE_PARTS = "note_parts"
CAVEAT = "caveat"
Objects = npt.NDArray[Any]


def whole_board(dataset: Dataset, question: Query) -> Assessment:
    """One cell for every indicator and area, in file order, for the period of the question."""
    if question.period is None:
        raise ValueError("a period is needed, as H1-2024")
    areas, indicators = len(dataset.areas), len(dataset.indicators)
    area, indicator = np.tile(np.arange(areas), indicators), np.repeat(np.arange(indicators), areas)
    return Assessment(
        dataset, question, [question.period], np.zeros(len(area), np.int64), area, indicator
    )


def assess(dataset: Dataset, question: Query) -> pd.DataFrame:
    """The assessment frame of the whole board.

    Raises BlockedByFindings where a finding could change one of its verdicts.
    """
    raise_if_blocked(dataset, question)
    return frame_of(whole_board(with_derived(dataset, question), question))


def _texts(values: list[str], positions: Ints) -> Objects:
    return np.array(values or [""], dtype=object)[positions]


def columns_of(cells: Assessment) -> dict[str, Objects]:
    """Every column of ASSESSMENT and ASSESSMENT_LAST as an array; `sure` is True, False or None.

    Three more: NOTE_BELOW, the note without what a table shows beside it; NOTE_PARTS, its sentences
    one by one; CAVEAT, why a verdict is not sure.
    """
    dataset, areas, indicators = cells.dataset, cells.dataset.areas, cells.dataset.indicators

    def actual(name: str) -> Objects:
        return np.array(cells.texts(name), object)

    def target(name: str) -> Objects:
        return np.array(texts_at(dataset.targets, name, cells.target), object)

    verdict, sure = cells.verdict
    whole, rest = notes(cells)
    note, below = ([joined("; ", parts) for parts in one] for one in (whole, rest))
    parts = np.empty(len(rest), object)
    parts[:] = rest
    computed = np.where(cells.reported & cells.has_target, "computed", "")
    basis = np.where(cells.stated, "stated", computed)
    target_number = dataset.targets["number"].to_numpy() if len(dataset.targets) else np.zeros(1)
    return {
        "period": _texts([str(period) for period in cells.periods], cells.which),
        "area": _texts([area.id for area in areas], cells.area),
        "area_code": _texts([area.code for area in areas], cells.area),
        "area_name": _texts([area.name for area in areas], cells.area),
        "indicator": _texts([item.id for item in indicators], cells.indicator),
        "indicator_name": _texts([item.name for item in indicators], cells.indicator),
        "unit": _texts([item.unit for item in indicators], cells.indicator),
        "target": np.where(cells.has_target, target_number[cells.target], np.nan),
        "target_text": target("value"),
        "target_period": target("period"),
        "target_set": target("set"),
        "target_source": target("source"),
        "goal": np.where(cells.has_target, cells.goal.value, np.nan),
        "actual": cells.number,
        "actual_text": actual("value"),
        "actual_period": actual("period"),
        "status": actual("status"),
        "published": actual("published"),
        "source": actual("source"),
        "gap": cells.gap,
        "gap_unit": _texts([item.gap_unit for item in indicators], cells.indicator),
        "verdict": _texts([word.value for word in VERDICTS], verdict),
        "sure": np.where(basis == "computed", sure.astype(object), np.array(None, object)),
        "basis": basis.astype(object),
        "vs_city": cells.versus(dataset.city_position)[0],
        "note": np.array([*note, ""], dtype=object)[:-1],
        "percent_of_target": percent_of_target(cells),
        "percent_of_time": percent_of_time(cells),
        "light": lights(cells),
        "aim": np.where(has_aim(cells), target("aim"), ""),
        "aim_verdict": _texts([word.value for word in VERDICTS], aim_verdicts(cells)),
        CAVEAT: cells.caveat,
        NOTE_PARTS: parts,
        NOTE_BELOW: np.array([*below, ""], dtype=object)[:-1],
    }


def decimals_of(cells: Assessment) -> dict[str, Ints]:
    """The decimals at which each number of the frame is shown."""
    frame = cells.dataset.targets
    target = ints(frame, "decimals") if len(frame) else np.zeros(1, np.int64)
    return {
        "target": target[cells.target],
        "goal": cells.goal.decimals,
        "actual": cells.decimals,
        "gap": cells.gap_decimals,
        "vs_city": cells.versus(cells.dataset.city_position)[1],
        "percent_of_target": np.full(len(cells.area), DECIMALS),
        "percent_of_time": np.full(len(cells.area), DECIMALS),
    }


def frame_of(cells: Assessment) -> pd.DataFrame:
    """The assessment frame: text columns of str, numbers float64, `sure` nullable boolean.

    Its last columns are those of schema.ASSESSMENT_LAST.
    """
    import pandas as pd

    columns: dict[str, Any] = columns_of(cells)
    columns["sure"] = pd.array(columns["sure"].tolist(), dtype="boolean")
    return pd.DataFrame({name: columns[name] for name in names(ASSESSMENT + ASSESSMENT_LAST)})
