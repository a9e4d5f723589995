// The form of the case. The case lives in `form` in this tab's memory and nowhere else.
import { empty_case, from_json, to_json } from "./case_json.js";
import { make_combobox } from "./combobox.js";
import { announce, by_id, h } from "./dom.js";
import { watch_reading } from "./reading.js";
import { counted, w } from "./words.js";

const kMaxFileBytes = 20 * 1024 * 1024;
const kMaxFiles = 20;

/** @type {import("./case_json.js").FormCase} */
export let form = empty_case();
let on_change = () => {};
let on_clear = () => {};

/** @param {import("./case_json.js").FormCase} next */
function replace_case(next) {
  form = next;
  draw_case_form();
  on_change();
}

/** @param {string} id @param {string} label @param {any} control @param {string} [hint] */
function field(id, label, control, hint) {
  control.id = id;
  if (hint) control.setAttribute("aria-describedby", `${id}-hint`);
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, w(label)),
    control,
    hint && h("p", { id: `${id}-hint`, class: "hint" }, w(hint)),
  );
}

/** A choice among words; the first is "not stated". @param {string} key @param {[string, string][]} choices */
function choice(key, choices) {
  const values = /** @type {any} */ (form);
  const options = choices.map(([value, label]) => h("option", { value, selected: values[key] === value }, label));
  return h("select", { onchange: (/** @type {any} */ event) => set(key, event.target.value) }, options);
}

/** @param {string} key @param {any} value */
function set(key, value) {
  /** @type {any} */ (form)[key] = value;
  on_change();
}

/** @param {string} key @param {Record<string, any>} attributes */
function input(key, attributes) {
  const values = /** @type {any} */ (form);
  const changed = (/** @type {any} */ event) => set(key, event.target.value);
  return h("input", { value: values[key], oninput: changed, ...attributes });
}

/** @param {string} key @param {string} label */
function check(key, label) {
  const values = /** @type {any} */ (form);
  const changed = (/** @type {any} */ event) => set(key, event.target.checked);
  const box = h("input", { type: "checkbox", id: `case-${key}`, checked: values[key], onchange: changed });
  return h("div", { class: "check" }, box, h("label", { for: `case-${key}` }, w(label)));
}

function draw_alterations() {
  const box = h("textarea", {
    rows: 7,
    spellcheck: "false",
    autocomplete: "off",
    autocapitalize: "off",
    maxlength: 200000,
    oninput: (/** @type {any} */ event) => set("text", event.target.value),
  });
  box.value = form.text;
  const list = h("ol", { class: "reading", id: "reading" });
  const status = h("p", { class: "hint", role: "status" });
  const element = h(
    "div",
    { class: "two" },
    field("case-text", "case.alterations", box, "case.alterations_hint"),
    h("div", { class: "field" }, h("h3", { class: "label" }, w("case.reading")), list, status),
  );
  watch_reading(box, list, status);
  return element;
}

/** @param {FileList | File[]} chosen */
async function add_files(chosen) {
  for (const file of chosen) {
    if (form.files.length >= kMaxFiles) {
      announce(w("case.file_too_many"));
      break;
    }
    if (file.size > kMaxFileBytes) {
      announce(w("case.file_too_large", { name: file.name }));
      continue;
    }
    const content = await file.text();
    form.files = [...form.files.filter(({ name }) => name !== file.name), { name: file.name, content }];
  }
  draw_file_list();
  on_change();
}

function draw_file_list() {
  const lines = form.files.map(({ name, content }) =>
    h(
      "li",
      { class: "file" },
      h("span", {}, name),
      h("span", { class: "quiet" }, ` ${w("case.file_size", { n: Math.max(1, Math.round(content.length / 1024)) })} `),
      h(
        "button",
        {
          type: "button",
          "aria-label": w("case.file_remove", { name }),
          onclick: () => {
            form.files = form.files.filter((file) => file.name !== name);
            draw_file_list();
            by_id("case-choose").focus();
            on_change();
          },
        },
        "✕",
      ),
    ),
  );
  by_id("case-files").replaceChildren(...lines);
}

function draw_files() {
  const picker = h("input", {
    type: "file",
    id: "case-file",
    multiple: true,
    class: "hidden-visually",
    tabindex: -1,
    onchange: (/** @type {any} */ event) => add_files(event.target.files).then(() => (event.target.value = "")),
  });
  const zone = h(
    "div",
    { class: "drop", id: "drop-zone" },
    h("div", {}, h("label", { for: "case-file" }, w("case.files")), h("p", { class: "hint" }, w("case.files_hint"))),
    h("button", { type: "button", id: "case-choose", onclick: () => picker.click() }, w("case.files_choose")),
    picker,
    h("ul", { id: "case-files", class: "files" }),
  );
  zone.addEventListener("dragover", (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (event.dataTransfer) add_files(event.dataTransfer.files);
  });
  return zone;
}

/** What an opened case holds beyond the form must be seen, because it takes part in the answer. */
function draw_rest() {
  const { alterations = [], ...facts } = form.rest;
  const keys = Object.keys(facts).filter((key) => key !== "id");
  if (!alterations.length && !keys.length) return null;
  return h(
    "div",
    { class: "notice" },
    alterations.length ? h("p", {}, counted("case.extra", alterations.length)) : null,
    keys.length ? h("p", {}, w("case.extra_facts", { keys: keys.join(", ") })) : null,
    h("button", { type: "button", onclick: () => replace_case({ ...form, rest: {} }) }, w("case.extra_remove")),
  );
}

function draw_diagnosis() {
  const chosen = h("p", { class: "hint chosen", id: "case-diagnosis-chosen" });
  const show = () => {
    chosen.textContent = form.diagnosis
      ? w("case.diagnosis_chosen", { name: `${form.diagnosis.name} (${form.diagnosis.code})` })
      : form.diagnosis_text.trim()
        ? w("case.diagnosis_free")
        : "";
  };
  const box = h("input", {
    type: "text",
    id: "case-diagnosis",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 300,
  });
  box.value = form.diagnosis_text;
  box.setAttribute("aria-describedby", "case-diagnosis-hint case-diagnosis-chosen");
  const element = h(
    "div",
    { class: "field" },
    h("label", { for: "case-diagnosis" }, w("case.diagnosis")),
    h("div", { class: "combobox" }, box),
    h("p", { id: "case-diagnosis-hint", class: "hint" }, w("case.diagnosis_hint")),
    chosen,
  );
  make_combobox(box, {
    kinds: ["diagnosis"],
    take: ({ name, code, id }) => {
      box.value = name;
      form.diagnosis_text = name;
      form.diagnosis = { code: code || id, name };
      box.removeAttribute("aria-invalid");
      show();
      on_change();
    },
    typed: () => {
      form.diagnosis_text = box.value;
      form.diagnosis = null;
      show();
      on_change();
    },
  });
  show();
  return element;
}

const kOutcomes = ["response", "stable", "progression", "stopped"];

/** @param {number} focus_row -1 = leave the focus where it is */
function draw_prior(focus_row = -1) {
  const rows = form.prior.map((one, i) => {
    const name = h("input", {
      type: "text",
      id: `prior-${i}`,
      value: one.drug,
      maxlength: 200,
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": w("case.prior_drug", { n: i + 1 }),
      oninput: () => {
        one.drug = name.value;
        on_change();
      },
    });
    const words = [["", w("case.unstated")], ...kOutcomes.map((key) => [key, w(`case.prior.${key}`)])];
    const outcome = h(
      "select",
      {
        "aria-label": w("case.prior_outcome", { n: i + 1 }),
        onchange: () => {
          one.outcome = outcome.value;
          on_change();
        },
      },
      words.map(([value, label]) => h("option", { value, selected: one.outcome === value }, label)),
    );
    const remove = () => {
      form.prior = form.prior.filter((_, at) => at !== i);
      draw_prior();
      by_id("prior-add").focus();
      on_change();
    };
    const button = h(
      "button",
      { type: "button", "aria-label": w("case.prior_remove", { n: i + 1 }), onclick: remove },
      "✕",
    );
    const row = h("li", { class: "prior" }, h("div", { class: "combobox" }, name), outcome, button);
    make_combobox(name, {
      kinds: ["drug"],
      take: (suggestion) => {
        name.value = one.drug = suggestion.name;
        on_change();
      },
    });
    return row;
  });
  by_id("prior-list").replaceChildren(...rows);
  if (focus_row >= 0) by_id(`prior-${focus_row}`).focus();
}

function draw_prior_field() {
  const add = () => {
    form.prior = [...form.prior, { drug: "", outcome: "" }];
    draw_prior(form.prior.length - 1);
  };
  return h(
    "fieldset",
    { class: "wide" },
    h("legend", {}, w("case.prior")),
    h("ul", { id: "prior-list", class: "priors" }),
    h("button", { type: "button", id: "prior-add", onclick: add }, w("case.prior_add")),
    check("prior_none", "case.prior_none"),
  );
}

function draw_facts() {
  /** @type {[string, string]} */
  const unstated = ["", w("case.unstated")];
  const extents = ["localised", "locally_advanced", "metastatic"];
  return h(
    "details",
    { class: "facts", open: true },
    h("summary", {}, w("case.facts")),
    h("p", { class: "hint" }, w("case.facts_hint")),
    h(
      "div",
      { class: "grid" },
      field("case-age", "case.age", input("age", { type: "number", min: 0, max: 120, step: 1, inputmode: "numeric" })),
      field(
        "case-sex",
        "case.sex",
        choice("sex", [unstated, ["female", w("case.sex.female")], ["male", w("case.sex.male")]]),
      ),
      field(
        "case-ecog",
        "case.ecog",
        choice("ecog", [unstated, ...["0", "1", "2", "3", "4"].map((n) => /** @type {[string, string]} */ ([n, n]))]),
      ),
      field(
        "case-extent",
        "case.extent",
        choice("extent", [
          unstated,
          ...extents.map((key) => /** @type {[string, string]} */ ([key, w(`case.extent.${key}`)])),
        ]),
      ),
      field(
        "case-exhausted",
        "case.exhausted",
        choice("exhausted", [unstated, ["yes", w("case.yes")], ["no", w("case.no")]]),
      ),
      field("case-today", "case.today", input("today", { type: "date" }), "case.today_hint"),
    ),
    draw_prior_field(),
    check("not_impress", "case.not_impress"),
  );
}

function draw_tested() {
  /** @type {[string, string][]} */
  const choices = [
    ["", w("case.tested.none")],
    ["dna", w("case.tested.dna")],
    ["both", w("case.tested.both")],
  ];
  return field("case-tested", "case.tested", choice("tested", choices), "case.tested_hint");
}

function save() {
  const body = JSON.stringify(to_json(form), null, 1);
  const address = URL.createObjectURL(new Blob([body], { type: "application/json" }));
  h("a", { href: address, download: "treff-case.json" }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** @param {File | undefined} file */
async function open(file) {
  if (!file) return;
  let json = null;
  try {
    json = JSON.parse(await file.text());
    if (!json || typeof json !== "object" || Array.isArray(json)) throw new TypeError();
    replace_case(from_json(json));
    announce(w("case.opened", { name: file.name }));
  } catch {
    show_problem(w("case.not_a_case", { name: file.name }));
  }
}

/** @param {import("./dom.js").Child[]} words */
export function show_problem(...words) {
  const place = by_id("case-problem");
  place.replaceChildren(...words.map((one) => (one instanceof Node ? one : h("p", {}, one))));
  place.hidden = !words.length;
}

function draw_buttons() {
  const opener = h("input", {
    type: "file",
    accept: ".json,application/json",
    id: "case-open",
    class: "hidden-visually",
    tabindex: -1,
    "aria-label": w("case.open"),
    onchange: (/** @type {any} */ event) => open(event.target.files[0]).then(() => (event.target.value = "")),
  });
  const clear = () => {
    replace_case(empty_case());
    on_clear();
    announce(w("case.cleared"));
    by_id("case-text").focus();
  };
  return h(
    "div",
    { class: "actions" },
    h(
      "button",
      { type: "submit", class: "main-action", id: "case-submit", "aria-keyshortcuts": "Control+Enter" },
      w("case.submit"),
    ),
    h("span", { class: "quiet keys-hint" }, w("case.submit_keys")),
    h("span", { class: "spacer" }),
    h("button", { type: "button", onclick: save }, w("case.save")),
    h("button", { type: "button", onclick: () => opener.click() }, w("case.open")),
    opener,
    h("button", { type: "button", onclick: clear }, w("case.clear")),
  );
}

/** Draws the form in the language of the page. */
export function draw_case_form() {
  by_id("case").replaceChildren(
    draw_alterations(),
    h("div", { class: "two" }, draw_diagnosis(), draw_tested()),
    draw_files(),
    ...[draw_rest()].filter((one) => one !== null),
    draw_facts(),
    h("div", { id: "case-problem", class: "problem", role: "alert", hidden: true }),
    draw_buttons(),
  );
  draw_file_list();
  draw_prior();
}

/** @param {{edited: () => void, cleared: () => void}} listeners */
export function start_case_form({ edited, cleared }) {
  on_change = edited;
  on_clear = cleared;
  draw_case_form();
}
