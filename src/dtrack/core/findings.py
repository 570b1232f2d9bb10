"""What can be wrong with the input, as values.

In come a place and a sentence, out go findings that anyone can print.

A fault of the user's data is a `Finding` in a list, never an exception on the way; only when a
report cannot be given does `BlockedByFindings` carry the whole list up. Exit codes are told here
and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from dtrack.core.message import Message, lazy_counted, lazy_gettext, lazy_listed, lazy_ngettext
from dtrack.core.rules import CATALOGUE, Severity
from dtrack.core.translate import N_, _

if TYPE_CHECKING:
    import numpy.typing as npt

DONE, BAD_COMMAND, REFUSED, MISSED, BUG, INTERRUPTED = 0, 2, 3, 4, 70, 130


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the input.

    `file` is relative to the workspace; `line` counts from 1 (None where the format gives none:
    then `column` holds
    the dotted key). `area`, `indicator` and `period` say which verdicts it could change; empty
    means any. `day`
    (yyyymmdd) is the day of publication of the row it speaks of, 0 where it has none. `value` is
    the figure as it
    stands there, `origin` where it stood before it came here (workbook.xlsx!上半年!D7). `refused`:
    what would only be
    looked at again is refused here, at the door of `import`. `more`: how many others of its kind it
    counts, which are not told.
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
        """How many findings it is: those that it only counts, else one."""
        return self.more or 1

    @property
    def severity(self) -> Severity:
        """Of the code, from the catalogue; graver where it is refused at the door."""
        return Severity.ERROR if self.refused else CATALOGUE[self.code].severity

    @property
    def remedy(self) -> str:
        """What to do about it, from the catalogue, in the language spoken."""
        return _(CATALOGUE[self.code].remedy)

    @property
    def place(self) -> str:
        """`file:line:column`, without the parts that are not known.

        After it, in brackets, the cell it came from.
        """
        if self.line is None:
            place = (
                f"{self.file}: {self.column}"
                if self.file and self.column
                else self.file or self.column
            )
        else:
            place = f"{self.file}:{self.line}" + (f":{self.column}" if self.column else "")
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


# findings of one kind; past them the rest is counted, so that a broken million stays readable
MOST_ROWS = 1000


def row_findings(
    rows: range | npt.NDArray[Any], make: Callable[[int], Finding], most: int = MOST_ROWS
) -> list[Finding]:
    """A finding for each of the rows; past `most` one that counts the rest."""
    told = [make(int(row)) for row in rows[:most]]
    return with_rest(told, len(rows), N_("and {count} more rows after this one: {sentence}"))


def with_rest(told: list[Finding], count: int, message: str) -> list[Finding]:
    """The findings, and where there are `count` in all and more than these, the message that counts the rest, at the last place."""
    if len(told) >= count:
        return told
    last, more = told[-1], count - len(told)
    rest = lazy_gettext(message, count=lazy_counted(more), sentence=last.message)
    return [
        *told,
        replace(last, message=rest, area="", indicator="", period="", day=0, value="", more=more),
    ]


@dataclass(slots=True)
class Findings:
    """Findings one after another.

    Of each code the first `MOST_ROWS`, and behind them one that counts the rest.
    """

    told: dict[tuple[str, Severity], list[Finding]] = field(default_factory=dict)
    counts: dict[tuple[str, Severity], int] = field(default_factory=dict)

    def tell(self, finding: Finding) -> None:
        """Keep it, or count it."""
        kind = (finding.code, finding.severity)
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if self.counts[kind] <= MOST_ROWS:
            self.told.setdefault(kind, []).append(finding)

    def __iter__(self) -> Iterator[Finding]:
        message = N_("and {count} more like this one: {sentence}")
        return (
            finding
            for kind, told in self.told.items()
            for finding in with_rest(told, self.counts[kind], message)
        )

    def __bool__(self) -> bool:
        return bool(self.counts)


class BlockedByFindings(Exception):
    """The input cannot give this result. `findings` holds all that stands against it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(map(str, self.findings))


class UnknownName(ValueError):
    """A name asked for that the workspace does not have; the message offers the nearest ones."""


class WriteFailed(Exception):
    """A workspace could not be changed, or not to the end.

    `message` is one sentence: what stands now, what to do.
    """

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def changed_meanwhile(names: Sequence[str]) -> WriteFailed:
    """What is raised where files are no longer what a change was made from: it names them."""
    return WriteFailed(
        lazy_ngettext(
            "{files} was changed by somebody else meanwhile; nothing was written. Run it again.",
            "{files} were changed by somebody else meanwhile; nothing was written. Run it again.",
            len(names),
            files=lazy_listed(names, most=5),
        )
    )
