// THE field table: every key of every record, once (codec, schema, references, text index, facets all read it).
//
// To add a field: one member in kb/model/records.h and one row here; then `treff-schema` rewrites schemas/ and the
// tests fail until the example of the kind shows the new field.
#pragma once

#include "kb/model/field.h"
#include "kb/model/records.h"

namespace treff::model {

inline constexpr FieldTraits kRequired{.need = Need::Required};
constexpr FieldTraits refers_to(RecordKind kind, Need need = Need::Optional) { return {.need = need, .refers = kind}; }
constexpr FieldTraits text(int weight, std::string_view prefix = {}, bool facet = false) {
  return {.text_weight = weight, .search_prefix = prefix, .facet = facet};
}

// Closed sets of words for members that are plain text.
inline constexpr std::array<std::string_view, 5> kPayerKinds = {"company", "public", "company_then_public", "patient",
                                                                "unknown"};
inline constexpr std::array<std::string_view, 7> kMembershipRoles = {"founder", "partner", "observer", "coordinator",
                                                                     "node",    "sponsor", "supplier"};
inline constexpr std::array<std::string_view, 2> kMaterials = {"dna", "rna"};
inline constexpr std::array<std::string_view, 4> kSuggestionPlaces = {"title", "arm", "inclusion", "exclusion"};

// Rows that every part with a source of its own has.
template <class T>
constexpr auto provenance_rows() {
  return std::make_tuple(
      row<T>("sources", &T::sources, "Ids of the sources of this part.", refers_to(RecordKind::Source)),
      row<T>("checked_on", &T::checked_on, "Day the part was last checked against its sources."),
      row<T>("confidence", &T::confidence, "quoted, derived, inferred or example."));
}

// Rows that every record has.
template <class T>
constexpr auto common_rows() {
  return std::make_tuple(
      row<T>("id", &T::id, "Stable slug, unique in its kind, never reused.", kRequired),
      row<T>("names", &T::names, "Names by language.", text(10, "name")),
      row<T>("synonyms", &T::synonyms, "Other names people use.", text(8, "name")),
      row<T>("sources", &T::sources, "Ids of source records, at least one.", refers_to(RecordKind::Source)),
      row<T>("checked_on", &T::checked_on, "Day the record was last checked.", kRequired),
      row<T>("confidence", &T::confidence, "quoted, derived, inferred or example.", kRequired),
      row<T>("note", &T::note, "Remark for readers.", text(1)),
      row<T>("origin", &T::origin, "Importer that owns the record; absent = curated."));
}

template <>
struct FieldsOf<Names> {
  using T = Names;
  static constexpr auto rows =
      std::make_tuple(row<T>("en", &T::en, "English.", text(10)), row<T>("nb", &T::nb, "Norwegian Bokmål.", text(10)),
                      row<T>("nn", &T::nn, "Norwegian Nynorsk.", text(10)));
};

template <>
struct FieldsOf<CriteriaPart> {
  using T = CriteriaPart;
  static constexpr auto rows =
      std::tuple_cat(std::make_tuple(row<T>("rule", &T::rule, "The criterion.", kRequired)), provenance_rows<T>());
};

template <>
struct FieldsOf<ExonSpan> {
  using T = ExonSpan;
  static constexpr auto rows =
      std::make_tuple(row<T>("exon", &T::exon, "Printed exon number.", kRequired),
                      row<T>("first_codon", &T::first_codon, "First codon, counted from 1.", kRequired),
                      row<T>("last_codon", &T::last_codon, "Last codon, included.", kRequired));
};

template <>
struct FieldsOf<NumberingShift> {
  using T = NumberingShift;
  static constexpr auto rows = std::make_tuple(
      row<T>("from", &T::from, "First residue on the other transcript.", kRequired),
      row<T>("add", &T::add, "Reference number = number + add.", FieldTraits{.need = Need::Required, .min = -100000}));
};

template <>
struct FieldsOf<OtherNumbering> {
  using T = OtherNumbering;
  static constexpr auto rows =
      std::tuple_cat(std::make_tuple(row<T>("refseq", &T::refseq, "RefSeq transcript without version."),
                                     row<T>("ensembl", &T::ensembl, "Ensembl transcript without version."),
                                     row<T>("protein_length", &T::protein_length, "Residues."),
                                     row<T>("shifts", &T::shifts, "How residue numbers map to the reference.")),
                     provenance_rows<T>());
};

template <>
struct FieldsOf<Gene> {
  using T = Gene;
  static constexpr auto rows = std::tuple_cat(
      common_rows<T>(),
      std::make_tuple(
          row<T>("symbol", &T::symbol, "Approved symbol.",
                 FieldTraits{.need = Need::Required, .text_weight = 10, .search_prefix = "gene", .facet = true}),
          row<T>("hgnc_id", &T::hgnc_id, "HGNC id."),
          row<T>("previous_symbols", &T::previous_symbols, "Earlier approved symbols.", text(6, "gene")),
          row<T>("role", &T::role, "oncogene, suppressor, both or unknown."),
          row<T>("kinase_end", &T::kinase_end, "End of a fusion that keeps the kinase."),
          row<T>("hereditary", &T::hereditary, "Hereditary-cancer gene: confirm in germline."),
          row<T>("clonal_haematopoiesis", &T::clonal_haematopoiesis, "Plasma calls may stem from blood cells."),
          row<T>("refseq", &T::refseq, "Reference transcript without version."),
          row<T>("ensembl", &T::ensembl, "Reference transcript without version."),
          row<T>("protein_length", &T::protein_length, "Residues."),
          row<T>("exons", &T::exons, "Codons of each exon on the reference transcript."),
          row<T>("other_numberings", &T::other_numberings, "Other transcripts in use."),
          row<T>("hotspots", &T::hotspots, "Listed recurrent residues."),
          row<T>("recurrent_partners", &T::recurrent_partners, "Curated recurrent fusion partners, symbols.")));
};

template <>
struct FieldsOf<GeneFamily> {
  using T = GeneFamily;
  static constexpr auto rows = std::tuple_cat(
      common_rows<T>(), std::make_tuple(row<T>("members", &T::members, "Gene ids.",
                                               FieldTraits{.need = Need::Required, .refers = RecordKind::Gene})));
};

template <>
struct FieldsOf<Diagnosis> {
  using T = Diagnosis;
  static constexpr auto rows = std::tuple_cat(
      common_rows<T>(),
      std::make_tuple(row<T>("code", &T::code, "OncoTree code.",
                             FieldTraits{.need = Need::Required, .text_weight = 8, .search_prefix = "diagnosis"}),
                      row<T>("parent", &T::parent, "Id of the parent diagnosis.",
                             FieldTraits{.need = Need::Optional, .refers = RecordKind::Diagnosis}),
                      row<T>("main_type", &T::main_type, "OncoTree main type.", text(4)),
                      row<T>("tissue", &T::tissue, "OncoTree tissue.", text(4, "tissue", true)),
                      row<T>("lineage", &T::lineage, "solid, haematological, histiocytic or unknown."),
                      row<T>("tissue_level", &T::tissue_level, "A tissue: less specific than any diagnosis."),
                      row<T>("unknown_primary", &T::unknown_primary, "Cancer of unknown primary."),
                      row<T>("icd10", &T::icd10, "WHO ICD-10 codes.", text(4)),
                      row<T>("icdo3", &T::icdo3, "ICD-O-3 morphology, with topography where needed."),
                      row<T>("ncit", &T::ncit, "NCI Thesaurus codes."),
                      row<T>("doid", &T::doid, "Disease Ontology ids, DOID:3910."),
                      row<T>("former_codes", &T::former_codes, "OncoTree codes this node had before.", text(4)),
                      row<T>("precursors", &T::precursors, "Codes that were merged into, or split up for, this node."),
                      row<T>("revocations", &T::revocations, "Codes whose use the tree withdraws for this node.")));
};

template <>
struct FieldsOf<Target> {
  using T = Target;
  static constexpr auto rows = std::tuple_cat(
      common_rows<T>(), std::make_tuple(row<T>("criterion", &T::criterion, "What the tumour must show.", kRequired)));
};

template <>
struct FieldsOf<LabelIndication> {
  using T = LabelIndication;
  static constexpr auto rows = std::tuple_cat(
      std::make_tuple(row<T>("region", &T::region, "Region of the label.", kRequired),
                      row<T>("text", &T::text, "Indication in words.", kRequired),
                      row<T>("criterion", &T::criterion, "The whole label as a criterion."),
                      row<T>("with_drugs", &T::with_drugs, "Combination partners the label demands.",
                             FieldTraits{.need = Need::Optional, .refers = RecordKind::Drug}),
                      row<T>("from", &T::from, "First day in force."), row<T>("to", &T::to, "Last day in force."),
                      row<T>("public_funding", &T::public_funding, "yes, no, pending or unknown."),
                      row<T>("public_funding_as_of", &T::public_funding_as_of, "Day of the funding statement.")),
      provenance_rows<T>());
};

template <>
struct FieldsOf<Drug> {
  using T = Drug;
  static constexpr auto rows = std::tuple_cat(
      common_rows<T>(),
      std::make_tuple(
          row<T>("substance", &T::substance, "International non-proprietary name.",
                 FieldTraits{.need = Need::Required, .text_weight = 10, .search_prefix = "drug", .facet = true}),
          row<T>("brands", &T::brands, "Brand names.", text(8, "drug")),
          row<T>("codes", &T::codes, "Development codes.", text(8, "drug")),
          row<T>("atc", &T::atc, "ATC code.", text(4)),
          row<T>("drug_classes", &T::drug_classes, "Drug classes.", text(5, "class")),
          row<T>("mechanism", &T::mechanism, "Mechanism in words.", text(2)),
          row<T>("genes", &T::genes, "Ids of genes the drug acts on.",
                 FieldTraits{
                     .need = Need::Optional, .refers = RecordKind::Gene, .text_weight = 5, .search_prefix = "gene"}),
          row<T>("targets", &T::targets, "Target ids.",
                 FieldTraits{.need = Need::Optional, .refers = RecordKind::Target, .text_weight = 4}),
          row<T>("companies", &T::companies, "Organisation ids.",
                 FieldTraits{.need = Need::Optional,
                             .refers = RecordKind::Organisation,
                             .text_weight = 5,
                             .search_prefix = "company",
                             .facet = true}),
          row<T>("labels", &T::labels, "Label indications."),
          row<T>("no_label_regions", &T::no_label_regions, "Regions checked to have no label at all.")));
};

template <>
struct FieldsOf<Membership> {
  using T = Membership;
  static constexpr auto rows = std::tuple_cat(
      std::make_tuple(row<T>("initiative", &T::initiative, "Initiative id.",
                             FieldTraits{.need = Need::Required, .refers = RecordKind::Initiative}),
                      row<T>("role", &T::role, "founder, partner, observer, coordinator, node, sponsor, supplier.",
                             FieldTraits{.need = Need::Required, .words = kMembershipRoles}),
                      row<T>("from", &T::from, "First day known."), row<T>("to", &T::to, "Last day known."),
                      row<T>("note", &T::note, "Remark.")),
      provenance_rows<T>());
};

template <>
struct FieldsOf<SupplyAgreement> {
  using T = SupplyAgreement;
  static constexpr auto rows = std::tuple_cat(
      std::make_tuple(
          row<T>("drug", &T::drug, "Drug id, absent where the source does not name it.",
                 FieldTraits{.need = Need::Optional, .refers = RecordKind::Drug}),
          row<T>("drug_text", &T::drug_text, "What the source says instead."),
          row<T>("trial", &T::trial, "Trial id.", FieldTraits{.need = Need::Required, .refers = RecordKind::Trial}),
          row<T>("patients", &T::patients, "Number of patients agreed."),
          row<T>("state", &T::state, "planned, active, ended or unknown."), row<T>("from", &T::from, "Start.")),
      provenance_rows<T>());
};

template <>
struct FieldsOf<Organisation> {
  using T = Organisation;
  static constexpr auto rows = std::tuple_cat(
      common_rows<T>(), std::make_tuple(row<T>("type", &T::type, "Kind of organisation.", kRequired),
                                        row<T>("country", &T::country, "ISO 3166-1 alpha-2.", text(2, "country", true)),
                                        row<T>("memberships", &T::memberships, "Dated memberships in initiatives."),
                                        row<T>("supply_agreements", &T::supply_agreements, "Drug supply.")));
};

template <>
struct FieldsOf<StatusChange> {
  using T = StatusChange;
  static constexpr auto rows = std::tuple_cat(
      std::make_tuple(row<T>("state", &T::state, "planned, open, suspended, full or closed.", kRequired),
                      row<T>("from", &T::from, "In force from this day."), row<T>("reason", &T::reason, "Why.")),
      provenance_rows<T>());
};

template <>
struct FieldsOf<RegistryId> {
  using T = RegistryId;
  static constexpr auto rows = std::make_tuple(
      row<T>("registry", &T::registry, "nct, eudract, ctis ...", kRequired),
      row<T>("id", &T::id, "Id in the registry.", FieldTraits{.need = Need::Required, .text_weight = 8}));
};

template <>
struct FieldsOf<Contact> {
  using T = Contact;
  static constexpr auto rows =
      std::make_tuple(row<T>("role", &T::role, "Role, never a person.", kRequired),
                      row<T>("channel", &T::channel, "Web page or switchboard, never a person.", kRequired));
};

template <>
struct FieldsOf<TwoStageDesign> {
  using T = TwoStageDesign;
  static constexpr auto rows = std::tuple_cat(
      std::make_tuple(
          row<T>("stage1_patients", &T::stage1_patients, "Evaluable patients in stage 1.", kRequired),
          row<T>("stage1_min_effects", &T::stage1_min_effects, "Effects needed to go on.", kRequired),
          row<T>("stage2_patients_total", &T::stage2_patients_total, "Evaluable patients after stage 2.", kRequired),
          row<T>("stage2_min_effects", &T::stage2_min_effects, "Effects needed to be positive.", kRequired),
          row<T>("expansion_max_patients", &T::expansion_max_patients, "Cap of the expansion."),
          row<T>("effect_assessed_week", &T::effect_assessed_week, "Week of assessment."),
          row<T>("effect_definition", &T::effect_definition, "What counts as effect.")),
      provenance_rows<T>());
};

template <>
struct FieldsOf<TrialDrug> {
  using T = TrialDrug;
  static constexpr auto rows =
      std::tuple_cat(std::make_tuple(row<T>("drugs", &T::drugs, "Drug ids; several = one combination.",
                                            FieldTraits{.need = Need::Required,
                                                        .refers = RecordKind::Drug,
                                                        .text_weight = 4,
                                                        .search_prefix = "drug",
                                                        .facet = true}),
                                     row<T>("marker", &T::marker, "Marker rule; absent = not seen."),
                                     row<T>("note", &T::note, "Remark.")),
                     provenance_rows<T>());
};

template <>
struct FieldsOf<TrialSite> {
  using T = TrialSite;
  static constexpr auto rows = std::tuple_cat(
      std::make_tuple(
          row<T>("site", &T::site, "Site id.", FieldTraits{.need = Need::Required, .refers = RecordKind::Site}),
          row<T>("state", &T::state, "State at the site."), row<T>("opened", &T::opened, "Opened.")),
      provenance_rows<T>());
};

template <>
struct FieldsOf<SuggestedCriterion> {
  using T = SuggestedCriterion;
  static constexpr auto rows = std::make_tuple(
      row<T>("any_of", &T::any_of, "Criterion texts, any of them.", FieldTraits{.need = Need::Required}),
      row<T>("place", &T::place, "title, arm, inclusion or exclusion.",
             FieldTraits{.need = Need::Required, .words = kSuggestionPlaces}),
      row<T>("arm", &T::arm, "Label of the arm."),
      row<T>("quote", &T::quote, "The words it was read from.", kRequired));
};

template <>
struct FieldsOf<TrialArm> {
  using T = TrialArm;
  static constexpr auto rows = std::make_tuple(
      row<T>("label", &T::label, "Label in the registry.", FieldTraits{.need = Need::Required, .text_weight = 4}),
      row<T>("type", &T::type, "In the words of the registry."),
      row<T>("description", &T::description, "Description in words.", text(2)),
      row<T>("interventions", &T::interventions, "Interventions by the registry's names."),
      row<T>("state", &T::state, "State, where the label says so."));
};

template <>
struct FieldsOf<TrialLocation> {
  using T = TrialLocation;
  static constexpr auto rows = std::make_tuple(
      row<T>("facility", &T::facility, "Hospital.", text(2)), row<T>("town", &T::town, "Town.", text(2)),
      row<T>("country", &T::country, "ISO 3166-1 alpha-2."),
      row<T>("country_text", &T::country_text, "The registry's word, where it is no known country.", text(2)),
      row<T>("state", &T::state, "State at the place."),
      row<T>("state_text", &T::state_text, "The registry's word for it."));
};

template <>
struct FieldsOf<Trial> {
  using T = Trial;
  static constexpr auto rows = std::tuple_cat(
      common_rows<T>(),
      std::make_tuple(
          row<T>("registry_ids", &T::registry_ids, "Registry numbers.", text(8)),
          row<T>("phase", &T::phase, "Phase in words.", text(2, "phase", true)),
          row<T>("sponsor", &T::sponsor, "Organisation id.",
                 FieldTraits{.need = Need::Optional, .refers = RecordKind::Organisation, .text_weight = 3}),
          row<T>("collaborators", &T::collaborators, "Organisation ids.",
                 FieldTraits{.need = Need::Optional, .refers = RecordKind::Organisation}),
          row<T>("country", &T::country, "ISO 3166-1 alpha-2.", text(2, "country", true)),
          row<T>("initiative", &T::initiative, "Initiative id.",
                 FieldTraits{.need = Need::Optional, .refers = RecordKind::Initiative}),
          row<T>("design_text", &T::design_text, "Design in words.", text(2)),
          row<T>("design", &T::design, "Two-stage rule."), row<T>("status", &T::status, "Status history."),
          row<T>("common_criteria", &T::common_criteria, "What holds for every cohort."),
          row<T>("label_rule_region", &T::label_rule_region, "Region whose labels exclude."),
          row<T>("opens_new_cohorts", &T::opens_new_cohorts, "A fitting patient may open a cohort."),
          row<T>("drugs", &T::drugs, "Drugs with their marker rules.", text(4)),
          row<T>("sites", &T::sites, "Trial sites."), row<T>("contacts", &T::contacts, "Contacts by role."),
          row<T>("link", &T::link, "Public page."),
          row<T>("study_type", &T::study_type, "In the words of the registry.", text(1)),
          row<T>("sponsor_text", &T::sponsor_text, "Sponsor without a record.", text(3)),
          row<T>("collaborators_text", &T::collaborators_text, "Collaborators without a record.", text(2)),
          row<T>("conditions", &T::conditions, "Conditions in the words of the registry.", text(5)),
          row<T>("keywords", &T::keywords, "Keywords of the registry.", text(4)),
          row<T>("interventions", &T::interventions, "Interventions and their other names.", text(5)),
          row<T>("summary", &T::summary, "Summary of the registry.", text(2)),
          row<T>("description", &T::description, "Detailed description of the registry.", text(1)),
          row<T>("eligibility_text", &T::eligibility_text, "Eligibility in the words of the registry.", text(1)),
          row<T>("arms", &T::arms, "Arms in the words of the registry."),
          row<T>("countries", &T::countries, "ISO 3166-1 alpha-2.", text(2, "country", true)),
          row<T>("locations", &T::locations, "Places as the registry states them."),
          row<T>("starts", &T::starts, "Start, planned or actual."),
          row<T>("suggested_criteria", &T::suggested_criteria, "Words from text, never matched as verified."),
          row<T>("suggested_needs", &T::suggested_needs, "Read from text, never matched as verified."),
          row<T>("suggested_exclusions", &T::suggested_exclusions,
                 "What text seems to rule out, never matched as verified.")));
};

template <>
struct FieldsOf<EnrolmentFigures> {
  using T = EnrolmentFigures;
  static constexpr auto rows = std::tuple_cat(
      std::make_tuple(
          row<T>("as_of", &T::as_of, "Day of the figures.", kRequired), row<T>("screened", &T::screened, "Screened."),
          row<T>("discussed", &T::discussed, "Discussed by the board."), row<T>("matched", &T::matched, "Matched."),
          row<T>("offered", &T::offered, "Offered."), row<T>("started", &T::started, "Started."),
          row<T>("pending", &T::pending, "Started, not yet evaluable."),
          row<T>("evaluable", &T::evaluable, "Evaluable."), row<T>("effects", &T::effects, "With effect.")),
      provenance_rows<T>());
};

template <>
struct FieldsOf<Slots> {
  using T = Slots;
  static constexpr auto rows =
      std::tuple_cat(std::make_tuple(row<T>("cap", &T::cap, "Places in this stage.", kRequired),
                                     row<T>("left", &T::left, "Places left as stated."),
                                     row<T>("as_of", &T::as_of, "Day of the figure.")),
                     provenance_rows<T>());
};

template <>
struct FieldsOf<Funding> {
  using T = Funding;
  static constexpr auto rows = std::tuple_cat(
      std::make_tuple(row<T>("payer", &T::payer, "Organisation id.",
                             FieldTraits{.need = Need::Optional, .refers = RecordKind::Organisation}),
                      row<T>("payer_kind", &T::payer_kind, "company, public, company_then_public, patient or unknown.",
                             FieldTraits{.need = Need::Required, .words = kPayerKinds}),
                      row<T>("terms", &T::terms, "Terms in words."),
                      row<T>("public_funding", &T::public_funding, "yes, no, pending or unknown.")),
      provenance_rows<T>());
};

template <>
struct FieldsOf<StageBasis> {
  using T = StageBasis;
  static constexpr auto rows = std::tuple_cat(
      std::make_tuple(
          row<T>("text", &T::text, "On what the stage rests.", kRequired),
          row<T>("trial", &T::trial, "Trial id.", FieldTraits{.need = Need::Optional, .refers = RecordKind::Trial})),
      provenance_rows<T>());
};

template <>
struct FieldsOf<Cohort> {
  using T = Cohort;
  static constexpr auto rows = std::tuple_cat(
      common_rows<T>(),
      std::make_tuple(
          row<T>("trial", &T::trial, "Trial id.",
                 FieldTraits{.need = Need::Required,
                             .refers = RecordKind::Trial,
                             .text_weight = 3,
                             .search_prefix = "trial",
                             .facet = true}),
          row<T>("drugs", &T::drugs, "Drug ids; several = one combination; none = the source parts no drugs.",
                 FieldTraits{.need = Need::Optional,
                             .refers = RecordKind::Drug,
                             .text_weight = 6,
                             .search_prefix = "drug",
                             .facet = true}),
          row<T>("criteria", &T::criteria, "Entry criteria beside the trial's."),
          row<T>("status", &T::status, "Status history."), row<T>("stage", &T::stage, "1, 2, expansion or unknown."),
          row<T>("stage_basis", &T::stage_basis, "Other figures the stage rests on."),
          row<T>("enrolment", &T::enrolment, "Dated figures."), row<T>("slots", &T::slots, "Places."),
          row<T>("sites", &T::sites, "Sites of this cohort."), row<T>("funding", &T::funding, "Who pays."),
          row<T>("evidence_tier", &T::evidence_tier, "Tier in the words of its scale.")));
};

template <>
struct FieldsOf<AccessProgramme> {
  using T = AccessProgramme;
  static constexpr auto rows = std::tuple_cat(
      common_rows<T>(),
      std::make_tuple(
          row<T>("route", &T::route, "compassionate_use_programme, named_patient, group_exemption or expanded_access.",
                 FieldTraits{.need = Need::Required, .text_weight = 3, .search_prefix = "route", .facet = true}),
          row<T>("drugs", &T::drugs, "Drug ids.",
                 FieldTraits{.need = Need::Optional,
                             .refers = RecordKind::Drug,
                             .text_weight = 6,
                             .search_prefix = "drug",
                             .facet = true}),
          row<T>("drug_text", &T::drug_text, "What the source says instead.", text(5)),
          row<T>("company", &T::company, "Organisation id.",
                 FieldTraits{.need = Need::Optional,
                             .refers = RecordKind::Organisation,
                             .text_weight = 4,
                             .search_prefix = "company",
                             .facet = true}),
          row<T>("criteria", &T::criteria, "Conditions as a criterion; absent = not seen."),
          row<T>("status", &T::status, "Status history."),
          row<T>("authority", &T::authority, "Organisation id.",
                 FieldTraits{.need = Need::Optional, .refers = RecordKind::Organisation}),
          row<T>("reference", &T::reference, "Approval reference."),
          row<T>("approved_on", &T::approved_on, "Day of approval."),
          row<T>("valid_until", &T::valid_until, "Last day."),
          row<T>("conditions", &T::conditions, "What must be true first.", text(1)),
          row<T>("trial_first", &T::trial_first, "Only while no matching cohort is open."),
          row<T>("hospital_approval_needed", &T::hospital_approval_needed, "Hospital management must allow it."),
          row<T>("indication_text", &T::indication_text, "Indication in words.", text(4)),
          row<T>("funding", &T::funding, "Who pays."), row<T>("contacts", &T::contacts, "Contacts by role."),
          row<T>("link", &T::link, "Public page."),
          row<T>("registry_ids", &T::registry_ids, "Registry numbers.", text(8)),
          row<T>("company_text", &T::company_text, "Company without a record.", text(3)),
          row<T>("summary", &T::summary, "Summary of the registry.", text(2)),
          row<T>("eligibility_text", &T::eligibility_text, "Eligibility in the words of the registry.", text(1)),
          row<T>("countries", &T::countries, "ISO 3166-1 alpha-2.", text(2, "country", true)),
          row<T>("suggested_needs", &T::suggested_needs, "Read from text, never matched as verified."),
          row<T>("suggested_exclusions", &T::suggested_exclusions,
                 "What text seems to rule out, never matched as verified.")));
};

template <>
struct FieldsOf<EvidenceLevel> {
  using T = EvidenceLevel;
  static constexpr auto rows = std::make_tuple(row<T>("scale", &T::scale, "ESCAT, AMP, OncoKB, CIViC.", kRequired),
                                               row<T>("level", &T::level, "In the words of the scale.", kRequired));
};

template <>
struct FieldsOf<Evidence> {
  using T = Evidence;
  static constexpr auto rows = std::tuple_cat(
      common_rows<T>(),
      std::make_tuple(
          row<T>("criterion", &T::criterion, "Molecular part.", kRequired),
          row<T>("diagnoses", &T::diagnoses, "OncoTree codes, solid or any."),
          row<T>("drugs", &T::drugs, "The whole regimen.",
                 FieldTraits{
                     .need = Need::Required, .refers = RecordKind::Drug, .text_weight = 5, .search_prefix = "drug"}),
          row<T>("direction", &T::direction, "sensitive, resistant or no_benefit.", kRequired),
          row<T>("level", &T::level, "Level in its own scale."),
          row<T>("diagnosis_text", &T::diagnosis_text, "The source's word where no diagnosis record fits.", text(4)),
          row<T>("statement", &T::statement, "What the source says.", text(2)),
          row<T>("link", &T::link, "Public page.")));
};

template <>
struct FieldsOf<PanelLimits> {
  using T = PanelLimits;
  static constexpr auto rows = std::tuple_cat(
      std::make_tuple(
          row<T>("amplification_measure", &T::amplification_measure, "fold_change or copies."),
          row<T>("amplified_from", &T::amplified_from, "At or above: amplified."),
          row<T>("grey_from", &T::grey_from, "From here to amplified_from: unknown."),
          row<T>("allele_fraction_min", &T::allele_fraction_min, "Smallest allele fraction that counts, 0-1.",
                 FieldTraits{.max = 1}),
          row<T>("tumour_fraction_min", &T::tumour_fraction_min, "Tumour fraction a negative needs, 0-1.",
                 FieldTraits{.max = 1}),
          row<T>("msi_high_from_pct", &T::msi_high_from_pct, "Unstable sites in percent.", FieldTraits{.max = 100}),
          row<T>("msi_stable_below_pct", &T::msi_stable_below_pct, "Unstable sites in percent.",
                 FieldTraits{.max = 100}),
          row<T>("msi_usable_sites_min", &T::msi_usable_sites_min, "Usable sites needed.")),
      provenance_rows<T>());
};

template <>
struct FieldsOf<Panel> {
  using T = Panel;
  static constexpr auto rows = std::tuple_cat(
      common_rows<T>(),
      std::make_tuple(row<T>("manufacturer", &T::manufacturer, "Maker.", text(3)),
                      row<T>("material", &T::material, "dna or rna.", FieldTraits{.words = kMaterials}),
                      row<T>("genes_small_variants", &T::genes_small_variants, "Symbols."),
                      row<T>("genes_copy_number", &T::genes_copy_number, "Symbols."),
                      row<T>("genes_fusion", &T::genes_fusion, "Symbols."),
                      row<T>("genes_splice", &T::genes_splice, "Symbols."),
                      row<T>("biomarkers", &T::biomarkers, "Measured biomarkers."),
                      row<T>("reports_deletions", &T::reports_deletions, "Copy-number losses are reported."),
                      row<T>("limits", &T::limits, "Bands of the assay.")));
};

template <>
struct FieldsOf<Site> {
  using T = Site;
  static constexpr auto rows = std::tuple_cat(
      common_rows<T>(),
      std::make_tuple(row<T>("hospital_trust", &T::hospital_trust, "Organisation id.",
                             FieldTraits{.need = Need::Optional, .refers = RecordKind::Organisation, .text_weight = 4}),
                      row<T>("town", &T::town, "Town.", text(5)),
                      row<T>("region", &T::region, "Region.", text(3, "region", true)),
                      row<T>("diagnostics_node", &T::diagnostics_node, "Node of the diagnostics network."),
                      row<T>("study_letter", &T::study_letter, "Letter in study numbers.")));
};

template <>
struct FieldsOf<Initiative> {
  using T = Initiative;
  static constexpr auto rows =
      std::tuple_cat(common_rows<T>(), std::make_tuple(row<T>("purpose", &T::purpose, "What it is for.", text(3)),
                                                       row<T>("country", &T::country, "ISO 3166-1 alpha-2."),
                                                       row<T>("from", &T::from, "Start."), row<T>("to", &T::to, "End."),
                                                       row<T>("link", &T::link, "Public page.")));
};

template <>
struct FieldsOf<Statement> {
  using T = Statement;
  static constexpr auto rows = std::tuple_cat(
      common_rows<T>(),
      std::make_tuple(
          row<T>("subject_kind", &T::subject_kind, "Kind of the subject.", kRequired),
          row<T>("subject", &T::subject, "Id of the subject.", kRequired),
          row<T>("predicate", &T::predicate, "What is stated.", FieldTraits{.need = Need::Required, .text_weight = 4}),
          row<T>("value", &T::value, "The value in words.", FieldTraits{.need = Need::Required, .text_weight = 3}),
          row<T>("number", &T::number, "The value as a number."), row<T>("unit", &T::unit, "Its unit."),
          row<T>("as_of", &T::as_of, "The day it speaks of."),
          row<T>("conflicts_with", &T::conflicts_with, "Statement ids.",
                 FieldTraits{.need = Need::Optional, .refers = RecordKind::Statement})));
};

template <>
struct FieldsOf<Source> {
  using T = Source;
  static constexpr auto rows =
      std::tuple_cat(common_rows<T>(), std::make_tuple(row<T>("citation", &T::citation, "Title or citation.",
                                                              FieldTraits{.need = Need::Required, .text_weight = 4}),
                                                       row<T>("publisher", &T::publisher, "Publisher.", text(2)),
                                                       row<T>("date", &T::date, "As the source states it."),
                                                       row<T>("address", &T::address, "Address or identifier."),
                                                       row<T>("source_type", &T::source_type, "Kind of source."),
                                                       row<T>("retrieved_on", &T::retrieved_on, "Day it was read.")));
};

}  // namespace treff::model
