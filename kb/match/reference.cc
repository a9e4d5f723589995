// Options of the plain matcher: where they come from, their buckets and states (B1-B10, C1, C3).
#include "kb/match/reference.h"

#include <algorithm>

#include "kb/base/text.h"
#include "kb/match/reference_tree.h"

namespace treff::match {
namespace {

using model::Confidence;
using model::Criterion;
using model::EntryState;
using model::RecordKind;
using reference::Finding;
using reference::Place;
using reference::Setting;

std::vector<std::string> sorted_once(std::vector<std::string> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

// One option before it is judged.
struct Plain {
  ReferenceOption out;
  const model::Trial* trial = nullptr;
  const model::Cohort* cohort = nullptr;
  const model::AccessProgramme* programme = nullptr;
  std::vector<std::string> drugs;
  std::vector<Criterion> parts;  // all of them
  bool seen = true;              // the criteria were stated by some source
  bool inferred = false;
  bool linked = false;
};

Criterion all_parts(const std::vector<Criterion>& parts) {
  Criterion all;
  all.kind = model::CriterionKind::All;
  all.parts = parts;
  return all;
}

// B3: the latest change on or before the day; an opening that lies ahead makes it planned.
std::optional<EntryState> state_of(const std::vector<model::StatusChange>& history, const Date& today) {
  const model::StatusChange* now = nullptr;
  bool ahead = false;
  for (const model::StatusChange& change : history) {
    if (change.from && *change.from > today) {
      ahead = ahead || change.state == EntryState::Open;
      continue;
    }
    const bool later = now == nullptr || !now->from || (change.from && *change.from >= *now->from);
    if (later) now = &change;
  }
  if (now != nullptr) return now->state;
  return ahead ? std::optional(EntryState::Planned) : std::nullopt;
}

int restriction(EntryState state) {
  switch (state) {
    case EntryState::Open: return 0;
    case EntryState::Planned: return 1;
    case EntryState::Full: return 2;
    case EntryState::Suspended: return 3;
    case EntryState::Closed: return 4;
  }
  return 4;
}

std::optional<EntryState> both(std::optional<EntryState> trial, std::optional<EntryState> cohort) {
  if (trial && cohort) return restriction(*trial) >= restriction(*cohort) ? trial : cohort;
  if (cohort) return cohort;
  return trial == EntryState::Open ? std::nullopt : trial;  // an open trial does not open every cohort of it
}

class ReferenceMatcher {
 public:
  ReferenceMatcher(const Knowledge& knowledge, const CaseFacts& facts, const Date& today)
      : setting_{knowledge, facts}, knowledge_(knowledge), facts_(facts), today_(today) {}

  ReferenceOutcome run() {
    for (const auto* record : knowledge_.all(RecordKind::Cohort)) cohort(std::get<model::Cohort>(*record));
    for (const auto* record : knowledge_.all(RecordKind::AccessProgramme))
      programme(std::get<model::AccessProgramme>(*record));
    for (const auto* record : knowledge_.all(RecordKind::Trial)) trial_drugs(std::get<model::Trial>(*record));
    for (const auto* record : knowledge_.all(RecordKind::Drug)) labels(std::get<model::Drug>(*record));
    for (Plain& option : options_) judge(option);
    for (Plain& option : options_) look_at_the_others(option);
    ReferenceOutcome outcome;
    for (Plain& option : options_) {
      count_tests(option, outcome.tests);
      outcome.options.push_back(option.out);
    }
    return outcome;
  }

 private:
  void add_part(Plain& option, const std::optional<model::CriteriaPart>& part, Confidence of_record) {
    if (!part) return;
    add_part(option, part->rule, part->confidence.value_or(of_record));
  }

  // A criterion is only inferred if it, or a target it refers to, is.
  void add_part(Plain& option, const Criterion& rule, Confidence confidence) {
    option.parts.push_back(rule);
    option.inferred = option.inferred || confidence == Confidence::Inferred || names_inferred_target(rule);
  }

  bool names_inferred_target(const Criterion& rule) const {
    if (rule.kind == model::CriterionKind::Target) {
      const auto* target = knowledge_.find_as<model::Target>(RecordKind::Target, rule.target);
      if (target == nullptr) return false;
      return target->confidence == Confidence::Inferred || names_inferred_target(target->criterion);
    }
    return std::any_of(rule.parts.begin(), rule.parts.end(),
                       [this](const Criterion& part) { return names_inferred_target(part); });
  }

  void cohort(const model::Cohort& record) {
    Plain option;
    option.out.kind = OptionKind::Cohort;
    option.out.id = record.id;
    option.cohort = &record;
    option.trial = knowledge_.find_as<model::Trial>(RecordKind::Trial, record.trial);
    option.drugs = sorted_once(record.drugs);
    option.seen = record.criteria.has_value();
    if (option.trial != nullptr) add_part(option, option.trial->common_criteria, option.trial->confidence);
    add_part(option, record.criteria, record.confidence);
    const auto own = state_of(record.status, today_);
    option.out.state = option.trial == nullptr ? own : both(state_of(option.trial->status, today_), own);
    const StageView stage = stage_view(record, option.trial, today_);
    const bool no_place = stage.slots_left == 0 && stage.decision != StageDecision::Passed;
    if (option.out.state == EntryState::Open && no_place) option.out.state = EntryState::Full;  // S2
    options_.push_back(std::move(option));
  }

  void programme(const model::AccessProgramme& record) {
    Plain option;
    option.out.kind = OptionKind::AccessProgramme;
    option.out.id = record.id;
    option.programme = &record;
    option.drugs = sorted_once(record.drugs);
    option.seen = record.criteria.has_value();
    add_part(option, record.criteria, record.confidence);
    option.out.state = state_of(record.status, today_);
    if (record.valid_until && *record.valid_until < today_) option.out.state = EntryState::Closed;
    options_.push_back(std::move(option));
  }

  void trial_drugs(const model::Trial& trial) {
    if (!trial.opens_new_cohorts) return;
    for (const model::TrialDrug& drug : trial.drugs) {
      if (!drug.marker) continue;
      Plain option;
      option.out.kind = OptionKind::NewCohort;
      option.trial = &trial;
      option.drugs = sorted_once(drug.drugs);
      option.out.id = trial.id + "-new-" + base::join(option.drugs, "-");
      add_part(option, trial.common_criteria, trial.confidence);
      add_part(option, *drug.marker, drug.confidence.value_or(trial.confidence));
      option.out.state = state_of(trial.status, today_);
      options_.push_back(std::move(option));
    }
  }

  bool some_trial_asks_for_labels_of(const std::string& region) const {
    for (const auto* record : knowledge_.all(RecordKind::Trial)) {
      if (std::get<model::Trial>(*record).label_rule_region == region) return true;
    }
    return false;
  }

  bool in_force(const model::LabelIndication& label) const {
    return (!label.from || *label.from <= today_) && (!label.to || today_ <= *label.to);
  }

  void labels(const model::Drug& drug) {
    for (std::size_t i = 0; i < drug.labels.size(); ++i) {
      const model::LabelIndication& label = drug.labels[i];
      if (!label.criterion || label.region.empty() || !some_trial_asks_for_labels_of(label.region)) continue;
      Plain option;
      option.out.kind = OptionKind::OnLabel;
      option.out.id = drug.id + "-label-" + label.region + "-" + std::to_string(i + 1);
      option.drugs = label.with_drugs;
      option.drugs.push_back(drug.id);
      option.drugs = sorted_once(std::move(option.drugs));
      add_part(option, *label.criterion, label.confidence.value_or(drug.confidence));
      option.out.state = in_force(label) ? EntryState::Open : EntryState::Closed;
      if (label.from && *label.from > today_) option.out.state = EntryState::Planned;
      options_.push_back(std::move(option));
    }
  }

  Verdict verdict_of(const Criterion& criterion) const {
    const auto verdict = reference::walk(criterion, true, setting_,
                                         [&](const Place& place) { return reference::find(place, setting_).verdict; });
    return verdict.value_or(Verdict::Met);
  }

  // A label that is only inferred may say no, never yes (C3, B2).
  Verdict covered_by(const model::LabelIndication& label, const model::Drug& drug) const {
    if (!label.criterion) return Verdict::Unknown;
    const bool inferred =
        label.confidence.value_or(drug.confidence) == Confidence::Inferred || names_inferred_target(*label.criterion);
    const Verdict verdict = verdict_of(*label.criterion);
    return inferred && verdict == Verdict::Met ? Verdict::Unknown : verdict;
  }

  // C3: does the label of the trial's region cover this regimen in this case?
  Verdict covered_by_label(const Plain& option) const {
    if (option.trial == nullptr || option.trial->label_rule_region.empty()) return Verdict::NotMet;
    const std::string& region = option.trial->label_rule_region;
    Verdict covered = Verdict::NotMet;
    for (const std::string& id : option.drugs) {
      const auto* drug = knowledge_.find_as<model::Drug>(RecordKind::Drug, id);
      if (drug == nullptr) continue;
      const auto& none = drug->no_label_regions;
      bool recorded = std::find(none.begin(), none.end(), region) != none.end();
      for (const model::LabelIndication& label : drug->labels) {
        if (label.region != region) continue;
        recorded = true;
        std::vector<std::string> regimen = label.with_drugs;
        regimen.push_back(id);
        if (!in_force(label) || sorted_once(regimen) != option.drugs) continue;
        covered = base::any_of(covered, covered_by(label, *drug));
      }
      if (!recorded) covered = base::any_of(covered, Verdict::Unknown);
    }
    return covered;
  }

  struct Molecular {
    bool asked = false;   // there is a molecular leaf at all
    bool met = false;     // a positive one is met
    bool detail = false;  // a positive one is unknown by detail
    std::set<TestKind> tests;
  };

  Molecular molecular_of(const Criterion& criterion) const {
    Molecular out;
    reference::walk(criterion, true, setting_, [&](const Place& place) {
      if (!place.is_molecular()) return Verdict::Unknown;
      out.asked = true;
      if (!place.positive) return Verdict::Unknown;
      const Finding finding = reference::find(place, setting_);
      out.met = out.met || finding.verdict == Verdict::Met;
      out.detail = out.detail || finding.unknown_by == UnknownBy::Detail;
      if (finding.unknown_by == UnknownBy::Coverage && finding.test != TestKind::None) out.tests.insert(finding.test);
      return Verdict::Unknown;
    });
    return out;
  }

  void judge(Plain& option) {
    const Criterion all = all_parts(option.parts);
    const Verdict label = covered_by_label(option);
    const bool refused = option.trial != nullptr && facts_.consent_blocks.count(option.trial->id) != 0;
    Verdict verdict = verdict_of(all);
    if (refused) verdict = Verdict::NotMet;
    verdict = base::all_of(verdict, base::negate(label));
    if (!option.seen) verdict = Verdict::Unknown;
    option.out.verdict = verdict;
    option.out.caution = caution(option);

    const Molecular molecular = molecular_of(all);
    option.linked = molecular.met || molecular.detail || !molecular.asked;  // B1, B9
    if (!option.seen || !option.linked) return;
    if (verdict == Verdict::Met) option.out.bucket = option.inferred ? Bucket::Possible : Bucket::Match;
    if (verdict == Verdict::Unknown) option.out.bucket = Bucket::Possible;
    const bool hopeless = refused || label == Verdict::Met || !molecular.met;
    if (verdict != Verdict::NotMet || hopeless) return;
    const bool opens = option.trial != nullptr && option.trial->opens_new_cohorts;
    if (const auto size = reference::smallest_near_miss(all, setting_, opens)) {
      option.out.bucket = Bucket::NearMiss;
      option.out.missing = *size;
    }
  }

  // B5.
  bool caution(const Plain& option) const {
    for (const auto* record : knowledge_.all(RecordKind::Evidence)) {
      const auto& evidence = std::get<model::Evidence>(*record);
      if (evidence.direction == model::EvidenceDirection::Sensitive) continue;
      // Case studies, cells and inference establish nothing.
      if (evidence.level && evidence.level->scale == "CIViC" && evidence.level->level > "B") continue;
      if (option.drugs.empty() || sorted_once(evidence.drugs) != option.drugs) continue;
      if (evidence.diagnoses.empty() || verdict_of(evidence.criterion) != Verdict::Met) continue;
      const model::DiagnosisCondition where{evidence.diagnoses, {}};
      if (reference::diagnosis(where, facts_, setting_.words()).verdict == Verdict::Met) return true;
    }
    return progressed(option) || reverted(option);
  }

  // M12: an option that rests on a lost gene, and a pair of findings of which one may undo the other; or one on any
  // small change of a gene, and a finding that is called a reversion.
  bool reverted(const Plain& option) const {
    std::set<std::string> lost;
    std::set<std::string> changed;
    reference::walk(all_parts(option.parts), true, setting_, [&](const Place& place) {
      const auto* cls = std::get_if<nomenclature::VariantClass>(&place.node->leaf);
      if (cls != nullptr && place.positive && reference::is_of_lost_gene(*cls)) {
        lost.insert(cls->genes.begin(), cls->genes.end());
      }
      if (cls != nullptr && place.positive && reference::is_of_small_changes(*cls)) {
        changed.insert(cls->genes.begin(), cls->genes.end());
      }
      return Verdict::Unknown;
    });
    for (const auto& first : facts_.alterations) {
      if (first.effect == nomenclature::Effect::Reversion) {
        std::vector<std::string> named = first.family;
        named.push_back(first.gene);
        for (const std::string& gene : named) {
          if (changed.count(gene) != 0) return true;
        }
      }
      for (const auto& second : facts_.alterations) {
        if (first.gene == second.gene && lost.count(first.gene) != 0 && reference::undoes(second, first)) return true;
      }
    }
    return false;
  }

  bool progressed(const Plain& option) const {
    if (!facts_.prior_treatments) return false;
    for (const std::string& id : option.drugs) {
      const auto* drug = setting_.words().drugs.by_id(id);
      std::vector<model::PriorTreatmentCondition> asked = {{id, {}, model::PriorUse::ProgressedOn}};
      if (drug != nullptr) {
        for (const std::string& name : drug->classes) asked.push_back({{}, name, model::PriorUse::ProgressedOn});
      }
      for (const auto& one : asked) {
        model::ClinicalCondition condition;
        condition.prior_treatments = {one};
        const auto found = reference::clinical(condition, {ClinicalKind::PriorTreatment, 0}, facts_, setting_.words());
        if (found.verdict == Verdict::Met) return true;
      }
    }
    return false;
  }

  // B8: what marker and diagnosis alone say of a cohort.
  Verdict fits_marker_and_diagnosis(const Plain& option) const {
    const auto verdict = reference::walk(all_parts(option.parts), true, setting_, [&](const Place& place) {
      if (place.node->kind != model::CriterionKind::Clinical) return reference::find(place, setting_).verdict;
      return place.positive ? Verdict::Met : Verdict::NotMet;
    });
    return verdict.value_or(Verdict::Met);
  }

  bool closed_for_lack_of_effect(const Plain& option) const {
    const model::StatusChange* now = nullptr;
    for (const model::StatusChange& change : option.cohort->status) {
      if (change.from && *change.from > today_) continue;
      if (now == nullptr || !now->from || (change.from && *change.from >= *now->from)) now = &change;
    }
    return now != nullptr && now->state == EntryState::Closed && now->reason == "lack_of_effect";
  }

  // B8: a cohort of the trial with these drugs stands in the place of a new one.
  bool has_its_cohort(const Plain& option) const {
    for (const Plain& other : options_) {
      const bool sibling = other.cohort != nullptr && other.trial == option.trial && other.drugs == option.drugs;
      if (!sibling || !other.seen) continue;
      const Verdict fits = fits_marker_and_diagnosis(other);
      if (state_of(other.cohort->status, today_) == EntryState::Closed) {
        if (fits == Verdict::Met && closed_for_lack_of_effect(other)) return true;
      } else if (fits != Verdict::NotMet) {
        return true;
      }
    }
    return false;
  }

  void look_at_the_others(Plain& option) {
    if (option.out.kind == OptionKind::NewCohort) {
      if (option.out.bucket == Bucket::Match) option.out.bucket = Bucket::Possible;  // the trial office decides
      if (has_its_cohort(option)) {
        option.out.bucket = Bucket::NotListed;
        option.out.missing = 0;
      }
    }
    const bool trial_first = option.programme != nullptr && option.programme->trial_first;
    if (!trial_first || option.out.bucket != Bucket::Match) return;
    for (const Plain& other : options_) {  // B10
      const bool open_cohort = other.cohort != nullptr && other.out.state == EntryState::Open;
      const bool may_match = other.out.bucket == Bucket::Match || other.out.bucket == Bucket::Possible;
      if (open_cohort && may_match) option.out.bucket = Bucket::Possible;
    }
  }

  void count_tests(const Plain& option, std::map<TestKind, int>& tests) const {
    const bool open_cohort = option.cohort != nullptr && option.out.state == EntryState::Open;
    if (!open_cohort || !option.seen || option.linked || option.out.verdict == Verdict::NotMet) return;
    for (const TestKind test : molecular_of(all_parts(option.parts)).tests) ++tests[test];
  }

  Setting setting_;
  const Knowledge& knowledge_;
  const CaseFacts& facts_;
  Date today_;
  std::vector<Plain> options_;
};

}  // namespace

ReferenceOutcome reference_match(const Knowledge& knowledge, const CaseFacts& facts, const Date& today) {
  return ReferenceMatcher(knowledge, facts, today).run();
}

}  // namespace treff::match
