// One option: first what a hurried reader needs (how far the criteria are met, drug, status, places, what to ask), and
// on request everything behind it.
import { announce, h, outer_link } from "./dom.js";
import {
  bucket_shape,
  direction_shape,
  fill_bar,
  places_left,
  status_shape,
  used_words,
  verdict_shape,
} from "./pictures.js";
import { record_button } from "./record_view.js";
import { days_between, long_date, w } from "./words.js";

const kStaleDays = 7;
const kAsksShown = 3;

/** @param {any} option */
function example_mark(option) {
  return option.example ? h("span", { class: "example", title: w("example.note") }, w("example")) : null;
}

/** @param {any} option @param {string} evaluated_on */
function checked_words(option, evaluated_on) {
  const date = option.status.checked_on;
  if (!date) return h("span", { class: "checked" }, w("option.unchecked"));
  const age = days_between(date, evaluated_on);
  const dated_fast = option.kind === "cohort" || option.kind === "new_cohort";
  return h(
    "span",
    { class: "checked" },
    w("option.checked", { date: long_date(date) }),
    dated_fast ? stale_mark(age) : null,
  );
}

/** Status and places of a cohort change by the week: older figures say so. @param {number} age in days */
function stale_mark(age) {
  return age > kStaleDays ? h("strong", { class: "stale" }, ` ⚠ ${w("option.stale", { n: age })}`) : null;
}

/**
 * An approved use has no door to open, and where a cohort is still missing the status is the trial's.
 * @param {any} option
 */
function status_words(option) {
  const state = w(`state.${option.status.state}`);
  if (option.kind === "on_label" && option.status.state === "open") return w("status.approved");
  return option.kind === "new_cohort" ? w("status.trial", { state: state.toLowerCase() }) : state;
}

/** @param {any} option @param {string} evaluated_on */
function status_column(option, evaluated_on) {
  const { state, opens_on } = option.status;
  const slots = option.slots;
  const places = [places_left(slots?.left), option.stage ? w(`stage.${option.stage}`) : ""].filter(Boolean).join(" · ");
  const figures = [
    used_words(slots),
    slots?.awaiting ? w("slots.awaiting", { n: slots.awaiting }) : "",
    slots?.decision && slots.decision !== "recruiting" ? w(`decision.${slots.decision}`) : "",
    slots?.as_of ? w("slots.as_of", { date: long_date(slots.as_of) }) : "",
  ].filter(Boolean);
  return h(
    "div",
    { class: "status-column" },
    h(
      "p",
      { class: `status ${state}` },
      status_shape(state),
      h("strong", {}, status_words(option)),
      " ",
      checked_words(option, evaluated_on),
    ),
    opens_on ? h("p", {}, w("option.opens", { date: long_date(opens_on) })) : null,
    fill_bar(slots),
    places && h("p", { class: "places" }, places),
    figures.length
      ? h(
          "p",
          { class: "quiet" },
          figures.join(", "),
          slots?.as_of ? stale_mark(days_between(slots.as_of, evaluated_on)) : null,
        )
      : null,
  );
}

/** @param {any} reason */
function reason_line(reason) {
  return h(
    "li",
    { class: `reason ${reason.verdict}` },
    verdict_shape(reason.verdict),
    h("span", { class: "hidden-visually" }, `${w(`verdict.${reason.verdict}`)}: `),
    h("span", {}, reason.words),
    h("span", { class: "rule" }, ` ${reason.rule}`),
  );
}

/** @param {string} label @param {any} content */
function part(label, content) {
  return h("div", { class: "part" }, h("h5", {}, w(label)), content);
}

/** A fact that was not stated is asked for by its name alone. @param {any} reason @returns {string} */
const question_of = (reason) => (reason.message === "clinical_unstated" ? reason.criterion : reason.words);

/** What stands in the way or must be asked, where it is seen without opening anything. @param {any} option */
function short_reasons(option) {
  const why = option.reasons
    .filter((/** @type {any} */ reason) => reason.molecular && reason.verdict === "met")
    .slice(0, 2);
  const asks = option.reasons.filter((/** @type {any} */ reason) => reason.ask).map(question_of);
  const more = asks.length - kAsksShown;
  return [
    why.length ? part("option.why", h("ul", { class: "reasons" }, why.map(reason_line))) : null,
    option.missing.length
      ? part("option.missing", h("ul", { class: "reasons" }, option.missing.map(reason_line)))
      : null,
    option.cautions.length
      ? h(
          "div",
          { class: "part caution" },
          h("h5", {}, direction_shape("resistant"), w("option.cautions")),
          h(
            "ul",
            {},
            option.cautions.map((/** @type {any} */ one) =>
              h("li", {}, one.words, h("span", { class: "rule" }, ` ${one.rule}`)),
            ),
          ),
        )
      : null,
    asks.length
      ? part(
          "option.ask",
          h(
            "p",
            {},
            asks.slice(0, kAsksShown).join(" · "),
            more > 0 ? h("span", { class: "quiet" }, ` · ${w("option.ask_more", { n: more })}`) : null,
          ),
        )
      : null,
  ];
}

/** @param {any[]} evidence */
function evidence_cell(evidence) {
  if (!evidence.length) return h("td", { class: "quiet" }, w("option.evidence_none"));
  const lines = evidence.map((one) =>
    h(
      "li",
      { class: one.direction },
      direction_shape(one.direction),
      h("strong", {}, w(`direction.${one.direction}`)),
      one.level ? ` ${one.scale ?? ""} ${one.level} ` : " ",
      record_button("evidence", one.id, one.id),
      " ",
      example_mark(one),
    ),
  );
  return h("td", {}, h("ul", { class: "evidence" }, lines));
}

/**
 * Evidence in this tumour type and in others stand apart; a third column holds what the diagnosis leaves open.
 * @param {any} option
 */
function evidence_table(option) {
  const of_relation = (/** @type {string} */ relation) =>
    option.evidence.filter((/** @type {any} */ one) => one.diagnosis_relation === relation);
  const relations = of_relation("unknown").length ? ["same", "unknown", "other"] : ["same", "other"];
  const heads = relations.map((relation) => h("th", { scope: "col" }, w(`option.evidence_${relation}`)));
  return h(
    "table",
    { class: "evidence-table" },
    h("caption", { class: "hidden-visually" }, w("option.evidence")),
    h("thead", {}, h("tr", {}, heads)),
    h(
      "tbody",
      {},
      h(
        "tr",
        {},
        relations.map((relation) => evidence_cell(of_relation(relation))),
      ),
    ),
  );
}

/** @param {any} option @param {Record<string, any>} sources */
function source_list(option, sources) {
  const ids = [...new Set([...option.sources, ...option.status.sources])];
  return h(
    "ul",
    { class: "sources" },
    ids.map((id) => {
      const source = sources[id] || {};
      const date = source.date ? ` (${long_date(source.date)})` : "";
      return h(
        "li",
        {},
        source.citation || id,
        date,
        " ",
        source.address ? outer_link(source.address) : null,
        " ",
        record_button("source", id, id),
      );
    }),
  );
}

/** @param {string} id */
function copy_button(id) {
  const copy = () =>
    navigator.clipboard.writeText(id).then(
      () => announce(w("answer.copied")),
      () => announce(w("answer.copy_failed")),
    );
  return h(
    "button",
    { type: "button", class: "small", "aria-label": w("option.copy_id", { id }), onclick: copy },
    w("option.copy"),
  );
}

/** @param {any} option */
function sites_list(option) {
  return h(
    "ul",
    { class: "sites" },
    option.sites.map((/** @type {any} */ site) =>
      h(
        "li",
        {},
        site.state ? [status_shape(site.state), `${w(`state.${site.state}`)}: `] : null,
        record_button("site", site.id, site.name),
      ),
    ),
  );
}

/** Since when, and what decided it. @param {any} option */
function status_facts({ status }) {
  const since = status.since ? [w("option.since", { date: long_date(status.since) })] : [];
  const by =
    status.decided_by && status.decided_by !== "cohort" ? [w("option.decided_by", { by: status.decided_by })] : [];
  const why = status.reason ? [status.reason] : [];
  return [w(`state.${status.state}`), ...since, ...by, ...why].join(", ");
}

/** @param {any} option */
function fact_rows(option) {
  const step = option.next_step;
  const rank = Object.entries(option.rank_keys).map(([key, value]) => `${w(`rank.${key}`)} ${value}`);
  /** @type {[string, any][]} */
  const rows = [
    ["option.next", [step.what, step.link ? [" ", outer_link(step.link)] : null]],
    ["option.contact", step.contact],
    ["option.trial", option.trial ? record_button("trial", option.trial, option.trial_title || option.trial) : null],
    ["option.sites", option.sites.length ? sites_list(option) : null],
    ["option.status", status_facts(option)],
    [
      "option.funding",
      option.funding
        ? [w(`funding.${option.funding}`), option.funding_terms ? `: ${option.funding_terms}` : null]
        : null,
    ],
    ["option.public_funding", option.public_funding ? w(`public.${option.public_funding}`) : null],
    [
      "option.confidence",
      [
        w(`confidence.${option.confidence}`),
        option.checked_on ? `. ${w("option.record_checked", { date: long_date(option.checked_on) })}` : null,
      ],
    ],
    ["option.rank_keys", [w("option.rank", { n: option.rank }), `: ${rank.join(", ")}`]],
    ["option.id", [h("code", {}, option.id), " ", copy_button(option.id)]],
  ];
  return rows
    .filter(([, value]) => value)
    .map(([label, value]) => h("div", {}, h("dt", {}, w(label)), h("dd", {}, value)));
}

/** @param {any} option @param {Record<string, any>} sources @param {boolean} open */
function behind(option, sources, open) {
  return h(
    "details",
    { class: "behind", open },
    h("summary", {}, w("option.reasons"), h("span", { class: "hidden-visually" }, `: ${option.title}`)),
    part("option.all_reasons", h("ul", { class: "reasons" }, option.reasons.map(reason_line))),
    option.evidence.length ? part("option.evidence", evidence_table(option)) : null,
    h("dl", { class: "facts-list" }, fact_rows(option)),
    part("option.sources", source_list(option, sources)),
  );
}

/** Kinds of option that are records of their own; the others stand on a drug or a trial. */
const kRecordKinds = ["cohort", "access_programme"];

/**
 * @param {any} option
 * @param {{evaluated_on: string, sources: Record<string, any>}} answer
 * @param {boolean} [open]
 */
export function option_view(option, answer, open = false) {
  const closed = option.status.state === "closed";
  const title = kRecordKinds.includes(option.kind) ? record_button(option.kind, option.id, option.title) : option.title;
  const drugs = option.drugs.map((/** @type {string} */ name, /** @type {number} */ i) => [
    i ? " + " : null,
    option.drug_ids[i] ? record_button("drug", option.drug_ids[i], name) : name,
  ]);
  const companies = option.companies.map((/** @type {string} */ name, /** @type {number} */ i) => [
    i ? ", " : null,
    record_button("organisation", option.company_ids[i], name),
  ]);
  return h(
    "article",
    { class: `option ${option.bucket} ${closed ? "closed" : ""}`, "data-id": option.id },
    h(
      "div",
      { class: "option-head" },
      h("p", { class: `bucket ${option.bucket}` }, bucket_shape(option.bucket), w(`bucket.${option.bucket}`)),
      h(
        "div",
        { class: "option-title" },
        h("h4", {}, title, " ", example_mark(option)),
        drugs.length
          ? h("p", { class: "drugs" }, h("strong", {}, drugs), companies.length ? [" · ", companies] : null)
          : null,
        h(
          "p",
          { class: "quiet" },
          w(`route.${option.route}`),
          option.trial_title && !closed ? ` · ${option.trial_title}` : null,
        ),
      ),
      status_column(option, answer.evaluated_on),
    ),
    h("div", { class: "short" }, short_reasons(option)),
    behind(option, answer.sources, open),
  );
}
