// Generated knowledge bases and cases of any size for the benchmarks: the shipped genes and tumours, invented trials.
//
// The same number gives the same world. By default each gene has four cohorts, however many cohorts there are, so that
// a world grows by genes as real ones do; `genes` fixes their number instead.
#pragma once

#include <algorithm>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "indexer/importers/registry.h"
#include "kb/answer/answer.h"

namespace treff::bench {

struct WorldSize {
  int cohorts = 2000;
  int genes = 0;            // 0: a quarter of the cohorts
  int criteria_leaves = 3;  // of each cohort
};

class Generator {
 public:
  explicit Generator(WorldSize size)
      : size_(size), genes_(size.genes > 0 ? size.genes : std::max(20, size.cohorts / 4)) {}

  std::vector<model::Record> records() {
    add_reference();
    add_genes();
    add_panel();
    for (int i = 0; i < kDrugs; ++i) add_drug(i);
    for (int i = 0; i * kCohortsPerTrial < size_.cohorts; ++i) add_trial(i);
    for (int i = 0; i < size_.cohorts; ++i) add_cohort(i);
    return std::move(out_);
  }

  static std::string symbol(int gene) { return "BENCH" + std::to_string(gene); }

 private:
  static constexpr int kDrugs = 60;
  static constexpr int kCohortsPerTrial = 40;

  int below(int n) { return static_cast<int>(dice_() % static_cast<std::uint64_t>(n)); }

  template <class T>
  T named(const std::string& id, const std::string& name) {
    T record;
    record.id = id;
    record.names.en = "EXAMPLE " + name;
    record.sources = {"bench-source"};
    record.checked_on = Date{2026, 11, 1};
    record.confidence = model::Confidence::Quoted;
    return record;
  }

  void add_reference() {
    NoProgress quiet;
    auto read =
        (*indexer::find_importer("curated"))->read({std::string(TREFF_SOURCE_DIR) + "/kb/seed/reference"}, quiet);
    if (!read) {
      for (const Error& error : read.error()) std::cerr << base::to_text(error) << "\n";
      std::exit(1);
    }
    for (auto& item : *read) out_.push_back(std::move(item.record));
    auto source = named<model::Source>("bench-source", "invented source");
    source.citation = "Invented for benchmarks";
    out_.push_back(std::move(source));
    for (int i = 0; i < 3; ++i) {
      auto site = named<model::Site>("bench-site-" + std::to_string(i), "hospital " + std::to_string(i));
      site.region = "helse-vest";
      out_.push_back(std::move(site));
    }
  }

  void add_genes() {
    for (int i = 0; i < genes_; ++i) {
      auto gene = named<model::Gene>("bench" + std::to_string(i), symbol(i));
      gene.symbol = symbol(i);
      gene.protein_length = 900;
      out_.push_back(std::move(gene));
    }
  }

  void add_panel() {
    auto panel = named<model::Panel>("bench-panel", "panel of every gene, DNA only");
    for (int i = 0; i < genes_; ++i) panel.genes_small_variants.push_back(symbol(i));
    panel.genes_copy_number = panel.genes_small_variants;
    out_.push_back(std::move(panel));
  }

  void add_drug(int i) {
    auto drug = named<model::Drug>("bench-drug-" + std::to_string(i), "drug " + std::to_string(i));
    drug.substance = "benchdrug" + std::to_string(i);
    drug.drug_classes = {"class " + std::to_string(i / 4)};
    out_.push_back(std::move(drug));
  }

  void add_trial(int i) {
    auto trial = named<model::Trial>("bench-trial-" + std::to_string(i), "basket trial " + std::to_string(i));
    trial.status = {open()};
    for (int s = 0; s < 2; ++s) {
      model::TrialSite site;
      site.site = "bench-site-" + std::to_string((i + s) % 3);
      trial.sites.push_back(site);
    }
    model::ClinicalCondition adult;
    adult.age_years = model::Range<int>{18, std::nullopt};
    trial.common_criteria = model::CriteriaPart{};
    trial.common_criteria->rule = leaf(model::CriterionKind::Clinical, adult);
    out_.push_back(std::move(trial));
  }

  static model::StatusChange open() {
    model::StatusChange change;
    change.state = model::EntryState::Open;
    change.from = Date{2025, 1, 1};
    return change;
  }

  template <class Leaf>
  static model::Criterion leaf(model::CriterionKind kind, Leaf what) {
    model::Criterion out;
    out.kind = kind;
    out.leaf = std::move(what);
    return out;
  }

  model::Criterion marker(const std::string& gene) {
    nomenclature::VariantClass cls;
    cls.genes = {gene};
    const int kind = below(100);
    if (kind < 10) {
      cls.kind = nomenclature::ClassKind::Fusion;
    } else if (kind < 20) {
      cls.kind = nomenclature::ClassKind::CopyNumber;
      cls.copy = nomenclature::CopyCall::Amplification;
    } else if (kind < 30) {
      cls.kind = nomenclature::ClassKind::AnyMutation;
    } else {
      cls.kind = nomenclature::ClassKind::Protein;
      cls.change = kind < 65 ? "V600E" : "G" + std::to_string(100 + below(300)) + "R";
    }
    return leaf(model::CriterionKind::Variant, std::move(cls));
  }

  model::Criterion diagnosis() {
    static const std::vector<std::string> codes = {"LUAD", "MEL",  "COAD", "BRCA", "PAAD", "PRAD", "GB",
                                                   "CHOL", "STAD", "BLCA", "THPA", "UCEC", "HCC",  "SARCNOS"};
    model::DiagnosisCondition condition;
    condition.any_of = {below(100) < 25 ? "solid"
                                        : codes[static_cast<std::size_t>(below(static_cast<int>(codes.size())))]};
    return leaf(model::CriterionKind::Diagnosis, std::move(condition));
  }

  void add_cohort(int i) {
    auto cohort = named<model::Cohort>("bench-cohort-" + std::to_string(i), "cohort " + std::to_string(i));
    cohort.trial = "bench-trial-" + std::to_string(i / kCohortsPerTrial);
    cohort.drugs = {"bench-drug-" + std::to_string(below(kDrugs))};
    cohort.status = {open()};
    model::Criterion rule;
    rule.kind = model::CriterionKind::All;
    rule.parts = {diagnosis(), marker(symbol(i % genes_))};
    model::ClinicalCondition fit;
    fit.ecog = model::Range<int>{std::nullopt, 2};
    rule.parts.push_back(leaf(model::CriterionKind::Clinical, fit));
    // More leaves as nested choices of exclusions: "not (A or (B and C))".
    while (static_cast<int>(rule.parts.size()) < size_.criteria_leaves) {
      model::Criterion exclusion;
      exclusion.kind = model::CriterionKind::Not;
      exclusion.parts = {marker(symbol(below(genes_)))};
      rule.parts.push_back(std::move(exclusion));
    }
    cohort.criteria = model::CriteriaPart{};
    cohort.criteria->rule = std::move(rule);
    out_.push_back(std::move(cohort));
  }

  WorldSize size_;
  int genes_;
  std::mt19937_64 dice_{20261122};
  std::vector<model::Record> out_;
};

inline view::View build_view(std::vector<model::Record> records) {
  view::View out;
  out.revision = 1;
  out.knowledge_base = "bench";
  auto knowledge = match::Knowledge::build(std::move(records));
  if (!knowledge) {
    std::cerr << base::to_text(knowledge.error().front()) << "\n";
    std::exit(1);
  }
  out.knowledge = *knowledge;
  auto index = match::MatchIndex::build(out.knowledge);
  if (!index) {
    std::cerr << base::to_text(index.error().front()) << "\n";
    std::exit(1);
  }
  out.index = *index;
  return out;
}

// One case as JSON: every third alteration is a hotspot that cohorts ask for, the others are somewhere else in genes
// that have cohorts too. 14 alterations are about 2 KB, as a panel's export is.
inline std::string case_json(int alterations, int number = 0, int genes = 1000000) {
  std::string out = R"({"id":"case-)" + std::to_string(number) +
                    R"(","diagnosis":{"oncotree":"LUAD"},"age_years":61,"sex":"female","ecog":1,)"
                    R"("disease_extent":"metastatic","tested":{"panel":"bench-panel"},)"
                    R"("specimen":{"kind":"tissue","taken_on":"2026-10-01","tumour_fraction":0.4},"alterations":[)";
  for (int i = 0; i < alterations; ++i) {
    // GCN>ACN is the change of alanine into threonine: the coding and the protein form agree, as in a real export.
    const int codon = 120 + i;
    const bool hotspot = i % 3 == 0;
    const std::string protein = hotspot ? "V600E" : "A" + std::to_string(codon) + "T";
    const std::string coding = hotspot ? "c.1799T>A" : "c." + std::to_string(3 * codon - 2) + "G>A";
    out += (i == 0 ? "" : ",") + std::string(R"({"gene":")") + Generator::symbol((number * 3 + i) % genes) +
           R"(","protein":")" + protein + R"(","coding":")" + coding +
           R"(","consequence":"missense_variant","vaf":0.31,"depth":842})";
  }
  return out + "]}";
}

inline answer::AnswerRequest request() {
  answer::AnswerRequest out;
  out.match.today = Date{2026, 11, 22};
  return out;
}

}  // namespace treff::bench
