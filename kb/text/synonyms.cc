#include "kb/text/synonyms.h"

#include <algorithm>

#include "kb/base/text.h"
#include "kb/nomenclature/event_words.h"
#include "kb/text/name_variants.h"

namespace treff::text {
namespace {

constexpr std::size_t kMaxOtherNames = 64;
constexpr int kMaxAncestors = 3;
constexpr double kAncestorWeight = 0.5;  // each step up halves
constexpr double kMemberWeight = 0.5;
constexpr double kSameEventWeight = 0.5;

void append(std::vector<std::string>& names, const std::vector<std::string>& more) {
  names.insert(names.end(), more.begin(), more.end());
}

std::vector<std::string> common_names(const model::Common& common) {
  std::vector<std::string> names = {common.names.en, common.names.nb, common.names.nn};
  append(names, common.synonyms);
  return names;
}

// The standard word weighs as the word itself: who writes "fusjon" means "fusion".
std::vector<OtherName> same_event(const std::string& word) {
  std::vector<OtherName> found;
  for (const std::string_view other : nomenclature::same_event_words(word)) {
    found.push_back({std::string(other), found.empty() ? 1.0 : kSameEventWeight, false});
  }
  return found;
}

// A name of one letter ("T") would make every list of options mean a drug.
bool is_usable(const std::string& name) { return name.size() >= 2; }

}  // namespace

void KnowledgeSynonyms::add(const model::Record& record) {
  Entry entry;
  if (const auto* gene = std::get_if<model::Gene>(&record)) {
    entry.gene = true;
    entry.names = {gene->symbol};
    append(entry.names, gene->synonyms);
    append(entry.names, gene->previous_symbols);
    gene_by_id_[gene->id] = entries_.size();
  } else if (const auto* family = std::get_if<model::GeneFamily>(&record)) {
    entry.gene = true;
    entry.names = {family->names.en};
    append(entry.names, family->synonyms);
    entry.members = family->members;
  } else if (const auto* drug = std::get_if<model::Drug>(&record)) {
    entry.names = {drug->substance};
    append(entry.names, common_names(*drug));
    append(entry.names, drug->brands);
    append(entry.names, drug->codes);
    for (const std::string& code : drug->codes) append(entry.names, code_spellings(code));
  } else if (const auto* diagnosis = std::get_if<model::Diagnosis>(&record)) {
    entry.names = common_names(*diagnosis);
    entry.names.push_back(diagnosis->code);
    entry.parent = diagnosis->parent;
    entry.tissue = diagnosis->tissue_level;
    diagnosis_by_id_[diagnosis->id] = entries_.size();
  } else if (const auto* organisation = std::get_if<model::Organisation>(&record)) {
    entry.names = common_names(*organisation);
  } else {
    return;
  }
  std::erase_if(entry.names, [](const std::string& name) { return !is_usable(name); });
  entries_.push_back(std::move(entry));
}

void KnowledgeSynonyms::link() {
  by_name_.clear();
  for (Entry& entry : entries_) entry.children.clear();
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const auto parent = diagnosis_by_id_.find(entries_[i].parent);
    if (parent != diagnosis_by_id_.end() && entries_[parent->second].tissue) {
      entries_[parent->second].children.push_back(i);
    }
  }
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    for (const std::string& name : entries_[i].names) {
      std::vector<std::size_t>& owners = by_name_[base::fold_name(name)];
      if (owners.empty() || owners.back() != i) owners.push_back(i);
    }
  }
}

template <class Add>
void KnowledgeSynonyms::add_members(const Entry& entry, const Add& add) const {
  for (const std::string& id : entry.members) {
    const auto gene = gene_by_id_.find(id);
    if (gene != gene_by_id_.end()) add(entries_[gene->second].names.front(), kMemberWeight, true);
  }
}

template <class Add>
void KnowledgeSynonyms::add_children(const Entry& entry, const Add& add) const {
  for (const std::size_t child : entry.children) {
    for (const std::string& name : entries_[child].names) add(name, kAncestorWeight, false);
  }
}

std::vector<OtherName> KnowledgeSynonyms::names_of(const Entry& entry, std::string_view asked) const {
  std::vector<OtherName> found;
  const auto add = [&](const std::string& name, double weight, bool exact) {
    const std::string folded = base::fold_name(name);
    const bool known =
        std::any_of(found.begin(), found.end(), [&](const OtherName& other) { return other.text == folded; });
    if (folded != asked && !known) found.push_back({folded, weight, exact});
  };
  for (const std::string& name : entry.names) {
    // An everyday word of several organs ("leukaemia") stands for none of them; one may still ask for it.
    const auto owners = by_name_.find(base::fold_name(name));
    const bool shared = entry.tissue && owners != by_name_.end() && owners->second.size() > 1;
    if (!shared) add(name, 1.0, entry.gene);
  }
  add_members(entry, add);
  add_children(entry, add);
  double weight = 1.0;
  const std::string* parent = &entry.parent;
  for (int step = 0; step < kMaxAncestors && !parent->empty(); ++step) {
    const auto at = diagnosis_by_id_.find(*parent);
    if (at == diagnosis_by_id_.end() || entries_[at->second].tissue) break;
    weight *= kAncestorWeight;
    for (const std::string& name : entries_[at->second].names) add(name, weight, false);
    parent = &entries_[at->second].parent;
  }
  return found;
}

std::vector<OtherName> KnowledgeSynonyms::find(std::string_view name) const {
  const std::string folded = base::fold_name(name);
  const auto owners = by_name_.find(folded);
  if (owners == by_name_.end()) return same_event(folded);
  std::vector<OtherName> found;
  for (const std::size_t owner : owners->second) {
    for (OtherName& other : names_of(entries_[owner], folded)) found.push_back(std::move(other));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const OtherName& a, const OtherName& b) { return a.weight > b.weight; });
  if (found.size() > kMaxOtherNames) found.resize(kMaxOtherNames);
  return found;
}

bool KnowledgeSynonyms::is_gene(std::string_view name) const {
  const auto owners = by_name_.find(base::fold_name(name));
  return owners != by_name_.end() && std::any_of(owners->second.begin(), owners->second.end(),
                                                 [this](std::size_t owner) { return entries_[owner].gene; });
}

}  // namespace treff::text
