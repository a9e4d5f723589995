// The files of the page by themselves: valid HTML, complete words, and the case <-> JSON both ways.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { HtmlValidate } from "html-validate";
import { from_json, to_json } from "../../web-static/app/case_json.js";
import { words_en } from "../../web-static/app/words_en.js";
import { words_nb } from "../../web-static/app/words_nb.js";
import { kRoot } from "./support/program.mjs";

const kPages = path.join(kRoot, "web-static");

async function sources() {
  const names = (await readdir(path.join(kPages, "app"))).filter((name) => !name.startsWith("words_"));
  const texts = await Promise.all(names.map((name) => readFile(path.join(kPages, "app", name), "utf8")));
  return [...texts, await readFile(path.join(kPages, "index.html"), "utf8")].join("\n");
}

test("index.html is valid", async () => {
  // The submit button of the case is drawn with the form; page.test.mjs validates the drawn page with this rule on.
  const validate = new HtmlValidate({ extends: ["html-validate:recommended"], rules: { "wcag/h32": "off" } });
  const report = await validate.validateFile(path.join(kPages, "index.html"));
  assert.deepEqual(
    report.results.flatMap(({ messages }) => messages.map(({ line, message }) => `${line}: ${message}`)),
    [],
  );
});

test("the types written in the comments hold", async () => {
  const tsc = path.join(path.dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
  const how =
    "--noEmit --allowJs --checkJs --strict --target es2023 --module esnext --moduleResolution bundler --lib es2023,dom,dom.iterable";
  const check = promisify(execFile)(process.execPath, [tsc, ...how.split(" "), path.join(kPages, "app/main.js")]);
  const printed = await check.then(
    ({ stdout }) => stdout,
    ({ stdout }) => stdout,
  );
  assert.equal(printed, "");
});

test("both catalogues hold the same keys and the same parameters", () => {
  const parameters = (text) => (text.match(/\{\w+\}/g) || []).sort().join(" ");
  assert.deepEqual(Object.keys(words_nb).sort(), Object.keys(words_en).sort());
  for (const key of Object.keys(words_nb)) {
    if (/\.(one|other)$/.test(key)) continue;
    assert.equal(parameters(words_nb[key]), parameters(words_en[key]), key);
  }
});

test("every word is used, and every word asked for by name exists", async () => {
  const text = await sources();
  const prefixes = [...text.matchAll(/`(\w+(?:\.\w+)?)\.\$\{/g)].map((found) => `${found[1]}.`);
  const relations = ["option.evidence_"];
  const used = (key) =>
    text.includes(`"${key}"`) ||
    text.includes(`"${key.replace(/\.(one|other)$/, "")}"`) ||
    [...prefixes, ...relations].some((prefix) => key.startsWith(prefix));
  assert.deepEqual(
    Object.keys(words_nb).filter((key) => !used(key)),
    [],
  );
  const asked = [...text.matchAll(/\bw\("([^"]+)"|data-word="([^"]+)"/g)].map((found) => found[1] || found[2]);
  assert.deepEqual(
    asked.filter((key) => !(key in words_nb)),
    [],
  );
});

// Where an answer's closed word lists are written down, and the prefix of their words on the page.
const kWordLists = [
  ["kb/match/option.h", "match::Bucket", "bucket"],
  ["kb/match/option.h", "match::Route", "route"],
  ["kb/match/leaf.h", "match::TestKind", "test"],
  ["kb/match/two_stage.h", "match::StageDecision", "decision"],
  ["kb/model/records.h", "model::EntryState", "state"],
  ["kb/model/records.h", "model::StageNumber", "stage"],
  ["kb/model/records.h", "model::Confidence", "confidence"],
  ["kb/model/records.h", "model::PublicFunding", "public"],
  ["kb/model/records.h", "model::EvidenceDirection", "direction"],
];

for (const [file, type, prefix] of kWordLists) {
  test(`every ${type} has words`, async () => {
    const text = await readFile(path.join(kRoot, file), "utf8");
    const list = text.match(new RegExp(`EnumNames<${type}> \\{([^;]|;(?!\\n\\};))*`))[0];
    const names = [...list.matchAll(/"(\w+)"/g)].map((found) => found[1]);
    assert.ok(names.length > 2, `${names}`);
    assert.deepEqual(
      names.filter((name) => !(`${prefix}.${name}` in words_nb)),
      [],
    );
  });
}

test("the page speaks of options, never of recommendations", () => {
  for (const words of [words_nb, words_en]) {
    const all = Object.entries(words)
      .filter(([, text]) => /anbefal|recommend/i.test(text))
      .map(([key]) => key);
    // The two places that say it recommends nothing.
    assert.deepEqual(all.sort(), ["footer.options", "use.2"]);
  }
});

test("no page file has a function that makes markup from text", async () => {
  assert.doesNotMatch(
    await sources(),
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|localStorage|sessionStorage/,
  );
});

const kCases = [
  ["short", { diagnosis: { text: "lungekreft" }, alterations: [{ text: "BRAF V600E" }] }],
  [
    "everything the form has a field for",
    {
      diagnosis: { oncotree: "LUAD" },
      age_years: 0,
      sex: "female",
      ecog: 0,
      disease_extent: "metastatic",
      standard_treatment_exhausted: false,
      alterations: [{ text: "BRAF V600E" }, { text: "TMB 12.3" }],
      tested: { panel: ["tso500-dna", "tso500-rna"] },
      prior_treatments: [{ drug: "osimertinib", outcome: "progression" }],
      consent_blocks: ["impress-norway"],
    },
  ],
  [
    "what the form has no field for",
    {
      id: "case-1",
      diagnosis: { icd10: "C34" },
      alterations: [{ text: "BRAF V600E" }, { gene: "EGFR", protein: "E746_A750del" }, { text: "KRAS G12C", vaf: 0.3 }],
      biomarkers: { msi: "stable" },
      tested: { panel: ["tso500-dna"], failed: ["msi"] },
      specimen: { kind: "tissue" },
      prior_treatments: [{ drug: "osimertinib", line: 1 }],
      consent_blocks: ["impress-norway", "drup"],
      region: "helse-vest",
    },
  ],
  ["another panel", { diagnosis: { text: "x" }, tested: { panel: "own-panel", genes_fusion: ["ALK"] } }],
  ["no prior treatment is not the same as unknown", { diagnosis: { text: "x" }, prior_treatments: [] }],
];

for (const [name, body] of kCases) {
  test(`a case opened and sent is the same case: ${name}`, () => assert.deepEqual(to_json(from_json(body)), body));
}

for (const name of ["case", "case-biomarkers", "case-no-findings", "case-rna", "case-short"]) {
  test(`the example ${name} of the schemas comes through unchanged`, async () => {
    const body = JSON.parse(await readFile(path.join(kRoot, "schemas/examples", `${name}.json`), "utf8"));
    const sent = to_json(from_json(body));
    // One panel may be written as a text or as a list of one.
    if (typeof body.tested?.panel === "string") body.tested.panel = [body.tested.panel].flat();
    if (typeof sent.tested?.panel === "string") sent.tested.panel = [sent.tested.panel];
    // Findings given as text come first; their order says nothing.
    const sorted = (list) => [...(list || [])].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
    assert.deepEqual(
      { ...sent, alterations: sorted(sent.alterations) },
      { ...body, alterations: sorted(body.alterations) },
    );
  });
}
