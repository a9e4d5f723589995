// The page: header, case, answer. Everything of the case is in memory; the address holds language and text size only.
import { RequestFailed, api } from "./api.js";
import { explained_view, show_answer } from "./answer_view.js";
import { draw_case_form, form, show_problem, start_case_form } from "./case_form.js";
import { has_findings, to_json } from "./case_json.js";
import { announce, by_id, h } from "./dom.js";
import { show_keys, show_use, start_keys } from "./keys.js";
import { lines_of } from "./reading.js";
import { start_search } from "./search_view.js";
import { counted, language, long_date, set_language, w } from "./words.js";

/** @type {any} */
let meta = null;
/** @type {any} The answer on screen, and the question it answers. */
let answer = null;
/** @type {{body: any, lines: string[], today: string} | null} */
let asked = null;
let changed = false;
let asked_without_findings = false;
let run = 0;
const print_sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(print_sheet);

function draw_header() {
  const place = by_id("knowledge-base");
  if (!meta) {
    place.textContent = w("head.unreachable");
    return;
  }
  const { knowledge_base: name, revision, published } = meta;
  const words = w("head.revision", { name, revision, date: long_date(published) });
  place.replaceChildren(
    words,
    ...(meta.holds_examples ? [" ", h("span", { class: "example" }, w("head.examples"))] : []),
  );
}

/** The line that stands at the foot of every printed page: which knowledge base, which day. */
function draw_print_line() {
  if (!answer) {
    by_id("print-line").textContent = "";
    print_sheet.replaceSync("");
    return;
  }
  const words = w("print.line", {
    name: answer.knowledge_base,
    revision: answer.revision,
    published: long_date(answer.published),
    today: long_date(answer.evaluated_on),
    software: answer.software,
  });
  by_id("print-line").textContent = words;
  const quoted = `"${words.replace(/["\\\n\r\f]/g, " ")}"`;
  print_sheet.replaceSync(`@page { @bottom-left { content: ${quoted}; font-size: 7.5pt; width: 88%; } }`);
}

function draw_strip() {
  const editing = !by_id("case-area").hidden;
  by_id("case-strip").hidden = !answer;
  if (!answer || !asked) return;
  const files = asked.body.files?.length || 0;
  const findings = [...asked.lines, ...(files ? [counted("strip.files", files)] : [])];
  by_id("case-summary").replaceChildren(
    h("strong", {}, answer.diagnosis),
    h(
      "ul",
      { class: "chips" },
      findings.map((one) => h("li", {}, one)),
    ),
    ...(changed
      ? [
          h(
            "p",
            { class: "stale-answer" },
            `⚠ ${w("strip.changed")} `,
            h("button", { type: "button", onclick: submit }, w("strip.again")),
          ),
        ]
      : []),
  );
  by_id("edit-case").hidden = editing;
  by_id("answer").classList.toggle("outdated", changed);
}

/** @param {boolean} visible */
function show_form(visible) {
  by_id("case-area").hidden = !visible;
  draw_strip();
}

/** @param {RequestFailed} error */
function problem_words(error) {
  if (error.status === 0) return [h("p", {}, w("error.no_server"))];
  if (error.status === 503 || error.status === 429) return [h("p", {}, w("error.busy"))];
  if (error.status === 413) return [h("p", {}, w("error.too_large"))];
  const errors = error.problem.errors || [];
  if (!errors.length) return [h("p", {}, w("error.other", { status: error.status }), " ", error.message)];
  const line = (/** @type {any} */ one) =>
    h(
      "li",
      {},
      one.detail,
      one.pointer ? ` ${w("error.at", { pointer: one.pointer })}` : null,
      one.hint ? `. ${w("error.hint", { hint: one.hint })}` : null,
    );
  return [h("ul", {}, errors.map(line))];
}

/** @param {unknown} error */
function show_failure(error) {
  if (!(error instanceof RequestFailed)) throw error;
  show_form(true);
  show_problem(h("h3", {}, w("error.title")), ...problem_words(error));
  const at_diagnosis = (error.problem.errors || []).some((/** @type {any} */ one) =>
    one.pointer?.startsWith("/diagnosis"),
  );
  if (at_diagnosis) refuse_diagnosis();
}

function refuse_diagnosis() {
  const box = by_id("case-diagnosis");
  box.setAttribute("aria-invalid", "true");
  box.focus();
}

/** @param {{today: string}} question */
const parameters = ({ today }) => ({ lang: language(), ...(today ? { today } : {}) });

/** @param {string} id */
async function explain(id) {
  if (!asked) return;
  const place = by_id("why-not-answer");
  try {
    place.replaceChildren(explained_view(await api.match(asked.body, { ...parameters(asked), explain: id }), id));
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    const unknown = error.status === 404;
    place.replaceChildren(...(unknown ? [h("p", {}, w("answer.why_not_unknown", { id }))] : problem_words(error)));
  }
}

async function copy_table() {
  if (!asked) return;
  try {
    await navigator.clipboard.writeText(await api.match_table(asked.body, parameters(asked)));
    announce(w("answer.copied"));
  } catch {
    announce(w("answer.copy_failed"));
  }
}

/** @param {{body: any, lines: string[], today: string}} question */
async function ask(question) {
  const mine = ++run;
  by_id("answer").setAttribute("aria-busy", "true");
  announce(w("case.working"));
  try {
    const next = await api.match(question.body, parameters(question));
    // A later question has overtaken this one.
    if (mine !== run) return false;
    answer = next;
    asked = question;
    show_answer(answer, { explain, copy_table });
    draw_print_line();
    return true;
  } catch (error) {
    if (mine === run) show_failure(error);
    return false;
  } finally {
    if (mine === run) by_id("answer").removeAttribute("aria-busy");
  }
}

async function submit() {
  show_problem();
  if (!form.diagnosis && !form.diagnosis_text.trim() && !form.rest.diagnosis) {
    show_form(true);
    show_problem(w("case.diagnosis_missing"));
    refuse_diagnosis();
    return;
  }
  if (!has_findings(form) && !asked_without_findings) {
    asked_without_findings = true;
    show_problem(w("case.findings_missing"));
    return;
  }
  changed = false;
  if (!(await ask({ body: to_json(form), lines: lines_of(form.text), today: form.today }))) {
    changed = answer !== null;
    draw_strip();
    return;
  }
  show_form(false);
  window.scrollTo(0, 0);
  by_id("answer-title").focus({ preventScroll: true });
}

function edited() {
  asked_without_findings = false;
  changed = answer !== null;
  draw_strip();
}

/** Nothing of a cleared case stays on the screen. */
function forget() {
  run++;
  answer = asked = null;
  by_id("answer").replaceChildren();
  by_id("answer").hidden = true;
  show_problem();
  draw_print_line();
  show_form(true);
}

/** View state only: language and text size, never anything of the case. */
function write_fragment() {
  const state = new URLSearchParams({ lang: language() });
  if (document.documentElement.classList.contains("present")) state.set("present", "1");
  history.replaceState(null, "", `#${state}`);
}

/** @param {boolean} on */
function set_present(on) {
  document.documentElement.classList.toggle("present", on);
  by_id("present").setAttribute("aria-pressed", String(on));
}

/** @param {"nb" | "en"} next */
async function change_language(next) {
  set_language(next);
  by_id("language").lang = next === "nb" ? "en" : "nb";
  by_id("language").textContent = w("tool.language");
  draw_header();
  draw_case_form();
  draw_print_line();
  if (asked) {
    await ask(asked);
    draw_strip();
  }
}

function start_tools() {
  by_id("language").addEventListener("click", async () => {
    await change_language(language() === "nb" ? "en" : "nb");
    write_fragment();
  });
  by_id("present").addEventListener("click", () => {
    set_present(!document.documentElement.classList.contains("present"));
    write_fragment();
  });
  by_id("show-keys").addEventListener("click", show_keys);
  by_id("show-use").addEventListener("click", show_use);
  by_id("edit-case").addEventListener("click", () => {
    show_form(true);
    by_id("case-text").focus();
  });
  by_id("case").addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    submit();
  });
  // A file dropped beside the zone must not replace the page, and the case with it.
  for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
}

async function start() {
  const state = new URLSearchParams(location.hash.slice(1));
  set_language(state.get("lang") === "en" ? "en" : "nb");
  by_id("language").textContent = w("tool.language");
  by_id("language").lang = language() === "nb" ? "en" : "nb";
  set_present(state.get("present") === "1");
  start_case_form({ edited, cleared: forget });
  start_search();
  start_tools();
  start_keys(submit);
  try {
    meta = await api.meta();
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
  }
  draw_header();
  draw_print_line();
}

start();
