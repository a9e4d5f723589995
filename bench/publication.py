#!/usr/bin/env python3
"""Publications under load: the real server, readers on open connections, and a curator who writes.

usage: publication.py SOURCE [--trials 100000] [--publications 200] [--rate 50] [--work DIR] [--treff build/release/treff]

SOURCE is a file of registry studies, .jsonl or .jsonl.xz: lines of a flattened ClinicalTrials.gov export (`nct_id`, goes
through `treff import ctgov`) or of a test collection (`id`, `title`, `summary`, `description`, become curated trials).
Beyond their number they are taken again under other ids. The knowledge base is kb/seed and these trials; --work keeps
it for the next run.

Readers send --rate requests a second in all, by a fixed timetable: match, search by words and by case, suggestions, one
record. Latency counts from the planned moment, so that a stall is not hidden. A failure is anything but a 2xx, a
connection that breaks, or a revision older than one that was acknowledged before the request was sent. The curator
changes slots by `POST cohorts/{id}/enrolment`; every fifth publication posts new records instead. After each answer one
prober asks match and another search until both show the new figure.
"""
import argparse
import collections
import http.client
import json
import lzma
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

SEEDS = ["kb/seed/reference", "kb/seed/norway", "kb/seed/example"]
TODAY = "2026-11-22"
COMMON = {"checked_on": TODAY, "confidence": "quoted", "sources": ["registry-texts"]}
CASE = {"diagnosis": {"oncotree": "MEL"}, "alterations": [{"text": "BRAF V600E"}]}
COHORTS = ["example-braf-v600-melanoma", "example-braf-v600-biliary", "example-braf-v600-thyroid", "example-braf-v600-glioma"]
WORDS = ["melanoma BRAF", "glioma temozolomide", "breast cancer HER2", "osimertinib", "KRAS G12C lung", "NTRK fusion solid tumor",
         "pembrolizumab", "BRCA1 ovarian olaparib", "leukemia children", "immunotherapy colorectal MSI"]
TYPED = ["mel", "bra", "osim", "kras g", "lung a", "pem", "gli", "vemu"]
CASES = [CASE,
         {"diagnosis": {"oncotree": "LUAD"}, "age_years": 61, "sex": "female",
          "alterations": [{"text": "EGFR L858R"}, {"text": "TP53 R175H"}, {"text": "MET amplification"}]},
         {"diagnosis": {"text": "brystkreft"}, "alterations": [{"text": "ERBB2 amplification"}, {"text": "PIK3CA H1047R"}]},
         {"diagnosis": {"oncotree": "COADREAD"}, "alterations": [{"text": "KRAS G12D"}, {"text": "APC R1450*"}],
          "biomarkers": {"msi": "high"}}]


def lines_of(path):
    opened = lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else open(path, encoding="utf-8")
    with opened as file:
        return [json.loads(line) for line in file]


def write_trials(source, count, path):
    """Returns the importer to use."""
    docs = lines_of(source)
    registry = "nct_id" in docs[0]
    key = "nct_id" if registry else "id"
    taken = {doc[key] for doc in docs}
    fresh = (f"NCT{n:08d}" for n in range(90_000_000, 99_999_999) if f"NCT{n:08d}" not in taken)
    with open(path, "w", encoding="utf-8") as out:
        if not registry:
            out.write(json.dumps({"kind": "source", "id": "registry-texts", "citation": "Registry texts", **COMMON}) + "\n")
        for at in range(count):
            doc = dict(docs[at % len(docs)])
            if at >= len(docs):
                doc[key] = next(fresh)
            if not registry:
                trial = {"kind": "trial", "id": doc["id"].lower(), "registry_ids": [{"registry": "nct", "id": doc["id"]}], **COMMON}
                trial.update({k: doc[k] for k in ("summary", "description") if doc.get(k)})
                if doc.get("title"):
                    trial["names"] = {"en": doc["title"]}
                doc = trial
            out.write(json.dumps(doc) + "\n")
    return "ctgov" if registry else "curated"


def make_base(args, work):
    treff = [args.treff, "--kb", str(work / "kb")]
    timed = {}

    def run(what, *words):
        start = time.monotonic()
        subprocess.run([*treff, *words], check=True, stdout=sys.stderr)
        timed[what] = time.monotonic() - start

    path = work / f"trials_{TODAY}.jsonl"
    importer = write_trials(args.source, args.trials, path)
    if importer == "curated":
        path = path.rename(path.with_suffix(".ndjson"))
    run("init", "init", "--name", "publication")
    run("seed", "import", "curated", *SEEDS, "--by", "bench")
    run("import", "import", importer, str(path), "--by", "bench")
    run("index", "index")
    path.unlink()
    print(f"made: import {timed['import']:.1f} s, index {timed['index']:.1f} s", file=sys.stderr)


class Client:
    """One kept connection; the server may end it after so many requests, and says so."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, method, path, body=None, headers=None):
        sent = {"Content-Type": "application/json", **(headers or {})} if body is not None else (headers or {})
        self.connection.request(method, path, body=None if body is None else json.dumps(body), headers=sent)
        response = self.connection.getresponse()
        text = response.read()
        return response.status, int(response.getheader("Treff-Revision") or -1), text


class Readers:
    def __init__(self, port, rate, threads=12):
        self.port, self.rate = port, rate
        self.lock = threading.Lock()
        self.next, self.start = 0, time.monotonic()
        self.acknowledged = 0
        self.latency = collections.defaultdict(list)
        self.failures = collections.Counter()
        self.done = False
        self.threads = [threading.Thread(target=self.run, daemon=True) for _ in range(threads)]
        for thread in self.threads:
            thread.start()

    def request(self, n):
        kind = ("match", "match", "search", "suggest", "match", "case", "record", "search", "match", "suggest")[n % 10]
        n //= 10
        if kind == "match":
            return kind, "POST", f"/api/v1/match?today={TODAY}", CASES[n % len(CASES)]
        if kind == "search":
            facets = ["kind", "status"] if n % 2 else []
            return kind, "POST", "/api/v1/search", {"q": WORDS[n % len(WORDS)], "facets": facets}
        if kind == "case":
            return kind, "POST", "/api/v1/search", {"case": CASES[n % len(CASES)]}
        if kind == "suggest":
            return kind, "GET", "/api/v1/suggest?q=" + TYPED[n % len(TYPED)].replace(" ", "%20"), None
        return kind, "GET", f"/api/v1/records/cohort/{COHORTS[n % len(COHORTS)]}", None

    def run(self):
        client, seen = Client(self.port), 0
        while True:
            with self.lock:
                n = self.next
                self.next += 1
            due = self.start + n / self.rate
            wait = due - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            if self.done:
                return
            kind, method, path, body = self.request(n)
            least = max(self.acknowledged, seen)
            try:
                status, revision, text = client.ask(method, path, body)
            except (OSError, http.client.HTTPException) as error:
                self.failures[f"{kind}: {type(error).__name__}"] += 1
                client = Client(self.port)
                continue
            self.latency[kind].append(time.monotonic() - due)
            if not 200 <= status < 300:
                self.failures[f"{kind}: {status} {text[:80]!r}"] += 1
            elif revision < least:
                self.failures[f"{kind}: revision {revision} after {least}"] += 1
            seen = max(seen, revision)

    def stop(self):
        self.done = True
        for thread in self.threads:
            thread.join()


def slots_in(answer, cohort):
    for option in json.loads(answer)["options"]:
        if option["id"] == cohort:
            return (option.get("slots") or {}).get("left")
    return None


def until(asked, deadline=60):
    start = time.monotonic()
    while time.monotonic() - start < deadline:
        if asked():
            return time.monotonic()
        time.sleep(0.01)
    raise SystemExit("a publication never became visible")


class Curator:
    def __init__(self, port, token, readers):
        self.client, self.probe = Client(port), Client(port)
        self.headers = {"Authorization": "Bearer " + token}
        self.readers = readers
        self.write, self.visible, self.answered = [], [], []
        self.failures = collections.Counter()

    def publish(self, n):
        _, head, _ = self.client.ask("GET", "/api/v1/meta")
        cohort, left = COHORTS[n % len(COHORTS)], 1 + n
        common = {"sources": ["example-source"], "checked_on": TODAY, "confidence": "example"}
        word = f"quokka{n}"
        if n % 5 == 4:
            path = "/api/v1/import?reason=bench"
            record = json.loads(self.client.ask("GET", f"/api/v1/records/cohort/{cohort}")[2])
            record["slots"] = {"cap": 1000, "left": left, "as_of": TODAY, **common}
            record["synonyms"] = [f"EXAMPLE {word}"]
            trials = [{"kind": "trial", "id": f"example-{word}-{i}", "names": {"en": f"EXAMPLE trial {word} of melanoma, part {i}"},
                       "summary": "EXAMPLE " + " ".join(WORDS), **common} for i in range(12)]
            body = [record, *trials]
        else:
            path = f"/api/v1/cohorts/{cohort}/enrolment"
            body = {"as_of": TODAY, "started": 8, "evaluable": 6, "effects": 3, "sources": ["example-source"], "confidence": "example",
                    "slots": {"cap": 1000, "left": left, "sources": ["example-source"], "confidence": "example"}}
        sent = time.monotonic()
        status, revision, text = self.client.ask("POST", path, body, {**self.headers, "If-Match": f'"{head}"'})
        answered = time.monotonic()
        if status != 200:
            self.failures[f"write: {status} {text[:200]!r}"] += 1
            return
        self.readers.acknowledged = revision

        def match_shows():
            return slots_in(self.probe.ask("POST", f"/api/v1/match?today={TODAY}&include=closed,near_miss,possible", CASE)[2], cohort) == left

        def search_shows():
            query = {"q": word if n % 5 == 4 else cohort, "kinds": ["cohort"]}
            status, _, text = self.probe.ask("POST", "/api/v1/search", query)
            if status != 200:
                self.failures[f"probe: {status}"] += 1
                return False
            found = json.loads(text)
            return found["revision"] >= revision and any(hit["id"] == cohort for hit in found["hits"])

        until(match_shows)
        shown = until(search_shows)
        self.write.append(answered - sent)
        self.answered.append(shown - answered)
        self.visible.append(shown - sent)


def memory(pid):
    lines = dict(line.split(":", 1) for line in open(f"/proc/{pid}/status") if ":" in line)
    return int(lines["VmRSS"].split()[0]) // 1024, int(lines["VmHWM"].split()[0]) // 1024


def row(name, values):
    values = sorted(values)
    at = lambda share: 1000 * values[min(len(values) - 1, int(share * len(values)))]
    print(f"| {name} | {len(values)} | {1000 * statistics.median(values):.0f} | {at(0.99):.0f} | {1000 * values[-1]:.0f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("--trials", type=int, default=100_000)
    parser.add_argument("--publications", type=int, default=200)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--pause", type=float, default=0.25, help="seconds between publications")
    parser.add_argument("--treff", default="build/release/treff")
    parser.add_argument("--work", type=pathlib.Path, help="folder for the knowledge base; reused if there")
    args = parser.parse_args()
    work = args.work or pathlib.Path(tempfile.mkdtemp(prefix="treff-publication-"))
    work.mkdir(parents=True, exist_ok=True)
    if not (work / "kb").exists():
        make_base(args, work)
    treff = [args.treff, "--kb", str(work / "kb")]
    subprocess.run([*treff, "token", "remove", "bench"], stderr=subprocess.DEVNULL)
    token = subprocess.run([*treff, "token", "add", "bench"], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.strip()
    log = work / "serve.log"
    start = time.monotonic()
    with open(log, "w") as err:
        server = subprocess.Popen([*treff, "serve", "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE, stderr=err, text=True)
    try:
        port = int(server.stdout.readline().rsplit(":", 1)[1])
        print(f"start to first connection {time.monotonic() - start:.2f} s, {memory(server.pid)[0]} MiB", file=sys.stderr)
        probe = Client(port)
        until(lambda: probe.ask("GET", "/readyz")[0] == 200, 600)
        readers = Readers(port, args.rate)
        time.sleep(3)
        curator = Curator(port, token, readers)
        began = time.monotonic()
        beside = subprocess.run([*treff, "import", "curated", "kb/seed/example"], capture_output=True)
        if beside.returncode != 75:
            curator.failures[f"import beside the server: exit {beside.returncode}"] += 1
        for n in range(args.publications):
            curator.publish(n)
            time.sleep(args.pause)
        lasted = time.monotonic() - began
        readers.stop()
        now, peak = memory(server.pid)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()
    messages = log.read_text()
    print(f"{args.trials} trials, {args.publications} publications in {lasted:.0f} s, {args.rate:g} requests a second\n")
    print("| ms | number | median | p99 | max |\n|---|---|---|---|---|")
    row("write sent to answered", curator.write)
    row("write answered to shown by match and search", curator.answered)
    row("write sent to shown", curator.visible)
    row("all requests", [t for times in readers.latency.values() for t in times])
    for kind, times in sorted(readers.latency.items()):
        row(kind, times)
    failures = readers.failures + curator.failures
    print(f"\nfailed or stale: {sum(failures.values())} of {sum(map(len, readers.latency.values()))} requests and {args.publications} "
          f"writes; background merges: {messages.count(' merged')}; index rebuilt after damage: {messages.count('built anew')}; "
          f"memory {now} MiB, peak {peak} MiB")
    for what, count in failures.most_common(20):
        print(f"- {count} x {what}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
