// Everyone can use it: axe finds nothing in either theme and language, on every view of the page.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { fill_case, open_page, show_options, start_browser } from "./support/browser.mjs";
import { start_program } from "./support/program.mjs";

const axe_path = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

let program;
let axe;

before(async () => {
  program = await start_program();
  axe = await readFile(axe_path, "utf8");
});
after(() => program?.stop());

async function violations(page) {
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map((node) => node.target.join(" "))
        .slice(0, 3)
        .join(", ")}`,
  );
}

for (const colorScheme of ["light", "dark"]) {
  for (const lang of ["nb", "en"]) {
    test(`axe: ${colorScheme}, ${lang}`, async () => {
      // axe is put in by the test; only this context may run what the page's policy forbids.
      const browser = await start_browser({ colorScheme, bypassCSP: true });
      try {
        const { page } = await open_page(browser.context, `${program.address}/#lang=${lang}`);
        await page.addScriptTag({ content: axe });
        assert.deepEqual(await violations(page), [], "empty form");
        await page.locator("#case-text").fill("nosuchgene V60E");
        await page.locator(".line.bad").waitFor();
        await page.locator("#prior-add").click();
        await page.locator("#case-diagnosis").fill("lung");
        await page.locator("#case-diagnosis-list [role=option]").first().waitFor();
        await page.keyboard.press("ArrowDown");
        assert.deepEqual(await violations(page), [], "form with an error and an open list");
        await fill_case(page, {
          findings: ["BRAF V600E", "EML4::ALK", "TMB 12.3", "nosuchgene V60E"],
          diagnosis: "CHOL",
        });
        await show_options(page);
        for (const summary of await page.locator("#answer summary").all())
          if (await summary.isVisible()) await summary.click();
        assert.deepEqual(await violations(page), [], "answer with everything open");
        await page.locator("#search-box").fill("vemurafenib");
        await page.keyboard.press("Enter");
        await page.locator(".hit").first().waitFor();
        assert.deepEqual(await violations(page), [], "search hits");
        await page.locator(".hit button").first().click();
        await page.locator("dialog .history li").first().waitFor();
        assert.deepEqual(await violations(page), [], "record");
        await page.keyboard.press("Escape");
        await page.locator("#show-use").click();
        assert.deepEqual(await violations(page), [], "intended use");
      } finally {
        await browser.stop();
      }
    });
  }
}
