// Chromium with an empty profile, and pages that note every complaint of the browser.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { kToday } from "./program.mjs";

const kArgs = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @param {import("playwright-core").BrowserContextOptions} [options] */
export async function start_browser(options = {}) {
  const profile = await mkdtemp(path.join(tmpdir(), "treff-profile-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: kArgs,
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  return {
    context,
    async stop() {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** A new page whose console errors, exceptions and requests are gathered. */
export async function open_page(context, address) {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const complaints = [];
  const requests = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(address);
  await page.locator("#knowledge-base", { hasText: "norway" }).waitFor();
  return { page, complaints, requests };
}

/** Fills the form as a user does, without sending it. */
export async function fill_case(page, { findings, diagnosis }) {
  await page.locator("#case-text").fill(findings.join("\n"));
  await page.locator("#case-diagnosis").fill(diagnosis);
  await page.locator("#case-today").fill(kToday);
}

/** Sends the form and waits for the answer. */
export async function show_options(page) {
  await page.keyboard.press("Control+Enter");
  await page.locator("#answer-title").waitFor();
}

export const option_ids = (page) =>
  page.locator("#answer article.option").evaluateAll((list) => list.map((one) => one.dataset.id));
