"""Small questions to a TOML table: the text, choice, day or number under a key.

Whatever is wrong becomes a finding at the dotted key.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from dtrack.core import translate
from dtrack.core.days import parse_day
from dtrack.core.figure import parse
from dtrack.core.findings import Finding
from dtrack.core.message import Message, deferred, lazy_enumerated, lazy_joined, message_of
from dtrack.core.message import lazy_gettext as _
from dtrack.core.places import TARGETS_FILE
from dtrack.core.translate import ENGLISH, LANGUAGES, N_, active_language
from dtrack.core.years import JANUARY, YEAR, Calendar
from dtrack.model.entities import Names

_KINDS = {  # what Python calls the values of TOML
    "str": N_("text"),
    "bool": N_("a boolean"),
    "int": N_("an integer"),
    "list": N_("a list"),
    "date": N_("a date"),
    "datetime": N_("a date and time"),
    "time": N_("a time of day"),
}


_NO_YEAR = N_("{name} must be a year, not “{value}”")
_NO_NUMBER = N_("{name} must be a number, not “{value}”")


class TomlTable:
    """Asks the questions of one file and keeps the findings."""

    def __init__(self, file: str = TARGETS_FILE) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def fault(self, code: str, key: str, message: Message, **scope: str) -> None:
        """Keep a finding at the key; `scope` may name area, indicator and period."""
        area, indicator, period = (scope.get(name, "") for name in ("area", "indicator", "period"))
        self.findings.append(Finding(code, self.file, None, key, message, area, indicator, period))

    def table(
        self, parent: dict[str, Any], name: str, key: str, *, needed: bool = False
    ) -> dict[str, Any]:
        """The table of that name, {} where there is none."""
        value = parent.get(name)
        if value is None and needed:
            self.fault("key-missing", key, _("missing [{key}]", key=key))
        if value is not None and not isinstance(value, dict):
            told = _(
                "{key} must be a table, not {kind}",
                key=key,
                kind=deferred(_kind, type(value).__name__),
            )
            self.fault("bad-value", key, told)
        return value if isinstance(value, dict) else {}

    def text(self, table: dict[str, Any], name: str, key: str, *, needed: bool = False) -> str:
        """The text under a key, "" where there is none."""
        value = table.get(name)
        if value is None:
            if needed:
                self.fault("key-missing", f"{key}.{name}", _("{name} is required", name=name))
            return ""
        if not isinstance(value, str) or (needed and not value.strip()):
            self.fault("bad-value", f"{key}.{name}", _("{name} must be text", name=name))
            return ""
        return value.strip()

    def texts(self, table: dict[str, Any], name: str, key: str) -> tuple[str, ...]:
        """The list of texts under a key, () where there is none."""
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fault("bad-value", f"{key}.{name}", _("{name} must be a list of texts", name=name))
            return ()
        return tuple(item.strip() for item in value)

    def choice(
        self,
        table: dict[str, Any],
        name: str,
        key: str,
        allowed: tuple[str, ...],
        scope: dict[str, str] | None = None,
        *,
        needed: bool = False,
    ) -> str:
        """One of the allowed words, "" where there is none."""
        value = self.text(table, name, key, needed=needed)
        if value and value not in allowed:
            sentence = _(
                "{name} must be {allowed}, not “{value}”",
                name=name,
                allowed=lazy_joined(N_(" or "), allowed),
                value=value[:40],
            )
            self.fault("bad-value", f"{key}.{name}", sentence, **(scope or {}))
            return ""
        return value

    def names(self, table: dict[str, Any], name: str, key: str) -> Names:
        """A name by language; a plain text is English."""
        value = table.get(name)
        if isinstance(value, str):
            return {"en": value}
        if (
            isinstance(value, dict)
            and value
            and all(isinstance(text, str) for text in value.values())
        ):
            self.unknown(value, LANGUAGES, f"{key}.{name}")
            return {language: value[language] for language in LANGUAGES if language in value}
        if value is None and not table:
            return {}
        code = "key-missing" if value is None else "bad-value"
        told = _('{name} must be text, or {{ en = "…", zh = "…", fr = "…" }}', name=name)
        self.fault(code, f"{key}.{name}", told)
        return {}

    def day(self, table: dict[str, Any], name: str, key: str, **scope: str) -> tuple[str, int]:
        """A date as entered and as yyyymmdd: 0 where there is none, −1 where it cannot be read."""
        value = table.get(name, "")
        text = value.isoformat()[:10] if isinstance(value, dt.date) else str(value)
        try:
            return text, parse_day(text)
        except ValueError as error:
            self.fault("bad-date", f"{key}.{name}", message_of(error), **scope)
            return text, -1

    def calendar(self, head: dict[str, Any]) -> Calendar:
        """With which month years begin, as [workspace] says."""
        month = head.get("year_starts")
        ends = ("start", "end")
        named = self.choice(head, "year_named", "workspace", ends)
        if month is None and named:
            told = _("year_named requires year_starts, the first month of the year")
            self.fault("key-missing", "workspace.year_starts", told)
        if month is None:
            return JANUARY
        if isinstance(month, bool) or not isinstance(month, int) or not 1 <= month <= YEAR:
            told = _(
                "year_starts must be a month from 1 to 12, not “{value}”", value=str(month)[:40]
            )
            self.fault("bad-value", "workspace.year_starts", told)
            return JANUARY
        return Calendar(month, named == "end", told=True)

    def unknown(self, table: dict[str, Any], allowed: tuple[str, ...], key: str) -> None:
        """Tell every key that is not one of the allowed."""
        for name in table:
            if name not in allowed:
                where = f"{key}.{name}" if key else name
                known = lazy_enumerated(allowed)
                told = _("unknown key “{name}”; valid keys: {known}", name=name, known=known)
                self.fault("key-unknown", where, told)

    def number(self, table: dict[str, Any], name: str, key: str) -> float | None:
        """A number under a key; `base` is a whole year. None where there is none."""
        value = table.get(name)
        if value is None:
            return None
        try:
            number = parse(str(value)).low
        except ValueError:
            number = None
        if (
            number is None
            or isinstance(value, bool)
            or (name == "base" and not isinstance(value, int))
        ):
            sentence = _NO_YEAR if name == "base" else _NO_NUMBER
            self.fault("bad-value", f"{key}.{name}", _(sentence, name=name, value=str(value)[:40]))
            return None
        return float(number)


def _kind(kind: str) -> str:
    """What a value of TOML is: in English as Python calls it."""
    if active_language() == ENGLISH:
        return kind
    return translate._(_KINDS.get(kind, N_("a number")))
