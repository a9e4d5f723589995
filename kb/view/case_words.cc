#include <algorithm>
#include <array>
#include <utility>

#include "kb/base/text.h"
#include "kb/text/criterion_text.h"
#include "kb/text/words.h"
#include "kb/view/case_topic.h"
#include "kb/view/view.h"

namespace treff::view {
namespace {

constexpr std::size_t kMaxTumourNames = 320;

std::vector<std::string> listed(const std::map<std::string, std::set<std::string>>& sets, const std::string& key) {
  const auto found = sets.find(key);
  if (found == sets.end()) return {};
  return {found->second.begin(), found->second.end()};
}

// "V600": one residue letter and digits.
bool is_codon(std::string_view text) {
  return text.size() >= 2 && text[0] >= 'A' && text[0] <= 'Y' &&
         std::all_of(text.begin() + 1, text.end(), base::is_ascii_digit);
}

}  // namespace

CaseWords::CaseWords(std::shared_ptr<const match::Knowledge> knowledge) : knowledge_(std::move(knowledge)) {
  read_links();
  read_families();
  read_tumours();
}

bool CaseWords::holds_for(const match::Knowledge& other) const {
  using model::RecordKind;
  constexpr std::array kRead = {RecordKind::Gene, RecordKind::GeneFamily, RecordKind::Diagnosis,
                                RecordKind::Drug, RecordKind::Target,     RecordKind::Evidence};
  return knowledge_->shares_vocabulary_with(other) && std::all_of(kRead.begin(), kRead.end(), [&](RecordKind kind) {
           return knowledge_->all(kind) == other.all(kind);
         });
}

void CaseWords::link(const model::Criterion& rule, const std::vector<std::string>& drugs,
                     const text::Referred& referred) {
  for (const std::string& gene : text::text_of_criterion(rule, referred).genes) {
    drugs_for_gene_[gene].insert(drugs.begin(), drugs.end());
  }
}

void CaseWords::read_changes(const model::Criterion& rule, const text::Referred& referred) {
  const text::CriterionText words = text::text_of_criterion(rule, referred);
  if (words.genes.size() != 1) return;  // which gene a change belongs to would be a guess
  for (const std::string& marker : words.markers) {
    for (const text::Token& token : text::tokens_of(marker)) {
      if (is_codon(token.written) || text::is_variant_like(token.whole)) {
        changes_of_gene_[words.genes.front()].insert(token.written);
      }
    }
  }
}

void CaseWords::read_links() {
  const KnowledgeReferred referred(*knowledge_);
  for (const auto& [symbol, drugs] : knowledge_->vocabulary().drugs_against_gene) {
    drugs_for_gene_[symbol].insert(drugs.begin(), drugs.end());
  }
  for (const model::Record* record : knowledge_->all(model::RecordKind::Drug)) {
    const auto& drug = std::get<model::Drug>(*record);
    for (const std::string& name : drug.drug_classes) drugs_of_class_[name].insert(drug.id);
    for (const std::string& id : drug.targets) {
      const auto* target = knowledge_->find_as<model::Target>(model::RecordKind::Target, id);
      if (target != nullptr) link(target->criterion, {drug.id}, referred);
    }
  }
  for (const model::Record* record : knowledge_->all(model::RecordKind::Target)) {
    read_changes(std::get<model::Target>(*record).criterion, referred);
  }
  for (const model::Record* record : knowledge_->all(model::RecordKind::Evidence)) {
    const auto& evidence = std::get<model::Evidence>(*record);
    read_changes(evidence.criterion, referred);
    if (evidence.direction == model::EvidenceDirection::Sensitive) link(evidence.criterion, evidence.drugs, referred);
  }
}

void CaseWords::read_families() {
  for (const model::Record* record : knowledge_->all(model::RecordKind::GeneFamily)) {
    const auto& family = std::get<model::GeneFamily>(*record);
    for (const std::string& id : family.members) {
      const auto* gene = knowledge_->find_as<model::Gene>(model::RecordKind::Gene, id);
      if (gene != nullptr) families_of_gene_[gene->symbol].push_back(&family);
    }
  }
}

// What people call the tumours of an organ, and tumours that one word names wherever they sit.
void CaseWords::read_tumours() {
  const auto& tree = knowledge_->vocabulary().diagnoses;
  std::set<std::string> known;
  const auto add = [&](const std::string& tissue, const std::string& name) {
    if (tumour_names_.size() < kMaxTumourNames && known.insert(base::fold_name(name)).second) {
      tumour_names_.push_back({tissue, name});
    }
  };
  for (nomenclature::DiagnosisNode node = 0; node < tree.size(); ++node) {
    const auto& facts = tree.facts(node);
    const bool one_word = facts.name.find_first_of(" ,(/") == std::string::npos;
    if (facts.tissue_level) {
      add(facts.tissue, facts.main_type);
    } else if (one_word) {
      add(facts.tissue, facts.name);
    }
  }
  for (nomenclature::DiagnosisNode node = 0; node < tree.size(); ++node) {
    const auto& facts = tree.facts(node);
    if (!facts.tissue_level) continue;
    for (const std::string& name : facts.synonyms) {
      // "Leukaemia" is said of two tissues: of which one a title speaks is open.
      if (const auto meant = tree.by_text(name); meant && *meant == node) add(facts.tissue, name);
    }
  }
}

std::vector<std::string> CaseWords::drugs_for_gene(const std::string& symbol) const {
  return listed(drugs_for_gene_, symbol);
}

std::vector<std::string> CaseWords::changes_of_gene(const std::string& symbol) const {
  return listed(changes_of_gene_, symbol);
}

std::vector<std::string> CaseWords::drugs_of_class(const std::string& drug_class) const {
  return listed(drugs_of_class_, drug_class);
}

std::vector<const model::GeneFamily*> CaseWords::families_of_gene(const std::string& symbol) const {
  const auto found = families_of_gene_.find(symbol);
  return found == families_of_gene_.end() ? std::vector<const model::GeneFamily*>() : found->second;
}

}  // namespace treff::view
