// The live reading beside the text box: what each line is read as, while it is typed.
import { RequestFailed, api } from "./api.js";
import { cut_at_bytes, h } from "./dom.js";
import { counted, w } from "./words.js";

const kPauseMs = 200;
const kMaxLines = 500;

/** The lines that hold something. @param {string} text */
export function lines_of(text) {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
}

/**
 * The text with its offending piece marked.
 * @param {string} input
 * @param {{at?: number | null, piece?: string | null}} error
 */
export function marked(input, { at, piece }) {
  if (!piece) return [input];
  const size = new TextEncoder().encode(piece).length;
  if (typeof at === "number") {
    const [before, hit, after] = cut_at_bytes(input, at, at + size);
    if (hit === piece) return [before, h("mark", {}, hit), after];
  }
  const found = input.indexOf(piece);
  if (found < 0) return [input];
  return [input.slice(0, found), h("mark", {}, piece), input.slice(found + piece.length)];
}

/**
 * The text with the nth line that holds something replaced.
 * @param {string} text
 * @param {number} n
 * @param {string} line
 */
export function with_line(text, n, line) {
  let seen = -1;
  return text
    .split(/\r?\n/)
    .map((old) => (old.trim() && ++seen === n ? line : old))
    .join("\n");
}

/** What an ambiguous line may mean, each to be taken in its place. @param {string[]} meanings @param {(text: string) => void} take */
function meanings_of(meanings, take) {
  return h(
    "span",
    { class: "meanings", role: "group", "aria-label": w("case.line_meanings") },
    h("span", { class: "quiet" }, w("case.line_meanings")),
    meanings.map((text) => h("button", { type: "button", class: "meaning", onclick: () => take(text) }, text)),
  );
}

/** @param {any} result one of the results of POST parse @param {(text: string) => void} take */
function line_of(result, take) {
  if (!result.ok) {
    const { message, hint, piece, alternatives = [] } = result.error;
    if (alternatives.length) {
      // A gene stands for a part of the line, a whole finding for all of it.
      const put = (/** @type {string} */ text) =>
        take(piece && result.input.includes(piece) ? result.input.replace(piece, () => text) : text);
      return h(
        "li",
        { class: "line bad" },
        h("span", { class: "line-mark" }, `? ${w("case.line_open")}`),
        h("span", { class: "line-text" }, marked(result.input, result.error)),
        h("span", { class: "line-note" }, message),
        meanings_of(alternatives, put),
      );
    }
    return h(
      "li",
      { class: "line bad" },
      h("span", { class: "line-mark" }, `✕ ${w("case.line_bad")}`),
      h("span", { class: "line-text" }, marked(result.input, result.error)),
      h("span", { class: "line-note" }, message, hint ? `. ${w("error.hint", { hint })}` : null),
    );
  }
  const warnings = result.warnings || [];
  return h(
    "li",
    { class: warnings.length ? "line noted" : "line" },
    h("span", { class: "line-mark" }, warnings.length ? `! ${w("case.line_warning")}` : `✓ ${w("case.line_ok")}`),
    h("strong", { class: "line-text" }, result.alteration?.canonical || result.input),
    result.alteration?.canonical !== result.input && h("span", { class: "quiet" }, result.input),
    warnings.map((/** @type {any} */ warning) => h("span", { class: "line-note" }, warning.message)),
  );
}

/**
 * Shows the reading of `box` in `list`, and its summary in `status`.
 * @param {HTMLTextAreaElement} box
 * @param {HTMLElement} list
 * @param {HTMLElement} status
 */
export function watch_reading(box, list, status) {
  let timer = 0;
  /** @type {AbortController | null} */
  let running = null;

  async function read() {
    running?.abort();
    const lines = lines_of(box.value).slice(0, kMaxLines);
    if (!lines.length) {
      list.replaceChildren(h("li", { class: "quiet" }, w("case.reading_empty")));
      status.textContent = "";
      return;
    }
    running = new AbortController();
    try {
      const terms = lines.map((text, i) => ({ id: String(i), text }));
      const results = await api.parse(terms, running.signal);
      const take = (/** @type {number} */ n) => (/** @type {string} */ text) => {
        box.value = with_line(box.value, n, text);
        box.dispatchEvent(new Event("input", { bubbles: true }));
        box.focus();
      };
      list.replaceChildren(...results.map((/** @type {any} */ result, /** @type {number} */ n) => line_of(result, take(n))));
      const bad = results.filter((/** @type {any} */ result) => !result.ok).length;
      const read_lines = counted("case.lines_read", results.length - bad);
      status.textContent = bad ? `${read_lines}, ${counted("case.lines_bad", bad)}` : read_lines;
    } catch (error) {
      if (error instanceof RequestFailed) list.replaceChildren(h("li", { class: "line bad" }, w("head.unreachable")));
    }
  }

  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(read, kPauseMs);
  });
  read();
  return read;
}
