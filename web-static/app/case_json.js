// The case as the form holds it <-> the JSON that is sent, saved and opened. Nothing here touches the page.
import { lines_of } from "./reading.js";

/**
 * @typedef {{drug: string, outcome: string}} Prior
 * @typedef {{name: string, content: string}} NamedFile
 * @typedef {Object} FormCase
 * @property {string} text
 * @property {string} diagnosis_text
 * @property {{code: string, name: string} | null} diagnosis
 * @property {NamedFile[]} files
 * @property {string} age
 * @property {string} sex
 * @property {string} ecog
 * @property {string} extent
 * @property {string} exhausted
 * @property {string} tested
 * @property {boolean} not_impress
 * @property {Prior[]} prior
 * @property {boolean} prior_none
 * @property {string} today
 * @property {Record<string, any>} rest what an opened case holds beyond the form
 */

export const kImpress = "impress-norway";
/** @type {Record<string, string[]>} */
const kPanels = { dna: ["tso500-dna"], both: ["tso500-dna", "tso500-rna"] };

/** @returns {FormCase} */
export const empty_case = () => ({
  text: "",
  diagnosis_text: "",
  diagnosis: null,
  files: [],
  age: "",
  sex: "",
  ecog: "",
  extent: "",
  exhausted: "",
  tested: "",
  not_impress: false,
  prior: [],
  prior_none: false,
  today: "",
  rest: {},
});

/** What is sent: a key only where something is stated, because absent means unknown. @param {FormCase} form */
export function to_json(form) {
  /** @type {Record<string, any>} */
  const out = { ...form.rest };
  const typed = lines_of(form.text).map((text) => ({ text }));
  const alterations = [...typed, ...(form.rest.alterations || [])];
  if (alterations.length) out.alterations = alterations;
  if (form.diagnosis) out.diagnosis = { oncotree: form.diagnosis.code };
  else if (form.diagnosis_text.trim()) out.diagnosis = { text: form.diagnosis_text.trim() };
  if (form.files.length) out.files = form.files;
  if (form.age !== "") out.age_years = Number(form.age);
  if (form.sex) out.sex = form.sex;
  if (form.ecog !== "") out.ecog = Number(form.ecog);
  if (form.extent) out.disease_extent = form.extent;
  if (form.exhausted) out.standard_treatment_exhausted = form.exhausted === "yes";
  if (form.tested) out.tested = { ...(form.rest.tested || {}), panel: kPanels[form.tested] };
  const blocks = form.rest.consent_blocks || [];
  if (form.not_impress || blocks.length) out.consent_blocks = form.not_impress ? [kImpress, ...blocks] : blocks;
  const prior = form.prior.filter(({ drug }) => drug.trim());
  if (prior.length) {
    out.prior_treatments = prior.map(({ drug, outcome }) =>
      outcome ? { drug: drug.trim(), outcome } : { drug: drug.trim() },
    );
    if (form.rest.prior_treatments) out.prior_treatments.push(...form.rest.prior_treatments);
  } else if (form.prior_none && !form.rest.prior_treatments) {
    out.prior_treatments = [];
  }
  return out;
}

/** @param {any} tested */
function tested_choice(tested) {
  const { panel, ...others } = tested || {};
  const panels = [panel || []].flat().sort().join(" ");
  const choice = Object.keys(kPanels).find((key) => kPanels[key].join(" ") === panels);
  return choice ? { choice, others } : { choice: "", others: tested };
}

/** A saved case as the form holds it; what the form has no field for goes to `rest`. @param {any} json */
export function from_json(json) {
  const form = empty_case();
  const { alterations = [], diagnosis, files = [], consent_blocks = [], tested, prior_treatments, ...rest } = json;
  const is_text = (/** @type {any} */ one) => typeof one.text === "string" && Object.keys(one).length === 1;
  form.text = alterations
    .filter(is_text)
    .map((/** @type {any} */ one) => one.text)
    .join("\n");
  const structured = alterations.filter((/** @type {any} */ one) => !is_text(one));
  if (structured.length) rest.alterations = structured;
  if (diagnosis?.oncotree) form.diagnosis = { code: diagnosis.oncotree, name: diagnosis.oncotree };
  form.diagnosis_text = diagnosis?.oncotree || diagnosis?.text || "";
  if (diagnosis && !diagnosis.oncotree && !diagnosis.text) rest.diagnosis = diagnosis;
  form.files = files.filter(
    (/** @type {any} */ file) => typeof file?.name === "string" && typeof file?.content === "string",
  );
  form.not_impress = consent_blocks.includes(kImpress);
  const blocks = consent_blocks.filter((/** @type {string} */ id) => id !== kImpress);
  if (blocks.length) rest.consent_blocks = blocks;
  const { choice, others } = tested_choice(tested);
  form.tested = choice;
  if (others && Object.keys(others).length) rest.tested = others;
  const is_simple = (/** @type {any} */ one) => Object.keys(one).every((key) => key === "drug" || key === "outcome");
  form.prior = (prior_treatments || [])
    .filter(is_simple)
    .map((/** @type {any} */ one) => ({ drug: one.drug || "", outcome: one.outcome || "" }));
  form.prior_none = Array.isArray(prior_treatments) && !prior_treatments.length;
  const detailed = (prior_treatments || []).filter((/** @type {any} */ one) => !is_simple(one));
  if (detailed.length) rest.prior_treatments = detailed;
  const take = (/** @type {string} */ key) => {
    const value = rest[key];
    delete rest[key];
    return value === undefined ? "" : String(value);
  };
  form.age = take("age_years");
  form.sex = take("sex");
  form.ecog = take("ecog");
  form.extent = take("disease_extent");
  const exhausted = take("standard_treatment_exhausted");
  form.exhausted = exhausted === "" ? "" : exhausted === "true" ? "yes" : "no";
  form.rest = rest;
  return form;
}

/** True if something was found, measured or loaded. @param {FormCase} form */
export const has_findings = (form) =>
  Boolean(lines_of(form.text).length || form.files.length || form.rest.alterations || form.rest.biomarkers);
