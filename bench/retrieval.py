#!/usr/bin/env python3
"""Replay a trial-retrieval test collection through `treff search --queries FILE --format trec` and score it.

usage: retrieval.py COLLECTION [--treff build/release/treff] [--work DIR]

COLLECTION holds docs.jsonl.xz (id, title, summary, description a line), topics.tsv (year, topic, disease, gene,
demographic, other), qrels.YEAR.txt and, to compare with, baseline_fts5.YEAR.run and published_runs_scores.tsv. Every
document becomes a curated trial record, every topic a case; nothing else is told to the program. Prints a table for
bench/retrieval.md: NDCG@10 with linear gains, averaged over topics with a relevant document, restricted (an unjudged
document counts as not relevant) and condensed (unjudged documents are taken out first), and the two-sided p of a paired
randomisation test against the baseline over all topics of all years.
"""
import argparse
import collections
import csv
import json
import lzma
import math
import pathlib
import random
import re
import subprocess
import sys
import tempfile

SEEDS = ["kb/seed/reference", "kb/seed/norway"]


def write_trials(collection, path):
    common = {"checked_on": "2026-11-22", "confidence": "quoted", "sources": ["registry-texts"]}
    with open(path, "w", encoding="utf-8") as out, lzma.open(collection / "docs.jsonl.xz", "rt", encoding="utf-8") as docs:
        out.write(json.dumps({"kind": "source", "id": "registry-texts", "citation": "Registry texts of a test collection", **common}) + "\n")
        for line in docs:
            doc = json.loads(line)
            trial = {"kind": "trial", "id": doc["id"].lower(), "registry_ids": [{"registry": "nct", "id": doc["id"]}], **common}
            if doc["title"]:
                trial["names"] = {"en": doc["title"]}
            for key in ("summary", "description"):
                if doc[key]:
                    trial[key] = doc[key]
            out.write(json.dumps(trial) + "\n")


def cases(collection):
    """Year -> [(topic, case)]: the topic's own words, brackets around a variant left out."""
    found = collections.defaultdict(list)
    with open(collection / "topics.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            person = re.match(r"(\d+)-year-old (male|female)", row["demographic"])
            texts = [re.sub(r"\s*\(([^)]*)\)", r" \1", part).strip() for part in re.split(r",\s*(?![^()]*\))", row["gene"])]
            case = {"diagnosis": {"text": row["disease"]}, "alterations": [{"text": text} for text in texts if text]}
            if person:
                case["age_years"], case["sex"] = int(person[1]), person[2]
            found[row["year"]].append((row["topic"], case))
    return found


def read_qrels(path):
    grades = collections.defaultdict(dict)
    for line in open(path, encoding="utf-8"):
        topic, _, doc, grade = line.split()
        grades[topic][doc.lower()] = int(grade)
    return grades


def read_run(lines):
    scored = collections.defaultdict(list)
    for line in lines:
        parts = line.split()
        if len(parts) >= 5:
            scored[parts[0]].append((-float(parts[4]), int(parts[3]), parts[2].lower()))
    return {topic: [doc for _, _, doc in sorted(rows)] for topic, rows in scored.items()}


def ndcg(ranked, grades, condensed):
    dcg = lambda gains: sum(g / math.log2(i + 2) for i, g in enumerate(gains[:10]))
    ideal = dcg(sorted((g for g in grades.values() if g > 0), reverse=True))
    if condensed:
        ranked = [doc for doc in ranked if doc in grades]
    return dcg([max(grades.get(doc, 0), 0) for doc in ranked]) / ideal


def paired_p(ours, theirs, rounds=20000):
    diffs = [a - b for a, b in zip(ours, theirs)]
    seen = abs(sum(diffs))
    rng = random.Random(7)
    hits = sum(abs(sum(d if rng.random() < 0.5 else -d for d in diffs)) >= seen - 1e-12 for _ in range(rounds))
    return (hits + 1) / (rounds + 1)


def published(collection):
    bars = {}
    with open(collection / "published_runs_scores.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["kind"] in ("best", "median"):
                bars[row["year"], row["split"], row["mode"], row["kind"]] = row["NDCG@10"]
    return bars


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=pathlib.Path)
    parser.add_argument("--treff", default="build/release/treff")
    parser.add_argument("--work", type=pathlib.Path, help="folder for the knowledge base and the runs; reused if there")
    args = parser.parse_args()
    work = args.work or pathlib.Path(tempfile.mkdtemp(prefix="treff-retrieval-"))
    work.mkdir(parents=True, exist_ok=True)
    treff = [args.treff, "--kb", str(work / "kb")]
    if not (work / "kb").exists():
        write_trials(args.collection, work / "trials.ndjson")
        subprocess.run([*treff, "init", "--name", "retrieval"], check=True)
        subprocess.run([*treff, "import", "curated", *SEEDS, str(work / "trials.ndjson"), "--by", "bench"], check=True)
        subprocess.run([*treff, "index"], check=True)
    bars = published(args.collection)
    all_ours, all_base = [], []
    print("| year | topics | measure | Treff | FTS5 baseline | published median | published best |")
    print("|---|---|---|---|---|---|---|")
    for year, topics in sorted(cases(args.collection).items()):
        queries = work / f"queries.{year}.ndjson"
        queries.write_text("".join(json.dumps({"id": topic, "case": case}) + "\n" for topic, case in topics))
        done = subprocess.run([*treff, "search", "--queries", str(queries), "--kind", "trial", "--limit", "1000", "--format", "trec"],
                              check=True, stdout=subprocess.PIPE, text=True)
        (work / f"treff.{year}.run").write_text(done.stdout)
        ours = read_run(done.stdout.splitlines())
        base = read_run(open(args.collection / f"baseline_fts5.{year}.run", encoding="utf-8"))
        qrels = read_qrels(args.collection / f"qrels.{year}.txt")
        judged = sorted(topic for topic, grades in qrels.items() if any(g > 0 for g in grades.values()))
        split = next(s for y, s, _, _ in bars if y == year)
        for mode in ("condensed", "restricted"):
            a = [ndcg(ours.get(t, []), qrels[t], mode == "condensed") for t in judged]
            b = [ndcg(base.get(t, []), qrels[t], mode == "condensed") for t in judged]
            if mode == "condensed":
                all_ours += a
                all_base += b
            best, median = (bars[year, split, mode, kind] for kind in ("best", "median"))
            print(f"| {year} ({split}) | {len(judged)} | {mode} | {sum(a) / len(a):.4f} | {sum(b) / len(b):.4f} | {median} | {best} |")
    gain = (sum(all_ours) - sum(all_base)) / len(all_ours)
    print(f"\nAgainst the baseline, condensed, {len(all_ours)} topics pooled: {gain:+.4f}, p = {paired_p(all_ours, all_base):.5f}")


if __name__ == "__main__":
    sys.exit(main())
