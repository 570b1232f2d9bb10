"""Whether a column of a table of targets holds targets.

In come the texts above it, out go what it speaks of and why not.

The lowest text that says anything decides: 目标 below a band 目标完成情况 is a target. What was reached,
how much of a target that is (完成年度目标%) and the year before are no targets, whatever indicator they
name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import spelling
from dtrack.importing.layout.headings import Heading
from dtrack.model.entities import Indicator

AIM, REACHED = "aim", "reached"
_OF_AIMS = re.compile(
    r"目标|任务|计划|(?<![a-z])(?:targets?|goals?|plan(?:s|ned)?)(?![a-z])|objectifs?|(?<![a-z])prévue?s?(?![a-z])",
    re.IGNORECASE,
)
# in a table that should hold none
_OF_TARGETS = re.compile(r"目标|任务|计划数|\b(?:targets?|objectifs?)\b", re.IGNORECASE)
_OF_RESULTS = re.compile(
    r"实际|完成|实绩|达成|实现|进度|(?:占|较|距|超|与|比)(?:年度|全年|年初)?(?:目标|任务|计划)|(?:目标|任务|计划).{0,2}(?:差距|缺口)"
    r"|(?<![a-z])(?:actuals?|achieve|complet|reali[sz]|reached|progress|outturn)|(?:of|from|to|vs\.?) (?:the )?(?:annual )?target"
    r"|réalis|atteint|(?:de l['’]|des )objectif",
    re.IGNORECASE,
)
_AIM_WORDS = re.compile(
    r"(?:本?年度|当年)?(?:预期|计划)?(?:目标|任务|计划)[数值]?|(?<=[0-9]年)度|\b(?:targets?|goals?|planned|plans?|objectifs?)\b",
    re.IGNORECASE,
)


def spoken_of(parts: Sequence[str], item: Indicator | None = None) -> str:
    """AIM, REACHED, or "" where the texts above a column say neither.

    The name of its indicator `item` says nothing.
    """
    for part in reversed(parts):
        text = _without_name(part, item)
        if _OF_RESULTS.search(text):
            return REACHED
        if _OF_AIMS.search(text):
            return AIM
    return ""


def speaks_of_targets(texts: Sequence[str]) -> bool:
    """One of the texts speaks of targets, whatever it says of them.

    A plain import leaves that be.
    """
    return any(_OF_TARGETS.search(text) for text in texts)


def speaks_of_aims(text: str) -> bool:
    """The text speaks of targets, and of nothing that was reached."""
    return spoken_of([text]) == AIM


def without_aims(part: str) -> str:
    """A text of a heading without the words that say it is a target."""
    return _AIM_WORDS.sub("", part).strip()


def why_no_target(heading: Heading, spoken: str, beside: str) -> Message | None:
    """Why a column is none of targets, None where it may be one.

    `beside`: the indicator whose targets another column holds.
    """
    if spoken == REACHED:
        return _(
            "“{heading}” tells what was reached, or how much of a target; if these are the targets, a map can say so",
            heading=heading.text,
        )
    if heading.relative:
        return _(
            "“{heading}” is the year before that of the targets; if these are the targets, a map can say so",
            heading=heading.text,
        )
    if beside and not spoken:
        return _(
            "“{heading}” does not speak of targets, and another column holds those of {indicator}; "
            "if these are the targets, a map can say so",
            heading=heading.text,
            indicator=beside,
        )
    return None


def _without_name(part: str, item: Indicator | None) -> str:
    """The text without the longest name of the indicator that stands in it."""
    if item is None:
        return part
    names = sorted(
        (name for name in (*item.names.values(), *item.aliases) if name), key=len, reverse=True
    )
    found = next((name for name in names if name.casefold() in part.casefold()), "")
    if found:
        at = part.casefold().find(found.casefold())
        return part[:at] + " " + part[at + len(found) :]
    return "" if any(spelling(name) == spelling(part) for name in names) else part
