"""What every command is wrapped in: the language it speaks, --lang, and the exit code of whatever goes wrong."""

from __future__ import annotations

import errno
import functools
import inspect
import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import typer

from dtrack.catalogue import DOOR
from dtrack.cli.letters import CHINESE, can_show
from dtrack.cli.output import remark, tell
from dtrack.cli.speech import Lang, language_of
from dtrack.cli.waiting import waiting
from dtrack.errors import BAD_COMMAND, DONE, INTERRUPTED, REFUSED, NotWritten, Refused
from dtrack.tongue import ENGLISH, say, several, speak, spoken

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
        from dtrack.languages.shown import figures_in_signs  # what only a command needs, help does not load

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
    from dtrack.languages.system import reason

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
        sum(finding.counts for finding in refused.findings),
        advice=_advice(refused, set_aside=set_aside),
    )


def _of_option(error: typer.BadParameter) -> str:
    """What is wrong with a word of the command line, the option before it."""
    return say("{option}: {sentence}", option=error.param_hint, sentence=error.message) if error.param_hint else error.message
