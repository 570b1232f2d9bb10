"""Document → one HTML page that needs nothing else.

Style, script and pictures stand in it, nothing is loaded.

Texts are data: they pass `harmless` and are escaped, here or by the template (page.html, Jinja2
with autoescape). The page is whole without its script, which only sorts tables; a policy in its
head lets no other script run.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from dtrack.core.sanitize import harmless
from dtrack.core.translate import N_, _, active_language, enumerated
from dtrack.reporting.document import Chart, Column, Document, Sheet, in_order, minus

TEMPLATE, BRIEFING = (Path(__file__).with_name(name) for name in ("page.html", "briefing.html"))
_TONES = {
    "met",
    "missed",
    "open",
    "undetermined",
    "not_reported",
    "no_target",
    "quiet",
    "city",
    "refuse",
    "look again",
    "note",
}
_SHORT = 20  # characters of texts that are not broken: days, wordings
_LONG = 110  # characters of a first sentence that is set smaller
_SMALL = 8  # rows of a sheet that shares a printed page
_CHINESE = re.compile(
    r"[\u3400-\u9fff\uf900-\ufaff]+"
    r"(?:[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef·“”]*[\u3400-\u9fff])?"
)
_KANA = re.compile(r"[\u3040-\u30ff]")
_NUMBER = re.compile("[0-9]+")
_ADDRESS = re.compile(r"https?://[!#-&(-;=?-~]+")  # ASCII without blanks, quotes and < >
_UNIT = re.compile(r"(?<=[0-9]) (?=%|pp\b)")  # a number and its unit stay on one line
# how a web page calls a language where dtrack calls it otherwise (BCP 47)
PAGES = {"zh": "zh-Hans"}
_WORDS = {  # what page.html says of its own
    "skip": N_("Skip to the tables"),
    "contents": N_("On this page"),
    "hint": N_("The table is wider than a small screen: move it sideways. →"),
    "numbers": N_("The numbers of these lines"),
    "line": N_("Line"),
    "sources": N_("Sources"),
    "made": N_("How this was made"),
}


def render(document: Document) -> bytes:
    """The page in UTF-8. The same document gives the same bytes."""
    return (_briefing(document) if document.briefing else _page(document)).encode("utf-8")


def _page(document: Document) -> str:
    from jinja2 import Environment
    from markupsafe import Markup

    template, own = TEMPLATE.read_text(encoding="utf-8"), dict[str, str]()
    # style and script go around Jinja, which takes 4 of its 14 ms to read them, and 3 to optimise
    for element in ("style", "script"):
        before, own[element], after = re.split(f"(?<=<{element}>)|(?=</{element}>)", template)
        template = f"{before}{{{{ own.{element} }}}}{after}"
    page = Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,
    ).from_string(template)
    numbered = [source for source in document.sources if source.number is not None]
    heading, *lede = [*document.headline] or [_(document.title).capitalize()]
    # `worded` and `linked` escape
    text: Callable[[str], Any] = lambda raw: Markup(in_order(worded(raw)))  # noqa: S704
    known = {str(source.number) for source in numbered}
    sheets = [_Sheet(at, sheet, known, Markup) for at, sheet in enumerate(document.sheets, 1)]
    return page.render(
        document=document,
        language=PAGES.get(active_language(), active_language()),
        words={name: _(message) for name, message in _WORDS.items()},
        heading=heading,
        lede=lede,
        long=max(map(len, lede), default=0) > _LONG,
        sheets=sheets,
        numbered=[(number, Markup(linked(told))) for number, told in numbered],  # noqa: S704
        about_sources=[source.text for source in document.sources if source.number is None],
        text=text,
        harmless=harmless,
        own={element: Markup(code) for element, code in own.items()},  # noqa: S704 - the template's
        policy=_policy(own),
    )


def _policy(own: dict[str, str]) -> str:
    """The page's own style and script may run, by their fingerprints.

    Nothing is loaded from anywhere.
    """
    style, script = (
        f"'sha256-{b64encode(sha256(own[element].encode()).digest()).decode()}'"
        for element in ("style", "script")
    )
    return (
        f"default-src 'none'; style-src {style}; script-src {script};"
        " base-uri 'none'; form-action 'none'"
    )


class _Sheet:
    """A sheet as the template needs it: headings, rows of finished cells, pictures."""

    def __init__(
        self, number: int, sheet: Sheet, known: set[str], markup: Callable[[str], Any]
    ) -> None:
        from dtrack.rendering.bars import with_steps

        self.name, self.title, self.below = f"s{number}", sheet.title, sheet.below
        self.told, self.size, shown = sheet.told, sheet.size, with_steps(sheet)
        self.small = sheet.size <= _SMALL and not sheet.charts
        self.heads = [(c.heading, _kind(c) + " fold" * bool(c.gives_way)) for c in shown]
        folds = [harmless(c.heading) for c in shown if c.gives_way and c.heading]
        self.folds = _("Also {columns}", columns=enumerated(folds)) if folds else ""
        columns = [
            list(_cells(column, known, first=not place)) for place, column in enumerate(shown)
        ]
        cities = _tones(shown[0]) if shown else []
        # what is set off is not everything
        cities = cities if set(cities) != {"city"} else [""] * len(cities)
        self.rows = [
            markup(f"<tr{' class=city' if tone == 'city' else ''}>{''.join(cells)}</tr>")
            for tone, cells in zip(cities, zip(*columns, strict=True), strict=True)
        ]
        self.charts = [
            _Chart(f"{self.name}-c{place}", chart, markup)
            for place, chart in enumerate(sheet.charts, 1)
        ]


class _Chart:
    """A picture, what it shows, and the numbers of its lines as a table."""

    def __init__(self, name: str, chart: Chart, markup: Callable[[str], Any]) -> None:
        from dtrack.rendering.svg import svg

        self.title, self.told = chart.title, chart.told
        self.caption = (
            _("{name} ({more})", name=chart.title, more=chart.unit) if chart.unit else chart.title
        )
        self.picture = markup(svg(chart, name))
        self.periods = chart.lines[0].periods if chart.lines and chart.lines[0].texts else ()
        self.lines = [(line.label, line.texts) for line in chart.lines if line.texts]


# ---- cells ---------------------------------------------------------------------------------------
def _kind(column: Column) -> str:
    """How a column stands: numbers right, drawings in characters as they are, the rest left."""
    if not column.heading:
        return "drawn"
    if column.right or column.decimals is not None:
        return "number"
    longest = max(map(len, column.for_people()), default=0)
    return "verdict" if column.key == "verdict" else "short" if longest <= _SHORT else "text"


def _tones(column: Column) -> list[str]:
    return [tone if tone in _TONES else "" for tone in column.tones or [""] * len(column.values)]


def _cells(column: Column, known: set[str], *, first: bool) -> Iterable[str]:
    """The cells of a column as HTML; the first column's are headings of their rows.

    `known`: numbers of the sources that the page lists, to which cells link.
    """

    def linked_to(number: re.Match[str]) -> str:
        source = number[0]
        return f'<a href="#source-{source}">{source}</a>' if source in known else source

    cites = column.cites or [()] * len(column.values)
    kind, numbers, folds = _kind(column), _numbers(column), "fold" if column.gives_way else ""
    begin, end = ('<th scope="row"', "</th>") if first else ("<td", "</td>")
    cells = zip(column.for_people(), _tones(column), numbers, cites, strict=True)
    for text, tone, number, cited in cells:
        dressed = (kind, tone.replace(" ", "-") if tone != "city" else "", folds)
        names = " ".join(filter(None, dressed))
        dress = f' class="{names}"' if names else ""
        order = f' data-value="{number:.15g}"' if number is not None and number == number else ""
        # of a cell that cites sources every number is one of them: `3 copy · T5`
        shown = _NUMBER.sub(linked_to, text) if cited else worded(text)
        if kind == "verdict" and shown:
            shown = f"<span>{shown}</span>"
        yield f"{begin}{dress}{order}>{shown}{end}"


def _numbers(column: Column) -> list[float | None]:
    """The number that a page sorts a cell by; None where it is a text."""
    found = column.values if column.decimals is not None else column.order or column.numbers
    return list(found) if found else [None] * len(column.values)


# ---- texts ---------------------------------------------------------------------------------------
def worded(text: str) -> str:
    """A text as HTML; what is Chinese in it says so, so that it is read and set as such."""
    shown = _UNIT.sub("\u00a0", minus(escape(harmless(text))))
    if shown.isascii():
        return shown
    tongue = "ja" if _KANA.search(shown) else "zh"
    if tongue == active_language():
        return shown
    return _CHINESE.sub(lambda match: f'<span lang="{tongue}">{match[0]}</span>', shown)


def linked(text: str) -> str:
    """A text as HTML; an address in it can be followed."""
    parts, last = [], 0
    for match in _ADDRESS.finditer(text):
        address = escape(match[0].rstrip(".,;)"))
        parts += [
            in_order(worded(text[last : match.start()])),
            f'<a class="address" rel="noreferrer noopener" href="{address}">{address}</a>',
        ]
        last = match.start() + len(match[0].rstrip(".,;)"))
    return "".join((*parts, in_order(worded(text[last:]))))


# ---- a briefing ----------------------------------------------------------------------------------
def _briefing(document: Document) -> str:
    """A page of its own that prints on one page A4, without a script."""
    from jinja2 import Environment, StrictUndefined

    page = Environment(autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    marks = "|".join(map(re.escape, document.marks))
    mark = re.compile(f" ?({marks})") if marks else None

    def parts(line: str, *, listed: bool) -> list[tuple[str, bool]]:
        """The parts of a line, and whether each is the numbers of sources."""
        shown = in_order(harmless(line))
        if listed or not mark:
            return [(shown, False)]
        return [(text, bool(at % 2)) for at, text in enumerate(mark.split(shown)) if text]

    *above, title = map(harmless, document.headline)
    sections = [
        (
            harmless(sheet.title),
            [parts(line, listed=sheet.lists_sources) for line in sheet.below],
            sheet.lists_sources,
        )
        for sheet in document.sheets
    ]
    return page.from_string(BRIEFING.read_text(encoding="utf-8")).render(
        language=document.language or "en", above=above, title=title, sections=sections
    )
