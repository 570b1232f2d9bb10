"""Bring the catalogues of src/dtrack/i18n up to the messages in the source, and compile them.

Run `python docs/catalogues.py` after a message changed: new messages come in empty, gone ones go,
and the .mo files are written anew; then translate in the .po files and run it again. `--check`
writes nothing and exits 1 where a catalogue lacks a message or its .mo is not that of its .po.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog

SOURCE = Path(__file__).resolve().parents[1] / "src/dtrack"
LANGUAGES = ("zh", "fr")
# which calls hold messages, and how many
MARKING = {
    "_": 1,
    "N_": 1,
    "lazy_gettext": 1,
    "ngettext": 2,
    "lazy_ngettext": 2,
}
# calls whose every text is a message of its own: the catalogue of findings
EACH = ("ValidationRule",)


class Catalogue(Catalog):
    """A catalogue whose header says what gettext needs.

    Neither days nor the name and version of the tool that wrote it.
    """

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Language, plural forms and encoding."""
        encoding = ("Content-Type", "text/plain; charset=utf-8\n")
        return [
            ("Language", str(self.locale_identifier)),
            ("Plural-Forms", self.plural_forms),
            encoding,
        ]

    @mime_headers.setter
    def mime_headers(self, headers: Iterable[tuple[str, str]]) -> None:
        self._set_mime_headers(headers)


def messages() -> Catalog:
    """Every message of the source, with the files it stands in."""
    found = Catalog(project="dtrack", charset="utf-8", fuzzy=False)
    for path in sorted(SOURCE.rglob("*.py")):
        for message in _in(ast.parse(path.read_text(encoding="utf-8"))):
            found.add(
                message if len(message) > 1 else message[0],
                locations=[(path.relative_to(SOURCE.parent).as_posix(), 1)],
            )
    return found


def _in(tree: ast.AST) -> list[tuple[str, ...]]:
    """The messages of one module: whole texts, in the order in which they are called for."""
    told = []
    for node in ast.walk(tree):
        name = (
            getattr(node.func, "attr", getattr(node.func, "id", ""))
            if isinstance(node, ast.Call)
            else ""
        )
        if isinstance(node, ast.Call) and name in MARKING and len(node.args) >= MARKING[name]:
            texts = [
                arg.value
                for arg in node.args[: MARKING[name]]
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            if len(texts) == MARKING[name]:
                told.append((node.lineno, tuple(texts)))
        elif isinstance(node, ast.Call) and name in EACH:
            found = [
                arg.value
                for arg in node.args
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ]
            told += [(node.lineno, (text,)) for text in found]
    return [texts for _, texts in sorted(told)]


def place(language: str, suffix: str) -> Path:
    """The catalogue's file."""
    return SOURCE / "i18n" / language / "LC_MESSAGES" / f"dtrack.{suffix}"


def parsed(raw: bytes, language: str) -> Catalog:
    """The catalogue that the bytes of a .po hold, whatever else its header tells."""
    catalogue = Catalogue(locale=language, charset="utf-8")
    pofile.PoFileParser(catalogue).parse(io.BytesIO(raw))
    return catalogue


def read(language: str) -> Catalog:
    """The catalogue as it stands."""
    return parsed(place(language, "po").read_bytes(), language)


def compiled(catalogue: Catalog) -> bytes:
    """The bytes of its .mo."""
    out = io.BytesIO()
    mofile.write_mo(out, catalogue)
    return out.getvalue()


def written(catalogue: Catalog) -> bytes:
    """The bytes of its .po.

    No dates and no line numbers, so that a commit shows what was translated.
    """
    out = io.BytesIO()
    pofile.write_po(
        out, catalogue, width=120, omit_header=False, sort_output=False, include_lineno=False
    )
    return out.getvalue()


def lacking(catalogue: Catalog, source: Catalog) -> list[str]:
    """Messages that are not translated, fuzzy, or of no source any more."""
    lacks = [
        str(message.id) for message in source if message.id and not _told(catalogue, message.id)
    ]
    gone = [str(message.id) for message in catalogue if message.id and message.id not in source]
    return lacks + gone


def _told(catalogue: Catalog, message: str | list[str] | tuple[str, ...]) -> bool:
    found = catalogue.get(message)
    if found is None or found.fuzzy:
        return False
    return all(found.string) if isinstance(found.string, list | tuple) else bool(found.string)


def main(check: bool) -> int:
    """Update and compile, or only say what is amiss."""
    source, amiss = messages(), 0
    for language in LANGUAGES:
        catalogue = read(language)
        if not check:
            catalogue.update(source, no_fuzzy_matching=True, update_creation_date=False)
            catalogue.obsolete.clear()
            place(language, "po").write_bytes(written(catalogue))
            place(language, "mo").write_bytes(compiled(catalogue))
        for message in lacking(catalogue, source):
            print(f"{language}: {message}")
            amiss = 1
        if place(language, "mo").read_bytes() != compiled(catalogue):
            print(f"{language}: dtrack.mo is not that of dtrack.po")
            amiss = 1
    return amiss


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
