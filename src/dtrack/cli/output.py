"""Where a result goes: the terminal, a pipe or a file; findings and everything else go to stderr."""

from __future__ import annotations

import errno
import functools
import inspect
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import typer

from dtrack import __version__
from dtrack.catalogue import DOOR, Severity
from dtrack.cli.letters import CHINESE, can_show, losses, of_losses, show_near, shown
from dtrack.cli.speech import Lang, language_of
from dtrack.cli.waiting import waiting
from dtrack.errors import BAD_COMMAND, DONE, INTERRUPTED, REFUSED, Finding, NotWritten, Refused
from dtrack.languages.shown import figures_in_signs
from dtrack.languages.system import reason
from dtrack.schema import TARGETS_FILE
from dtrack.sheet import Document, Sheet, harmless
from dtrack.tongue import ENGLISH, counted, marked, say, several, speak, spoken

if TYPE_CHECKING:
    from rich.console import Console

FORMATS = {"table": (".txt",), "csv": (".csv",), "json": (".json",), "md": (".md",), "html": (".html", ".htm"), "xlsx": (".xlsx",)}
FILES = ("xlsx",)  # bytes that are no text: not for a terminal
FOR_PROGRAMS = ("csv", "json")  # all other formats are for people
_WIDE = 1000  # columns of a console that is no terminal: a table is as wide as it needs to be
LARGE = 10  # of MEGABYTE: a page that a browser takes seconds to open
MEGABYTE = 1_000_000
_LARGE_PAGE = marked(
    "dtrack: a page of {count} MB opens slowly; --indicator or --district make less of it, -f xlsx or csv hold it all"
)
_MOST_FINDINGS = 50
_OF_WHOLE_FILES = ("file-missing", "file-unreadable", "not-utf8", "empty-file", "toml-syntax", "key-missing")
_Command = TypeVar("_Command", bound=Callable[..., Any])


def guarded(command: _Command) -> _Command:
    """A command that speaks a language and whose refusals become findings on stderr and exit codes.

    It has one more option, --lang. A bug still comes through as it is.
    """
    return _Guarded(command)  # type: ignore[return-value]  # it is called with the same words


class _Guarded:
    """A command as Typer sees it: its own name, help and words, and `lang` at their end."""

    def __init__(self, command: Callable[..., Any]) -> None:
        functools.update_wrapper(self, command)
        self.__annotations__ = {**command.__annotations__, "lang": Lang}
        self.command = command

    @property
    def __signature__(self) -> inspect.Signature:
        own = inspect.signature(self.command, eval_str=True)
        lang = inspect.Parameter("lang", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Lang)
        return own.replace(parameters=[*own.parameters.values(), lang])

    def __call__(self, *args: Any, lang: str | None = None, **kwargs: Any) -> None:
        speak(language_of(lang, kwargs))
        to_screen = kwargs.get("format") in (None, "table") and kwargs.get("output") is None
        figures_in_signs(to_screen and not can_show(CHINESE, sys.stdout))
        try:
            self.command(*args, **kwargs)
            sys.stdout.flush()
        except Refused as refused:
            tell(refused.findings, sys.stderr)
            remark(_refusal(refused, set_aside="set_aside" in kwargs))
            raise typer.Exit(REFUSED) from None
        except NotWritten as reason:
            remark(say("dtrack: {sentence}", sentence=reason))
            raise typer.Exit(REFUSED) from None
        except typer.BadParameter as error:
            if spoken() == ENGLISH:
                raise
            remark(say("dtrack: {sentence}", sentence=_of_option(error)))
            raise typer.Exit(BAD_COMMAND) from None
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except OSError as error:
            raise typer.Exit(lost_output(error)) from None
        finally:
            waiting.over()


def lost_output(error: OSError) -> int:
    """The exit code when stdout takes no more: quiet where its reader has gone, a sentence where the disk is full."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for what the interpreter flushes at the end
    if error.errno == errno.EPIPE or isinstance(error, BrokenPipeError):
        return DONE
    sys.stderr.write(say("dtrack: cannot write to the output: {reason}", reason=reason(error)) + "\n")
    return BAD_COMMAND


def _advice(refused: Refused, *, set_aside: bool) -> str:
    """What to do about all findings together; at the door nothing has come in yet. `set_aside`: the command has that option."""
    codes = {finding.code for finding in refused.findings}
    if codes <= set(DOOR) or all(not finding.file for finding in refused.findings):
        return say("Nothing was written")
    if set_aside and codes.isdisjoint(_OF_WHOLE_FILES):
        return say("`dtrack check` lists all; --set-aside goes on without the rows named")
    return say("`dtrack check` lists all")


def _refusal(refused: Refused, *, set_aside: bool) -> str:
    """How many findings refuse, and what to do."""
    return several(
        "dtrack: refused: {count} finding in the input. {advice}.",
        "dtrack: refused: {count} findings in the input. {advice}.",
        len(refused.findings),
        advice=_advice(refused, set_aside=set_aside),
    )


def _of_option(error: typer.BadParameter) -> str:
    """What is wrong with a word of the command line, the option before it."""
    return say("{option}: {sentence}", option=error.param_hint, sentence=error.message) if error.param_hint else error.message


def remark(sentence: str) -> None:
    """One sentence on stderr, in whatever signs it can show."""
    waiting.over()
    sys.stderr.write(shown(harmless(sentence), sys.stderr) + "\n")


def answer(sentence: str) -> None:
    """One sentence on stdout, in whatever signs it can show."""
    waiting.over()
    sys.stdout.write(shown(harmless(sentence), sys.stdout) + "\n")


def tell(findings: Iterable[Finding], stream: TextIO, most: int = _MOST_FINDINGS) -> None:
    """Findings, one a line, the gravest first; past `most` they are counted."""
    waiting.over()
    order = list(Severity)
    found = sorted(findings, key=lambda finding: order.index(finding.severity))
    stream.writelines(shown(harmless(str(finding)), stream) + "\n" for finding in found[:most])
    if len(found) > most:
        rest = len(found) - most
        told = several(
            "… and {count} finding more: dtrack check lists all", "… and {count} findings more: dtrack check lists all", rest
        )
        stream.write(shown(told, stream) + "\n")


def format_for(name: str | None, file: Path | None) -> str:
    """The format asked for, else the one that the file's suffix chooses, else table."""
    known = ", ".join(FORMATS)
    if name is not None:
        if name not in FORMATS:
            raise typer.BadParameter(say("“{word}” is not one of {words}", word=name, words=known), param_hint="--format")
        if name in FILES and file is None and sys.stdout.isatty():
            told = say("{format} is no text for a terminal: name a file with -o, or pipe it", format=name)
            raise typer.BadParameter(told, param_hint="--format")
        return name
    if file is None:
        return "table"
    for format_name, suffixes in FORMATS.items():
        if file.suffix.lower() in suffixes:
            return format_name
    written = ", ".join(suffixes[0] for suffixes in FORMATS.values())
    told = say("the suffix “{suffix}” chooses no format; dtrack writes {suffixes}", suffix=file.suffix, suffixes=written)
    raise typer.BadParameter(told, param_hint="-o")


def signs(form: str = "table") -> dict[str, str]:
    """The signs before verdicts that the output can show; a file of another format can show all."""
    from dtrack import sentences

    poor = form == "table" and not can_show("".join(sentences.SIGNS.values()), sys.stdout)
    return sentences.ASCII_SIGNS if poor else sentences.SIGNS


def put_document(document: Document, file: Path | None, form: str = "table") -> None:
    """Show the document: in colour on a terminal, plain and whole in a pipe or file; other formats as bytes."""
    if form != "table":
        waiting.doing(say("Writing {file}", file=file.name if file is not None else form))
        put_bytes(data := _rendered(document, form), file)
        if form == "html" and len(data) > LARGE * MEGABYTE:
            remark(say(_LARGE_PAGE, count=counted(len(data) // MEGABYTE)))
        return
    waiting.over()
    from dtrack.render import terminal

    if file is None:
        show_near(sys.stdout)
        losses.any = False
        terminal.render(document, console(sys.stdout))
        sys.stdout.flush()
        if losses.any:
            remark(of_losses(sys.stdout, sys.stderr))
        return
    import io

    text = io.StringIO()
    terminal.render(document, console(text))
    put_bytes(text.getvalue().encode("utf-8"), file)


def _rendered(document: Document, form: str) -> bytes:
    """The document in a format for people that is a file; its facts end with the version that made it."""
    told = replace(document, facts=(*document.facts, (say("Made with"), f"dtrack {__version__}")))
    if form == "xlsx":
        from dtrack.render import workbook

        return workbook.render(told)
    if form == "html":
        from dtrack.render import webpage

        return webpage.render(told)
    from dtrack.render import markdown

    return markdown.render(told)


def put_sheet(sheet: Sheet, form: str, file: Path | None, bom: bool) -> None:
    """Write the sheet for programs, as CSV or JSON, in UTF-8 wherever it goes."""
    from dtrack.render import csvfile, jsonfile

    put_bytes(jsonfile.render(sheet) if form == "json" else csvfile.render(sheet, bom=bom), file)


def console(stream: TextIO) -> Console:
    """A Rich console for the stream. Anything but a terminal gets all the width it needs and no colour of its own."""
    import shutil

    from rich.console import Console

    class Plain(Console):
        """A console that leaves a closed pipe to `guarded`, which is quiet about it; Rich's own exits with 1."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    terminal = stream.isatty() or bool(os.environ.get("FORCE_COLOR"))
    return Plain(
        file=stream,
        width=shutil.get_terminal_size((80, 25)).columns if stream.isatty() else _WIDE,
        height=25,
        force_terminal=terminal,
        legacy_windows=None if terminal else False,
        markup=False,
        emoji=False,
        highlight=False,
    )


def put_bytes(data: bytes, file: Path | None) -> None:
    """To stdout, or to the file: written beside it and renamed, so that there is never half a file."""
    waiting.over()
    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    file = Path(os.path.realpath(file))  # a link is followed, not replaced
    if _is_input(file):
        told = say("dtrack: {file} is part of a workspace; results are never written over what was put in", file=file.name)
        sys.stderr.write(told + "\n")
        raise typer.Exit(BAD_COMMAND)
    try:
        _write(data, file)
    except OSError as error:
        remark(say("dtrack: cannot write {file}: {reason}", file=file, reason=reason(error)))
        raise typer.Exit(BAD_COMMAND) from None
    sys.stderr.write(say("dtrack: wrote {file}", file=file) + "\n")


def _is_input(file: Path) -> bool:
    """targets.toml, or anything under the data folder beside one."""
    return file.name == TARGETS_FILE or any(p.name == "data" and (p.parent / TARGETS_FILE).exists() for p in file.parents)


def _write(data: bytes, file: Path) -> None:
    """Beside the file and renamed, its mode kept; straight into what is no regular file (a pipe, /dev/null)."""
    if file.exists() and not file.is_file() and not file.is_dir():
        file.write_bytes(data)
        return
    import tempfile  # slow to load, and only a file needs it

    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.umask(mask := os.umask(0))  # the only way to read it
        Path(beside).chmod(file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~mask)
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
