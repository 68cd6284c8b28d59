"""Selection rates and ratios by aequitas, which wants pandas 2 and an environment of its own.

Run by ``scripts.bench.subjects.impact`` with the number of rows, the seed, and the groups as
JSON; prints CPU seconds and the rates that were found.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
import pandas as pd
from aequitas.bias import Bias
from aequitas.group import Group


def main() -> None:
    asked = json.loads(sys.argv[1])
    draw = np.random.default_rng(asked["seed"])
    frame = pd.DataFrame(
        {
            name: draw.choice(list(shares), asked["people"], p=list(shares.values()))
            for name, shares in asked["groups"].items()
        }
    )
    frame["score"] = (draw.random(asked["people"]) < asked["selected"]).astype(int)
    frame["label_value"] = frame["score"]
    # The intersection is one more column to it.
    names = list(asked["groups"])
    start = time.process_time()
    frame[" × ".join(names)] = frame[names[0]].str.cat(frame[names[1:]], sep=" × ")
    counts, _ = Group().get_crosstabs(frame, attr_cols=[*names, " × ".join(names)])
    Bias().get_disparity_min_metric(counts, original_df=frame)
    used = time.process_time() - start
    rates = counts.set_index(["attribute_name", "attribute_value"])["pprev"]
    found = {f"{name}: {group}": rate for (name, group), rate in rates.items()}
    json.dump({"seconds": used, "rates": found}, sys.stdout)


if __name__ == "__main__":
    main()
