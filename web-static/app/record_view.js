// A record of the knowledge base in a dialog: every field as stored, with its history.
import { api } from "./api.js";
import { by_id, h, outer_link } from "./dom.js";
import { language, long_date, w } from "./words.js";

const kKinds = [
  "gene",
  "gene_family",
  "diagnosis",
  "target",
  "drug",
  "organisation",
  "trial",
  "cohort",
  "access_programme",
  "evidence",
  "panel",
  "site",
  "initiative",
  "statement",
  "source",
];

/** Fields that hold ids, and the kind of record each id names. @type {Record<string, string>} */
const kReferences = {
  sources: "source",
  drug: "drug",
  drugs: "drug",
  company: "organisation",
  companies: "organisation",
  sponsor: "organisation",
  payer: "organisation",
  target: "target",
  targets: "target",
  trial: "trial",
  site: "site",
};

/** A name that opens the record behind it. @param {string} kind @param {string} id @param {string} label */
export function record_button(kind, id, label) {
  return h("button", { type: "button", class: "link", onclick: () => open_record(kind, id) }, label);
}

/**
 * Shows content in the one dialog of the page. The browser gives the focus back when it closes.
 * @param {string} title
 * @param {import("./dom.js").Child[]} content
 */
export function open_dialog(title, ...content) {
  const dialog = by_id("dialog");
  const close = h("button", { type: "button", class: "close", onclick: () => dialog.close() }, w("close"));
  dialog.replaceChildren(
    h("div", { class: "dialog-head" }, h("h2", { id: "dialog-title", tabindex: -1 }, title), close),
    h("div", { class: "dialog-body" }, content),
  );
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("h2").focus();
}

/** @param {string} key @param {any} value @returns {any} */
function value_of(key, value) {
  if (value === null || value === "") return "–";
  if (typeof value === "boolean") return w(value ? "case.yes" : "case.no");
  if (typeof value === "string") {
    if (key === "confidence") return w(`confidence.${value}`);
    if (Object.hasOwn(kReferences, key) && /^[a-z0-9][a-z0-9-]*$/.test(value))
      return record_button(kReferences[key], value, value);
    if (/^https?:\/\//.test(value)) return outer_link(value);
    return /^\d{4}(-\d\d){0,2}$/.test(value) ? long_date(value) : value;
  }
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== "object")) {
      return value.map((item, i) => [i ? ", " : null, value_of(key, item)]);
    }
    return h(
      "ul",
      {},
      value.map((item) => h("li", {}, value_of(key, item))),
    );
  }
  return fields_of(value);
}

/** @param {Record<string, any>} object */
function fields_of(object) {
  return h(
    "dl",
    { class: "fields" },
    Object.entries(object).map(([key, value]) =>
      h("div", {}, h("dt", {}, key.replaceAll("_", " ")), h("dd", {}, value_of(key, value))),
    ),
  );
}

/** @param {any[]} history */
function history_list(history) {
  const words = (/** @type {any} */ { change, revision }) =>
    w("record.history_line", { revision, date: long_date(change.published), why: change.why });
  return h(
    "ol",
    { class: "history" },
    history.map((item) => h("li", {}, words(item))),
  );
}

/** @param {string} kind @param {string} id */
export async function open_record(kind, id) {
  if (!kKinds.includes(kind)) return;
  open_dialog(id, h("p", {}, w("record.loading")));
  try {
    const [record, history] = await Promise.all([api.record(kind, id), api.history(kind, id)]);
    const { kind: _, id: __, names, ...fields } = record;
    const name = names?.[language()] || names?.en || id;
    const example = record.confidence === "example";
    open_dialog(
      name,
      h(
        "p",
        { class: "quiet" },
        w(`kind.${kind}`),
        " · ",
        h("code", {}, id),
        " ",
        example ? h("span", { class: "example" }, w("example")) : null,
      ),
      fields_of(fields),
      h("h3", {}, w("record.history")),
      history_list(history),
      h("details", {}, h("summary", {}, w("record.raw")), h("pre", { tabindex: 0 }, JSON.stringify(record, null, 2))),
    );
  } catch (error) {
    open_dialog(id, h("p", { class: "problem" }, w("record.failed"), " ", error instanceof Error ? error.message : ""));
  }
}
