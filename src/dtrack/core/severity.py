"""How much a finding matters, and what a rule says of its code."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from dtrack.core.translate import N_, _, ngettext


class Severity(StrEnum):
    """How much a finding matters.

    An error stops a report it could change, the others never do. Values are the words of files.
    """

    ERROR = N_("refuse")
    WARNING = N_("look again")
    INFO = N_("note")

    @property
    def word(self) -> str:
        """Its word in the active language; the value is English, for programs."""
        return _(self.value)

    def counted(self, count: int) -> str:
        """Return a count of findings: 2 look again, 1 note."""
        if self is Severity.INFO:
            return ngettext("{count} note", "{count} note", count)
        if self is Severity.WARNING:
            return ngettext("{count} look again", "{count} look again", count)
        return ngettext("{count} refuse", "{count} refuse", count)


class ValidationRule(NamedTuple):
    """One code: its severity, what it means, and what to do about it.

    Of plausibility rules, `found`: how they detect a figure, with thresholds; `innocent`: what it
    may be when nothing is wrong.
    """

    severity: Severity
    meaning: str
    remedy: str
    found: str = ""
    innocent: str = ""
