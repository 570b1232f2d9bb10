# %% [markdown]
# # dtrack from a notebook
# Every question that the command line answers, as a pandas DataFrame. Run it cell by cell in an
# editor that knows `# %%`,
# or as a whole: `python examples/notebook.py`. `examples/symposium` is illustrative, every figure
# of it made up; the folder
# above holds published figures of Beijing.

# %%
"""What dtrack answers, as DataFrames: assess, gap, catchup, city, path, revisions."""

from pathlib import Path

import pandas as pd

import dtrack

HERE = Path(__file__).resolve().parent
pd.set_option("display.width", 140, "display.max_columns", 20, "display.max_rows", 20)

symposium = dtrack.open(HERE / "symposium")
beijing = dtrack.open(HERE.parent)
print(
    len(symposium.findings),
    "findings in the symposium,",
    len(beijing.findings),
    "in the published figures",
)

# %% Who is short of target in the first half of 2024? One row for each area and indicator, always.
board = symposium.assess("H1-2024")
growth = board[board["indicator"] == "digital_va_growth"]
print(growth["verdict"].value_counts())
print(
    growth.sort_values("gap")[
        ["area_name", "target_text", "actual_text", "gap", "verdict", "sure"]
    ].head(6)
)

# %% What was known on a day stays what it was: Mentougou had not been revised yet.
then = symposium.assess("H1-2024", as_of="2024-08-16").set_index(["area", "indicator"])
print(then.loc[("mentougou", "digital_va_growth"), ["actual_text", "verdict"]].to_dict())

# %% One district through time: any spelling will do.
print(
    symposium.gap("顺义")[
        ["period", "indicator", "target_text", "actual_text", "gap", "change", "verdict"]
    ].head(8)
)

# %% Can it still be made? The growth that the second half needs, with the band that rounding
# allows.
needed = symposium.catchup("H1-2024")
hardest = needed[needed["indicator"] == "digital_va_growth"].sort_values("change", ascending=False)
print(
    hardest[
        ["area", "target", "actual", "needed", "needed_low", "needed_high", "reached", "of"]
    ].head(5)
)

# %% Whose is the city's gap? The parts add up to the total.
parts = symposium.city("H1-2024", indicator="digital_va_growth")
sums = parts.groupby("part")["contribution"].sum().round(4)
print(sums)
# each number is rounded once, so that four of them may miss their sum by two units of the last
print("the parts add up:", abs(sums.drop("total").sum() - sums["total"]) < 0.00025)
print(
    parts[parts["part"] == "performance"]
    .sort_values("contribution")[["area", "weight", "contribution"]]
    .head(3)
)

# %% Plans over years, on the published figures; `method="opensdg"` judges by compound growth.
plans = beijing.path()
with_target = plans[plans["target"].notna()]
print(
    with_target[["area", "indicator", "base_period", "latest_period", "target_period", "verdict"]]
)
print(beijing.path(method="opensdg")["verdict"].value_counts())

# %% What changed after it was first told? Haidian's GDP of 2023 crossed a census: named, never
# subtracted.
revised = beijing.revisions()
print(revised[["area", "indicator", "period", "first", "last", "change", "days", "note"]])

# %% A plain file for anybody: the same columns as `dtrack report --format csv`.
print(growth.to_csv(index=False, lineterminator="\n").splitlines()[0])
