// The plain matcher's walk over a criterion as it is stored (M5, M6), and near misses by trying (B2).
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "kb/match/reference_leaf.h"

namespace treff::match::reference {

struct Setting {
  const Knowledge& knowledge;
  const CaseFacts& facts;
  const Vocabulary& words() const { return knowledge.vocabulary(); }
};

// A leaf where it stands in a tree.
struct Place {
  const model::Criterion* node = nullptr;
  ClinicalPart part;  // Clinical only
  bool positive = true;
  bool is_molecular() const {
    return node->kind == model::CriterionKind::Variant || node->kind == model::CriterionKind::Biomarker;
  }
};

using Judge = std::function<Verdict(const Place&)>;

// Kleene's value of the tree with leaves as `judge` says. nullopt: nothing but text rules (C2), which never count.
std::optional<Verdict> walk(const model::Criterion& criterion, bool positive, const Setting& setting,
                            const Judge& judge);

Finding find(const Place& place, const Setting& setting);

// Size of the smallest set of one or two changeable leaves that lifts the tree out of not_met if they were unknown;
// nullopt if there is none. Equal leaves are one leaf.
std::optional<std::size_t> smallest_near_miss(const model::Criterion& criterion, const Setting& setting,
                                              bool diagnosis_may_open);

}  // namespace treff::match::reference
