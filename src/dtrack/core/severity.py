"""How much a finding matters, and what a rule says of its code."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from dtrack.core.translate import N_, _, ngettext


class Severity(StrEnum):
    """How much a finding matters.

    An error stops a report it could change, the others never do.
    """

    ERROR = N_("error")
    WARNING = N_("warning")
    INFO = N_("info")

    @property
    def word(self) -> str:
        """Its word in the active language; the value is English, for programs."""
        return _(self.value)

    def counted(self, count: int) -> str:
        """Return a count of findings: 2 warnings, 1 info note."""
        if self is Severity.INFO:
            return ngettext("{count} info note", "{count} info notes", count)
        if self is Severity.WARNING:
            return ngettext("{count} warning", "{count} warnings", count)
        return ngettext("{count} error", "{count} errors", count)


class ValidationRule(NamedTuple):
    """One code: its severity, what it means, and what to do about it.

    Of plausibility rules, `rule`: how they detect a figure, with thresholds; `explanation`: what it
    may be when nothing is wrong.
    """

    severity: Severity
    meaning: str
    remedy: str
    rule: str = ""
    explanation: str = ""
