#include "kb/text/criterion_text.h"

#include <algorithm>
#include <utility>

#include "kb/base/enum_names.h"
#include "kb/base/text.h"

namespace treff::text {
namespace {

using model::Criterion;
using model::CriterionKind;
using nomenclature::ClassKind;
using nomenclature::VariantClass;

constexpr int kMaxAncestors = 12;

template <class E>
std::string words_for(E value) {
  std::string words(base::name_of(value));
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

// What the class says beside its genes, in the words of its kind.
std::string kind_words(const VariantClass& cls) {
  switch (cls.kind) {
    case ClassKind::Protein:
    case ClassKind::Coding:
    case ClassKind::Genomic: return cls.change;
    case ClassKind::Codon: return cls.at;
    case ClassKind::Range: return "codon " + std::to_string(cls.start) + " " + std::to_string(cls.end);
    case ClassKind::Exon: return "exon " + std::to_string(cls.exon);
    case ClassKind::AnyMutation: return "mutation";
    case ClassKind::Functional: return words_for(cls.function) + " mutation";
    case ClassKind::CopyNumber: return words_for(cls.copy);
    case ClassKind::Fusion: return "fusion";
    case ClassKind::Splice: return "exon " + std::to_string(cls.exon) + " skipping";
    case ClassKind::NamedStructural: return cls.name;
    case ClassKind::Biallelic: return "biallelic inactivation";
    case ClassKind::WildType: return "wild type";
    case ClassKind::Expression: return cls.method + " " + base::join(cls.levels, " ");
  }
  return {};
}

class CriterionReader {
 public:
  explicit CriterionReader(const Referred& referred) : referred_(referred) {}

  void read(const Criterion& criterion, int depth) {
    if (depth > model::kMaxCriterionDepth) return;
    switch (criterion.kind) {
      case CriterionKind::Not: return;
      case CriterionKind::All:
      case CriterionKind::Any:
      case CriterionKind::AtLeast:
        for (const Criterion& part : criterion.parts) read(part, depth + 1);
        return;
      case CriterionKind::Target: return target(criterion.target, depth);
      case CriterionKind::Variant:
      case CriterionKind::Biomarker:
      case CriterionKind::Diagnosis:
      case CriterionKind::Clinical:
      case CriterionKind::Text: return leaf(criterion);
    }
  }

  CriterionText take() { return std::move(text_); }

 private:
  void leaf(const Criterion& criterion) {
    if (const auto* cls = std::get_if<VariantClass>(&criterion.leaf)) {
      variant(*cls);
    } else if (const auto* biomarker = std::get_if<model::BiomarkerCondition>(&criterion.leaf)) {
      std::string words = words_for(biomarker->name);
      if (biomarker->is) words += " " + words_for(*biomarker->is);
      add(text_.markers, words);
    } else if (const auto* diagnosis = std::get_if<model::DiagnosisCondition>(&criterion.leaf)) {
      for (const std::string& code : diagnosis->any_of) tumour(code);
    } else if (const auto* rule = std::get_if<model::TextRule>(&criterion.leaf)) {
      add(text_.questions, rule->ask);
      add(text_.questions, rule->ask_nb);
    }
  }

  void target(const std::string& id, int depth) {
    add(text_.markers, id);
    const model::Record* record = referred_.find({model::RecordKind::Target, id});
    const auto* target = record == nullptr ? nullptr : std::get_if<model::Target>(record);
    if (target == nullptr) return;
    for (const std::string* name : {&target->names.en, &target->names.nb, &target->names.nn}) add(text_.markers, *name);
    read(target->criterion, depth + 1);
  }

  void variant(const VariantClass& cls) {
    for (const std::string& gene : cls.genes) {
      add(text_.genes, gene);
      add(text_.markers, gene + " " + kind_words(cls));
      if (cls.partner.empty()) continue;
      add(text_.markers, gene + "-" + cls.partner);
      add(text_.markers, cls.partner + "-" + gene);
    }
    if (!cls.partner.empty()) add(text_.genes, cls.partner);
    for (const auto consequence : cls.consequences) add(text_.markers, words_for(consequence));
  }

  void tumour(std::string_view code) {
    add(text_.diagnoses, std::string(code));
    const model::Diagnosis* node = referred_.diagnosis(code);
    for (int step = 0; node != nullptr && step < kMaxAncestors; ++step) {
      add(text_.diagnoses, node->code);
      for (const std::string* name : {&node->names.en, &node->names.nb, &node->names.nn}) add(text_.diagnoses, *name);
      if (node->parent.empty()) return;
      const model::Record* parent = referred_.find({model::RecordKind::Diagnosis, node->parent});
      node = parent == nullptr ? nullptr : std::get_if<model::Diagnosis>(parent);
    }
  }

  static void add(std::vector<std::string>& list, std::string text) {
    if (text.empty() || std::find(list.begin(), list.end(), text) != list.end()) return;
    list.push_back(std::move(text));
  }

  const Referred& referred_;
  CriterionText text_;
};

}  // namespace

CriterionText text_of_criterion(const model::Criterion& criterion, const Referred& referred) {
  CriterionReader reader(referred);
  reader.read(criterion, 0);
  return reader.take();
}

}  // namespace treff::text
