// What the engine answers: options with verdict, bucket, reasons, status and rank, as plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kb/match/case_facts.h"
#include "kb/match/leaf.h"
#include "kb/match/status.h"
#include "kb/match/two_stage.h"
#include "kb/model/records.h"

namespace treff::match {

enum class OptionKind : std::uint8_t { Cohort, AccessProgramme, OnLabel, NewCohort };
enum class Bucket : std::uint8_t { Match, Possible, NearMiss, NotListed };  // B2

// B4 order of routes.
enum class Route : std::uint8_t {
  OnLabelFunded,
  TrialCohort,
  CompassionateUseProgramme,
  GroupExemption,
  ExpandedAccess,
  OnLabel,
  NamedPatient,
  NewCohort,
  TextHit
};

struct Reason {
  std::string rule;
  Verdict verdict = Verdict::Unknown;  // as it counts: a negated leaf is shown negated
  MessageId message = MessageId::NotTested;
  std::string criterion;        // words of the leaf, "not ..." if negated
  std::vector<std::size_t> by;  // indices of alterations
  std::string detail;
  bool ask = false;  // a question is open
  bool molecular = false;
};

struct Caution {
  std::string rule = "B5";
  MessageId message = MessageId::EvidenceAgainst;
  std::string detail;
  std::vector<std::string> sources;
};

struct EvidenceShown {
  const model::Evidence* record = nullptr;
  std::string diagnosis_relation;  // "same", "other", "unknown"
};

// Lexicographic, smaller first (B4); every key stands in the answer.
struct RankKeys {
  int bucket = 0;
  int caution = 0;
  int entry = 0;
  int route = 0;
  int evidence_tier = 0;
  int molecular_specificity = 0;
  int diagnosis_specificity = 0;
  int unknowns = 0;
  auto operator<=>(const RankKeys&) const = default;
};

struct Option {
  OptionKind kind = OptionKind::Cohort;
  std::string id;
  Bucket bucket = Bucket::NotListed;
  Verdict verdict = Verdict::Unknown;
  Route route = Route::TrialCohort;
  const model::Cohort* cohort = nullptr;
  const model::AccessProgramme* programme = nullptr;
  const model::Trial* trial = nullptr;
  const model::TrialDrug* trial_drug = nullptr;   // NewCohort
  const model::Drug* label_drug = nullptr;        // OnLabel
  const model::LabelIndication* label = nullptr;  // OnLabel
  std::vector<std::string> drugs;                 // ids
  EffectiveStatus status;
  std::optional<StageView> stage;
  std::vector<Reason> reasons;
  std::vector<std::size_t> drivers;  // alterations that link it to the case (B6)
  bool driven_by_biomarker = false;
  bool by_diagnosis_only = false;               // B9
  bool only_unassessed = false;                 // M9: linked only by alterations without an assessment
  std::vector<Reason> missing;                  // near miss: the smallest set that stands in the way
  std::vector<const model::TextRule*> bedside;  // C2
  std::vector<Caution> cautions;
  std::vector<EvidenceShown> evidence;
  model::Confidence confidence = model::Confidence::Quoted;  // the weakest part
  RankKeys keys;
  int rank = 0;  // 1-based among the listed options
};

struct TestThatCouldHelp {
  TestKind test = TestKind::None;
  int options = 0;
};

struct MatchRequest {
  Date today;
  bool include_closed = true;
  bool include_near_miss = true;
  bool include_possible = true;
  bool unknown_as_absent = false;    // M8
  std::vector<std::string> explain;  // option ids that are answered even if not listed
};

struct MatchOutcome {
  std::vector<Option> options;    // ranked
  std::vector<Option> explained;  // asked for by id, not listed
  std::vector<TestThatCouldHelp> tests;
  std::vector<std::string> unknown_ids;        // explain ids that name nothing
  std::map<std::string, int> consent_blocked;  // trial -> options that only the patient's no keeps away (C1)
};

}  // namespace treff::match

namespace treff::base {

template <>
struct EnumNames<match::OptionKind> {
  using E = match::OptionKind;
  static constexpr std::array rows = {EnumName<E>{E::Cohort, "cohort"},
                                      EnumName<E>{E::AccessProgramme, "access_programme"},
                                      EnumName<E>{E::OnLabel, "on_label"}, EnumName<E>{E::NewCohort, "new_cohort"}};
};
template <>
struct EnumNames<match::Bucket> {
  using E = match::Bucket;
  static constexpr std::array rows = {EnumName<E>{E::Match, "match"}, EnumName<E>{E::Possible, "possible"},
                                      EnumName<E>{E::NearMiss, "near_miss"}, EnumName<E>{E::NotListed, "not_listed"}};
};
template <>
struct EnumNames<match::Route> {
  using E = match::Route;
  static constexpr std::array rows = {EnumName<E>{E::OnLabelFunded, "on_label_funded"},
                                      EnumName<E>{E::TrialCohort, "trial_cohort"},
                                      EnumName<E>{E::CompassionateUseProgramme, "compassionate_use_programme"},
                                      EnumName<E>{E::GroupExemption, "group_exemption"},
                                      EnumName<E>{E::ExpandedAccess, "expanded_access"},
                                      EnumName<E>{E::OnLabel, "on_label"},
                                      EnumName<E>{E::NamedPatient, "named_patient"},
                                      EnumName<E>{E::NewCohort, "new_cohort"},
                                      EnumName<E>{E::TextHit, "text_hit"}};
};

}  // namespace treff::base
