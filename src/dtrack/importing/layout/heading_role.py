"""What the texts above a column say of its role: targets, results, values, the indicator asked for.

The lowest text that says anything decides: 目标 below a band 目标完成情况 is a target. What was
reached, how much of a target that is (完成年度目标%) and the year before are no targets, whatever
indicator they name. The figures of a long table stand under no heading, a word for values, a period
or a unit; what else a heading says is not taken for them because it stands alone: a map says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dtrack.core.figure import plain_text
from dtrack.core.message import Message, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import spelling
from dtrack.importing.layout.headings import Heading
from dtrack.model.entities import Indicator
from dtrack.parsing import lexicon
from dtrack.parsing.cell import without_marks

AIM, REACHED = "aim", "reached"


# -- targets and results ---------------------------------------------------------------------------
def target_role(parts: Sequence[str], item: Indicator | None = None) -> str:
    """AIM, REACHED, or "" for neither; the name of its indicator `item` says nothing."""
    for part in reversed(parts):
        text = _without_name(part, item) if item else part
        if lexicon.RESULTS.search(text):
            return REACHED
        if lexicon.TARGETS.search(text):
            return AIM
    return ""


def speaks_of_targets(texts: Sequence[str]) -> bool:
    """One of the texts speaks of targets, whatever it says of them: a plain import leaves it be."""
    return any(map(lexicon.TARGETS_FOR_SURE.search, texts))


def without_target_words(part: str) -> str:
    """A text of a heading without the words that say it is a target."""
    return lexicon.MORE_TARGET_WORDS.sub("", part).strip()


def why_no_target(heading: Heading, role: str, beside: str) -> Message | None:
    """Why a column holds no targets, or None; `beside`: the indicator that another holds."""
    if role == REACHED:
        return _(
            "“{heading}” is a result or a percentage of target; if it holds the targets, "
            "assign it in a map",
            heading=heading.text,
        )
    if heading.relative:
        return _(
            "“{heading}” is the year before that of the targets; if it holds the "
            "targets, assign it in a map",
            heading=heading.text,
        )
    if beside and not role:
        return _(
            "“{heading}” does not refer to targets, and another column holds those for "
            "{indicator}; if it holds the targets, assign it in a map",
            heading=heading.text,
            indicator=beside,
        )
    return None


def _without_name(part: str, item: Indicator) -> str:
    """The text without the longest name of the indicator that stands in it."""
    names = sorted(filter(None, (*item.names.values(), *item.aliases)), key=len, reverse=True)
    found = next((name for name in names if name.casefold() in part.casefold()), "")
    if found:
        at = part.casefold().find(found.casefold())
        return part[:at] + " " + part[at + len(found) :]
    return "" if spelling(part) in map(spelling, names) else part


# -- values ----------------------------------------------------------------------------------------
def is_value_heading(parts: Sequence[str]) -> bool:
    """The heading of a column that holds just values."""
    return any(spelling(part) in lexicon.VALUE_HEADS for part in parts)


def is_growth_heading(parts: Sequence[str], words: str) -> bool:
    """The heading of a column that tells a growth, and not of what."""
    return spelling(words or (parts[-1] if parts else "")) in lexicon.GROWTH_HEADS


def is_no_figure_heading(parts: Sequence[str]) -> bool:
    """The heading of a column that never holds figures: a rank, a code, a remark."""
    return any(spelling(part) in lexicon.NOT_FIGURES for part in parts)


def says_values(
    parts: Sequence[str], read: Callable[[list[str]], Heading], *, of_targets: bool
) -> bool:
    """Every text says value, period or unit, or with `of_targets` tells of targets."""
    return all(
        (of_targets and target_role([part]) == AIM) or _is_value(part, read([part]))
        for part in parts
    )


def _is_value(part: str, heading: Heading) -> bool:
    if heading.words:
        return spelling(heading.words) in lexicon.VALUE_HEADS
    rest = without_marks(plain_text(part)).replace(heading.unit, "")
    # else periods that do not agree
    return heading.period is not None or not re.search(r"[0-9]", rest)


def why_not_values(text: object, parts: Sequence[str], rivals: int) -> Message:
    """Why a column is not taken for the figures; `rivals`: how many columns may be."""
    if rivals:
        return lazy_ngettext(
            "“{heading}” is one of {count} columns that may hold the figures: name the "
            "right one in a map, with value",
            "“{heading}” is one of {count} columns that may hold the figures: name the "
            "right one in a map, with value",
            rivals,
            heading=text,
        )
    if speaks_of_targets(parts):
        return _(
            "“{heading}” refers to targets, which `dtrack targets import` imports; if it "
            'holds the figures, set value = "{heading}" in a map',
            heading=text,
        )
    return _(
        "“{heading}” does not state that it holds the figures; if it does, set value = "
        '"{heading}" in a map',
        heading=text,
    )


# -- likeness to the indicator asked for -----------------------------------------------------------
def has_to_do(words: str, item: Indicator, *, percent: bool = False) -> bool:
    """The words are a part of a name of the indicator, or hold one.

    增加值 is a part of 数字经济增加值, and so it may head the figures of that. It is a part of
    数字经济增加值增速 too, and there it is the level: what one has and the other has not must not
    turn a level into a growth, a share or a mean. `percent`: their unit is the per cent of it.
    """
    names = (item.id.replace("_", " "), *item.names.values(), *item.aliases)
    return any(_is_part(_plain(words), _plain(name), percent=percent) for name in names)


def _is_part(words: str, name: str, *, percent: bool) -> bool:
    """One lies in the other, and what is left over turns it into nothing else."""
    if not _telling(words):
        return False
    turns = lexicon.TURNS.search
    if words in name:
        # 比重 of 占地区生产总值比重
        head = turns(words) and (name.startswith(words) or name.endswith(words))
        return percent or bool(head) or not turns(name.replace(words, " ", 1))
    return _telling(name) and name in words and not turns(words.replace(name, " ", 1))


def _plain(text: str) -> str:
    """A text to be looked for in another: Chinese without blanks, else words between blanks."""
    if _in_chinese(text):
        return spelling(text)
    return " ".join(["", *re.findall(r"[^\W_]+", text.casefold()), ""])


def _telling(text: str) -> bool:
    """Two Chinese signs, or a whole word that says something."""
    if _in_chinese(text):
        return len(text) > 1
    return any(not lexicon.SMALL_WORDS.fullmatch(word) for word in text.split())


def _in_chinese(text: str) -> bool:
    # a pattern of so wide a range takes a millisecond to compile
    return any("\u3400" <= sign <= "\u9fff" for sign in text)
