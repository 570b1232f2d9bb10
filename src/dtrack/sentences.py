"""Plain sentences about judged cells, in English. In come counts and names, out goes text; nothing is judged here."""

from __future__ import annotations

from collections.abc import Sequence

from dtrack.period import Period

SIGNS = {"met": "✓", "missed": "✗", "open": "…", "undetermined": "?", "not_reported": "!", "no_target": "·", "": ""}
ASCII_SIGNS = {"met": "+", "missed": "x", "open": "o", "undetermined": "?", "not_reported": "!", "no_target": ".", "": ""}
TARGET_FOR, GOAL_IS = "target for ", "the goal is "
_SHORT = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def verdict_words(verdict: str, basis: str, sure: bool | None, signs: dict[str, str]) -> str:
    """Sign and word; *stated* where a source said it, *not sure* where rounding or the kind of figure could turn it."""
    if not verdict:
        return ""
    word = f"{signs[verdict]} {verdict.replace('_', ' ')}"
    if basis == "stated":
        return f"{word} (stated)"
    return f"{word} (not sure)" if sure is False and verdict in ("met", "missed", "open") else word


def brief(period: Period) -> str:
    """A period in a narrow column: Jan–May 2024 for what has no short name of its own."""
    if ".." in str(period) and period.months % 12:
        return f"{_SHORT[period.start % 12]}–{_SHORT[period.end % 12]} {period.end // 12}"
    return str(period)


def basis_in_words(prices: str, scope: str) -> str:
    """What a figure is on that its indicator is not: prices “not_stated” and scope “other”."""
    return " and ".join([f"prices “{prices}”"] * bool(prices) + [f"scope “{scope}”"] * bool(scope))


def without_shown(note: str) -> str:
    """A note without what the column Target shows already."""
    return "; ".join(part for part in note.split("; ") if not part.startswith((TARGET_FOR, GOAL_IS)))


def listed(names: Sequence[str], most: int = 0) -> str:
    """Names in a row; past `most` the rest is counted."""
    if most and len(names) > most + 1:
        return ", ".join(names[:most]) + f" and {len(names) - most:,} more"
    return ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else "".join(names)


def plural(count: int, word: str) -> str:
    """`1 district`, `16 districts`."""
    return f"{count:,} {word}" + ("" if count == 1 else word and "s")


def tally(counts: dict[str, int], districts: int, promised: int) -> str:
    """How many met, missed and so on, and what share of the districts has a target."""
    words = [f"{counts[verdict]:,} {verdict.replace('_', ' ')}" for verdict in
             ("missed", "not_reported", "undetermined", "open", "met") if counts.get(verdict)]  # fmt: skip
    if not districts or not promised:
        return f"None of the {plural(districts, 'district')} has a published target for this period." if districts else ""
    share = f"{promised:,} of {plural(districts, 'district')} ({int(100 * promised / districts + 0.5)} %) "
    return f"{share}{'has' if promised == 1 else 'have'} a target: {', '.join(words)}."
