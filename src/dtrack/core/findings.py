"""Findings: what is wrong with the input, as values; exceptions that carry them; exit codes.

A fault of the user's data is a `Finding` in a list and never an exception on the way. Only where a
result cannot be given does `BlockedByFindings` carry the whole list up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dtrack.core.message import Message, lazy_counted, lazy_gettext, lazy_listed, lazy_ngettext
from dtrack.core.rules import CATALOGUE
from dtrack.core.severity import Severity
from dtrack.core.translate import N_, _

if TYPE_CHECKING:
    import numpy.typing as npt

DONE, BAD_COMMAND, REFUSED, MISSED, BUG, INTERRUPTED = 0, 2, 3, 4, 70, 130
# findings of one kind; past them the rest is counted, so that a broken million stays readable
MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the input: code, place and message, equal to another if these are.

    `file`: relative to the workspace; `line`: from 1, None where the format gives none (then
    `column` holds the dotted key). `area`, `indicator`, `period`: which verdicts it could change;
    "" means any. `day`: publication (yyyymmdd) of its row, 0 where it has none. `value`: the figure
    as it stands there; `origin`: where it stood before it came here (workbook.xlsx!上半年!D7).
    `refused`: True if a warning is an error here, as in `import`. `more`: number of findings of its
    kind that it stands for.
    """

    code: str
    file: str
    line: int | None
    column: str
    message: Message
    area: str = ""
    indicator: str = ""
    period: str = ""
    day: int = 0
    value: str = ""
    origin: str = ""
    refused: bool = False
    more: int = 0

    @property
    def sentence(self) -> str:
        """What is wrong, in the active language."""
        return str(self.message)

    @property
    def counts(self) -> int:
        """Number of findings that it stands for."""
        return self.more or 1

    @property
    def severity(self) -> Severity:
        """Severity of its code; an error where it is `refused`."""
        return Severity.ERROR if self.refused else CATALOGUE[self.code].severity

    @property
    def remedy(self) -> str:
        """What to do about it, in the active language."""
        return _(CATALOGUE[self.code].remedy)

    @property
    def place(self) -> str:
        """`file:line:column (origin)`, without the parts that are not known."""
        between, line = (": ", "") if self.line is None else (":", f":{self.line}")
        place = between.join(filter(None, (self.file + line, self.column)))
        return f"{place} ({self.origin})" if self.origin and place else self.origin or place

    def __str__(self) -> str:
        return _(
            "{place}: {severity}: {sentence} [{code}] → {remedy}",
            place=self.place,
            severity=self.severity.word,
            sentence=self.sentence,
            code=self.code,
            remedy=self.remedy,
        )


def row_findings(
    rows: range | npt.NDArray[Any], make: Callable[[int], Finding], most: int = MOST_ROWS
) -> list[Finding]:
    """Return a finding for each of the first rows, and one that counts those past `most`."""
    first = [make(int(row)) for row in rows[:most]]
    return with_rest(
        first,
        len(rows),
        lambda more, sentence: lazy_ngettext(
            "and {count} more row below: {sentence}",
            "and {count} more rows below: {sentence}",
            more,
            sentence=sentence,
        ),
    )


def with_rest(
    first: list[Finding], count: int, told: Callable[[int, Message], Message]
) -> list[Finding]:
    """Return the first of `count` findings, and one at the last place that counts the others.

    `told` says how many more there are, of the last one's message.
    """
    if len(first) >= count:
        return first
    last, more = first[-1], count - len(first)
    return [
        *first,
        replace(
            last,
            message=told(more, last.message),
            area="",
            indicator="",
            period="",
            day=0,
            value="",
            more=more,
        ),
    ]


@dataclass(slots=True)
class Findings:
    """Findings by code and severity: the first `MOST_ROWS` of each, one for the rest."""

    first: dict[tuple[str, Severity], list[Finding]] = field(default_factory=dict)
    counts: dict[tuple[str, Severity], int] = field(default_factory=dict)

    def tell(self, finding: Finding) -> None:
        """Keep it, or count it."""
        kind = (finding.code, finding.severity)
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if self.counts[kind] <= MOST_ROWS:
            self.first.setdefault(kind, []).append(finding)

    def __iter__(self) -> Iterator[Finding]:
        def told(more: int, sentence: Message) -> Message:
            message = N_("and {count} more of this kind: {sentence}")
            return lazy_gettext(message, count=lazy_counted(more), sentence=sentence)

        for kind, first in self.first.items():
            yield from with_rest(first, self.counts[kind], told)

    def __bool__(self) -> bool:
        return bool(self.counts)


class BlockedByFindings(Exception):
    """The input cannot give this result. `findings`: all that stands against it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(map(str, self.findings))


class UnknownName(ValueError):
    """A name that the workspace does not have; the message offers the nearest ones."""


class WriteFailed(Exception):
    """A workspace could not be changed, or not to the end.

    `message`: what stands now and what to do, in one sentence.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def changed_meanwhile(names: Sequence[str]) -> WriteFailed:
    """Return the refusal of a change whose files are no longer those that it was made from."""
    return WriteFailed(
        lazy_ngettext(
            "{files} was changed by another user in the meantime; nothing was written. "
            "Run the command again.",
            "{files} were changed by another user in the meantime; nothing was written. "
            "Run the command again.",
            len(names),
            files=lazy_listed(names, most=5),
        )
    )
