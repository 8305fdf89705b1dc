"""Runs every benchmark and writes `benchmarks/results.json`; says for each budget whether it is kept."""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path
from typing import Any

from benchmarks import explorer, gaps, ideas, plan

RESULTS = Path(__file__).with_name("results.json")
BUDGETS = {
    "explorer.speedup_at_5000": (">=", 15.0),
    "explorer.growth_150000_over_5000": ("<=", 2.0),
    "explorer.payload_growth_150000_over_5000": ("<=", 1.1),
    "explorer.first_map_ratio": ("<=", 1.25),
    "explorer.import_ratio": ("<=", 1.15),
    "explorer.external_requests": ("<=", 0),
    "gaps.catchment_speedup": (">=", 10.0),
    "gaps.measures_growth_70000_over_35000": ("<=", 2.5),
    "plan.same_optimum": (">=", 1),
    "plan.proven": (">=", 1),
    "plan.speedup_512x300": (">=", 8.0),
    "plan.speedup_3000x500": (">=", 8.0),
    "ideas.page_over_search": ("<=", 3.0),
}
"""Ratios, because absolute times of a noisy machine prove nothing."""


def by_size(figures: dict[str, Any]) -> dict[str, Any]:
    """Figures measured at several sizes as one entry, {name: {size: value}}; the others as they are."""
    nested: dict[str, Any] = {}
    for name, value in figures.items():
        stem, _, size = name.rpartition(".")
        if size.isdecimal():
            nested.setdefault(stem, {})[size] = value
        else:
            nested[name] = value
    return nested


def main() -> int:
    figures = explorer.run() | gaps.run() | plan.run() | ideas.run()
    figures["machine"] = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    RESULTS.write_text(json.dumps(by_size(figures), indent=2, sort_keys=True) + "\n", encoding="utf-8")
    kept = True
    for name, value in sorted(figures.items()):
        rule = BUDGETS.get(name)
        ok = rule is None or (value >= rule[1] if rule[0] == ">=" else value <= rule[1])
        kept = kept and ok
        print(f"{name:48} {value}" + (f"   {'kept' if ok else 'MISSED'}: {rule[0]} {rule[1]}" if rule else ""))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
