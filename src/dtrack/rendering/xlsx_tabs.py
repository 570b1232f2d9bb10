"""Names of a workbook's tabs, as Excel takes them."""

from __future__ import annotations

import re

from dtrack.core.translate import _, active_language

_TAB = 31  # letters of a tab's name
# at the end of a title
_UNIT, _UNIT_IN_CHINESE = re.compile(r"(?<=.) \([^()]*\)$"), re.compile(r"(?<=.)（[^（）]*）$")


def tab_name(title: str, taken: set[str]) -> str:
    r"""A tab's name: no unit, up to 31 signs, none of []:*?/\, not in `taken`, to which it goes."""
    at_end = _UNIT_IN_CHINESE if active_language() == "zh" else _UNIT
    plain = re.sub(r"[\[\]:*?/\\]+", " ", at_end.sub("", title))
    plain = re.sub(r"\s+", " ", plain).strip(" '") or _("Table")
    name, number = _cut(plain, ""), 1
    while name.casefold() in taken:
        number += 1
        name = _cut(plain, f" ({number})")
    taken.add(name.casefold())
    return name


def _cut(name: str, after: str) -> str:
    """The name with `after`, cut at 31 signs as Excel counts: those beyond U+FFFF are two."""
    room = _TAB - len(after)
    if _units(name) <= room:
        return name + after
    while _units(name) >= room:
        name = name[:-1]
    return name.rstrip(" '") + "…" + after


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
