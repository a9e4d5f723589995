#include "kb/match/knowledge.h"

#include <algorithm>
#include <utility>

#include "kb/base/text.h"
#include "kb/nomenclature/read_alteration.h"

namespace treff::match {
namespace {

using model::RecordKind;

nomenclature::GeneFacts facts_of(const model::Gene& gene) {
  nomenclature::GeneFacts facts;
  facts.symbol = gene.symbol;
  facts.hgnc_id = gene.hgnc_id;
  facts.aliases = gene.synonyms;
  facts.previous_symbols = gene.previous_symbols;
  facts.role = gene.role;
  facts.kinase_end = gene.kinase_end;
  facts.hereditary = gene.hereditary;
  facts.clonal_haematopoiesis = gene.clonal_haematopoiesis;
  facts.refseq = gene.refseq;
  facts.ensembl = gene.ensembl;
  facts.protein_length = gene.protein_length;
  for (const auto& exon : gene.exons) facts.exons.push_back({exon.exon, exon.first_codon, exon.last_codon});
  for (const auto& other : gene.other_numberings) {
    nomenclature::IsoformFacts isoform{other.refseq, other.ensembl, other.protein_length, {}};
    for (const auto& shift : other.shifts) isoform.shifts.push_back({shift.from, shift.add});
    facts.isoforms.push_back(std::move(isoform));
  }
  facts.hotspots = gene.hotspots;
  facts.recurrent_partners = gene.recurrent_partners;
  return facts;
}

// Where a curated gene and a gene of an imported table are one (HGNC id, else symbol), the curated facts stand and the
// table's names join (N1).
class GeneJoiner {
 public:
  void add(const model::Gene& gene) { (gene.origin.empty() ? curated_ : imported_).push_back(&gene); }

  std::vector<nomenclature::GeneFacts> join() const {
    std::vector<nomenclature::GeneFacts> out;
    std::unordered_map<std::string, std::size_t> by_id;
    std::unordered_map<std::string, std::size_t> by_symbol;
    out.reserve(curated_.size() + imported_.size());
    for (const model::Gene* gene : curated_) {
      if (!gene->hgnc_id.empty()) by_id.emplace(gene->hgnc_id, out.size());
      by_symbol.emplace(gene->symbol, out.size());
      out.push_back(facts_of(*gene));
    }
    for (const model::Gene* gene : imported_) {
      const auto same_id = gene->hgnc_id.empty() ? by_id.end() : by_id.find(gene->hgnc_id);
      const auto same_symbol = by_symbol.find(gene->symbol);
      if (same_id != by_id.end()) {
        add_names(*gene, out[same_id->second]);
      } else if (same_symbol != by_symbol.end()) {
        add_names(*gene, out[same_symbol->second]);
      } else {
        out.push_back(facts_of(*gene));
        out.back().curated = false;
        out.back().table_aliases = std::move(out.back().aliases);
        out.back().table_previous = std::move(out.back().previous_symbols);
        out.back().aliases.clear();
        out.back().previous_symbols.clear();
      }
    }
    return out;
  }

 private:
  static void add_names(const model::Gene& table, nomenclature::GeneFacts& facts) {
    if (table.symbol != facts.symbol) facts.table_symbols.push_back(table.symbol);
    facts.table_aliases.insert(facts.table_aliases.end(), table.synonyms.begin(), table.synonyms.end());
    facts.table_previous.insert(facts.table_previous.end(), table.previous_symbols.begin(),
                                table.previous_symbols.end());
    // A further Ensembl name of the curated reference transcript numbers residues in the same way (N6).
    const auto same = [&](const std::string& refseq, const std::string& ensembl) {
      if (refseq != facts.refseq || refseq.empty() || ensembl.empty() || ensembl == facts.ensembl) return;
      facts.isoforms.push_back({refseq, ensembl, facts.protein_length, {{1, 0}}});
    };
    same(table.refseq, table.ensembl);
    for (const auto& other : table.other_numberings) same(other.refseq, other.ensembl);
  }

  std::vector<const model::Gene*> curated_;
  std::vector<const model::Gene*> imported_;
};

void append_names(std::vector<std::string>& out, const model::Common& record) {
  for (const std::string* name : {&record.names.en, &record.names.nb, &record.names.nn}) {
    if (!name->empty()) out.push_back(*name);
  }
  out.insert(out.end(), record.synonyms.begin(), record.synonyms.end());
}

nomenclature::DiagnosisFacts facts_of(const model::Diagnosis& diagnosis, const std::string& parent_code) {
  nomenclature::DiagnosisFacts facts;
  facts.code = diagnosis.code;
  facts.parent = parent_code;
  facts.name = diagnosis.names.en;
  facts.main_type = diagnosis.main_type;
  facts.tissue = diagnosis.tissue;
  facts.lineage = diagnosis.lineage;
  facts.tissue_level = diagnosis.tissue_level;
  facts.unknown_primary = diagnosis.unknown_primary;
  append_names(facts.synonyms, diagnosis);
  facts.icd10 = diagnosis.icd10;
  facts.icdo3 = diagnosis.icdo3;
  facts.ncit = diagnosis.ncit;
  facts.doid = diagnosis.doid;
  facts.former_codes = diagnosis.former_codes;
  return facts;
}

nomenclature::DrugFacts facts_of(const model::Drug& drug) {
  nomenclature::DrugFacts facts;
  facts.id = drug.id;
  facts.substance = drug.substance;
  append_names(facts.names, drug);
  facts.names.insert(facts.names.end(), drug.brands.begin(), drug.brands.end());
  facts.names.insert(facts.names.end(), drug.codes.begin(), drug.codes.end());
  facts.classes = drug.drug_classes;
  return facts;
}

// Every regimen of two drugs or more that a label, a cohort or an evidence record names.
std::vector<std::vector<std::string>> regimens_of(const std::vector<SharedRecord>& records) {
  std::vector<std::vector<std::string>> out;
  const auto add = [&out](std::vector<std::string> drugs) {
    if (drugs.size() > 1) out.push_back(std::move(drugs));
  };
  for (const SharedRecord& record : records) {
    if (const auto* cohort = std::get_if<model::Cohort>(record.get())) add(cohort->drugs);
    if (const auto* evidence = std::get_if<model::Evidence>(record.get())) add(evidence->drugs);
    const auto* drug = std::get_if<model::Drug>(record.get());
    if (drug == nullptr) continue;
    for (const auto& label : drug->labels) {
      std::vector<std::string> regimen = label.with_drugs;
      regimen.push_back(drug->id);
      add(std::move(regimen));
    }
  }
  return out;
}

// Adds the canonical text of every alteration that `criterion` names exactly and positively (M9).
void collect_named(const model::Criterion& criterion, const nomenclature::GeneTable& genes,
                   std::unordered_set<std::string>& out) {
  if (criterion.kind == model::CriterionKind::Not) return;
  for (const model::Criterion& part : criterion.parts) collect_named(part, genes, out);
  const auto* variant = std::get_if<nomenclature::VariantClass>(&criterion.leaf);
  if (variant == nullptr || variant->kind != nomenclature::ClassKind::Protein) return;
  for (const std::string& gene : variant->genes) {
    nomenclature::AlterationText text;
    text.gene = gene;
    text.protein = variant->change;
    if (const auto reading = nomenclature::read_alteration(text, genes)) out.insert(reading->value.canonical);
  }
}

std::unordered_set<std::string> symbols_of(const std::vector<std::string>& names,
                                           const nomenclature::GeneTable& genes) {
  std::unordered_set<std::string> out;
  for (const std::string& name : names) {
    if (const auto found = genes.lookup(name)) out.insert(found->gene->symbol);
  }
  return out;
}

// Panel gene lists are checked when the panel is imported; an unknown symbol there cannot be a case's error.
PanelGenes genes_of(const model::Panel& panel, const nomenclature::GeneTable& genes) {
  PanelGenes out;
  out.small = symbols_of(panel.genes_small_variants, genes);
  out.copy_number = symbols_of(panel.genes_copy_number, genes);
  if (panel.reports_deletions) out.losses = out.copy_number;
  out.fusion = symbols_of(panel.genes_fusion, genes);
  out.splice = symbols_of(panel.genes_splice, genes);
  return out;
}

// Where two records share a name, the first id holds.
void add_lookup_tables(const Knowledge& knowledge, Vocabulary& words) {
  for (const auto& [id, panel] : words.panels) words.panel_genes.emplace(id, genes_of(panel, words.genes));
  for (const model::Record* record : knowledge.all(RecordKind::Trial)) {
    const model::Common& trial = model::common_of(*record);
    std::vector<std::string> names = {trial.id};
    append_names(names, trial);
    for (const std::string& name : names) words.trials.emplace(base::fold_name(name), trial.id);
  }
  for (const model::Record* record : knowledge.all(RecordKind::Drug)) {
    for (const std::string& name : std::get<model::Drug>(*record).drug_classes) {
      words.drug_classes.emplace(drug_class_key(name), name);
    }
  }
}

// Records whose names, or whose exactly named alterations, the vocabulary is built from.
bool carries_names(RecordKind kind) {
  switch (kind) {
    case RecordKind::Gene:
    case RecordKind::GeneFamily:
    case RecordKind::Diagnosis:
    case RecordKind::Target:
    case RecordKind::Drug:
    case RecordKind::Trial:
    case RecordKind::Evidence:
    case RecordKind::Panel: return true;
    case RecordKind::Organisation:
    case RecordKind::Cohort:
    case RecordKind::AccessProgramme:
    case RecordKind::Site:
    case RecordKind::Initiative:
    case RecordKind::Statement:
    case RecordKind::Source: return false;
  }
  return true;
}

// The records with names are the very same objects in both.
bool same_names(const std::vector<SharedRecord>& a, const std::vector<SharedRecord>& b) {
  const auto next = [](const std::vector<SharedRecord>& list, std::size_t i) {
    while (i < list.size() && !carries_names(model::kind_of(*list[i]))) ++i;
    return i;
  };
  std::size_t i = next(a, 0);
  std::size_t k = next(b, 0);
  for (; i < a.size() && k < b.size(); i = next(a, i + 1), k = next(b, k + 1)) {
    if (a[i] != b[k]) return false;
  }
  // Of a cohort only its regimen is a name, and cohorts change most.
  return i == a.size() && k == b.size() && regimens_of(a) == regimens_of(b);
}

// Collects the names of all records, then builds the tables.
class VocabularyBuilder {
 public:
  explicit VocabularyBuilder(const Knowledge& knowledge) : knowledge_(knowledge) {}

  Result<std::shared_ptr<const Vocabulary>> run() {
    for (const SharedRecord& record : knowledge_.records()) add(*record);
    words_->genes = nomenclature::GeneTable(genes_.join(), std::move(families_));
    words_->drugs = nomenclature::DrugNames(std::move(drugs_), regimens_of(knowledge_.records()));
    auto tree = nomenclature::DiagnosisTree::build(std::move(diagnoses_));
    if (!tree) return fail(tree.error());
    words_->diagnoses = std::move(*tree);
    for (const SharedRecord& record : knowledge_.records()) {
      if (const auto* target = std::get_if<model::Target>(record.get())) {
        collect_named(target->criterion, words_->genes, words_->named_alterations);
      } else if (const auto* evidence = std::get_if<model::Evidence>(record.get())) {
        // That a drug did nothing says nothing of the alteration.
        const bool speaks = evidence->direction != model::EvidenceDirection::NoBenefit && is_established(*evidence);
        if (speaks) collect_named(evidence->criterion, words_->genes, words_->named_alterations);
      }
    }
    add_lookup_tables(knowledge_, *words_);
    return std::shared_ptr<const Vocabulary>(std::move(words_));
  }

 private:
  void add(const model::Record& record) {
    if (const auto* gene = std::get_if<model::Gene>(&record)) {
      genes_.add(*gene);
    } else if (const auto* family = std::get_if<model::GeneFamily>(&record)) {
      nomenclature::FamilyFacts facts{family->names.en, {}, {}};
      append_names(facts.names, *family);
      for (const std::string& id : family->members) {
        if (const auto* member = knowledge_.find_as<model::Gene>(RecordKind::Gene, id))
          facts.members.push_back(member->symbol);
      }
      families_.push_back(std::move(facts));
    } else if (const auto* diagnosis = std::get_if<model::Diagnosis>(&record)) {
      const auto* parent = knowledge_.find_as<model::Diagnosis>(RecordKind::Diagnosis, diagnosis->parent);
      diagnoses_.push_back(facts_of(*diagnosis, parent == nullptr ? std::string() : parent->code));
    } else if (const auto* drug = std::get_if<model::Drug>(&record)) {
      drugs_.push_back(facts_of(*drug));
      for (const std::string& id : drug->genes) {
        const auto* gene_record = knowledge_.find_as<model::Gene>(RecordKind::Gene, id);
        if (gene_record != nullptr) words_->drugs_against_gene[gene_record->symbol].push_back(drug->id);
      }
    } else if (const auto* panel = std::get_if<model::Panel>(&record)) {
      words_->panels.emplace(panel->id, *panel);
    }
  }

  const Knowledge& knowledge_;
  std::shared_ptr<Vocabulary> words_ = std::make_shared<Vocabulary>();
  GeneJoiner genes_;
  std::vector<nomenclature::FamilyFacts> families_;
  std::vector<nomenclature::DiagnosisFacts> diagnoses_;
  std::vector<nomenclature::DrugFacts> drugs_;
};

}  // namespace

std::string drug_class_key(const std::string& name) {
  std::string key = base::fold_name(name);
  const auto replace_end = [&](std::string_view from, std::string_view to) {
    if (key.size() <= from.size() || key.compare(key.size() - from.size(), from.size(), from) != 0) return;
    key.replace(key.size() - from.size(), from.size(), to);
  };
  replace_end("s", "");
  for (const std::string_view ending : {"hemmere", "hemmer"}) replace_end(ending, "inhibitor");
  std::replace(key.begin(), key.end(), '-', ' ');
  return key;
}

Checked<std::shared_ptr<const Knowledge>> Knowledge::build(std::vector<model::Record> records) {
  KnowledgeParts parts;
  parts.records.reserve(records.size());
  for (model::Record& record : records) {
    parts.records.push_back(std::make_shared<const model::Record>(std::move(record)));
  }
  return build(std::move(parts), nullptr);
}

Checked<std::shared_ptr<const Knowledge>> Knowledge::build(KnowledgeParts parts, const Knowledge* like) {
  auto knowledge = std::make_shared<Knowledge>();
  knowledge->records_ = std::move(parts.records);
  knowledge->resting_ = parts.resting_trials != nullptr ? std::move(parts.resting_trials)
                                                        : std::make_shared<const std::set<std::string>>();
  std::vector<Error> errors;
  for (std::size_t i = 0; i < knowledge->records_.size(); ++i) {
    const model::RecordKey key = model::key_of(*knowledge->records_[i]);
    if (!knowledge->by_key_.emplace(key, i).second) {
      errors.push_back(Error{ErrorCode::DuplicateId,
                             "two records have the id '" + key.id + "'",
                             std::string(model::to_string(key.kind)) + "/" + key.id,
                             key.id,
                             std::nullopt,
                             {}});
    }
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  if (like != nullptr && same_names(knowledge->records_, like->records_)) {
    knowledge->vocabulary_ = like->vocabulary_;
  } else {
    auto vocabulary = VocabularyBuilder(*knowledge).run();
    if (!vocabulary) return fail_all({vocabulary.error()});
    knowledge->vocabulary_ = std::move(*vocabulary);
  }
  return std::shared_ptr<const Knowledge>(std::move(knowledge));
}

bool Knowledge::has(const model::RecordKey& key) const {
  return by_key_.count(key) != 0 || (key.kind == RecordKind::Trial && resting_->count(key.id) != 0);
}

std::size_t Knowledge::count(RecordKind kind) const {
  return all(kind).size() + (kind == RecordKind::Trial ? resting_->size() : 0);
}

bool is_established(const model::Evidence& evidence) {
  return !evidence.level || evidence.level->scale != "CIViC" || evidence.level->level == "A" ||
         evidence.level->level == "B";
}

const model::Record* Knowledge::find(const model::RecordKey& key) const {
  const auto it = by_key_.find(key);
  return it == by_key_.end() ? nullptr : records_[it->second].get();
}

std::vector<const model::Record*> Knowledge::all(RecordKind kind) const {
  std::vector<const model::Record*> out;
  for (auto it = by_key_.lower_bound({kind, std::string()}); it != by_key_.end() && it->first.kind == kind; ++it) {
    out.push_back(records_[it->second].get());
  }
  return out;
}

std::string Knowledge::display_name(RecordKind kind, const std::string& id) const {
  const model::Record* record = find({kind, id});
  if (record == nullptr) return id;
  const std::string& name = model::common_of(*record).names.en;
  return name.empty() ? id : name;
}

}  // namespace treff::match
