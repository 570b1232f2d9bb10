"""Lines and tables put where they belong in a document of tomlkit, laid out as their neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tomlkit.items import Table


def add_line(table: Table, key: str, value: str) -> bool:
    """Add a line like the table's last; False if the table has no place for lines."""
    import tomlkit
    from tomlkit.items import AoT, SingleKey, Table

    body = table.value.body
    own = [
        at
        for at, (name, item) in enumerate(body)
        if name is not None and (name.is_dotted() or not isinstance(item, Table | AoT))
    ]
    if not own and table.is_super_table():
        return False
    new, before, sign = tomlkit.value(value), SingleKey(key).as_string(), " = "
    new.trivia.indent, new.trivia.trail = table.trivia.indent.strip("\n"), "\n"
    if own:
        last_key, last = body[own[-1]]
        while isinstance(last, Table):
            last_key, last = last.value.body[-1]
        assert last_key is not None  # noqa: S101 - `own` has keys only
        written, equals, after = (last_key.as_string() + last_key.sep).rpartition("=")
        blanks, sign = len(written) - len(written.rstrip()), equals + after
        # where signs = stand below one another, this one does too
        before = before.ljust(len(written) - 1) + " " if blanks > 1 else before + " " * blanks
        new.trivia.indent = last.trivia.indent
    body.insert(own[-1] + 1 if own else 0, (SingleKey(key, sep=sign, original=before), new))
    return True


def last_table(item: Any) -> Any:
    """The table within the item, a table or the document, that is written last."""
    from tomlkit.items import AoT, Table

    body = item.body if hasattr(item, "body") else item.value.body
    inner = [
        each
        for key, each in body
        if isinstance(each, Table | AoT) and key is not None and not key.is_dotted()
    ]
    if not inner:
        return item
    return last_table(inner[-1].body[-1] if isinstance(inner[-1], AoT) else inner[-1])


def behind(last: Table, new: Table, *, stays: bool = True) -> None:
    """Put what stands under the last line of a table under the new one, which comes next.

    It belongs to the header that comes then; but for comments right under the line where a blank
    line follows, or (`stays`) nothing does.
    """
    from tomlkit.items import Comment, Whitespace

    new.trivia.indent = "\n"
    body = last.value.body
    own = next((at for at in range(len(body), 0, -1) if body[at - 1][0] is not None), 0)
    at = own
    while at < len(body) and isinstance(body[at][1], Comment):
        at += 1
    if (at == len(body) and not stays) or (
        at < len(body) and not isinstance(body[at][1], Whitespace)
    ):
        at = own
    new.value.body.extend(body[at:])
    del body[at:]
