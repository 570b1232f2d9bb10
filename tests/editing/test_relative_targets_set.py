"""`targets set` and `targets import` with targets that follow another figure."""

from __future__ import annotations

import pytest


@pytest.fixture
def made(city):
    return city(
        {"growth 2024": {"a": "5"}},
        [
            ("city", "growth", "H1-2024", "5.0"),
            ("a", "growth", "H1-2024", "5.2"),
            ("b", "growth", "H1-2024", "4.9"),
        ],
    )


def set_target(run, made, *words, day="2024-02-01"):
    line = ["targets", "set", *words, "--set", day, "--source", "s1", "--workspace", "."]
    return run(line, at=made.folder)


@pytest.mark.parametrize(
    ("words", "written"),
    [
        (("b", "growth", "2024", ">", "--of", "city"), 'value = ">", of = "city"'),
        (("b", "growth", "2024", "at least +1", "--of", "A"), 'value = ">=+1", of = "a"'),
        (("b", "growth", "2024", "不低于", "--of", "city"), 'value = ">=", of = "city"'),
        (("b", "growth", "2024", "top 2", "--of", "rank"), 'value = "top 2", of = "rank"'),
        (("b", "share", "2024", "+3pp", "--from", "2020"), 'value = "+3pp", from = 2020'),
        (("b", "jobless", "2024", "down", "--of", "last-year"), 'value = "down", of = "last-year"'),
        (("b", "growth", "2024", "高于全市平均水平"), 'value = ">", of = "city"'),
        (("b", "stock", "2024", "twice the 2020 level"), 'value = "x2", from = 2020'),
    ],
)
def test_what_is_written(made, run, words, written):
    said = set_target(run, made, *words)
    assert said.code == 0, said.err
    text = (made.folder / "targets.toml").read_text(encoding="utf-8")
    assert f'b = {{ {written}, set = 2024-02-01, source = "s1" }}' in text


def test_the_verdicts_that_turn_are_told(made, run):
    said = set_target(run, made, "b", "growth", "2024", ">", "--of", "city")
    assert "above the city's average" in said.out
    assert "H1-2024: no target → missed, -0.1 pp" in said.out
    again = set_target(run, made, "b", "growth", "2024", "高于全市平均水平")
    assert "already set; nothing was written" in again.out
    anew = set_target(run, made, "b", "growth", "2024", "around 5", day="2024-03-01")
    assert "above the city's average → ≈ 5" in anew.out


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("b", "growth", "2024", ">", "--of", "nowhere"), 2, "nowhere"),
        (("b", "growth", "2024", "5", "--of", "city"), 2, "write the comparison as"),
        (("b", "growth", "2024", ">", "--of", "city", "--from", "2020"), 2, "not both"),
        (("b", "growth", "2024", "+3pp", "--from", "soon"), 2, "whole year"),
        (("b", "growth", "2024", "<", "--of", "city"), 3, "requires less"),
        (("b", "growth", "2024", ">", "--of", "level"), 3, "level"),
        (("b", "growth", "2024", "高于全国平均水平"), 3, "“全国平均水平” is ambiguous"),
    ],
)
def test_what_is_refused_leaves_the_file_alone(made, run, words, code, says):
    before = (made.folder / "targets.toml").read_bytes()
    said = set_target(run, made, *words)
    assert (said.code, says in said.err) == (code, True), said.err
    assert (made.folder / "targets.toml").read_bytes() == before


def test_a_figure_that_others_follow_tells_whose_verdicts_turn(made, run):
    assert set_target(run, made, "b", "growth", "2024", ">", "--of", "city").code == 0
    line = "add city growth H1-2024 4.8 --source s1 --published 2024-09-01 --workspace ."
    said = run(line, at=made.folder)
    assert said.code == 0, said.err
    assert "B, growth: H1-2024: missed → met, +0.1 pp." in said.out


def test_a_table_in_words(made, run):
    words = {
        "与上年持平": 'value = "same", of = "last-year"',
        "控制在全市平均水平以内": 'value = "<=", of = "city"',
        "at least 0.5 pp below the city's average": 'value = "<=-0.5", of = "city"',
        "inférieur à la moyenne de la ville": 'value = "<", of = "city"',
    }
    rows = "".join(f"{area},{text}\n" for area, text in zip("abcd", words, strict=True))
    (made.folder / "plan.csv").write_text(f"area,jobless\n{rows}", encoding="utf-8")
    line = "targets import plan.csv --year 2024 --source s1 --set 2024-02-01 --yes --workspace ."
    said = run(line, at=made.folder)
    assert said.code == 0, said.err
    text = (made.folder / "targets.toml").read_text(encoding="utf-8")
    for area, written in zip("abcd", words.values(), strict=True):
        assert f"{area} = {{ {written}, set = 2024-02-01" in text


def test_a_table_with_a_question_is_not_set(made, run):
    (made.folder / "plan.csv").write_text(
        "area,growth\na,above the national average\nb,faster than a\n", encoding="utf-8"
    )
    line = "targets import plan.csv --year 2024 --source s1 --set 2024-02-01 --yes --workspace ."
    said = run(line, at=made.folder)
    assert "“the national average” is ambiguous" in said.out + said.err
