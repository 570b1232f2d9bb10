"""Document → Markdown with GitHub's tables.

Headline, tables, sentences, numbered sources, and how it was made. Text from data comes out as
text: what Markdown or HTML would act on is escaped, addresses become no links by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dtrack.core.sanitize import harmless
from dtrack.core.translate import _
from dtrack.reporting.document import Citation, Column, Detail, Document, Sheet, in_order

_SIGNS = re.compile(r"[\\`*_{}\[\]|~$]")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_LINKS = re.compile(r":(?=//)|(?<=www)\.|@", re.IGNORECASE)
_STARTS = re.compile(r"([#+=-]|[0-9]+[.)])")  # at the start of a line: a heading, a list, a rule


def render(document: Document) -> bytes:
    """The document as UTF-8; the same bytes for the same document."""
    blocks = _briefing(document) if document.briefing else _blocks(document)
    return ("\n\n".join(block for block in blocks if block) + "\n").encode()


def escaped(text: str) -> str:
    r"""The text as a Markdown viewer shows it letter by letter.

    >>> escaped("<b>*a*|b")
    '&lt;b&gt;\\*a\\*\\|b'
    """
    plain = re.sub("[&<>]", lambda sign: _HTML[sign[0]], harmless(text))
    return _LINKS.sub(r"\\\g<0>", _SIGNS.sub(r"\\\g<0>", plain))


def _line(text: str) -> str:
    """A text that stands at the start of a line."""
    return at_start(in_order(escaped(text.strip())))


def at_start(plain: str) -> str:
    """An escaped text that stands at the start of a line, where more signs mean something."""
    found = _STARTS.match(plain)
    return f"{plain[: found.end() - 1]}\\{plain[found.end() - 1 :]}" if found else plain


def _blocks(document: Document) -> Iterator[str]:
    first, *more = document.headline or (document.title,)
    yield f"# {_line(first)}"
    yield from map(_line, more)
    yield from (f"> {_line(remark)}" for remark in document.remarks)
    for sheet in document.sheets:
        yield from _sheet(sheet)
    yield _lines(document.below)
    if document.sources:
        yield f"## {_('Sources')}"
        yield _sources(document.sources)
    if document.facts:
        yield f"## {_('Method')}"
        yield "\n".join(
            f"- {_line(_('{what}: {told}', what=what, told=told))}" for what, told in document.facts
        )


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f"## {_line(sheet.title)}"
    if sheet.size:
        yield "\n".join(_table(sheet.columns))
    yield _lines(sheet.sentences)


def _table(columns: tuple[Column, ...]) -> Iterator[str]:
    yield _row([escaped(column.heading) for column in columns])
    yield _row(["--:" if column.to_the_right else "---" for column in columns])
    yield from map(
        _row, zip(*(map(escaped, column.for_people()) for column in columns), strict=True)
    )


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _lines(lines: tuple[str, ...]) -> str:
    """Sentences as a list, details as lists within it."""
    return "\n".join(
        f"{'  ' * isinstance(line, Detail)}- {_line(line)}" for line in lines if line.strip()
    )


def _sources(sources: tuple[Citation, ...]) -> str:
    """A numbered list, and what stands below it."""
    items = "\n".join(f"{s.number}. {_line(s.text)}" for s in sources if s.number is not None)
    rest = _lines(tuple(s.text for s in sources if s.number is None))
    return "\n\n".join(filter(None, (items, rest)))


# ---- a briefing ----------------------------------------------------------------------------------
def _briefing(document: Document) -> Iterator[str]:
    """What must not be missed, who issued it, the finding, and each section with its table."""
    # [3, 4]: no link, unless what makes one follows it
    marks = "|".join(map(re.escape, document.marks))
    mark = re.compile(f"((?:{marks})(?![(:[]))") if marks else None

    def shown(text: str) -> str:
        parts = mark.split(harmless(text)) if mark else [harmless(text)]
        kept = (part if at % 2 else escaped(part) for at, part in enumerate(parts))
        return at_start(in_order("".join(kept)))

    title, *more = document.headline
    yield from map(_line, (*document.remarks, document.letterhead.line))
    yield f"# {_line(title)}"
    yield from map(_line, more)
    for sheet in document.sheets:
        yield f"## {_line(sheet.title)}"
        if sheet.size:
            yield "\n".join(_table(sheet.columns))
        yield "\n".join(f"- {shown(line)}" for line in sheet.sentences)
    yield from map(_line, document.below)
    if document.sources:
        yield f"## {_('Sources')}"
        yield _sources(document.sources)
