// Every kind of record as plain data (DESIGN section 4). JSON keys are the member names; kb/model/fields.h is the
// table.
//
// Members that hold an id name the kind in the field table (`refers`), which is what dangling-id checks walk.
// Facts that change over time are dated lists, never overwritten: status history, enrolment figures, memberships.
// Units are in the name. Empty string or empty list = not stated; std::optional where absence and a value must differ.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kb/base/date.h"
#include "kb/model/criterion.h"
#include "kb/model/kind.h"
#include "kb/nomenclature/diagnosis_tree.h"
#include "kb/nomenclature/gene_table.h"

namespace treff::model {

// How sure the record is: a source says it, computed here, reasoned and to be checked, or invented (always shown as
// EXAMPLE).
enum class Confidence : std::uint8_t { Quoted, Derived, Inferred, Example };

struct Names {
  std::string en;
  std::string nb;
  std::string nn;
};

// Where a part of a record comes from, when that differs from the record as a whole.
struct Provenance {
  std::vector<std::string> sources;
  std::optional<Date> checked_on;
  std::optional<Confidence> confidence;
};

// What every record has.
struct Common {
  std::string id;
  Names names;
  std::vector<std::string> synonyms;
  std::vector<std::string> sources;  // ids of source records; at least one, except on a source
  std::optional<Date> checked_on;
  Confidence confidence = Confidence::Inferred;
  std::string note;
  std::string origin;  // the importer that owns the record ("ctgov", "civic"); empty = curated
};

// A criterion with a provenance of its own. An `inferred` one never makes a `match` (B2, DESIGN 4).
struct CriteriaPart : Provenance {
  Criterion rule;
};

// ---- genes and tumours ------------------------------------------------------------------------------------------

struct ExonSpan {
  int exon = 0;
  int first_codon = 0;
  int last_codon = 0;
};

struct NumberingShift {
  int from = 0;  // first residue on the other transcript
  int add = 0;   // reference number = number + add
};

struct OtherNumbering : Provenance {
  std::string refseq;
  std::string ensembl;
  int protein_length = 0;
  std::vector<NumberingShift> shifts;
};

struct Gene : Common {
  std::string symbol;
  std::string hgnc_id;
  std::vector<std::string> previous_symbols;
  nomenclature::GeneRole role = nomenclature::GeneRole::Unknown;
  nomenclature::KinaseEnd kinase_end = nomenclature::KinaseEnd::None;
  bool hereditary = false;
  bool clonal_haematopoiesis = false;
  std::string refseq;
  std::string ensembl;
  int protein_length = 0;
  std::vector<ExonSpan> exons;
  std::vector<OtherNumbering> other_numberings;
  std::vector<int> hotspots;
  std::vector<std::string> recurrent_partners;  // symbols
};

struct GeneFamily : Common {
  std::vector<std::string> members;  // gene ids
};

struct Diagnosis : Common {
  std::string code;    // OncoTree
  std::string parent;  // diagnosis id
  std::string main_type;
  std::string tissue;
  nomenclature::Lineage lineage = nomenclature::Lineage::Unknown;
  bool tissue_level = false;
  bool unknown_primary = false;
  std::vector<std::string> icd10;
  std::vector<std::string> icdo3;
  std::vector<std::string> ncit;
  std::vector<std::string> doid;          // Disease Ontology, "DOID:3910"
  std::vector<std::string> former_codes;  // OncoTree codes this node had before
  std::vector<std::string> precursors;    // codes of earlier releases that were merged into or split up for this node
  std::vector<std::string> revocations;   // codes of earlier releases whose use the tree withdraws for this node
};

struct Target : Common {
  Criterion criterion;
};

// ---- drugs and organisations ------------------------------------------------------------------------------------

enum class PublicFunding : std::uint8_t { Unknown, Yes, No, Pending };

// One label indication in one region (C3): the whole label is the criterion.
struct LabelIndication : Provenance {
  std::string region;  // "eu", "no", "us"
  std::string text;
  std::optional<Criterion> criterion;   // absent = the label is not yet structured: the label rule is a question
  std::vector<std::string> with_drugs;  // combination partners the label demands
  std::optional<Date> from;
  std::optional<Date> to;
  PublicFunding public_funding = PublicFunding::Unknown;
  std::optional<Date> public_funding_as_of;
};

struct Drug : Common {
  std::string substance;
  std::vector<std::string> brands;
  std::vector<std::string> codes;
  std::string atc;
  std::vector<std::string> drug_classes;
  std::string mechanism;
  std::vector<std::string> genes;      // gene ids the drug acts on
  std::vector<std::string> targets;    // target ids
  std::vector<std::string> companies;  // organisation ids
  std::vector<LabelIndication> labels;
  std::vector<std::string> no_label_regions;  // regions where it was checked that it has no label at all
};

enum class OrganisationType : std::uint8_t {
  Pharma,
  Technology,
  HospitalTrust,
  RegionalHealthAuthority,
  Authority,
  NonProfit,
  Cluster,
  Research,
  TradeAssociation,
  Other
};

struct Membership : Provenance {
  std::string initiative;
  std::string role;  // founder, partner, observer, coordinator, node, sponsor, supplier
  std::optional<PartialDate> from;
  std::optional<PartialDate> to;
  std::string note;
};

enum class SupplyState : std::uint8_t { Planned, Active, Ended, Unknown };

struct SupplyAgreement : Provenance {
  std::string drug;       // drug id; empty where the source does not name it
  std::string drug_text;  // what the source says instead ("an immunotherapy")
  std::string trial;
  std::optional<int> patients;
  SupplyState state = SupplyState::Unknown;
  std::optional<PartialDate> from;
};

struct Organisation : Common {
  OrganisationType type = OrganisationType::Other;
  std::string country;  // ISO 3166-1 alpha-2
  std::vector<Membership> memberships;
  std::vector<SupplyAgreement> supply_agreements;
};

// ---- trials, cohorts, access ------------------------------------------------------------------------------------

enum class EntryState : std::uint8_t { Planned, Open, Suspended, Full, Closed };

struct StatusChange : Provenance {
  EntryState state = EntryState::Planned;
  std::optional<Date> from;  // in force from this day; absent = since before the record began
  std::string reason;        // for example "lack_of_effect", "company withdrew", words of the source
};

struct RegistryId {
  std::string registry;  // "nct", "eudract", "ctis"
  std::string id;
};

struct Contact {
  std::string role;     // "trial office": a role, never a person's name
  std::string channel;  // "https://...", "switchboard": never a person's address
};

// Two-stage design as data (S1).
struct TwoStageDesign : Provenance {
  int stage1_patients = 0;
  int stage1_min_effects = 0;
  int stage2_patients_total = 0;
  int stage2_min_effects = 0;
  std::optional<int> expansion_max_patients;
  int effect_assessed_week = 0;
  std::string effect_definition;
};

// A drug (or combination) the trial can give, with its marker rule; without a cohort it answers through B8.
struct TrialDrug : Provenance {
  std::vector<std::string> drugs;
  std::optional<Criterion> marker;  // absent = the rule was not seen: text found only
  std::string note;
};

struct TrialSite : Provenance {
  std::string site;
  std::optional<EntryState> state;
  std::optional<PartialDate> opened;
};

// A criterion that an importer read from a registry's text: any of the texts, each as treff::nomenclature::read_class
// or parse_biomarker reads it. Never matched: a curator turns it into a cohort, or does not.
struct SuggestedCriterion {
  std::vector<std::string> any_of;  // "BRAF V600E", "BRAF V600K"
  std::string place;                // "title", "arm", "inclusion", "exclusion"
  std::string arm;                  // label of the arm, where `place` is "arm"
  std::string quote;                // the words it was read from
};

// What a registry calls an arm. Not a cohort: nobody has checked its rules.
struct TrialArm {
  std::string label;
  std::string type;  // in the words of the registry
  std::string description;
  std::vector<std::string> interventions;
  std::optional<EntryState> state;  // only where the label says so
};

// A place as the registry states it; `site` of TrialSite is for the sites that have a record.
struct TrialLocation {
  std::string facility;
  std::string town;
  std::string country;       // ISO 3166-1 alpha-2; empty if the registry's word is not known
  std::string country_text;  // the registry's word, only where `country` is empty
  std::optional<EntryState> state;
  std::string state_text;  // the registry's word
};

struct Trial : Common {
  std::vector<RegistryId> registry_ids;
  std::string phase;
  std::string sponsor;  // organisation id
  std::vector<std::string> collaborators;
  std::string country;
  std::string initiative;
  std::string design_text;
  std::optional<TwoStageDesign> design;
  std::vector<StatusChange> status;
  std::optional<CriteriaPart> common_criteria;
  std::string label_rule_region;   // the region whose labels exclude (C3); empty = no label rule
  bool opens_new_cohorts = false;  // B8
  std::vector<TrialDrug> drugs;
  std::vector<TrialSite> sites;
  std::vector<Contact> contacts;
  std::string link;
  // What a registry record says in words; importers fill it, nothing of it is matched.
  std::string study_type;
  std::string sponsor_text;  // where the sponsor has no record
  std::vector<std::string> collaborators_text;
  std::vector<std::string> conditions;
  std::vector<std::string> keywords;
  std::vector<std::string> interventions;
  std::string summary;
  std::string description;
  std::string eligibility_text;
  std::vector<TrialArm> arms;
  std::vector<std::string> countries;  // ISO 3166-1 alpha-2, sorted
  std::vector<TrialLocation> locations;
  std::optional<PartialDate> starts;
  std::vector<std::string> suggested_criteria;           // read by a person, in words; never matched as verified
  std::vector<SuggestedCriterion> suggested_needs;       // read by an importer: must be there
  std::vector<SuggestedCriterion> suggested_exclusions;  // read by an importer: must not be there
};

enum class StageNumber : std::uint8_t { Unknown, Stage1, Stage2, Expansion };

// Counters never merge (S5); each figure has its day and source.
struct EnrolmentFigures : Provenance {
  std::optional<Date> as_of;
  std::optional<int> screened;
  std::optional<int> discussed;
  std::optional<int> matched;
  std::optional<int> offered;
  std::optional<int> started;
  std::optional<int> pending;  // started, not yet evaluable
  std::optional<int> evaluable;
  std::optional<int> effects;
};

struct Slots : Provenance {
  int cap = 0;
  std::optional<int> left;  // as stated; otherwise computed from figures (S2)
  std::optional<Date> as_of;
};

struct Funding : Provenance {
  std::string payer;       // organisation id or empty
  std::string payer_kind;  // "company", "public", "company_then_public", "patient", "unknown"
  std::string terms;
  PublicFunding public_funding = PublicFunding::Unknown;
};

// Where a stage rests on other figures (S3).
struct StageBasis : Provenance {
  std::string text;
  std::string trial;
};

struct Cohort : Common {
  std::string trial;
  std::vector<std::string> drugs;
  std::optional<CriteriaPart> criteria;
  std::vector<StatusChange> status;
  StageNumber stage = StageNumber::Unknown;
  std::optional<StageBasis> stage_basis;
  std::vector<EnrolmentFigures> enrolment;
  std::optional<Slots> slots;
  std::vector<TrialSite> sites;
  std::optional<Funding> funding;
  std::string evidence_tier;  // in words of its scale, for example "ESCAT II-B"
};

enum class AccessRoute : std::uint8_t { CompassionateUseProgramme, NamedPatient, GroupExemption, ExpandedAccess };

struct AccessProgramme : Common {
  AccessRoute route = AccessRoute::CompassionateUseProgramme;
  std::vector<std::string> drugs;  // drug ids; empty where a route has rules but no drug
  std::string drug_text;
  std::string company;                   // organisation id
  std::optional<CriteriaPart> criteria;  // absent = the conditions were not seen
  std::vector<StatusChange> status;
  std::string authority;  // organisation id
  std::string reference;
  std::optional<Date> approved_on;
  std::optional<Date> valid_until;
  std::vector<std::string> conditions;  // what must be true first, words
  bool trial_first = false;             // B10
  bool hospital_approval_needed = false;
  std::string indication_text;
  std::optional<Funding> funding;
  std::vector<Contact> contacts;
  std::string link;
  // As in Trial: a registry's words, never matched.
  std::vector<RegistryId> registry_ids;
  std::string company_text;  // where the company has no record
  std::string summary;
  std::string eligibility_text;
  std::vector<std::string> countries;
  std::vector<SuggestedCriterion> suggested_needs;
  std::vector<SuggestedCriterion> suggested_exclusions;
};

// ---- evidence, panels, the rest ---------------------------------------------------------------------------------

enum class EvidenceDirection : std::uint8_t { Sensitive, Resistant, NoBenefit };

struct EvidenceLevel {
  std::string scale;  // "ESCAT", "AMP", "OncoKB", "CIViC"
  std::string level;  // in the scale's own words
};

struct Evidence : Common {
  Criterion criterion;                 // molecular part
  std::vector<std::string> diagnoses;  // OncoTree codes, "solid", "any"; empty = not stated
  std::vector<std::string> drugs;      // the whole regimen: evidence for a combination is not for a part (B5)
  EvidenceDirection direction = EvidenceDirection::Sensitive;
  std::optional<EvidenceLevel> level;
  std::string diagnosis_text;  // the source's word where no diagnosis record fits
  std::string statement;       // what the source says, in its words
  std::string link;
};

enum class AmplificationMeasure : std::uint8_t { Unstated, FoldChange, Copies };

// Bands of an assay; what is not in a source stays absent and makes the verdict unknown (M14, M16).
struct PanelLimits : Provenance {
  AmplificationMeasure amplification_measure = AmplificationMeasure::Unstated;
  std::optional<double> amplified_from;  // at or above: amplified
  std::optional<double> grey_from;       // from here up to amplified_from: unknown
  std::optional<double> allele_fraction_min;
  std::optional<double> tumour_fraction_min;
  std::optional<double> msi_high_from_pct;
  std::optional<double> msi_stable_below_pct;
  std::optional<int> msi_usable_sites_min;
};

struct Panel : Common {
  std::string manufacturer;
  std::string material;                           // "dna", "rna"
  std::vector<std::string> genes_small_variants;  // symbols
  std::vector<std::string> genes_copy_number;
  std::vector<std::string> genes_fusion;
  std::vector<std::string> genes_splice;
  std::vector<nomenclature::BiomarkerName> biomarkers;
  bool reports_deletions = false;  // false: silence says nothing of deletions (M3)
  std::optional<PanelLimits> limits;
};

struct Site : Common {
  std::string hospital_trust;  // organisation id
  std::string town;
  std::string region;
  std::string diagnostics_node;
  std::string study_letter;
};

struct Initiative : Common {
  std::string purpose;
  std::string country;
  std::optional<PartialDate> from;
  std::optional<PartialDate> to;
  std::string link;
};

// One dated figure or claim; conflicting ones stand side by side.
struct Statement : Common {
  std::string subject_kind;  // record kind of the subject
  std::string subject;       // its id
  std::string predicate;
  std::string value;
  std::optional<double> number;
  std::string unit;
  std::optional<PartialDate> as_of;
  std::vector<std::string> conflicts_with;  // statement ids
};

struct Source : Common {
  std::string citation;
  std::string publisher;
  std::string date;  // as the source states it: may be "spring 2022"
  std::string address;
  std::string source_type;
  std::optional<Date> retrieved_on;
};

using Record = std::variant<Gene, GeneFamily, Diagnosis, Target, Drug, Organisation, Trial, Cohort, AccessProgramme,
                            Evidence, Panel, Site, Initiative, Statement, Source>;

// The alternatives stand in the order of RecordKind.
inline RecordKind kind_of(const Record& record) { return static_cast<RecordKind>(record.index()); }
inline const Common& common_of(const Record& record) {
  return std::visit([](const auto& r) -> const Common& { return r; }, record);
}
inline RecordKey key_of(const Record& record) { return {kind_of(record), common_of(record).id}; }

}  // namespace treff::model

namespace treff::base {

template <>
struct EnumNames<model::Confidence> {
  using E = model::Confidence;
  static constexpr std::array rows = {EnumName<E>{E::Quoted, "quoted"}, EnumName<E>{E::Derived, "derived"},
                                      EnumName<E>{E::Inferred, "inferred"}, EnumName<E>{E::Example, "example"}};
};
template <>
struct EnumNames<model::PublicFunding> {
  using E = model::PublicFunding;
  static constexpr std::array rows = {EnumName<E>{E::Unknown, "unknown"}, EnumName<E>{E::Yes, "yes"},
                                      EnumName<E>{E::No, "no"}, EnumName<E>{E::Pending, "pending"}};
};
template <>
struct EnumNames<model::OrganisationType> {
  using E = model::OrganisationType;
  static constexpr std::array rows = {EnumName<E>{E::Pharma, "pharma"},
                                      EnumName<E>{E::Technology, "technology"},
                                      EnumName<E>{E::HospitalTrust, "hospital_trust"},
                                      EnumName<E>{E::RegionalHealthAuthority, "regional_health_authority"},
                                      EnumName<E>{E::Authority, "authority"},
                                      EnumName<E>{E::NonProfit, "non_profit"},
                                      EnumName<E>{E::Cluster, "cluster"},
                                      EnumName<E>{E::Research, "research"},
                                      EnumName<E>{E::TradeAssociation, "trade_association"},
                                      EnumName<E>{E::Other, "other"}};
};
template <>
struct EnumNames<model::SupplyState> {
  using E = model::SupplyState;
  static constexpr std::array rows = {EnumName<E>{E::Planned, "planned"}, EnumName<E>{E::Active, "active"},
                                      EnumName<E>{E::Ended, "ended"}, EnumName<E>{E::Unknown, "unknown"}};
};
template <>
struct EnumNames<model::EntryState> {
  using E = model::EntryState;
  static constexpr std::array rows = {EnumName<E>{E::Planned, "planned"}, EnumName<E>{E::Open, "open"},
                                      EnumName<E>{E::Suspended, "suspended"}, EnumName<E>{E::Full, "full"},
                                      EnumName<E>{E::Closed, "closed"}};
};
template <>
struct EnumNames<model::StageNumber> {
  using E = model::StageNumber;
  static constexpr std::array rows = {EnumName<E>{E::Unknown, "unknown"}, EnumName<E>{E::Stage1, "1"},
                                      EnumName<E>{E::Stage2, "2"}, EnumName<E>{E::Expansion, "expansion"}};
};
template <>
struct EnumNames<model::AccessRoute> {
  using E = model::AccessRoute;
  static constexpr std::array rows = {EnumName<E>{E::CompassionateUseProgramme, "compassionate_use_programme"},
                                      EnumName<E>{E::NamedPatient, "named_patient"},
                                      EnumName<E>{E::GroupExemption, "group_exemption"},
                                      EnumName<E>{E::ExpandedAccess, "expanded_access"}};
};
template <>
struct EnumNames<model::EvidenceDirection> {
  using E = model::EvidenceDirection;
  static constexpr std::array rows = {EnumName<E>{E::Sensitive, "sensitive"}, EnumName<E>{E::Resistant, "resistant"},
                                      EnumName<E>{E::NoBenefit, "no_benefit"}};
};
template <>
struct EnumNames<model::AmplificationMeasure> {
  using E = model::AmplificationMeasure;
  static constexpr std::array rows = {EnumName<E>{E::Unstated, "unstated"}, EnumName<E>{E::FoldChange, "fold_change"},
                                      EnumName<E>{E::Copies, "copies"}};
};

}  // namespace treff::base
