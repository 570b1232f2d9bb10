"""A text column as positions and texts.

What a million rows say is looked at once, not a million times.

In come columns of text as they stand in a file, out go `Coded` columns, and pandas.Categorical of
them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dtrack.core.arrays import Flags, Ints

Objects = npt.NDArray[Any]


def category(codes: npt.NDArray[Any], names: Sequence[str]) -> Any:
    """A categorical column (pandas.Categorical) from positions and their names."""
    import pandas as pd

    return pd.Categorical.from_codes(codes, pd.Index(names, dtype=object), validate=False)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Coded:
    """A text column.

    Of each row the position of its text among `texts`, blanks around a text taken off.

    `once`: a text stands there once; not so in a column whose rows hardly say the same (`each`).
    """

    codes: Ints
    texts: list[str]
    once: bool = True

    @staticmethod
    def of(column: Objects) -> Coded:
        """A column of many rows that say the same."""
        import pandas as pd

        codes, found = pd.factorize(column)
        texts: list[str] = found.tolist()
        stripped = list(map(str.strip, texts))
        return Coded(codes, texts) if stripped == texts else _once(codes, stripped)

    @staticmethod
    def each(texts: Iterable[str]) -> Coded:
        """A column whose rows hardly say the same: each has its own text."""
        stripped = list(map(str.strip, texts))
        return Coded(np.arange(len(stripped)), stripped, once=False)

    @staticmethod
    def alike(text: str, size: int) -> Coded:
        """A column whose every row says the same."""
        return Coded(np.zeros(size, np.int64), [text.strip()])

    @staticmethod
    def stacked(parts: Sequence[Coded]) -> Coded:
        """Several columns under one another."""
        before = np.cumsum([0, *(len(part.texts) for part in parts)])
        codes = [
            np.zeros(0, np.int64),
            *(part.codes + shift for part, shift in zip(parts, before, strict=False)),
        ]
        joined, texts = np.concatenate(codes), [text for part in parts for text in part.texts]
        return (
            _once(joined, texts)
            if all(part.once for part in parts)
            else Coded(joined, texts, once=False)
        )

    def __len__(self) -> int:
        return len(self.codes)

    def text(self, row: int) -> str:
        """The text of a row."""
        return self.texts[int(self.codes[row])]

    def keep(self, rows: npt.NDArray[Any]) -> Coded:
        """The column with only the rows chosen by a mask or by positions."""
        return Coded(self.codes[rows], self.texts, self.once)

    def where(self, bad: Callable[[str], bool]) -> Flags:
        """Which rows have a text that is bad."""
        return (
            np.array(list(map(bad, self.texts)) or [False], bool)[self.codes]
            if len(self.codes)
            else self.codes == 1
        )

    def mapped(self, values: Sequence[int]) -> Ints:
        """Each row's text replaced by the number of its position."""
        return np.array(values or [0], np.int64)[self.codes]

    def categorical(self) -> Any:
        """As pandas.Categorical, of a column whose texts stand there once."""
        return category(self.codes, self.texts)

    def objects(self) -> Objects:
        """Each row's text."""
        return np.array(self.texts, object)[self.codes] if len(self.codes) else np.zeros(0, object)


def _once(codes: Ints, texts: list[str]) -> Coded:
    """The column with each text once."""
    distinct = list(dict.fromkeys(texts))
    if len(distinct) == len(texts):
        return Coded(codes, texts)
    position = {text: number for number, text in enumerate(distinct)}
    return Coded(np.array([position[text] for text in texts], dtype=np.int64)[codes], distinct)
