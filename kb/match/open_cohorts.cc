// What is known of the open cohorts before any case is seen, so that counting tests (B1) need not visit each of them.
#include <algorithm>
#include <map>

#include "kb/match/coverage.h"
#include "kb/match/match_index.h"
#include "kb/match/option_builder.h"

namespace treff::match {
namespace {

constexpr std::size_t kDaysKept = 4;

// A diagnosis that every way to meet the tree goes through; nullopt if none stands in plain sight.
std::optional<LeafId> needed_diagnosis(const CriterionPool& pool, NodeId root) {
  if (root == kNoNode) return std::nullopt;
  const Node& node = pool.nodes()[root];
  if (node.kind == Node::Kind::Leaf) {
    return pool.leaves()[node.leaf].is_diagnosis() ? std::optional<LeafId>(node.leaf) : std::nullopt;
  }
  if (node.kind != Node::Kind::All) return std::nullopt;
  for (const NodeId child : node.children) {
    if (const auto found = needed_diagnosis(pool, child)) return found;
  }
  return std::nullopt;
}

bool holds_all(const std::unordered_set<std::string>& list, const std::vector<std::string>& genes) {
  return std::all_of(genes.begin(), genes.end(), [&](const std::string& gene) { return list.count(gene) != 0; });
}

const std::unordered_set<std::string>* list_for(ChangeKind kind, const PanelGenes& panel) {
  switch (kind) {
    case ChangeKind::Small: return &panel.small;
    case ChangeKind::CopyGain: return &panel.copy_number;
    case ChangeKind::CopyLoss: return &panel.losses;
    case ChangeKind::Fusion: return &panel.fusion;
    case ChangeKind::Splice: return &panel.splice;
    case ChangeKind::Expression: return nullptr;
  }
  return nullptr;
}

// M3: silence of this panel says no to the class, if the sample allows it.
bool is_examined(const nomenclature::VariantClass& cls, const PanelGenes& panel) {
  if (cls.kind == nomenclature::ClassKind::WildType || cls.genes.empty()) return false;
  const auto* list = list_for(change_kind_of(cls), panel);
  if (list == nullptr || !holds_all(*list, cls.genes)) return false;
  const bool copies_too = cls.kind == nomenclature::ClassKind::Biallelic || deletion_meets(cls);
  return !copies_too || holds_all(panel.losses, cls.genes);
}

std::vector<OpenCohorts::Group> without_settled(const std::vector<OpenCohorts::Group>& groups,
                                                const std::vector<bool>& settled) {
  std::vector<OpenCohorts::Group> out;
  for (const OpenCohorts::Group& group : groups) {
    OpenCohorts::Group left{group.diagnosis, {}};
    for (const std::size_t i : group.options) {
      if (!settled[i]) left.options.push_back(i);
    }
    if (!left.options.empty()) out.push_back(std::move(left));
  }
  return out;
}

}  // namespace

std::vector<bool> settled_options(const MatchIndex& index, const PanelGenes& panel) {
  std::vector<bool> out(index.options().size(), false);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto& molecular = index.options()[i].molecular;
    out[i] = std::all_of(molecular.begin(), molecular.end(), [&](const CriterionPool::SignedLeaf& leaf) {
      const auto* cls = std::get_if<nomenclature::VariantClass>(&index.pool().leaves()[leaf.leaf].what);
      return !leaf.positive || (cls != nullptr && is_examined(*cls, panel));
    });
  }
  return out;
}

std::shared_ptr<const OpenCohorts> MatchIndex::open_cohorts(const Date& today) const {
  const std::lock_guard lock(days_mutex_);
  for (const auto& day : days_) {
    if (day->today == today) return day;
  }
  auto out = std::make_shared<OpenCohorts>();
  out->today = today;
  out->is_open.resize(options_.size());
  std::map<std::optional<LeafId>, std::vector<std::size_t>> groups;
  for (std::size_t i = 0; i < options_.size(); ++i) {
    const CompiledOption& option = options_[i];
    if (option.kind != OptionKind::Cohort || !option.criteria_seen) continue;
    if (status_with_places(option, today).state != model::EntryState::Open) continue;
    out->is_open[i] = true;
    groups[needed_diagnosis(pool_, option.root)].push_back(i);
  }
  for (auto& [diagnosis, options] : groups) out->groups.push_back({diagnosis, std::move(options)});
  for (const auto& [panel, settled] : settled_by_panel_) out->unsettled[panel] = without_settled(out->groups, settled);
  if (days_.size() >= kDaysKept) days_.erase(days_.begin());
  days_.push_back(out);
  return out;
}

}  // namespace treff::match
