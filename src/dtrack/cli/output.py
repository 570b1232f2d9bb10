"""Where a result goes: the terminal, a pipe or a file; all else goes to stderr."""

from __future__ import annotations

import os
import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from dtrack import __version__
from dtrack.cli.characters import can_show, losses, of_losses, show_near, shown
from dtrack.cli.progress import waiting
from dtrack.core.findings import BAD_COMMAND, Finding
from dtrack.core.places import OWN_FOLDER, TARGETS_FILE
from dtrack.core.sanitize import harmless
from dtrack.core.severity import Severity
from dtrack.core.translate import N_, _, counted, enumerated, ngettext
from dtrack.i18n.system_messages import reason
from dtrack.rendering.formats import BRIEFS, FORMATS, TABLE, Format, by_suffix

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
_MOST_FINDINGS = 50


def remark(sentence: str) -> None:
    """One sentence on stderr, in whatever signs it can show."""
    waiting.over()
    sys.stderr.write(shown(harmless(sentence), sys.stderr) + "\n")


def announce(sentence: object) -> None:
    """One sentence that dtrack says about itself, on stderr: dtrack: nothing was written."""
    remark(_("dtrack: {sentence}", sentence=sentence))


def answer(sentence: str) -> None:
    """One sentence on stdout, in whatever signs it can show."""
    waiting.over()
    sys.stdout.write(shown(harmless(sentence), sys.stdout) + "\n")


def tell(
    findings: Iterable[Finding],
    stream: TextIO,
    most: int = _MOST_FINDINGS,
    whole: str = "dtrack check",
) -> None:
    """Findings by severity; past `most` they are counted, and `whole` lists all of them."""
    waiting.over()
    order = list(Severity)
    found = sorted(findings, key=lambda finding: order.index(finding.severity))
    stream.writelines(shown(harmless(str(finding)), stream) + "\n" for finding in found[:most])
    if len(found) > most:
        rest = len(found) - most
        told = ngettext(
            "… and {count} more finding: {command} lists all",
            "… and {count} more findings: {command} lists all",
            rest,
            command=whole,
        )
        stream.write(shown(told, stream) + "\n")


def format_for(
    name: str | None, file: Path | None, among: Mapping[str, Format] = FORMATS
) -> Format:
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
    if among is BRIEFS:
        told = _(
            "unknown suffix “{suffix}”; a briefing is .md, .html or .txt",
            suffix=file.suffix,
        )
    else:
        told = _(
            "unknown suffix “{suffix}”; dtrack writes {suffixes}",
            suffix=file.suffix,
            suffixes=enumerated(form.suffixes[0] for form in among.values()),
        )
    raise typer.BadParameter(told, param_hint="-o")


@dataclass(frozen=True, slots=True)
class Output:
    """Where the result of a command goes, and in which format."""

    form: Format
    file: Path | None
    bom: bool = False

    @classmethod
    def of(cls, name: str | None, file: Path | None, bom: bool = False) -> Output:
        """The words of --format, -o and --bom; a bad word is a bad command line."""
        return cls(format_for(name, file), file, bom)

    def put(self, sheet: Callable[[], Sheet], document: Callable[[], Document]) -> None:
        """Make and write the one of the two that the format is for."""
        if self.form.for_people:
            made = document()
            data = sheet() if self.form.with_data else None
            put_document(replace(made, data=data), self.file, self.form)
        else:
            put_sheet(sheet(), self.form, self.file, self.bom)


def signs(form: Format = TABLE) -> dict[str, str]:
    """The signs before verdicts that the output can show; a file of another format can show all."""
    from dtrack.i18n import terms

    poor = form.on_screen and not can_show("".join(terms.SIGNS.values()), sys.stdout)
    return terms.ASCII_SIGNS if poor else terms.SIGNS


def put_document(document: Document, file: Path | None, form: Format = TABLE) -> None:
    """Show the document: in colour on a terminal, plain and whole in a pipe or file.

    Other formats as bytes, whose facts end with the version that made them.
    """
    if file is not None or not form.on_screen:
        waiting.doing(_("Writing {file}", file=file.name if file is not None else form.name))
        made_with = (_("Produced with"), f"dtrack {__version__}")
        put_bytes(data := form.render(replace(document, facts=(*document.facts, made_with))), file)
        if form.charts and len(data) > LARGE * MEGABYTE:
            remark(_(_LARGE_PAGE, count=counted(len(data) // MEGABYTE)))
        return
    waiting.over()
    show_near(sys.stdout)
    losses.any = False
    if _is_terminal(sys.stdout):
        from dtrack.rendering import terminal

        terminal.render(document, console(sys.stdout))
    else:
        from dtrack.rendering import plain

        sys.stdout.write(plain.text(document, "─" if can_show("─", sys.stdout) else "-"))
    sys.stdout.flush()
    if losses.any:
        remark(of_losses(sys.stdout, sys.stderr))


def _is_terminal(stream: TextIO) -> bool:
    return stream.isatty() or bool(os.environ.get("FORCE_COLOR"))


def put_sheet(sheet: Sheet, form: Format, file: Path | None, bom: bool) -> None:
    """Write the sheet for programs, in UTF-8 wherever it goes."""
    put_bytes((BOM_UTF8 if bom and form.bom else b"") + form.render(sheet), file)


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


def put_bytes(data: bytes, file: Path | None) -> None:
    """To stdout, or to the file: written beside it and renamed, so never half a file."""
    waiting.over()
    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    named, file = file, Path(os.path.realpath(file))  # a link is followed, not replaced
    if _leads_out(named, file):
        remark(
            _(
                "dtrack: {file} is a link to a place outside the workspace; nothing was written",
                file=named.name,
            )
        )
        raise typer.Exit(BAD_COMMAND)
    # /dev/stdout leads to a pipe, which has no path
    if named.exists() and not named.is_file() and not named.is_dir():
        file = named
    if _is_input(file):
        remark(
            _(
                "dtrack: {file} is part of a workspace; results never overwrite input files",
                file=file.name,
            )
        )
        raise typer.Exit(BAD_COMMAND)
    try:
        _write(data, file)
    except BrokenPipeError:  # a reader that has gone, as of stdout
        return
    except OSError as error:
        remark(_("dtrack: cannot write {file}: {reason}", file=file, reason=reason(error)))
        raise typer.Exit(BAD_COMMAND) from None
    remark(_("dtrack: wrote {file}", file=file))


def _is_input(file: Path) -> bool:
    """targets.toml, or anything under data or dtrack's own folder beside one, in any case."""
    if file.name.casefold() == TARGETS_FILE:
        return True
    return any(
        p.name.casefold() in ("data", OWN_FOLDER) and (p.parent / TARGETS_FILE).exists()
        for p in file.parents
    )


def _leads_out(named: Path, file: Path) -> bool:
    """A name within a workspace that leads out of it.

    Whoever sent the workspace chose where, not whoever typed the name.
    """
    # every .. taken away as it was typed, no link followed
    here = Path(os.path.abspath(named))  # noqa: PTH100
    inside = [folder for folder in here.parents if (folder / TARGETS_FILE).exists()]
    return any(not file.is_relative_to(os.path.realpath(folder)) for folder in inside[:1])


def _write(data: bytes, file: Path) -> None:
    """Beside the file and renamed, its mode kept; straight into a pipe or /dev/null."""
    if file.exists() and not file.is_file() and not file.is_dir():
        file.write_bytes(data)
        return
    import tempfile  # slow to load, and only a file needs it

    from dtrack.storage.disk import settle

    # its own name may be as long as a name can be
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=".dtrack-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.umask(mask := os.umask(0))  # the only way to read it
        Path(beside).chmod(file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~mask)
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    # it is written; that a folder one may not list cannot be settled takes nothing from it
    with suppress(OSError):
        settle(file.parent)
