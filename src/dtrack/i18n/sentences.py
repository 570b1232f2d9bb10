"""Plain sentences about judged cells, in the language spoken.

In come counts and names, out goes text; nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterable

from dtrack.core.translate import _, counted, ngettext
from dtrack.i18n.terms import VERDICTS, basis_word

SIGNS = {
    "met": "✓",
    "missed": "✗",
    "open": "…",
    "undetermined": "?",
    "not_reported": "!",
    "no_target": "·",
    "": "",
}
ASCII_SIGNS = {
    "met": "+",
    "missed": "x",
    "open": "o",
    "undetermined": "?",
    "not_reported": "!",
    "no_target": ".",
    "": "",
}
# the order in which verdicts are counted
_COUNTED = ("missed", "not_reported", "undetermined", "open", "met")


def verdict_word(verdict: str) -> str:
    """The word of a verdict; "" where there is none."""
    return _(VERDICTS[verdict]) if verdict else ""


def verdict_words(verdict: str, basis: str, sure: bool | None, signs: dict[str, str]) -> str:
    """Sign and word.

    *stated* where a source said it, *not sure* where rounding or the kind of figure could turn it.
    """
    if not verdict:
        return ""
    word = f"{signs[verdict]} {verdict_word(verdict)}"
    if basis == "stated":
        return _("{verdict} (stated)", verdict=word)
    return (
        _("{verdict} (not sure)", verdict=word)
        if sure is False and verdict in ("met", "missed", "open")
        else word
    )


def basis_in_words(prices: str, scope: str) -> str:
    """What a figure is on that its indicator is not: prices “not_stated” and scope “other”."""
    told = [_("prices “{prices}”", prices=basis_word(prices))] * bool(prices)
    told += [_("scope “{scope}”", scope=basis_word(scope))] * bool(scope)
    return _(" and ").join(told)


def tally(counts: dict[str, int], districts: int, promised: int) -> str:
    """How many met, missed and so on, and what share of the districts has a target."""
    if not districts:
        return ""
    whole = ngettext("{count} district", "{count} districts", districts)
    if not promised:
        return _("None of the {districts} has a published target for this period.", districts=whole)
    return ngettext(
        "{count} of {districts} ({share} %) has a target: {verdicts}.",
        "{count} of {districts} ({share} %) have a target: {verdicts}.",
        promised,
        districts=whole,
        share=int(100 * promised / districts + 0.5),
        verdicts=counted_verdicts(counts, _COUNTED),
    )


def counted_verdicts(counts: dict[str, int], order: tuple[str, ...]) -> str:
    """`2 missed, 1 met`, in the order given."""
    found = [
        _("{count} {verdict}", count=counted(counts[one]), verdict=verdict_word(one))
        for one in order
        if counts.get(one)
    ]
    return _(", ").join(found)


def in_a_row(sentences: Iterable[str]) -> str:
    """Sentences one after the other, parted as the language parts them; empty ones are left out."""
    told = ""
    for sentence in filter(None, sentences):
        told = _("{first} {second}", first=told, second=sentence) if told else sentence
    return told
