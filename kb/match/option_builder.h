// One option for one case, step by step; each step fills its part of Option. Used by the engine only.
#pragma once

#include <bitset>

#include "kb/match/evaluate.h"
#include "kb/match/match_index.h"
#include "kb/match/option.h"

namespace treff::match {

// What the steps share for one request.
struct OptionContext {
  const MatchIndex& index;
  const CaseFacts& facts;
  const MatchRequest& request;
  CaseEvaluation& evaluation;
};

inline constexpr std::size_t kTestKinds = base::EnumNames<TestKind>::rows.size();

// B1: the molecular link of an option to the case.
struct MolecularLink {
  bool met = false;               // a positive molecular leaf is met
  bool by_detail = false;         // one is unknown by detail
  std::bitset<kTestKinds> tests;  // by TestKind: tests whose absence leaves a positive molecular leaf unknown
  bool linked() const { return met || by_detail; }
};
MolecularLink link_of(const OptionContext& context, const CompiledOption& option);

// Everything but rank number and the rules that look at other options (B8 siblings, B10).
Option build_option(const OptionContext& context, const CompiledOption& compiled, const MolecularLink& link);

// C3: NotMet = covered by the label, Unknown = a question; another region's label never comes here. Appends the
// reasons.
Verdict apply_label_rule(const OptionContext& context, const CompiledOption& compiled, std::vector<Reason>& reasons);

EffectiveStatus status_of(const CompiledOption& compiled, const Date& today);
// S2: an open cohort without a free place is full, whatever its status record says.
EffectiveStatus status_with_places(const CompiledOption& compiled, const Date& today);

// Cautions and evidence (B5); in option_evidence.cc.
void add_evidence(const OptionContext& context, const CompiledOption& compiled, Option& option);
// B4; in rank.cc.
RankKeys rank_keys(const OptionContext& context, const CompiledOption& compiled, const Option& option);
// 0 best .. 7 none, from the words of any scale; `same_tumour` false lowers to tier 3 at best.
int evidence_tier(const std::string& scale, const std::string& level, bool same_tumour);

}  // namespace treff::match
