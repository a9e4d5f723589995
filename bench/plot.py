#!/usr/bin/env python3
"""Draws bench/growth.svg from the JSON of match_bench: time per case against the number of cohorts, both logarithmic.

Usage: match_bench --benchmark_format=json > match.json; bench/plot.py match.json bench/growth.svg
"""

import json
import math
import sys

SERIES = [
    ("match_by_cohorts", "matching, four cohorts a gene", "#1b6ca8"),
    ("lines_by_cohorts", "JSON to explained JSON, four cohorts a gene", "#2a8f4f"),
    ("match_by_sharing_cohorts", "matching, every cohort on the case's genes", "#b8641a"),
    ("plain_matcher_by_cohorts", "plain matcher, four cohorts a gene", "#8a2b4d"),
]
WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 470, 70, 30, 20, 130


def points_of(benchmarks, name):
    """(cohorts, microseconds of CPU) of one series, ascending."""
    found = {}
    for row in benchmarks:
        base, _, size = row["name"].partition("/")
        if base == name and row.get("run_type", "iteration") == "iteration":
            if row["time_unit"] != "us":
                raise SystemExit(f"{row['name']}: expected microseconds")
            found.setdefault(int(size), []).append(row["cpu_time"])
    return sorted((size, min(times)) for size, times in found.items())


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        benchmarks = json.load(file)["benchmarks"]
    drawn = [(label, colour, points_of(benchmarks, name)) for name, label, colour in SERIES]
    drawn = [one for one in drawn if one[2]]
    if not drawn:
        raise SystemExit("no series of growth in this file")
    sizes = [x for _, _, points in drawn for x, _ in points]
    times = [y for _, _, points in drawn for _, y in points]
    low_x, high_x = math.log10(min(sizes)), math.log10(max(sizes))
    low_y, high_y = math.floor(math.log10(min(times))), math.ceil(math.log10(max(times)))

    def place(x, y):
        across = LEFT + (math.log10(x) - low_x) / (high_x - low_x) * (WIDTH - LEFT - RIGHT)
        down = TOP + (high_y - math.log10(y)) / (high_y - low_y) * (HEIGHT - TOP - BOTTOM)
        return across, down

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="18">Time per case (microseconds of one core) against cohorts</text>',
    ]
    for power in range(low_y, high_y + 1):
        _, y = place(min(sizes), 10**power)
        label = f"{10 ** power:,}" if power >= 0 else str(10.0**power)
        out.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#ddd"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{label}</text>')
    for size in sorted(set(sizes)):
        x, _ = place(size, 10**low_y)
        out.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{size:,}</text>')
    for row, (label, colour, points) in enumerate(drawn):
        path = " ".join(f"{'M' if i == 0 else 'L'}{x:.1f} {y:.1f}" for i, (x, y) in enumerate(place(*p) for p in points))
        out.append(f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        for point in points:
            x, y = place(*point)
            out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>')
        y = HEIGHT - BOTTOM + 48 + row * 20
        out.append(f'<line x1="{LEFT}" y1="{y - 4}" x2="{LEFT + 24}" y2="{y - 4}" stroke="{colour}" stroke-width="2"/>')
        out.append(f'<text x="{LEFT + 32}" y="{y}">{label}</text>')
    out.append("</svg>\n")
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        file.write("\n".join(out))


if __name__ == "__main__":
    main()
