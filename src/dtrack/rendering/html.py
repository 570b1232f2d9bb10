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
from dtrack.i18n.formatting import page_language
from dtrack.reporting.document import Chart, Column, Document, Sheet, in_order, minus

TEMPLATE = Path(__file__).with_name("page.html")
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
    r"[\u3400-\u9fff\uf900-\ufaff]+(?:[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef·“”]*[\u3400-\u9fff])?"
)
_KANA = re.compile(r"[\u3040-\u30ff]")
_ADDRESS = re.compile(r"https?://[!#-&(-;=?-~]+")  # ASCII without blanks, quotes and < >
_UNIT = re.compile(r"(?<=[0-9]) (?=%|pp\b)")  # a number and its unit stay on one line
_SOURCE = re.compile(r"\s*([0-9]+)  (.+)", re.DOTALL)
# how a web page calls a language where dtrack calls it otherwise (BCP 47)
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
    from jinja2 import Environment
    from markupsafe import Markup

    template = TEMPLATE.read_text(encoding="utf-8")
    page = Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    ).from_string(template)
    numbered = [match.groups() for line in document.sources if (match := _SOURCE.fullmatch(line))]
    known = {number for number, _ in numbered}
    heading, *lede = [*document.headline] or [_(document.title).capitalize()]
    text: Callable[[str], Any] = lambda raw: Markup(in_order(worded(raw)))  # noqa: S704 - escaped there
    linking = _Linking(known)
    sheets = [
        _Sheet(number, sheet, linking, Markup) for number, sheet in enumerate(document.sheets, 1)
    ]
    return page.render(
        document=document,
        language=page_language(),
        words={name: _(message) for name, message in _WORDS.items()},
        heading=heading,
        lede=lede,
        long=max(map(len, lede), default=0) > _LONG,
        sheets=sheets,
        numbered=[(number, Markup(linked(told))) for number, told in numbered],  # noqa: S704 - escaped there
        about_sources=[line for line in document.sources if not _SOURCE.fullmatch(line)],
        text=text,
        harmless=harmless,
        policy=_policy(template),
    ).encode("utf-8")


def _policy(template: str) -> str:
    """The page's own style and script may run, by their fingerprints.

    Nothing is loaded from anywhere.
    """

    def own(element: str) -> str:
        found = re.search(rf"<{element}>(.*?)</{element}>", template, re.DOTALL)
        return (
            "'sha256-" + b64encode(sha256(found[1].encode()).digest()).decode() + "'"
            if found
            else "'none'"
        )

    return f"default-src 'none'; style-src {own('style')}; script-src {own('script')}; base-uri 'none'; form-action 'none'"


class _Linking:
    """How a cell that names sources by their numbers becomes links to those that are known."""

    def __init__(self, known: set[str]) -> None:
        copy = re.escape(_("{number} copy", number="0")).replace("0", "[0-9]+")
        number = f"T?(?:{copy}|[0-9]+)"
        self.known, self.cell = known, re.compile(f"{number}(?: · {number})*") if known else None

    def link(self, number: re.Match[str]) -> str:
        """The number, with a link where the page lists its source."""
        return (
            f'<a href="#source-{number[0]}">{number[0]}</a>'
            if number[0] in self.known
            else number[0]
        )


class _Sheet:
    """A sheet as the template needs it: headings, rows of finished cells, pictures."""

    def __init__(
        self, number: int, sheet: Sheet, linking: _Linking, markup: Callable[[str], Any]
    ) -> None:
        self.name, self.title, self.below, self.told, self.size = (
            f"s{number}",
            sheet.title,
            sheet.below,
            sheet.told,
            sheet.size,
        )
        self.small = sheet.size <= _SMALL and not sheet.charts
        self.heads = [
            (column.heading, _kind(column) + " fold" * bool(column.gives_way))
            for column in sheet.columns
        ]
        folds = [
            harmless(column.heading)
            for column in sheet.columns
            if column.gives_way and column.heading
        ]
        self.folds = _("Also {columns}", columns=enumerated(folds)) if folds else ""
        columns = [
            list(_cells(column, linking, first=place == 0))
            for place, column in enumerate(sheet.columns)
        ]
        cities = _tones(sheet.columns[0]) if sheet.columns else []
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


def _cells(column: Column, linking: _Linking, *, first: bool) -> Iterable[str]:
    """The cells of a column as HTML; the first column's are headings of their rows."""
    kind, numbers, folds = _kind(column), _numbers(column), "fold" if column.gives_way else ""
    begin, end = ('<th scope="row"', "</th>") if first else ("<td", "</td>")
    for text, tone, number in zip(column.for_people(), _tones(column), numbers, strict=True):
        dressed = (kind, tone.replace(" ", "-") if tone != "city" else "", folds)
        names = " ".join(filter(None, dressed))
        dress = f' class="{names}"' if names else ""
        order = f' data-value="{number:.15g}"' if number is not None and number == number else ""
        if column.key == "source" and linking.cell and linking.cell.fullmatch(text):
            shown = re.sub(r"[0-9]+", linking.link, text)
        else:
            shown = worded(text)
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
