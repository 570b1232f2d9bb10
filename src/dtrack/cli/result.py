"""A result in the format asked for: on the terminal or its pager, in a pipe, file or browser."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TextIO

import typer

from dtrack import __version__
from dtrack.cli.characters import can_show, losses, of_losses, show_near
from dtrack.cli.output import remark
from dtrack.cli.pager import page
from dtrack.cli.progress import waiting
from dtrack.cli.result_files import put_bytes
from dtrack.core.translate import ENGLISH, N_, _, counted, enumerated, to_programs
from dtrack.rendering.formats import BRIEFS, FORMATS, PAGE, TABLE, Format, by_suffix

if TYPE_CHECKING:
    from rich.console import Console

    from dtrack.reporting.document import Document, Sheet

# columns where FORCE_COLOR asks for colour in a pipe: a table is as wide as it needs to be
_WIDE = 1000
LARGE = 10  # of MEGABYTE: a page that a browser takes seconds to open
MEGABYTE = 1_000_000
_LARGE_PAGE = N_(
    "dtrack: a page of {count} MB opens slowly; --indicator or --district reduce it, -f "
    "xlsx or csv contain all data"
)
# in which Excel needs a mark to read the values of a CSV, and not only its headings
_MARKED = "zh"


@dataclass(frozen=True, slots=True)
class Output:
    """Where the result of a command goes, and in which format.

    `bom`: a CSV begins with the mark that Excel needs. `headings`: the language of a CSV's
    headings, "" for the machine names. `browser`: it is opened there. `paged`: the reader's pager
    takes what is longer than the screen.
    """

    among: ClassVar[Mapping[str, Format]] = FORMATS
    options: ClassVar[tuple[str, ...]] = (
        "format",
        "output",
        "open",
        "headings",
        "bom",
        "no_pager",
    )

    form: Format
    file: Path | None = None
    bom: bool = False
    headings: str = ""
    browser: bool = False
    paged: bool = False

    @classmethod
    def of(
        cls,
        spoken: str,
        *,
        format: str | None = None,
        output: Path | None = None,
        open: bool = False,
        headings: bool = False,
        bom: bool | None = None,
        no_pager: bool = True,
    ) -> Output:
        """The output that the words of a command ask for in the language `spoken`.

        A bad word is a bad command line.
        """
        form = (
            _page_of(format, output, cls.among) if open else format_for(format, output, cls.among)
        )
        foreign = spoken == _MARKED or (headings and spoken != ENGLISH)
        return cls(
            form,
            output,
            bom=(output is not None and foreign) if bom is None else bom,
            headings=spoken if headings else "",
            browser=open,
            paged=not no_pager,
        )

    def put(self, sheet: Callable[[], Sheet], document: Callable[[], Document]) -> None:
        """Make and write the one of the two that the format is for."""
        if not self.form.for_people:
            with to_programs():
                made_for_programs = sheet()
            self._put_sheet(made_for_programs)
            return
        made = document()
        if self.form.with_data:
            # programs read the same whatever is spoken
            with to_programs():
                made = replace(made, data=sheet())
        self.put_document(made)

    def put_document(self, document: Document) -> None:
        """Show the document: in colour on a terminal, plain and whole in a pipe or file.

        Other formats as bytes, whose facts end with the version that made them.
        """
        if self.is_on_screen:
            _put_on_screen(document, paged=self.paged)
            return
        waiting.doing(_("Writing {file}", file=self.file.name if self.file else self.form.name))
        made_with = (_("Produced with"), f"dtrack {__version__}")
        data = self.form.render(replace(document, facts=(*document.facts, made_with)))
        self._put_bytes(data)
        if self.form.charts and len(data) > LARGE * MEGABYTE:
            remark(_(_LARGE_PAGE, count=counted(len(data) // MEGABYTE)))

    def _put_sheet(self, sheet: Sheet) -> None:
        """Write the sheet for programs, in UTF-8 wherever it goes."""
        if self.headings and self.form.bom:
            from dtrack.reporting.tidy_headings import with_headings

            sheet = with_headings(sheet, self.headings)
        mark = BOM_UTF8 if self.bom and self.form.bom else b""
        self._put_bytes(mark + self.form.render(sheet))

    def _put_bytes(self, data: bytes) -> None:
        if self.browser:
            from dtrack.cli import browser

            if self.file is None:
                (file := browser.new_page()).write_bytes(data)
            else:
                put_bytes(data, file := self.file)
            browser.show(file)
        elif not (self._may_be_paged and page(data.decode())):
            put_bytes(data, self.file)

    @property
    def is_on_screen(self) -> bool:
        """The result is a table on stdout."""
        return self.form.on_screen and self.file is None

    @property
    def _may_be_paged(self) -> bool:
        return self.paged and self.file is None and not self.form.binary


class BriefOutput(Output):
    """Where a briefing goes: a document, never a sheet for programs."""

    among = BRIEFS
    options = ("format", "output", "open", "no_pager")


class PreviewOutput(Output):
    """Where the preview of a command that writes goes; what it asks stands right below."""

    options = ("format", "output", "headings", "bom")


def format_for(name: str | None, file: Path | None, among: Mapping[str, Format]) -> Format:
    """The format asked for, else the one that the file's suffix chooses, else table."""
    if name is not None:
        if name not in among:
            told = _("“{word}” is not one of {words}", word=name, words=enumerated(among))
            raise typer.BadParameter(told, param_hint="--format")
        form = among[name]
        if form.binary and file is None and sys.stdout.isatty():
            told = _(
                "{format} cannot be shown in a terminal: name a file with -o, or pipe the output",
                format=name,
            )
            raise typer.BadParameter(told, param_hint="--format")
        return form
    if file is None:
        return TABLE
    if chosen := by_suffix(file, among):
        return chosen
    told = _(
        "unknown suffix “{suffix}”; dtrack writes {suffixes}",
        suffix=file.suffix,
        suffixes=enumerated(form.suffixes[0] for form in among.values()),
    )
    raise typer.BadParameter(told, param_hint="-o")


def _page_of(name: str | None, file: Path | None, among: Mapping[str, Format]) -> Format:
    """The page that --open shows; another format asked for beside it is a bad command line."""
    if name is None and file is None:
        return PAGE
    if (form := format_for(name, file, among)) is not PAGE:
        told = _("a browser opens a page, not {format}: take html", format=form.name)
        raise typer.BadParameter(told, param_hint="--open")
    return form


def signs(form: Format = TABLE) -> dict[str, str]:
    """The signs before verdicts that the output can show; a file of another format can show all."""
    from dtrack.i18n import terms

    poor = form.on_screen and not can_show("".join(terms.SIGNS.values()), sys.stdout)
    return terms.ASCII_SIGNS if poor else terms.SIGNS


def _put_on_screen(document: Document, *, paged: bool) -> None:
    """To stdout: in colour on a terminal, there in the reader's pager where it is long; plain."""
    waiting.over()
    show_near(sys.stdout)
    losses.any = False
    if _is_terminal(sys.stdout):
        _put_in_colour(document, paged=paged)
    else:
        from dtrack.rendering import plain

        rule = "─" if can_show("─", sys.stdout) else "-"
        sys.stdout.write(plain.text(document, rule, on_screen=True))
    sys.stdout.flush()
    if losses.any:
        remark(of_losses(sys.stdout, sys.stderr))


def _put_in_colour(document: Document, *, paged: bool) -> None:
    from dtrack.rendering import terminal

    screen = console(sys.stdout)
    if not paged:
        terminal.render(document, screen)
        return
    with screen.capture() as captured:
        terminal.render(document, screen)
    if not page(text := captured.get()):
        sys.stdout.write(text)


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty() or bool(os.environ.get("FORCE_COLOR"))


def console(stream: TextIO) -> Console:
    """A Rich console for a terminal, or for what FORCE_COLOR makes one."""
    import shutil

    from rich.console import Console

    return Console(
        file=stream,
        width=shutil.get_terminal_size((80, 25)).columns if stream.isatty() else _WIDE,
        height=25,
        force_terminal=True,
        markup=False,
        emoji=False,
        highlight=False,
    )
