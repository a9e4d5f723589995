// The words of the page in the chosen language. Gene names, drugs and HGVS strings are never translated.
import { words_en } from "./words_en.js";
import { words_nb } from "./words_nb.js";

const kCatalogues = { nb: words_nb, en: words_en };

/** @typedef {"nb" | "en"} Language */
/** @type {Language} */
let chosen = "nb";

/** @returns {Language} */
export const language = () => chosen;

/** @param {Language} next */
export function set_language(next) {
  chosen = next;
  document.documentElement.lang = next;
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = w(/** @type {HTMLElement} */ (element).dataset.word || "");
  }
}

/**
 * The words of a key with its parameters filled in. A missing key is a defect that the tests see.
 * @param {string} key
 * @param {Record<string, string | number>} [parameters]
 */
export function w(key, parameters = {}) {
  const text = /** @type {Record<string, string>} */ (kCatalogues[chosen])[key];
  if (text === undefined) {
    console.error(`no words for ${key}`);
    return key;
  }
  return text.replace(/\{(\w+)\}/g, (_, name) => String(parameters[name] ?? ""));
}

/** Words with a number: key.one or key.other. @param {string} key @param {number} n */
export const counted = (key, n) => w(n === 1 ? `${key}.one` : `${key}.other`, { n });

/** 2026-11-22 -> 22. november 2026. Shorter dates keep their precision. @param {string | null | undefined} iso */
export function long_date(iso) {
  if (!iso) return "";
  const parts = iso.slice(0, 10).split("-").map(Number);
  if (parts.some(Number.isNaN)) return iso;
  const [year, month, day] = parts;
  const date = new Date(Date.UTC(year, (month ?? 1) - 1, day ?? 1));
  /** @type {Intl.DateTimeFormatOptions} */
  const form = { timeZone: "UTC", year: "numeric" };
  if (month) form.month = "long";
  if (day) form.day = "numeric";
  return new Intl.DateTimeFormat(chosen === "nb" ? "nb-NO" : "en-GB", form).format(date);
}

/** Whole days from one ISO date to another. @param {string} from @param {string} to */
export const days_between = (from, to) =>
  Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 864e5);
