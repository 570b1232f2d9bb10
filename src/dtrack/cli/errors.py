"""What every command is wrapped in.

The language it speaks, --lang, and the exit code of whatever goes wrong.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

import typer

from dtrack.cli.characters import CHINESE, can_show
from dtrack.cli.language import Lang, for_programs, language_of, spoken
from dtrack.cli.output import announce, remark, tell
from dtrack.cli.output_options import parameters_of
from dtrack.cli.progress import waiting
from dtrack.cli.result import Output
from dtrack.cli.streams import deeds, unseen
from dtrack.core.findings import BAD_COMMAND, INTERRUPTED, REFUSED, BlockedByFindings, WriteFailed
from dtrack.core.rules import DOOR
from dtrack.core.sanitize import harmless, whole
from dtrack.core.translate import ENGLISH, _, active_language, ngettext, set_language

_OF_WHOLE_FILES = (
    "file-missing",
    "file-unreadable",
    "not-utf8",
    "empty-file",
    "toml-syntax",
    "key-missing",
)
_LANG = inspect.Parameter("lang", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Lang)
_Command = TypeVar("_Command", bound=Callable[..., Any])


def guarded(command: _Command) -> _Command:
    """A command that speaks a language and whose refusals become findings on stderr and exit codes.

    It has one more option, --lang, and those of where a result goes in the place of a parameter
    `out`. A bug still comes through as it is.
    """
    return _Guarded(command)  # type: ignore[return-value]  # it is called with the same words


class _Guarded:
    """A command as Typer sees it: its own name, help and words, and `lang` at their end."""

    def __init__(self, command: Callable[..., Any]) -> None:
        named = ("__module__", "__name__", "__qualname__", "__doc__")
        functools.update_wrapper(self, command, named)
        self.command = command

    @functools.cached_property
    def __signature__(self) -> inspect.Signature:
        return inspect.Signature([*self._with_output(), _LANG])

    @functools.cached_property
    def __annotations__(self) -> dict[str, Any]:  # type: ignore[override]
        return {name: of.annotation for name, of in self.__signature__.parameters.items()}

    @functools.cached_property
    def _own(self) -> Mapping[str, inspect.Parameter]:
        return inspect.signature(self.command, eval_str=True).parameters

    @property
    def _output(self) -> type[Output] | None:
        return self._own["out"].annotation if "out" in self._own else None

    def _with_output(self) -> Iterator[inspect.Parameter]:
        for parameter in self._own.values():
            if parameter.name == "out":
                yield from parameters_of(parameter.annotation)
            else:
                yield parameter

    def __call__(self, *args: Any, lang: str | None = None, **kwargs: Any) -> None:
        # what only a command needs, help does not load
        from dtrack.i18n.formatting import figures_in_signs

        try:
            set_language(language_of(lang, kwargs), people=not for_programs(kwargs))
            if (kind := self._output) is not None:
                words = {name: kwargs.pop(name) for name in kind.options}
                out = kwargs["out"] = kind.of(spoken(lang), **words)
                figures_in_signs(out.is_on_screen and not can_show(CHINESE, sys.stdout))
            if "dry_run" in kwargs:  # it writes
                _insist_on_text(kwargs.values())
            self.command(*args, **kwargs)
        except BlockedByFindings as refused:
            tell(refused.findings, sys.stderr)
            remark(_refusal(refused, set_aside="set_aside" in kwargs))
            raise typer.Exit(REFUSED) from None
        except WriteFailed as reason:
            announce(reason)
            raise typer.Exit(REFUSED) from None
        except typer.BadParameter as error:
            # it quotes what was typed, and names of the workspace
            error.message = harmless(error.message)
            if active_language() == ENGLISH:
                raise
            announce(_of_option(error))
            raise typer.Exit(BAD_COMMAND) from None
        except KeyboardInterrupt:
            raise typer.Exit(INTERRUPTED) from None
        except OSError as error:
            announce(_of_system(error))
            raise typer.Exit(BAD_COMMAND) from None
        finally:
            waiting.over()


def _insist_on_text(words: Iterable[object]) -> None:
    """Bytes that the terminal's encoding does not know are no text to be written.

    A path may have them.
    """
    texts = [
        text
        for word in words
        for text in (word if isinstance(word, list) else [word])
        if isinstance(text, str)
    ]
    if any(text != whole(text) for text in texts):
        raise typer.BadParameter(
            _("a word on the command line is not valid text in the encoding of this terminal")
        )


def ended(code: int) -> int:
    """The exit code of a command that ended with `code`.

    2 in place of 0 where its result could not be written. What has been changed on the disk is
    changed, whether that could be told or not: then 0 stays.
    """
    fault = unseen()
    if fault is None:
        return code
    from dtrack.i18n.system_messages import reason

    told = _("dtrack: cannot write to the output: {reason}", reason=reason(fault))
    if deeds.any:
        told = _(
            "dtrack: cannot write to the output: {reason}; the requested change was made",
            reason=reason(fault),
        )
    remark(told)
    return code if deeds.any else code or BAD_COMMAND


def _advice(refused: BlockedByFindings, *, set_aside: bool) -> str:
    """What to do about all findings together; at the door nothing has come in yet.

    `set_aside`: the command has that option.
    """
    codes = {finding.code for finding in refused.findings}
    if codes <= set(DOOR) or all(not finding.file for finding in refused.findings):
        return _("Nothing was written")
    if set_aside and codes.isdisjoint(_OF_WHOLE_FILES):
        return _("`dtrack check` lists all findings; --set-aside continues without these rows")
    return _("`dtrack check` lists all findings")


def _refusal(refused: BlockedByFindings, *, set_aside: bool) -> str:
    """How many findings refuse, and what to do."""
    return ngettext(
        "dtrack: {count} error in the input. {advice}.",
        "dtrack: {count} errors in the input. {advice}.",
        sum(finding.counts for finding in refused.findings),
        advice=_advice(refused, set_aside=set_aside),
    )


def _of_system(error: OSError) -> str:
    """What the system refused, with the file it is about."""
    from dtrack.i18n.system_messages import reason

    if not error.filename:
        return str(reason(error))
    return _("{fault} ({file})", fault=reason(error), file=error.filename)


def _of_option(error: typer.BadParameter) -> str:
    """What is wrong with a word of the command line, the option before it."""
    return (
        _("{option}: {sentence}", option=error.param_hint, sentence=error.message)
        if error.param_hint
        else error.message
    )
