// Everything that can be answered at one revision, compiled: options, their criteria, and who shares which gene.
//
// Built once per revision; immutable and thread-safe. Holds the Knowledge alive.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "kb/base/result.h"
#include "kb/match/compiled.h"
#include "kb/match/knowledge.h"
#include "kb/match/option.h"

namespace treff::match {

// One label of one of the option's drugs that could cover the case (C3).
struct LabelCheck {
  const model::Drug* drug = nullptr;
  const model::LabelIndication* label = nullptr;  // nullptr: the region's labels of this drug are not recorded
  std::optional<NodeId> root;                     // nullopt: the label is not structured yet
  bool inferred = false;                          // read by us, not by its source: it never blocks (C3, B2)
};

struct CompiledOption {
  OptionKind kind = OptionKind::Cohort;
  std::string id;
  const model::Cohort* cohort = nullptr;
  const model::AccessProgramme* programme = nullptr;
  const model::Trial* trial = nullptr;
  const model::TrialDrug* trial_drug = nullptr;
  const model::Drug* label_drug = nullptr;
  const model::LabelIndication* label = nullptr;
  std::vector<std::string> drugs;  // ids, sorted
  NodeId root = kNoNode;
  bool criteria_seen = true;       // false: no source states the criteria, nothing can be matched
  bool criteria_inferred = false;  // some part is only inferred (B2)
  model::Confidence confidence = model::Confidence::Quoted;
  std::vector<model::TextRule> asks;
  std::vector<CriterionPool::SignedLeaf> molecular;  // molecular leaves with their sign
  std::vector<LabelCheck> labels;
  std::vector<std::size_t> sibling_cohorts;  // NewCohort: cohorts of the trial with the same drugs
};

struct CompiledEvidence {
  const model::Evidence* record = nullptr;
  NodeId root = kNoNode;
  NodeId diagnosis = kNoNode;      // leaf over the record's diagnoses; kNoNode: not stated
  std::vector<std::string> drugs;  // ids, sorted
};

// Cohorts that are open on one day, by the diagnosis they ask for: what tests_that_could_help (B1) counts among.
struct OpenCohorts {
  struct Group {
    std::optional<LeafId> diagnosis;  // a condition that each of them must meet; nullopt: none is sure
    std::vector<std::size_t> options;
  };
  Date today;
  std::vector<Group> groups;
  // The same without the cohorts that a valid negative of the panel settles (MatchIndex::settled_by), by panel.
  std::unordered_map<std::string, std::vector<Group>> unsettled;
  std::vector<bool> is_open;  // by option
};

class MatchIndex {
 public:
  // Errors: a criterion that does not compile (dangling target, unknown diagnosis code), named with its record.
  static Checked<std::shared_ptr<const MatchIndex>> build(std::shared_ptr<const Knowledge> knowledge);

  const Knowledge& knowledge() const { return *knowledge_; }
  const CriterionPool& pool() const { return pool_; }
  const std::vector<CompiledOption>& options() const { return options_; }
  const std::vector<CompiledEvidence>& evidence() const { return evidence_; }
  // Options that may have a molecular link to this case, ascending; a superset of the truly linked ones.
  std::vector<std::size_t> candidates(const CaseFacts& facts) const;
  // Options with a positive leaf on this gene, other than wild type.
  const std::vector<std::size_t>& options_on_gene(const std::string& gene) const;
  // Computed on the first question about a day and kept for the last few days asked.
  std::shared_ptr<const OpenCohorts> open_cohorts(const Date& today) const;
  // By option: whether a valid negative of this panel says no to every positive molecular leaf. nullptr: no such panel.
  const std::vector<bool>* settled_by(const std::string& panel) const;
  // Evidence for exactly these drugs (sorted ids).
  const std::vector<std::size_t>& evidence_for(const std::vector<std::string>& drugs) const;
  // Index of the option with this id, or options().size().
  std::size_t find(const std::string& id) const;

  explicit MatchIndex(std::shared_ptr<const Knowledge> knowledge)
      : knowledge_(std::move(knowledge)), pool_(*knowledge_) {}

 private:
  friend class MatchIndexBuilder;
  std::shared_ptr<const Knowledge> knowledge_;
  CriterionPool pool_;
  std::vector<CompiledOption> options_;
  std::vector<CompiledEvidence> evidence_;
  std::unordered_map<std::string, std::vector<std::size_t>> options_by_gene_;
  std::unordered_map<std::string, std::vector<std::size_t>> options_by_biomarker_;
  std::vector<std::size_t> always_;  // wild type and marker-free: silence links them
  std::unordered_map<std::string, std::vector<std::size_t>> evidence_by_drugs_;  // "+"-joined ids
  std::unordered_map<std::string, std::size_t> by_id_;
  std::unordered_map<std::string, std::vector<bool>> settled_by_panel_;
  mutable std::mutex days_mutex_;
  mutable std::vector<std::shared_ptr<const OpenCohorts>> days_;  // newest question last; guarded by days_mutex_
};

// For the builder; in open_cohorts.cc. By option, see MatchIndex::settled_by.
std::vector<bool> settled_options(const MatchIndex& index, const PanelGenes& panel);

}  // namespace treff::match
