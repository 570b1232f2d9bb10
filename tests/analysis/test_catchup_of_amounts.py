"""`catchup` for what is no growth of a year: amounts, stocks, shares, and averages over years (docs/formulas.py §3)."""

from __future__ import annotations

import pytest

from support.workspaces import plain, toml_targets

AVERAGE = """
[indicators.average]
name = { en = "average", zh = "average", fr = "average" }
kind = "growth"
unit = "percent"
prices = "constant"
better = "up"
yearly = "growth"
"""


@pytest.fixture
def row(city):
    """row(targets, rows, period): the only row of area a and the indicator, empty cells as None."""

    def ask(targets, rows, period="H1-2024", indicator="growth", breaks=None, **options):
        frame = city(targets, rows, breaks=breaks).open().catchup(period, **options)
        hits = frame[(frame["area"] == "a") & (frame["indicator"] == indicator)]
        assert len(hits) == 1
        return {str(name): plain(cell) for name, cell in hits.iloc[0].items()}

    return ask


# Amounts, stocks and shares


@pytest.mark.parametrize(
    ("indicator", "figure", "promise", "band", "word"),
    [
        ("level", ("H1-2024", "491.62"), "1050", (558.375, 558.38, 558.385), "93.06 per month"),
        ("stock", ("2024-06", "40"), "50", (9.5, 10, 10.5), ""),
        ("share", ("H1-2024", "30.7"), "33", (2.25, 2.3, 2.35), ""),
        ("share", ("H1-2024", "33.4"), "33", (-0.45, -0.4, -0.35), "already reached"),
        ("jobless", ("2024-06", "5.2"), "5.0", (-0.25, -0.2, -0.15), ""),
        ("jobless", ("2024-06", "4.9"), "5.0", (0.05, 0.1, 0.15), "within the limit so far"),
    ],
    ids=[
        "amount and per month",
        "stock",
        "share",
        "share reached",
        "lower is better",
        "lower is better, reached",
    ],
)
def test_what_is_still_to_come(row, indicator, figure, promise, band, word):
    told = row(
        {f"{indicator} 2024": {"a": promise}}, [("a", indicator, *figure)], indicator=indicator
    )
    assert (told["needed_low"], told["needed"], told["needed_high"]) == pytest.approx(band)
    assert told["change"] is None
    assert (word in told["note"]) if word else ("already" not in told["note"])


AFTER_A_LOSS = "; no yearly average can be calculated with a growth of -100% or less"


@pytest.mark.parametrize("growth", ["-150", "-100", "-100.0", "-999999999999999"])
@pytest.mark.parametrize("period", ["H1-2024", "Q1-2024", "2024"])
def test_a_growth_that_leaves_nothing_has_no_average_and_the_rest_is_told(
    city, run, growth, period
):
    targets = {"growth 2023..2026": {"a": "5"}, "growth 2024": {"b": "5"}}
    rows = [
        ("a", "growth", "2023", growth, {"published": "2024-01-20"}),
        ("a", "growth", "2024", "3"),
        ("b", "growth", period, "4"),
    ]
    made = city(targets, rows)
    frame = made.open().catchup(period, assume_half=True).set_index(["period", "area"])
    told = frame.loc[("2023..2026", "a")]
    assert plain(told["needed"]) is None
    assert told["note"].endswith(AFTER_A_LOSS)
    assert frame.loc[(period, "b"), "target"] == 5.0
    said = run(f"catchup --half {period}", at=made.folder)
    assert said.code == 0
    assert AFTER_A_LOSS in said.out


@pytest.mark.parametrize(
    ("target", "years", "done", "needed"),
    [
        ("5", 5, ["8.8", "0.7", "5.2"], 5.23),  # (1.05⁵ / (1.088 × 1.007 × 1.052))^½
        ("-100", 2, ["3"], None),
        ("-120.0", 2, ["5.0"], None),
        ("5", 3, ["0.0", "-100.0000001"], None),
        ("5", 5, ["999999999999999"] * 4, -100.0),
        ("-99.0", 2, ["-50.0"], -99.98),  # 0.01² / 0.5 = 0.0002 of it is left
        ("5", 2, ["-99.9999"], 110249900.0),  # 1.05² / 0.000001
    ],
)
def test_an_average_of_extreme_growths_is_a_number_or_is_not_told(
    city, target, years, done, needed
):
    entry = {"value": target, "over": "average"}
    rows = [("a", "growth", str(2023 + n), value) for n, value in enumerate(done)]
    made = city({f"growth 2023..{2022 + years}": {"a": entry}}, rows)
    half = f"H1-{2023 + len(done)}"
    told = plain(made.open().catchup(half, assume_half=True).set_index("area").loc["a", "needed"])
    assert (told is None) if needed is None else told == pytest.approx(needed, abs=0.005)


def test_of_a_range_over_years_the_easier_end_counts(city):
    falling = AVERAGE.replace('better = "up"', 'better = "down"').replace('yearly = "growth"', "")
    made = city(
        falling + toml_targets({"average 2024..2026": {"a": "-5..-4"}}),
        [("a", "average", "H1-2024", "-3")],
    )
    (target,) = made.open().catchup("H1-2024")["target"]
    assert target == -4.0


@pytest.mark.parametrize(
    ("indicator", "period"), [("level", "H1-2024"), ("stock", "2024-06"), ("share", "H1-2024")]
)
def test_a_target_set_before_a_break_is_not_compared_with_a_figure_published_after_it(
    row, indicator, period
):
    rows, breaks = [("a", indicator, period, "40")], {indicator: "2024-06-01"}
    told = row({f"{indicator} 2024": {"a": "50"}}, rows, indicator=indicator, breaks=breaks)
    assert told["needed"] is None
    assert "break" in told["note"]


# Averages over years


@pytest.mark.parametrize(
    ("period", "needed", "word"),
    [
        ("H1-2024", 5.2292, "3 of 5"),
        ("2023", 5.2292, "3 of 5"),
        ("H1-2021", 5.0, "0 of 5"),
        ("2024", None, "2024"),
        ("H1-2026", "none", ""),
    ],
    ids=[
        "in the fourth year",
        "after the third",
        "at the start",
        "a year without a figure",
        "not in these years",
    ],
)
def test_an_average_over_years(city, period, needed, word):
    targets = AVERAGE + toml_targets(
        {"average 2021..2025": {"a": {"value": "at least 5", "set": "2021-01-15"}}}
    )
    years = [
        ("a", "growth", y, v, {"published": f"{int(y) + 1}-01-20"})
        for y, v in (("2021", "8.8"), ("2022", "0.7"), ("2023", "5.2"))
    ]
    frame = city(targets, years).open().catchup(period)
    hits = frame[frame["indicator"] == "average"]
    if needed == "none":
        assert hits.empty
        return
    assert hits["period"].tolist() == ["2021..2025"]
    assert plain(hits["needed"].iloc[0]) == (needed and pytest.approx(needed, abs=5e-5))
    assert word in hits["note"].iloc[0]


def test_an_undisclosed_average_says_that_its_number_is_not_public(city):
    targets = AVERAGE + toml_targets({"average 2021..2025": {"a": "undisclosed"}})
    frame = (
        city(targets, [("a", "growth", "2021", "8.8", {"published": "2022-01-20"})])
        .open()
        .catchup("2021")
    )
    assert "not published" in frame[frame["indicator"] == "average"]["note"].iloc[0]


# Lower is better, and what has to be passed: what `why`, `catchup` and `brief` say, worked out by hand

LEFT = {  # indicator, target, figure: `why`, the note of `catchup`, the sentence of `brief`
    ("stock", "50", "40"): ("50 − 40 = 10 stations still to come", "", "still needs 10 stations"),
    ("stock", "above 50", "50"): (
        "50 − 50 = 0 stations",
        "slightly more is needed: the target must be exceeded",
        "the city needs a little more: the target must be exceeded.",
    ),
    ("share", "above 33.0", "33.0"): (
        "33.0 − 33.0 = 0.0 pp",
        "slightly more is needed: the target must be exceeded",
        "the city needs a little more: the target must be exceeded.",
    ),
    ("jobless", "5.0", "5.2"): (
        "5.0 − 5.2 = -0.2 pp: it still has to come down by 0.2 pp",
        "",
        "still has to come down by 0.2",
    ),
    ("jobless", "below 5.0", "5.2"): (
        "5.0 − 5.2 = -0.2 pp: it still has to come down by 0.2 pp",
        "",
        "still has to come down by 0.2",
    ),
    ("jobless", "below 5.0", "5.0"): (
        "5.0 − 5.0 = 0.0 pp",
        "slightly less is needed: the result must be below the target",
        "the city has to come down a little more, below the target itself.",
    ),
    ("jobless", "5.0", "5.0"): (
        "5.0 − 5.0 = 0.0 pp",
        "within the limit so far; the period has not ended",
        "",
    ),
    ("stock", "50", "50"): ("50 − 50 = 0 stations", "already reached", ""),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_is_left_is_told_the_right_way_round(city, run, case):
    indicator, promise, figure = case
    steps, note, sentence = LEFT[case]
    made = city({f"{indicator} 2024": {"city": promise}}, [("city", indicator, "2024-06", figure)])
    told = run(f"why city {indicator} H1-2024 --of catchup -f csv", at=made.folder)
    said = {row["step"]: row["what"] for row in told.rows}
    assert said["catch-up"] == steps
    (row,) = run(f"catchup --half H1-2024 -i {indicator} -f csv", at=made.folder).rows
    assert row["note"] == note
    brief = run(f"brief --half H1-2024 -i {indicator}", at=made.folder).out
    assert sentence in " ".join(brief.split())
    assert ("What is still needed" in brief) == bool(sentence)


def test_an_amount_equal_to_what_it_has_to_stay_below_is_past_it(city, run):
    extra = '[indicators.waste]\nname = "waste"\nkind = "flow"\nunit = "tonnes"\nbetter = "down"\n'
    made = city(
        extra + toml_targets({"waste 2024": {"city": "<50"}}), [("city", "waste", "H1-2024", "50")]
    )
    brief = " ".join(run("brief --half H1-2024 -i waste", at=made.folder).out.split())
    assert "is equalled already and can no longer be met." in brief
    (row,) = run("catchup --half H1-2024 -i waste -f csv", at=made.folder).rows
    assert (
        row["note"] == "equal to the limit, below which it had to remain; this cannot be reversed"
    )
