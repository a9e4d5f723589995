// The answer to a case: what was read, what could not be read, a glance over all of it, then the options by finding.
import { announce, by_id, h } from "./dom.js";
import { option_view } from "./option_view.js";
import { bucket_shape, count_bar, status_shape } from "./pictures.js";
import { marked } from "./reading.js";
import { counted, long_date, w } from "./words.js";

const kBuckets = ["match", "possible", "near_miss"];
const kQuestionsShown = 5;

/** @param {any} option */
const is_closed = (option) => option.status.state === "closed";
/** Read from the case: an option that is open and whose criteria are met. @param {any} option */
const enterable = (option) => option.bucket === "match" && option.status.state === "open" && option.slots?.left !== 0;

/**
 * Options under what drives them, in the order of their best rank (B6, B9).
 * @param {any[]} options
 * @returns {{title: string, options: any[]}[]}
 */
export function groups_of(options) {
  /** @type {Map<string, any[]>} */
  const groups = new Map();
  for (const option of options) {
    let title = w("answer.group_other");
    if (option.drivers.length) title = option.drivers.join(" + ");
    else if (option.driven_by_biomarker) title = w("answer.group_biomarker");
    else if (option.by_diagnosis_only) title = w("answer.group_diagnosis");
    groups.set(title, [...(groups.get(title) || []), option]);
  }
  return [...groups].map(([title, list]) => ({ title, options: list }));
}

/** @param {any} answer */
function unread_notice(answer) {
  const unread = answer.read.filter((/** @type {any} */ line) => line.error);
  if (!unread.length) return null;
  return h(
    "div",
    { class: "problem", role: "alert" },
    h("h3", {}, counted("answer.unread", unread.length)),
    h(
      "ul",
      {},
      unread.map((/** @type {any} */ line) =>
        h(
          "li",
          {},
          h("strong", { class: "line-text" }, marked(line.input, line.error)),
          ` – ${line.error.message}`,
          line.error.alternatives
            ? `. ${w("answer.may_mean", { meanings: line.error.alternatives.join(" / ") })}`
            : line.error.hint
              ? `. ${w("error.hint", { hint: line.error.hint })}`
              : null,
        ),
      ),
    ),
    h("p", {}, w("answer.unread_note")),
  );
}

/** @param {any} answer */
function warnings_notice(answer) {
  if (!answer.warnings.length) return null;
  return h(
    "div",
    { class: "notice" },
    h("h3", {}, w("answer.warnings")),
    h(
      "ul",
      {},
      answer.warnings.map((/** @type {string} */ words) => h("li", {}, words)),
    ),
  );
}

/** @param {any} answer */
function read_table(answer) {
  if (!answer.read.length) return h("p", { class: "quiet" }, w("answer.read_nothing"));
  const rows = answer.read.map((/** @type {any} */ line) =>
    h(
      "tr",
      { class: line.error ? "bad" : "" },
      h("td", {}, line.input),
      h("td", {}, line.error ? `✕ ${w("case.line_bad")}` : h("strong", {}, line.canonical)),
      h("td", {}, [line.error?.message, ...line.warnings].filter(Boolean).join("; ")),
    ),
  );
  const heads = ["answer.read_input", "answer.read_as", "answer.read_notes"].map((key) =>
    h("th", { scope: "col" }, w(key)),
  );
  return h(
    "details",
    { class: "read" },
    h("summary", {}, w("answer.read", { n: answer.read.length })),
    h(
      "section",
      { class: "table-scroll", tabindex: 0, "aria-label": w("answer.read", { n: answer.read.length }) },
      h("table", {}, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows)),
    ),
  );
}

/**
 * A finding a row, a bucket a column; a disc stands for each option, filled where it is open now.
 * @param {any[]} groups
 */
function glance(groups) {
  const cell = (/** @type {string} */ label, /** @type {any[]} */ options) =>
    h(
      "td",
      { class: options.length ? "" : "empty" },
      options.length
        ? [
            h("span", { class: "glance-label" }, `${w(label)} `),
            h("span", { class: "glance-n" }, options.length),
            " ",
            h(
              "span",
              { "aria-hidden": "true" },
              options.map((one) => status_shape(one.status.state)),
            ),
          ]
        : h("span", { class: "quiet" }, "–"),
    );
  const rows = groups.map(({ title, options }, i) =>
    h(
      "tr",
      {},
      h(
        "th",
        { scope: "row" },
        h(
          "a",
          { href: `#group-${i}`, onclick: (/** @type {Event} */ event) => (event.preventDefault(), focus_group(i)) },
          title,
        ),
      ),
      kBuckets.map((bucket) =>
        cell(
          `bucket.${bucket}`,
          options.filter((/** @type {any} */ one) => one.bucket === bucket && !is_closed(one)),
        ),
      ),
      cell("state.closed", options.filter(is_closed)),
    ),
  );
  const heads = kBuckets.map((bucket) =>
    h("th", { scope: "col", class: bucket }, bucket_shape(bucket), w(`bucket.${bucket}`)),
  );
  return h(
    "table",
    { class: "glance" },
    h("caption", { class: "hidden-visually" }, w("answer.glance_table")),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "col" }, w("answer.glance_finding")),
        heads,
        h("th", { scope: "col" }, status_shape("closed"), w("state.closed")),
      ),
    ),
    h("tbody", {}, rows),
  );
}

/** Rows of words, a bar and a count. @param {string} title @param {string} count @param {[string, number][]} rows */
function bars(title, count, rows) {
  if (!rows.length) return null;
  const most = Math.max(...rows.map(([, n]) => n));
  return h(
    "section",
    { class: "bars" },
    h("h3", {}, w(title)),
    h(
      "ul",
      {},
      rows.map(([words, n]) =>
        h("li", {}, h("span", {}, words), count_bar(n, most), h("span", { class: "quiet" }, counted(count, n))),
      ),
    ),
  );
}

/**
 * The open questions, by how many options each concerns; what is always asked at the bedside is left out.
 * @param {any[]} options
 */
function questions(options) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const option of options.filter((one) => one.bucket !== "near_miss" && !is_closed(one))) {
    const asked = option.reasons.filter((/** @type {any} */ one) => one.ask && one.message !== "ask_at_bedside");
    for (const words of new Set(asked.map((/** @type {any} */ one) => one.words)))
      counts.set(words, (counts.get(words) || 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, kQuestionsShown);
}

/** @param {string} words @param {any[]} options @param {any} answer */
function fold(words, options, answer) {
  if (!options.length) return null;
  return h(
    "details",
    { class: "fold" },
    h("summary", {}, counted(words, options.length)),
    options.map((one) => option_view(one, answer)),
  );
}

/** @param {{title: string, options: any[]}} group @param {number} index @param {any} answer */
function group_view({ title, options }, index, answer) {
  const live = options.filter((one) => !is_closed(one));
  return h(
    "section",
    { class: "group", "aria-labelledby": `group-${index}` },
    h(
      "h3",
      { id: `group-${index}`, class: "group-title", tabindex: -1 },
      title,
      h("span", { class: "quiet" }, ` ${counted("answer.count", options.length)}`),
    ),
    live.filter((one) => one.bucket !== "near_miss").map((one) => option_view(one, answer)),
    fold(
      "answer.fold_near",
      live.filter((one) => one.bucket === "near_miss"),
      answer,
    ),
    fold("answer.fold_closed", options.filter(is_closed), answer),
  );
}

/** B7: what was read, what was searched, at which revision. @param {any} answer */
function nothing_found(answer) {
  const read = answer.read
    .filter((/** @type {any} */ line) => !line.error)
    .map((/** @type {any} */ line) => line.canonical);
  return h(
    "div",
    { class: "nothing" },
    h("h3", {}, w("answer.none")),
    h(
      "p",
      {},
      w("answer.none_searched", { n: answer.searched_options, revision: answer.revision, diagnosis: answer.diagnosis }),
    ),
    h("p", {}, read.length ? w("answer.none_read", { list: read.join(", ") }) : w("answer.none_read_nothing")),
    h("p", {}, w("answer.none_next")),
  );
}

/** @param {(id: string) => Promise<void>} explain */
function why_not(explain) {
  const box = h("input", { type: "text", id: "why-not-id", autocomplete: "off", spellcheck: "false", maxlength: 200 });
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (box.value.trim()) explain(box.value.trim());
  };
  return h(
    "section",
    { class: "why-not" },
    h("h3", {}, w("answer.why_not")),
    h(
      "form",
      { onsubmit: submit },
      h("label", { for: "why-not-id" }, w("answer.why_not_label")),
      box,
      h("button", { type: "submit" }, w("answer.why_not_do")),
    ),
    h("div", { id: "why-not-answer", role: "status" }),
  );
}

/** @param {number} index */
function focus_group(index) {
  const heading = document.getElementById(`group-${index}`);
  heading?.focus();
  heading?.scrollIntoView({ block: "start" });
}

/** Moves to the next (1) or previous (-1) finding of the answer. @param {number} step */
export function step_group(step) {
  const headings = [...document.querySelectorAll(".group-title")];
  if (!headings.length) return;
  const at = headings.findIndex((heading) => heading === document.activeElement);
  focus_group(at < 0 ? (step > 0 ? 0 : headings.length - 1) : Math.min(headings.length - 1, Math.max(0, at + step)));
}

/** @param {any} answer @param {string} id what explain=id gave */
export function explained_view(answer, id) {
  const explained = (answer.explained || []).find((/** @type {any} */ option) => option.id === id);
  if (explained) return option_view(explained, answer, true);
  return h("p", {}, w("answer.why_not_listed", { id }));
}

/**
 * Shows an answer and tells what it holds.
 * @param {any} answer
 * @param {{explain: (id: string) => Promise<void>, copy_table: () => void}} actions
 */
export function show_answer(answer, { explain, copy_table }) {
  const assessed = answer.options.filter((/** @type {any} */ option) => !option.only_unassessed);
  const unassessed = answer.options.filter((/** @type {any} */ option) => option.only_unassessed);
  const groups = groups_of(assessed);
  const count = counted("answer.count", answer.options.length);
  const open = counted("answer.enterable", answer.options.filter(enterable).length);
  /** @type {[string, number][]} */
  const tests = answer.tests_that_could_help.map((/** @type {any} */ one) => [w(`test.${one.test}`), one.options]);
  const place = by_id("answer");
  place.replaceChildren(
    h(
      "div",
      { class: "answer-head" },
      h("h2", { id: "answer-title", tabindex: -1 }, `${w("answer.title")}: ${answer.diagnosis}`),
      h(
        "div",
        { class: "answer-tools" },
        h("button", { type: "button", onclick: copy_table }, w("answer.copy_table")),
        h("button", { type: "button", onclick: () => window.print() }, w("answer.print")),
      ),
    ),
    h("p", { class: "answer-count" }, h("strong", {}, count), ` · ${open}`),
    h(
      "p",
      { class: "quiet" },
      w("answer.meta", {
        today: long_date(answer.evaluated_on),
        revision: answer.revision,
        published: long_date(answer.published),
      }),
    ),
    ...[
      unread_notice(answer),
      answer.options.length ? glance(groups) : nothing_found(answer),
      warnings_notice(answer),
      ...groups.map((group, i) => group_view(group, i, answer)),
      fold("answer.fold_unassessed", unassessed, answer),
      bars("answer.asks", "answer.asks_n", questions(answer.options)),
      bars("answer.tests", "answer.tests_n", tests),
      read_table(answer),
      why_not(explain),
    ].filter((one) => one !== null),
  );
  place.setAttribute("aria-labelledby", "answer-title");
  place.hidden = false;
  announce(answer.options.length ? w("answer.announce", { count, open }) : w("answer.none"));
}
