// The page in Chromium against the real program: what a user does, and what must never happen.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { HtmlValidate } from "html-validate";
import { fill_case, open_page, option_ids, show_options, start_browser } from "./support/browser.mjs";
import { kRoot, kToday, start_program, treff } from "./support/program.mjs";

const kFixture = path.join(kRoot, "tests/fixtures/casefile/tso500_dna.tsv");
const kBiliary = { findings: ["BRAF V600E", "EML4::ALK", "TMB 12.3"], diagnosis: "CHOL" };

let program;
let browser;
let folder;

before(async () => {
  program = await start_program();
  browser = await start_browser();
  folder = await mkdtemp(path.join(tmpdir(), "treff-case-"));
});

after(async () => {
  await browser?.stop();
  await program?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Runs `steps` on a new page and then asks that the browser had nothing to complain about. */
async function on_page(steps, fragment = "") {
  const opened = await open_page(browser.context, `${program.address}/${fragment}`);
  try {
    await steps(opened.page, opened);
    assert.deepEqual(opened.complaints, []);
  } finally {
    await opened.page.close();
  }
}

/** The ids that the command gives for the same case, in its order. */
async function ids_of_command(...args) {
  const answer = JSON.parse(await treff("--kb", program.kb, "match", ...args, "--today", kToday, "--format", "json"));
  return answer.options.map((option) => option.id);
}

async function case_file(body) {
  const name = path.join(folder, "case.json");
  await writeFile(name, JSON.stringify(body));
  return name;
}

/** Drops a file on the zone as a file manager does. */
async function drop(page, name, content) {
  const data = await page.evaluateHandle(
    ([file_name, text]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], file_name));
      return transfer;
    },
    [name, content],
  );
  await page.dispatchEvent("#drop-zone", "drop", { dataTransfer: data });
}

describe("from findings to options", () => {
  test("typed findings and a diagnosis chosen by keyboard give the options of the command", async () => {
    const file = await case_file({
      diagnosis: { oncotree: "IHCH" },
      alterations: kBiliary.findings.map((text) => ({ text })),
    });
    const wanted = await ids_of_command(file);
    assert.ok(wanted.length > 5, "the seed holds options for this case");
    await on_page(async (page) => {
      await page.locator("#case-today").fill(kToday);
      await page.locator("#case-text").focus();
      await page.keyboard.type("BRAF V600E\nEML4::ALK\nTMB 12.3");
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.id), "case-diagnosis");
      await page.keyboard.type("intrahepatisk");
      await page.locator("#case-diagnosis-list [role=option]").first().waitFor();
      assert.equal(await page.locator("#case-diagnosis").getAttribute("aria-expanded"), "true");
      await page.keyboard.press("ArrowDown");
      const active = await page.locator("#case-diagnosis").getAttribute("aria-activedescendant");
      assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
      await page.keyboard.press("Enter");
      assert.match(await page.locator("#case-diagnosis-chosen").textContent(), /IHCH/);
      await show_options(page);
      assert.deepEqual((await option_ids(page)).sort(), [...wanted].sort());
      const announced = await page.locator("#announce").textContent();
      assert.match(announced, new RegExp(`^${wanted.length} muligheter`));
    });
  });

  test("inside a group the order is the rank, and each finding heads its own group", async () => {
    await on_page(async (page) => {
      await fill_case(page, kBiliary);
      await show_options(page);
      const titles = await page.locator(".group-title").allTextContents();
      assert.ok(titles[0].startsWith("BRAF V600E"), titles[0]);
      assert.ok(titles.some((title) => title.startsWith("EML4::ALK")));
      for (const group of await page.locator(".group").all()) {
        const ranks = await group.locator(":scope > article .facts-list").allTextContents();
        const numbers = ranks.map((text) => Number(text.match(/Nummer (\d+)/)[1]));
        assert.deepEqual(
          numbers,
          [...numbers].sort((a, b) => a - b),
        );
      }
    });
  });

  test("a dropped laboratory file gives the options of the command", async () => {
    const wanted = await ids_of_command(kFixture, "--input", "tso500", "--diagnosis", "CHOL");
    assert.ok(wanted.length > 0);
    await on_page(async (page) => {
      await drop(page, "tso500_dna.tsv", await readFile(kFixture, "utf8"));
      await page.locator(".file", { hasText: "tso500_dna.tsv" }).waitFor();
      await fill_case(page, { findings: [], diagnosis: "CHOL" });
      await show_options(page);
      assert.deepEqual((await option_ids(page)).sort(), [...wanted].sort());
      assert.match(await page.locator("#case-summary").textContent(), /1 fil/);
    });
  });

  test("the reading beside the box marks the piece that cannot be read", async () => {
    await on_page(async (page) => {
      await page.locator("#case-text").fill("BRAF V600E\nnosuchgene V60E");
      await page.locator(".line.bad").waitFor();
      assert.equal(await page.locator(".line:not(.bad) strong").first().textContent(), "BRAF V600E");
      assert.equal(await page.locator(".line.bad mark").textContent(), "nosuchgene");
    });
  });

  test("a name of several meanings offers them, and the one chosen takes its place", async () => {
    await on_page(async (page) => {
      const box = page.locator("#case-text");
      await box.fill("BRAF V600E\n\nALK-positive\nNTRK amplification");
      await page.locator(".meanings").nth(1).waitFor();
      assert.deepEqual(await page.locator(".meanings").first().locator("button").allTextContents(), [
        "ALK fusion",
        "ALK mutation",
        "ALK amplification",
        "ALK IHC positive",
      ]);
      assert.match(await page.locator(".line.bad").first().textContent(), /uklart.*Hva menes\?/);
      await page.locator(".meaning", { hasText: "ALK fusion" }).press("Enter");
      await page.locator(".line:not(.bad) strong", { hasText: "ALK fusion" }).waitFor();
      assert.equal(await box.inputValue(), "BRAF V600E\n\nALK fusion\nNTRK amplification");
      assert.equal(await page.evaluate(() => document.activeElement.id), "case-text");
      await page.locator(".meaning", { hasText: "NTRK3" }).click();
      await page.locator(".line:not(.bad) strong", { hasText: "NTRK3 amplification" }).waitFor();
      assert.equal(await box.inputValue(), "BRAF V600E\n\nALK fusion\nNTRK3 amplification");
      assert.equal(await page.locator(".line.bad").count(), 0);
    });
  });

  test("an answer says what an unclear finding may mean", async () => {
    await on_page(async (page) => {
      await fill_case(page, { findings: ["BRAF V600E", "ALK-positive"], diagnosis: "CHOL" });
      await show_options(page);
      const words = await page.locator("#answer .problem").textContent();
      assert.match(words, /ALK-positive.*Det kan bety: ALK fusion \/ ALK mutation/);
    });
  });

  test("what could not be read is said loudly in the answer", async () => {
    await on_page(async (page) => {
      await fill_case(page, { findings: ["BRAF V600E", "nosuchgene V60E"], diagnosis: "CHOL" });
      await show_options(page);
      const notice = page.locator("#answer .problem");
      assert.match(await notice.textContent(), /1 funn kunne ikke leses/);
      assert.match(await notice.textContent(), /nosuchgene V60E/);
    });
  });

  test("nothing found is an answer: what was read, what was searched, which revision", async () => {
    await on_page(async (page) => {
      await fill_case(page, { findings: ["TTN R100Q"], diagnosis: "CHOL" });
      await show_options(page);
      const words = await page.locator(".nothing").textContent();
      assert.match(words, /Ingenting funnet/);
      assert.match(words, /TTN R100Q/);
      assert.match(words, /revisjon 1 /);
    });
  });

  test("a missing diagnosis and one that nobody knows are told at the field", async () => {
    await on_page(async (page, { complaints }) => {
      await page.locator("#case-text").fill("BRAF V600E");
      await page.keyboard.press("Control+Enter");
      await page.locator("#case-diagnosis[aria-invalid=true]").waitFor();
      await page.locator("#case-diagnosis").fill("nosuchtumour");
      await page.keyboard.press("Control+Enter");
      await page.locator("#case-problem li").waitFor();
      assert.match(await page.locator("#case-problem").textContent(), /diagnosis/);
      assert.equal(await page.locator("#answer").isVisible(), false);
      // The browser itself reports the refused request.
      assert.equal(complaints.splice(0).filter((line) => !line.includes("422")).length, 0);
    });
  });

  test("an unreachable server leaves the case in the form and says so", async () => {
    await on_page(async (page, { complaints }) => {
      await fill_case(page, kBiliary);
      await page.route("**/api/v1/match**", (route) => route.abort());
      await page.keyboard.press("Control+Enter");
      await page.locator("#case-problem h3").waitFor();
      assert.match(await page.locator("#case-problem").textContent(), /Tjeneren svarer ikke/);
      assert.equal(await page.locator("#case-text").inputValue(), kBiliary.findings.join("\n"));
      complaints.splice(0);
    });
  });
});

describe("one option", () => {
  test("carries status with its date, age, places, reasons, sources and the mark of an example", async () => {
    await on_page(async (page) => {
      await fill_case(page, kBiliary);
      await show_options(page);
      const option = page.locator("article[data-id=example-braf-v600-biliary]");
      const words = await option.textContent();
      for (const want of [
        "Åpen",
        "sjekket 16. november 2026",
        "9 plasser ledige",
        "trinn 2",
        "EKSEMPEL",
        "BRAF V600E",
        "M1",
      ]) {
        assert.ok(words.includes(want), want);
      }
      assert.equal(await option.locator("svg.fill").getAttribute("aria-label"), "15 av 24 plasser brukt");
      assert.equal(await option.locator("svg.fill .cell").count(), 24);
      assert.equal(await option.locator("svg.fill .cell.free").count(), 9);
      await option.locator("summary").click();
      assert.ok(await option.locator(".sources li").first().isVisible());
    });
  });

  test("old figures of a cohort are marked, fresh ones are not", async () => {
    await on_page(async (page) => {
      await fill_case(page, kBiliary);
      await page.locator("#case-today").fill("2026-11-24");
      await show_options(page);
      const stale = page.locator("article[data-id=example-braf-v600-biliary] .status .stale");
      assert.match(await stale.textContent(), /8 dager gammel/);
      await page.locator("#edit-case").click();
      await page.locator("#case-today").fill("2026-11-23");
      await page.keyboard.press("Control+Enter");
      await stale.waitFor({ state: "detached" });
    });
  });

  test("why not explains an option that is not listed, and refuses an unknown id", async () => {
    const cohorts = (await readFile(path.join(kRoot, "kb/seed/example/cohorts.ndjson"), "utf8")).trim().split("\n");
    await on_page(async (page, { complaints }) => {
      await fill_case(page, { findings: ["BRAF V600E"], diagnosis: "CHOL" });
      await show_options(page);
      const listed = await option_ids(page);
      const other = cohorts.map((line) => JSON.parse(line).id).find((id) => !listed.includes(id));
      await page.locator("#why-not-id").fill(other);
      await page.keyboard.press("Enter");
      await page.locator(`#why-not-answer article[data-id=${other}] .reason`).first().waitFor();
      await page.locator("#why-not-id").fill("no-such-option");
      await page.keyboard.press("Enter");
      await page.locator("#why-not-answer", { hasText: "no-such-option" }).waitFor();
      assert.equal(complaints.splice(0).filter((line) => !line.includes("404")).length, 0);
    });
  });

  test("opens its records, and the record its source", async () => {
    await on_page(async (page) => {
      await fill_case(page, kBiliary);
      await show_options(page);
      await page.locator("article[data-id=example-braf-v600-biliary] h4 button").click();
      await page.locator("dialog .history li").first().waitFor();
      assert.match(await page.locator("#dialog-title").textContent(), /BRAF V600/);
      await page.keyboard.press("Escape");
      assert.equal(await page.locator("dialog").isVisible(), false);
    });
  });
});

describe("the case stays with the user", () => {
  test("nothing of it in address, storage, cookies, request lines or the log", async () => {
    await on_page(async (page, { requests }) => {
      await page.locator("#case-age").fill("61");
      await fill_case(page, kBiliary);
      await show_options(page);
      await page.locator("#search-box").fill("ALK");
      await page.keyboard.press("Enter");
      await page.locator("#found-title").waitFor();
      const kept = await page.evaluate(() => [
        location.href,
        document.cookie,
        { ...localStorage },
        { ...sessionStorage },
        history.state,
      ]);
      const seen = JSON.stringify([kept, requests, program.log()]);
      for (const piece of ["BRAF", "V600E", "EML4", "CHOL", "12.3", "ALK"]) assert.ok(!seen.includes(piece), piece);
      assert.deepEqual(kept.slice(1), ["", {}, {}, null]);
    });
  });

  test("save and open give the same case and the same answer", async () => {
    await on_page(async (page) => {
      await fill_case(page, kBiliary);
      await page.locator("#case-age").fill("61");
      await page.locator("#case-ecog").selectOption("1");
      await page.locator("#case-tested").selectOption("both");
      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Lagre saken som fil" }).click();
      const saved = await (await download).path();
      await show_options(page);
      const first = await option_ids(page);
      await page.locator("#edit-case").click();
      await page.getByRole("button", { name: "Tøm" }).click();
      assert.equal(await page.locator("#case-text").inputValue(), "");
      assert.equal(await page.locator("#answer article").count(), 0);
      await page.locator("#case-open").setInputFiles(saved);
      await page.locator("#announce", { hasText: "er åpnet" }).waitFor();
      assert.equal(await page.locator("#case-text").inputValue(), kBiliary.findings.join("\n"));
      assert.equal(await page.locator("#case-age").inputValue(), "61");
      await page.locator("#case-today").fill(kToday);
      await show_options(page);
      assert.deepEqual(await option_ids(page), first);
    });
  });

  test("a changed case marks the answer as outdated", async () => {
    await on_page(async (page) => {
      await fill_case(page, kBiliary);
      await show_options(page);
      assert.equal(await page.locator(".stale-answer").count(), 0);
      await page.locator("#edit-case").click();
      await page.locator("#case-text").fill("KRAS G12C");
      await page.locator(".stale-answer").waitFor();
      await page.locator(".stale-answer button").click();
      await page.locator(".stale-answer").waitFor({ state: "detached" });
      assert.match(await page.locator("#case-summary").textContent(), /KRAS G12C/);
    });
  });

  test("no consent to IMPRESS takes its options away and says how many", async () => {
    await on_page(async (page) => {
      await fill_case(page, kBiliary);
      await show_options(page);
      assert.ok((await option_ids(page)).some((id) => id.startsWith("impress-norway")));
      await page.locator("#edit-case").click();
      await page.locator("#case-not_impress").check();
      await page.keyboard.press("Control+Enter");
      await page.locator("#answer .notice", { hasText: "C1" }).waitFor();
      assert.ok(!(await option_ids(page)).some((id) => id.startsWith("impress-norway")));
    });
  });
});

describe("hostile text stays text", () => {
  const kAttack = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;

  test("in a finding, a file name, a diagnosis, a search and an opened case", async () => {
    await on_page(async (page, { complaints }) => {
      await page.locator("#case-text").fill(`${kAttack}\nBRAF V600E`);
      await page.locator(".line.bad").waitFor();
      await drop(page, `${kAttack}.tsv`, await readFile(kFixture, "utf8"));
      await page.locator(".file").waitFor();
      await fill_case(page, { findings: [kAttack, "BRAF V600E"], diagnosis: "CHOL" });
      await show_options(page);
      await page.locator("#search-box").fill(kAttack);
      await page.keyboard.press("Enter");
      await page.locator("#found-title").waitFor();
      await page.locator("#edit-case").click();
      await page.locator("#case-diagnosis").fill(kAttack);
      await page.keyboard.press("Control+Enter");
      await page.locator("#case-problem li").waitFor();
      const opened = await case_file({
        diagnosis: { text: kAttack },
        alterations: [{ text: kAttack }],
        [kAttack]: kAttack,
      });
      await page.locator("#case-open").setInputFiles(opened);
      await page.locator("#case .notice", { hasText: "onerror" }).waitFor();
      assert.equal(await page.title(), "Treff");
      assert.equal(await page.locator("main img, main script").count(), 0);
      // The only complaints are the browser's own lines on refused requests.
      assert.deepEqual(
        complaints.splice(0).filter((line) => !/status of 4\d\d/.test(line)),
        [],
      );
    });
  });
});

describe("how the page is served", () => {
  test("a strict policy, no foreign address, nothing inline", async () => {
    const response = await fetch(`${program.address}/`);
    assert.equal(
      response.headers.get("content-security-policy"),
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
    );
    assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    await on_page(async (page, { requests }) => {
      await fill_case(page, kBiliary);
      await show_options(page);
      assert.deepEqual(
        requests.filter((url) => !url.startsWith(program.address) && !url.startsWith("blob:")),
        [],
      );
    });
  });
});

describe("the drawn page", () => {
  test("is valid HTML with the form, an answer, hits and a record", async () => {
    const validate = new HtmlValidate({
      extends: ["html-validate:standard", "html-validate:a11y"],
      // A combobox with a list to complete from has no native element.
      rules: { "prefer-native-element": ["error", { exclude: ["listbox"] }] },
    });
    await on_page(async (page) => {
      await fill_case(page, kBiliary);
      await show_options(page);
      await page.locator("#edit-case").click();
      await page.locator("#search-box").fill("vemurafenib");
      await page.keyboard.press("Enter");
      await page.locator(".hit button").first().click();
      await page.locator("dialog .history li").first().waitFor();
      const report = await validate.validateString(await page.content());
      const messages = report.results.flatMap((result) =>
        result.messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`),
      );
      assert.deepEqual([...new Set(messages)], []);
    });
  });
});

describe("keys, language, screens, paper", () => {
  test("single keys reach the search box and the list of keys, and can be switched off", async () => {
    await on_page(async (page) => {
      await page.locator("#main").focus();
      await page.keyboard.press("/");
      assert.equal(await page.evaluate(() => document.activeElement.id), "search-box");
      await page.keyboard.type("/?n");
      assert.equal(await page.locator("#search-box").inputValue(), "/?n");
      await page.locator("#main").focus();
      await page.keyboard.press("?");
      await page.locator("#single-keys").uncheck();
      await page.keyboard.press("Escape");
      await page.locator("#main").focus();
      await page.keyboard.press("/");
      assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    });
  });

  test("large text leaves the answer its room: one key brings the first option whole onto the screen", async () => {
    await on_page(async (page) => {
      await fill_case(page, kBiliary);
      await page.locator("#case-tested").selectOption("both");
      await show_options(page);
      await page.locator("#present").click();
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), "24px");
      await page.keyboard.press("n");
      const box = await page.locator("article").first().boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= page.viewportSize().height, JSON.stringify(box));
    });
  });

  test("n and p walk through the findings of an answer", async () => {
    await on_page(async (page) => {
      await fill_case(page, kBiliary);
      await show_options(page);
      const focused = () => page.evaluate(() => document.activeElement.id);
      await page.keyboard.press("n");
      assert.equal(await focused(), "group-0");
      await page.keyboard.press("n");
      assert.equal(await focused(), "group-1");
      await page.keyboard.press("p");
      assert.equal(await focused(), "group-0");
    });
  });

  test("Escape closes the list first and clears the box after", async () => {
    await on_page(async (page) => {
      const box = page.locator("#case-diagnosis");
      await box.pressSequentially("lung");
      await page.locator("#case-diagnosis-list [role=option]").first().waitFor();
      await box.press("Escape");
      assert.equal(await box.getAttribute("aria-expanded"), "false");
      assert.equal(await box.inputValue(), "lung");
      await box.press("Escape");
      assert.equal(await box.inputValue(), "");
    });
  });

  test("the language changes the answer too and stands in the address, the case does not", async () => {
    await on_page(async (page) => {
      await fill_case(page, kBiliary);
      await show_options(page);
      await page.locator("#language").click();
      await page.locator("#answer-title", { hasText: "Options" }).waitFor();
      assert.equal(await page.locator("html").getAttribute("lang"), "en");
      assert.match(await page.locator(".bucket").first().textContent(), /Possible|Criteria met/);
      assert.match(page.url(), /#lang=en$/);
      assert.doesNotMatch(await page.locator("body").innerText(), /\brecommended\b|anbefalt/i);
    });
  });

  test("search hits say that they were found by text only", async () => {
    await on_page(async (page) => {
      await page.locator("#search-box").fill("vemurafenib");
      await page.keyboard.press("Enter");
      await page.locator(".hit").first().waitFor();
      assert.match(await page.locator("#found").textContent(), /Funnet ved tekst, kriteriene er ikke sjekket/);
      assert.ok((await page.locator(".hit mark").count()) > 0);
    });
  });

  for (const width of [320, 640, 1280]) {
    test(`no scrolling to the side at ${width} pixels, also with large text`, async () => {
      await on_page(async (page) => {
        await page.setViewportSize({ width, height: 800 });
        await fill_case(page, kBiliary);
        await show_options(page);
        await page.locator("#edit-case").click();
        for (const summary of await page.locator("summary").all()) if (await summary.isVisible()) await summary.click();
        const wide = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok((await wide()) <= 0, `${await wide()} pixels too wide`);
        await page.locator("#present").click();
        assert.ok((await wide()) <= 0, `${await wide()} pixels too wide with large text`);
      });
    });
  }

  test("prints to PDF, with the form and the tools left out", async () => {
    await on_page(async (page) => {
      await fill_case(page, kBiliary);
      await show_options(page);
      const pdf = await page.pdf({ preferCSSPageSize: true });
      assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      for (const hidden of [".search", ".tools", "#edit-case", ".why-not"]) {
        assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
      }
      const line = await page.locator("#print-line").textContent();
      assert.match(line, /kunnskapsbase norway, revisjon 1, publisert \d+\. \w+ \d{4} · vurdert 22\. november 2026/);
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      assert.equal(paper, "rgb(255, 255, 255)");
    });
  });
});
