#include "kb/match/option_builder.h"

#include <algorithm>
#include <set>

#include "kb/base/text.h"

namespace treff::match {
namespace {

using model::EntryState;

Reason reason_of(const OptionContext& context, const TreeLeaf& tree_leaf) {
  const Leaf& leaf = context.index.pool().leaves()[tree_leaf.leaf];
  const LeafResult& result = context.evaluation.leaf(tree_leaf.leaf);
  Reason reason;
  reason.rule = result.rule;
  reason.verdict = tree_leaf.positive ? result.verdict : base::negate(result.verdict);
  reason.message = result.message;
  reason.criterion = tree_leaf.positive ? leaf.text : "not " + leaf.text;
  reason.by = result.by;
  reason.detail = result.detail;
  reason.ask = result.verdict == Verdict::Unknown;
  reason.molecular = leaf.is_molecular();
  return reason;
}

Reason plain_reason(const char* rule, Verdict verdict, MessageId message, std::string criterion, std::string detail) {
  Reason reason;
  reason.rule = rule;
  reason.verdict = verdict;
  reason.message = message;
  reason.criterion = std::move(criterion);
  reason.detail = std::move(detail);
  reason.ask = verdict == Verdict::Unknown;
  return reason;
}

bool in_force(const model::LabelIndication& label, const Date& today) {
  return (!label.from || *label.from <= today) && (!label.to || today <= *label.to);
}

Route route_of(const CompiledOption& compiled) {
  switch (compiled.kind) {
    case OptionKind::Cohort: return Route::TrialCohort;
    case OptionKind::NewCohort: return Route::NewCohort;
    case OptionKind::OnLabel:
      return compiled.label->public_funding == model::PublicFunding::Yes ? Route::OnLabelFunded : Route::OnLabel;
    case OptionKind::AccessProgramme: break;
  }
  switch (compiled.programme->route) {
    case model::AccessRoute::CompassionateUseProgramme: return Route::CompassionateUseProgramme;
    case model::AccessRoute::NamedPatient: return Route::NamedPatient;
    case model::AccessRoute::GroupExemption: return Route::GroupExemption;
    case model::AccessRoute::ExpandedAccess: return Route::ExpandedAccess;
  }
  return Route::NamedPatient;
}

void collect_drivers(const OptionContext& context, const CompiledOption& compiled, Option& option) {
  std::set<std::size_t> drivers;
  bool assessed = false;
  for (const auto& signed_leaf : compiled.molecular) {
    if (!signed_leaf.positive) continue;
    const LeafResult& result = context.evaluation.leaf(signed_leaf.leaf);
    const bool counts = result.verdict == Verdict::Met ||
                        (result.verdict == Verdict::Unknown && result.unknown_by == UnknownBy::Detail);
    if (!counts) continue;
    drivers.insert(result.by.begin(), result.by.end());
    if (result.by.empty()) option.driven_by_biomarker = true;
    if (result.rule != "M9" || result.verdict == Verdict::Met) assessed = true;
  }
  option.drivers.assign(drivers.begin(), drivers.end());
  option.only_unassessed = !assessed && !option.drivers.empty();
}

// Words for the near miss: the obstacles as reasons.
std::vector<Reason> obstacles_as_reasons(const OptionContext& context, const Obstacles& obstacles,
                                         const std::vector<TreeLeaf>& leaves) {
  std::vector<Reason> out;
  for (const LeafId id : obstacles) {
    TreeLeaf tree_leaf{id, true};
    for (const TreeLeaf& leaf : leaves) {
      if (leaf.leaf == id) tree_leaf = leaf;
    }
    out.push_back(reason_of(context, tree_leaf));
  }
  return out;
}

Bucket bucket_of_open(const CompiledOption& compiled, Verdict verdict, Option& option) {
  if (compiled.criteria_inferred) {
    option.reasons.push_back(plain_reason("B2", Verdict::Unknown, MessageId::CriteriaInferred, "criteria", {}));
    return Bucket::Possible;
  }
  return verdict == Verdict::Met ? Bucket::Match : Bucket::Possible;
}

void decide_bucket(const OptionContext& context, const CompiledOption& compiled, const MolecularLink& link,
                   Verdict label_rule, const std::vector<TreeLeaf>& leaves, Option& option) {
  option.bucket = Bucket::NotListed;
  if (!compiled.criteria_seen) {
    option.verdict = Verdict::Unknown;
    option.reasons.push_back(plain_reason("B1", Verdict::Unknown, MessageId::CriteriaNotSeen, "criteria", {}));
    return;
  }
  option.by_diagnosis_only = compiled.molecular.empty();
  if (!link.linked() && !option.by_diagnosis_only) {
    option.reasons.push_back(plain_reason("B1", Verdict::NotMet, MessageId::NoMolecularLink, "molecular link", {}));
    return;
  }
  if (option.verdict != Verdict::NotMet) {
    option.bucket = bucket_of_open(compiled, option.verdict, option);
    return;
  }
  if (label_rule == Verdict::NotMet || !link.met) return;
  context.evaluation.set_diagnosis_changeable(compiled.trial != nullptr && compiled.trial->opens_new_cohorts);
  const std::optional<Obstacles> obstacles = context.evaluation.smallest_obstacles(compiled.root);
  if (!obstacles || obstacles->empty()) return;
  option.bucket = Bucket::NearMiss;
  option.missing = obstacles_as_reasons(context, *obstacles, leaves);
}

}  // namespace

MolecularLink link_of(const OptionContext& context, const CompiledOption& option) {
  MolecularLink link;
  for (const auto& signed_leaf : option.molecular) {
    if (!signed_leaf.positive) continue;
    const LeafResult& result = context.evaluation.leaf(signed_leaf.leaf);
    if (result.verdict == Verdict::Met) link.met = true;
    if (result.verdict != Verdict::Unknown) continue;
    if (result.unknown_by == UnknownBy::Detail) link.by_detail = true;
    if (result.unknown_by == UnknownBy::Coverage && result.test != TestKind::None) {
      link.tests.set(static_cast<std::size_t>(result.test));
    }
  }
  return link;
}

Verdict apply_label_rule(const OptionContext& context, const CompiledOption& compiled, std::vector<Reason>& reasons) {
  Verdict out = Verdict::Met;
  for (const LabelCheck& check : compiled.labels) {
    const std::string name = check.drug->substance;
    if (check.label == nullptr) {
      reasons.push_back(plain_reason("C3", Verdict::Unknown, MessageId::LabelNotRecorded, "label of " + name,
                                     compiled.trial->label_rule_region));
      out = base::all_of(out, Verdict::Unknown);
      continue;
    }
    if (!in_force(*check.label, context.request.today)) continue;
    Verdict covered = check.root ? context.evaluation.verdict(*check.root) : Verdict::Unknown;
    if (covered == Verdict::NotMet) continue;
    if (check.inferred) covered = Verdict::Unknown;  // what is only inferred asks, it does not block
    const bool met = covered == Verdict::Met;
    reasons.push_back(plain_reason("C3", base::negate(covered), met ? MessageId::LabelCovers : MessageId::LabelUnclear,
                                   "label of " + name, check.label->text));
    out = base::all_of(out, base::negate(covered));
  }
  return out;
}

EffectiveStatus status_of(const CompiledOption& compiled, const Date& today) {
  switch (compiled.kind) {
    case OptionKind::Cohort: {
      EffectiveStatus cohort = status_on(compiled.cohort->status, *compiled.cohort, today);
      if (compiled.trial == nullptr) return cohort;
      return most_restrictive(status_on(compiled.trial->status, *compiled.trial, today), std::move(cohort));
    }
    case OptionKind::NewCohort: return status_on(compiled.trial->status, *compiled.trial, today);
    case OptionKind::AccessProgramme: {
      EffectiveStatus status = status_on(compiled.programme->status, *compiled.programme, today);
      if (compiled.programme->valid_until && *compiled.programme->valid_until < today) {
        status.state = EntryState::Closed;
        status.reason = "valid_until";
        status.since = compiled.programme->valid_until;
      }
      return status;
    }
    case OptionKind::OnLabel: {
      EffectiveStatus status;
      status.state = in_force(*compiled.label, today) ? EntryState::Open : EntryState::Closed;
      if (compiled.label->from && *compiled.label->from > today) {
        status.state = EntryState::Planned;
        status.opens_on = compiled.label->from;
      }
      status.checked_on = compiled.label->checked_on ? compiled.label->checked_on : compiled.label_drug->checked_on;
      status.sources = compiled.label->sources.empty() ? compiled.label_drug->sources : compiled.label->sources;
      return status;
    }
  }
  return {};
}

EffectiveStatus status_with_places(const CompiledOption& compiled, const Date& today) {
  EffectiveStatus status = status_of(compiled, today);
  if (compiled.cohort == nullptr || status.state != EntryState::Open) return status;
  const StageView stage = stage_view(*compiled.cohort, compiled.trial, today);
  if (stage.slots_left && *stage.slots_left == 0 && stage.decision != StageDecision::Passed) {
    status.state = EntryState::Full;
    status.decided_by = "figures";
  }
  return status;
}

Option build_option(const OptionContext& context, const CompiledOption& compiled, const MolecularLink& link) {
  Option option;
  option.kind = compiled.kind;
  option.id = compiled.id;
  option.cohort = compiled.cohort;
  option.programme = compiled.programme;
  option.trial = compiled.trial;
  option.trial_drug = compiled.trial_drug;
  option.label_drug = compiled.label_drug;
  option.label = compiled.label;
  option.drugs = compiled.drugs;
  option.route = route_of(compiled);
  option.confidence = compiled.confidence;
  option.status = status_with_places(compiled, context.request.today);
  if (compiled.cohort != nullptr) option.stage = stage_view(*compiled.cohort, compiled.trial, context.request.today);
  const std::vector<TreeLeaf> leaves = context.evaluation.explaining_leaves(compiled.root);
  option.reasons.reserve(leaves.size() + compiled.labels.size() + 2);
  for (const TreeLeaf& leaf : leaves) option.reasons.push_back(reason_of(context, leaf));
  const Verdict label_rule = apply_label_rule(context, compiled, option.reasons);
  option.verdict = base::all_of(context.evaluation.verdict(compiled.root), label_rule);
  for (const model::TextRule& rule : compiled.asks) option.bedside.push_back(&rule);
  collect_drivers(context, compiled, option);
  decide_bucket(context, compiled, link, label_rule, leaves, option);
  add_evidence(context, compiled, option);
  option.keys = rank_keys(context, compiled, option);
  return option;
}

}  // namespace treff::match
