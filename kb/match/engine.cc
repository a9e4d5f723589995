#include "kb/match/engine.h"

#include <algorithm>
#include <array>

#include "kb/match/coverage.h"
#include "kb/match/option_builder.h"

namespace treff::match {
namespace {

using model::EntryState;

class Engine {
 public:
  Engine(const MatchIndex& index, const CaseFacts& facts, const MatchRequest& request)
      : index_(index),
        request_(request),
        evaluation_(index.pool(), facts, index.knowledge().vocabulary()),
        context_{index, facts, request, evaluation_} {}

  MatchOutcome run() {
    const std::vector<std::size_t> candidates = index_.candidates(context_.facts);
    for (const std::size_t i : candidates) consider(i);
    count_tests(candidates);
    apply_trial_first();
    keep_listed();
    explain_asked();
    return std::move(outcome_);
  }

 private:
  Option build(std::size_t i, const MolecularLink& link) {
    const CompiledOption& compiled = index_.options()[i];
    Option option = build_option(context_, compiled, link);
    if (compiled.kind == OptionKind::NewCohort) apply_new_cohort_rule(compiled, option);
    return option;
  }

  void consider(std::size_t i) {
    const CompiledOption& compiled = index_.options()[i];
    if (!compiled.criteria_seen) return;
    const MolecularLink link = link_of(context_, compiled);
    if (!link.linked() && !compiled.molecular.empty()) {
      count_if_undecided(compiled, link);
      return;
    }
    if (cannot_be_listed(compiled, link)) return;
    Option option = build(i, link);
    note_consent(compiled, option);
    if (option.bucket != Bucket::NotListed) outcome_.options.push_back(std::move(option));
  }

  // True if nothing that stands in the way could change (B2), and it is not the patient's own no (C1): not listed,
  // whatever else there is to say of it.
  bool cannot_be_listed(const CompiledOption& compiled, const MolecularLink& link) {
    if (evaluation_.verdict(compiled.root) != Verdict::NotMet) return false;
    if (compiled.trial != nullptr && context_.facts.consent_blocks.count(compiled.trial->id) != 0) return false;
    if (!link.met) return true;
    evaluation_.set_diagnosis_changeable(compiled.trial != nullptr && compiled.trial->opens_new_cohorts);
    const std::optional<Obstacles> obstacles = evaluation_.smallest_obstacles(compiled.root);
    return !obstacles || obstacles->empty();
  }

  // B8: "ask the trial office", unless a cohort for this marker and diagnosis exists or was closed for lack of effect.
  void apply_new_cohort_rule(const CompiledOption& compiled, Option& option) {
    if (option.bucket == Bucket::NotListed) return;
    for (const std::size_t sibling : compiled.sibling_cohorts) {
      const CompiledOption& cohort = index_.options()[sibling];
      const Verdict fits = evaluation_.verdict_of_marker_and_diagnosis(cohort.root);
      if (!cohort.criteria_seen || fits == Verdict::NotMet) continue;
      const EffectiveStatus status = status_on(cohort.cohort->status, *cohort.cohort, request_.today);
      const bool closed = status.state == EntryState::Closed;
      // A closed cohort that only may be this tumour's leaves the question to the trial office.
      if (closed && (status.reason != "lack_of_effect" || fits != Verdict::Met)) continue;
      Reason reason;
      reason.rule = "B8";
      reason.verdict = Verdict::NotMet;
      reason.message = closed ? MessageId::CohortClosedNoEffect : MessageId::CohortExists;
      reason.criterion = "no cohort for this marker and diagnosis";
      reason.detail = cohort.id;
      option.reasons.push_back(std::move(reason));
      option.bucket = Bucket::NotListed;
      option.keys.bucket = static_cast<int>(option.bucket);
      option.missing.clear();
      return;
    }
    Reason reason;
    reason.rule = "B8";
    reason.verdict = Verdict::Unknown;
    reason.message = MessageId::AskTrialOffice;
    reason.criterion = "a new cohort";
    reason.ask = true;
    option.reasons.push_back(std::move(reason));
    if (option.bucket == Bucket::Match) option.bucket = Bucket::Possible;
    option.keys.bucket = static_cast<int>(option.bucket);
    ++option.keys.unknowns;
  }

  // C1: what only the patient's own no keeps away is said in words, not hidden.
  void note_consent(const CompiledOption& compiled, const Option& option) {
    if (compiled.trial == nullptr || context_.facts.consent_blocks.count(compiled.trial->id) == 0) return;
    const bool other_obstacle = std::any_of(option.reasons.begin(), option.reasons.end(), [](const Reason& reason) {
      return reason.verdict == Verdict::NotMet && reason.message != MessageId::ConsentBlocked;
    });
    if (!other_obstacle) ++outcome_.consent_blocked[compiled.trial->id];
  }

  void count_if_undecided(const CompiledOption& compiled, const MolecularLink& link) {
    if (link.tests.none() || !compiled.criteria_seen || compiled.kind != OptionKind::Cohort) return;
    if (status_with_places(compiled, request_.today).state != EntryState::Open) return;
    count_open(compiled, link);
  }

  void count_open(const CompiledOption& compiled, const MolecularLink& link) {
    std::vector<Reason> unused;
    if (evaluation_.verdict(compiled.root) == Verdict::NotMet) return;
    if (apply_label_rule(context_, compiled, unused) == Verdict::NotMet) return;
    for (std::size_t test = 0; test < kTestKinds; ++test) tests_[test] += link.tests[test] ? 1 : 0;
  }

  // B1: options that only something untested links; the candidates were counted while they were looked at. Cohorts of
  // another tumour, and those whose every marker a panel has looked for in a good sample, need no look at all.
  void count_tests(const std::vector<std::size_t>& candidates) {
    const std::shared_ptr<const OpenCohorts> open = index_.open_cohorts(request_.today);
    std::vector<bool> done(index_.options().size(), false);
    for (const std::size_t i : candidates) done[i] = true;
    const std::vector<std::string> settling = settling_panels();
    const auto is_settled = [&](std::size_t i) {  // by another panel than the first, whose list is used
      return std::any_of(settling.begin() + 1, settling.end(),
                         [&](const std::string& panel) { return (*index_.settled_by(panel))[i]; });
    };
    const auto look_at = [&](std::size_t i) {
      const CompiledOption& compiled = index_.options()[i];
      const MolecularLink link = link_of(context_, compiled);
      if (link.tests.any()) count_open(compiled, link);
    };
    if (!settling.empty()) {
      for (const std::size_t i : doubted_by_treatment()) {
        if (done[i] || !open->is_open[i]) continue;
        done[i] = true;
        look_at(i);
      }
    }
    for (const OpenCohorts::Group& group : settling.empty() ? open->groups : open->unsettled.at(settling.front())) {
      if (group.diagnosis && !may_be(*group.diagnosis)) continue;
      for (const std::size_t i : group.options) {
        if (!done[i] && (settling.size() < 2 || !is_settled(i))) look_at(i);
      }
    }
    for (std::size_t test = 0; test < kTestKinds; ++test) {
      if (tests_[test] != 0) outcome_.tests.push_back({static_cast<TestKind>(test), tests_[test]});
    }
    std::stable_sort(outcome_.tests.begin(), outcome_.tests.end(),
                     [](const TestThatCouldHelp& a, const TestThatCouldHelp& b) { return a.options > b.options; });
  }

  bool may_be(LeafId diagnosis) const {
    const auto& condition = std::get<DiagnosisLeaf>(index_.pool().leaves()[diagnosis].what);
    return diagnosis_verdict(condition, context_.facts, index_.knowledge().vocabulary()) != Verdict::NotMet;
  }

  // The panels whose silence is a "no" wherever they looked (M3); none if anything about the sample or the case speaks
  // against that. Treatment is another matter: doubted_by_treatment().
  std::vector<std::string> settling_panels() const {
    const CaseFacts& facts = context_.facts;
    const TestedFacts& tested = facts.tested;
    const bool failed = tested.small.failed || tested.copy_number.failed || tested.fusion.failed ||
                        tested.splice.failed || tested.losses.failed;
    if (failed || facts.unread_without_gene || !facts.unread_genes.empty() || !facts.without_gene.empty()) return {};
    // A gene that no drug acts on: only the sample itself can speak against it.
    if (!specimen_limits({}, facts, index_.knowledge().vocabulary()).negative_counts) return {};
    std::vector<std::string> out;
    for (const model::Panel* panel : tested.panels) {
      if (index_.settled_by(panel->id) != nullptr) out.push_back(panel->id);
    }
    return out;
  }

  // Options on genes whose state a treatment may have changed since the sample was taken (M3).
  std::vector<std::size_t> doubted_by_treatment() const {
    const CaseFacts& facts = context_.facts;
    std::vector<std::size_t> out;
    if (!facts.prior_treatments || facts.prior_treatments->empty()) return out;
    const Vocabulary& words = index_.knowledge().vocabulary();
    for (const auto& [gene, drugs] : words.drugs_against_gene) {
      if (specimen_limits(gene, facts, words).negative_counts) continue;
      const auto& options = index_.options_on_gene(gene);
      out.insert(out.end(), options.begin(), options.end());
    }
    return out;
  }

  // B10: while a matching cohort is open, a programme that says "trial first" is only possible.
  void apply_trial_first() {
    const bool cohort_open = std::any_of(outcome_.options.begin(), outcome_.options.end(), [](const Option& option) {
      return option.kind == OptionKind::Cohort && option.status.state == EntryState::Open &&
             (option.bucket == Bucket::Match || option.bucket == Bucket::Possible);
    });
    if (!cohort_open) return;
    for (Option& option : outcome_.options) {
      if (option.programme == nullptr || !option.programme->trial_first || option.bucket == Bucket::NearMiss) continue;
      Reason reason;
      reason.rule = "B10";
      reason.verdict = Verdict::Unknown;
      reason.message = MessageId::TrialFirst;
      reason.criterion = "trial first";
      reason.ask = true;
      option.reasons.push_back(std::move(reason));
      option.bucket = Bucket::Possible;
      option.keys.bucket = static_cast<int>(option.bucket);
      ++option.keys.unknowns;
    }
  }

  bool is_wanted(const Option& option) const {
    if (option.bucket == Bucket::Possible && !request_.include_possible) return false;
    if (option.bucket == Bucket::NearMiss && !request_.include_near_miss) return false;
    return option.status.state != EntryState::Closed || request_.include_closed;
  }

  void keep_listed() {
    // An option is a large value: the order is found first, then each is moved once.
    std::vector<Option*> order;
    for (Option& option : outcome_.options) {
      if (is_wanted(option)) order.push_back(&option);
    }
    std::sort(order.begin(), order.end(),
              [](const Option* a, const Option* b) { return a->keys != b->keys ? a->keys < b->keys : a->id < b->id; });
    std::vector<Option> listed;
    listed.reserve(order.size());
    for (Option* option : order) {
      option->rank = static_cast<int>(listed.size()) + 1;
      listed.push_back(std::move(*option));
    }
    outcome_.options = std::move(listed);
  }

  void explain_asked() {
    for (const std::string& id : request_.explain) {
      const std::size_t i = index_.find(id);
      if (i == index_.options().size()) {
        outcome_.unknown_ids.push_back(id);
        continue;
      }
      const bool listed =
          std::any_of(outcome_.options.begin(), outcome_.options.end(), [&](const Option& o) { return o.id == id; });
      if (!listed) outcome_.explained.push_back(build(i, link_of(context_, index_.options()[i])));
    }
  }

  const MatchIndex& index_;
  const MatchRequest& request_;
  CaseEvaluation evaluation_;
  OptionContext context_;
  MatchOutcome outcome_;
  std::array<int, kTestKinds> tests_{};  // by TestKind: undecided open options
};

}  // namespace

MatchOutcome match_case(const MatchIndex& index, const CaseFacts& facts, const MatchRequest& request) {
  return Engine(index, facts, request).run();
}

}  // namespace treff::match
