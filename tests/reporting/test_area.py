"""`gap`: the results of one area over time, as people read them."""

from __future__ import annotations

LAST = {"published": "2024-01-20"}
FIGURES = [
    ("a", "growth", "H1-2024", "4.0"),
    ("a", "share", "H1-2024", "30.0"),
    ("b", "growth", "H1-2024", "5.0"),
    ("a", "level", "2023", "100.0", LAST),
]
TARGETS = {"growth 2024": {"a": "5"}, "share 2025": {"a": "33"}, "stock 2025": {"a": "100"}}


def table(run, made, more: str = "") -> list[str]:
    """The rows of the table, each as its words, blanks made plain."""
    lines = run(f"gap a {more}", at=made.folder).out.splitlines()
    start = lines.index("Results over time, newest first") + 3
    rows = lines[start : next(n for n, line in enumerate(lines) if line.startswith("Rank:"))]
    return [" ".join(row.split()) for row in rows]


def test_the_title_is_in_the_language_spoken_alone(city, run):
    assert run("gap a", at=city(TARGETS, FIGURES).folder).out.splitlines()[0] == "Small city · A"


def test_an_open_target_is_told_once_and_no_period_that_has_not_ended_is_accused(city, run):
    rows = table(run, city(TARGETS, FIGURES))
    # the growth of 2024 and the share of 2025 stand beside the figures of the half
    assert [row.split(" (")[0] for row in rows] == ["2025 stock", "H1-2024 growth", "H1-2024 share"]
    assert "… not yet due" in rows[0]
    assert not any("not reported" in row for row in rows)


def test_a_period_that_has_ended_is_not_reported(city, run):
    ended = [*FIGURES, ("b", "growth", "2025", "5.0", {"published": "2026-01-20"})]
    rows = table(run, city(TARGETS, ended))
    # the stock of 2025 and the growth of 2024, both over by then
    assert ["! not reported" in row for row in rows[:3]] == [True, True, False]
    early = table(run, city(TARGETS, ended), "--as-of 2025-12-30")
    assert "… not yet due" in early[0]
    late = table(run, city(TARGETS, ended), "--as-of 2025-12-31")
    assert "! not reported" in late[0]


def test_what_has_no_target_is_counted_unless_all_is_asked_for(city, run):
    made = city(TARGETS, FIGURES)
    out = run("gap a", at=made.folder).out
    assert "1 figure without a target is not shown: --all shows it." in out
    assert not any("level" in row for row in table(run, made))
    assert any("level" in row for row in table(run, made, "--all"))
    assert "is not shown" not in run("gap a --all", at=made.folder).out


def test_programs_get_every_row_as_before(city, run):
    rows = run("gap a -f csv", at=city(TARGETS, FIGURES).folder).rows
    told = [(row["period"], row["indicator"], row["verdict"]) for row in rows]
    assert ("2024", "growth", "not_reported") in told
    assert ("2025", "share", "open") in told


def test_where_nothing_has_a_target_all_is_shown(city, run):
    made = city({}, FIGURES)
    assert len(table(run, made)) == 3
