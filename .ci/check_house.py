#!/usr/bin/env python3
"""Checks the include rule, where each library may be used, and the size budgets (docs/architecture.md)."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# A room may include itself and the rooms named here.
BASE = {"kb/base"}
NAMES = BASE | {"kb/nomenclature"}
MODEL = NAMES | {"kb/model"}
VIEW = MODEL | {"kb/store", "kb/text", "kb/match", "kb/view"}
ANSWER = VIEW | {"kb/answer", "kb/casefile"}
INDEXER = ANSWER | {"indexer"}
SERVER = INDEXER | {"server"}
ALLOWED = {
    "kb/base": BASE,
    "kb/nomenclature": NAMES,
    "kb/model": MODEL,
    "kb/store": MODEL | {"kb/store"},
    "kb/text": MODEL | {"kb/text"},
    "kb/match": MODEL | {"kb/match"},
    "kb/casefile": MODEL | {"kb/casefile"},
    "kb/view": VIEW,
    "kb/answer": ANSWER,
    "indexer": INDEXER,
    "server": SERVER,
    "cli": SERVER | {"cli"},
    "schemas": SERVER,
}

# Which files may use a library directly.
LIBRARIES = {
    r"^rocksdb/": [r"^kb/store/"],
    r"^xapian": [r"^kb/text/"],
    r"^httplib": [r"^server/http_server\."],
    r"^htslib/": [r"^kb/casefile/"],
    r"^simdjson": [r"^kb/model/codec"],
    r"^nlohmann/": [r"^kb/model/codec", r"^kb/casefile/", r"^kb/answer/", r"^indexer/importers/", r"^server/handlers/"],
    r"^(lzma|zlib|pugixml)": [r"^indexer/importers/"],
    r"^CLI/": [r"^cli/"],
    r"^yaml-cpp/": [r"^indexer/importers/ctml_document\."],
    r"^regex$": [],
}

MAX_FILE_LINES = 700
MAX_FUNCTION_LINES = 80

INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^">]+)[">]', re.M)


def room_of(path):
    parts = path.split("/")
    return "/".join(parts[:2]) if parts[0] == "kb" else parts[0]


def check_includes(path, text, problems):
    room = room_of(path)
    if room not in ALLOWED:
        return
    for kind, target in INCLUDE.findall(text):
        if kind == '"':
            if not (ROOT / target).exists():
                problems.append(f"{path}: include \"{target}\" is not written from the repository root")
            elif room_of(target) not in ALLOWED[room]:
                problems.append(f"{path}: {room} may not include {room_of(target)} ({target})")
            continue
        for pattern, places in LIBRARIES.items():
            if re.search(pattern, target) and not any(re.search(place, path) for place in places):
                problems.append(f"{path}: <{target}> may not be used here")


def check_functions(path, text, problems):
    """Rough but steady: a body that begins at the margin or inside a class and is longer than the budget."""
    start = None
    for number, line in enumerate(text.split("\n"), 1):
        opens = re.match(r"^( {0,2})[^\s#/}].*\)\s*(const|noexcept|override|final|->.*|: .*)*\s*\{$", line)
        if opens and not re.match(r"^\s*(if|for|while|switch|namespace|struct|class|enum)\b", line):
            start = (number, opens.group(1))
        elif start and line == start[1] + "}":
            if number - start[0] - 1 > MAX_FUNCTION_LINES:
                problems.append(f"{path}:{start[0]}: a function of {number - start[0] - 1} lines (at most {MAX_FUNCTION_LINES})")
            start = None


def tracked():
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for path in out.stdout.split("\n") if path]


def main():
    problems = []
    sources = []
    for path in tracked():
        if not path.endswith((".h", ".cc", ".js", ".mjs", ".css", ".py")) or not (ROOT / path).exists():
            continue
        text = (ROOT / path).read_text(encoding="utf-8")
        if text.count("\n") > MAX_FILE_LINES:
            problems.append(f"{path}: {text.count(chr(10))} lines (at most {MAX_FILE_LINES})")
        if path.endswith((".h", ".cc")):
            sources.append(path)
            check_includes(path, text, problems)
            if path.endswith(".cc"):
                check_functions(path, text, problems)
    formatted = subprocess.run(["clang-format-14", "--dry-run", "--Werror", *sources], cwd=ROOT, capture_output=True, text=True)
    if formatted.returncode != 0:
        first = [line for line in formatted.stderr.split("\n") if "error:" in line][:20]
        problems.extend(f"format: {line}" for line in first)
    for problem in problems:
        print(problem)
    print(f"{len(sources)} source files checked, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
