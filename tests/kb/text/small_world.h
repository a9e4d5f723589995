// A small invented knowledge base for the tests of kb/text, and a fresh folder to index it in.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "kb/base/text.h"
#include "kb/text/index_reader.h"
#include "kb/text/index_writer.h"
#include "kb/text/synonyms.h"

namespace treff::text::test {

// Removed with all its content at the end.
class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "treff-text-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

template <class Kind>
Kind named(std::string id, std::string en, std::string nb = {}, std::string note = {}) {
  Kind record;
  record.id = std::move(id);
  record.names.en = std::move(en);
  record.names.nb = std::move(nb);
  record.note = std::move(note);
  return record;
}

inline model::Criterion variant(nomenclature::ClassKind kind, std::vector<std::string> genes, std::string change = {}) {
  nomenclature::VariantClass cls;
  cls.kind = kind;
  cls.genes = std::move(genes);
  cls.change = std::move(change);
  model::Criterion criterion;
  criterion.kind = model::CriterionKind::Variant;
  criterion.leaf = cls;
  return criterion;
}

inline model::Criterion in_diagnosis(std::string code) {
  model::Criterion criterion;
  criterion.kind = model::CriterionKind::Diagnosis;
  criterion.leaf = model::DiagnosisCondition{{std::move(code)}, {}};
  return criterion;
}

inline model::Criterion all_of(std::vector<model::Criterion> parts) {
  model::Criterion criterion;
  criterion.parts = std::move(parts);
  return criterion;
}

inline model::Criterion none_of(model::Criterion part) {
  model::Criterion criterion;
  criterion.kind = model::CriterionKind::Not;
  criterion.parts = {std::move(part)};
  return criterion;
}

inline model::StatusChange status(model::EntryState state, std::optional<Date> from = std::nullopt) {
  model::StatusChange change;
  change.state = state;
  change.from = from;
  return change;
}

inline model::Gene gene(std::string id, std::string symbol, std::vector<std::string> aliases = {}) {
  model::Gene record;
  record.id = std::move(id);
  record.symbol = std::move(symbol);
  record.synonyms = std::move(aliases);
  return record;
}

inline model::Diagnosis diagnosis(std::string code, std::string en, std::string nb, std::string parent) {
  auto record = named<model::Diagnosis>("dx-" + code, std::move(en), std::move(nb));
  record.code = std::move(code);
  record.parent = std::move(parent);
  record.tissue_level = record.code == "LUNG";
  return record;
}

inline model::Drug drug(std::string id, std::string substance, std::vector<std::string> brands, std::string company) {
  model::Drug record;
  record.id = std::move(id);
  record.substance = std::move(substance);
  record.brands = std::move(brands);
  record.companies = {std::move(company)};
  return record;
}

inline model::Cohort cohort(std::string id, std::string name, std::string drug_id, model::Criterion rule) {
  auto record = named<model::Cohort>(std::move(id), std::move(name));
  record.trial = "example-trial";
  record.drugs = {std::move(drug_id)};
  record.criteria.emplace();
  record.criteria->rule = std::move(rule);
  return record;
}

inline std::vector<model::Record> small_trials() {
  auto trial =
      named<model::Trial>("example-trial", "EXAMPLE basket trial of drugs outside their label",
                          "EKSEMPEL utprøving av legemidler", "Pasientene får behandling for svulster i hele landet.");
  trial.phase = "II";
  trial.country = "NO";
  trial.registry_ids = {{"nct", "NCT09999901"}};
  trial.status = {status(model::EntryState::Open, Date{2021, 1, 1})};
  auto imported =
      named<model::Trial>("nct09999902", "Encorafenib in BRAF V600K mutated melanoma", {},
                          "Patients who met all criteria. Tumors with EML4-ALK or c.1799T>A are described.");
  imported.phase = "I";
  imported.country = "SE";
  imported.status = {status(model::EntryState::Closed, Date{2024, 1, 1})};
  auto checkpoint =
      named<model::Trial>("nct09999903", "Checkpoint inhibition and PD-L1 expression", {},
                          "Non-small-cell lung cancer, HER2+ tumours, MET exon 14 skipping, R213* in TP53.");
  checkpoint.phase = "II";
  checkpoint.country = "NO";
  return {trial, imported, checkpoint};
}

inline std::vector<model::Record> small_cohorts() {
  using nomenclature::ClassKind;
  auto braf = cohort("c-braf-luad", "BRAF V600E lung adenocarcinoma", "vemurafenib",
                     all_of({variant(ClassKind::Protein, {"BRAF"}, "V600E"), in_diagnosis("LUAD")}));
  braf.status = {status(model::EntryState::Open, Date{2023, 4, 1}),
                 status(model::EntryState::Closed, Date{2024, 10, 1})};
  auto parp = cohort("c-brca", "BRCA solid tumours", "olaparib",
                     all_of({variant(ClassKind::AnyMutation, {"BRCA1", "BRCA2"}),
                             none_of(variant(ClassKind::AnyMutation, {"KRAS"}))}));
  parp.status = {status(model::EntryState::Open, Date{2023, 4, 1})};
  auto her2 = cohort("c-erbb2", "ERBB2 amplified colorectal cancer", "trastuzumab-deruxtecan",
                     variant(ClassKind::CopyNumber, {"ERBB2"}));
  her2.status = {status(model::EntryState::Planned)};
  auto programme = named<model::AccessProgramme>("p-larotrectinib", "EXAMPLE programme for NTRK fusion");
  programme.route = model::AccessRoute::NamedPatient;
  programme.drugs = {"larotrectinib"};
  programme.company = "example-pharma";
  return {braf, parp, her2, programme};
}

inline std::vector<model::Record> small_world() {
  std::vector<model::Record> records = small_trials();
  for (model::Record& record : small_cohorts()) records.push_back(std::move(record));
  const std::vector<model::Record> rest = {
      gene("braf", "BRAF"),
      gene("brca1", "BRCA1"),
      gene("erbb2", "ERBB2", {"HER2", "NEU"}),
      gene("met", "MET"),
      diagnosis("LUNG", "Lung", "Lunge", ""),
      diagnosis("NSCLC", "Non-Small Cell Lung Cancer", "Ikke-småcellet lungekreft", "dx-LUNG"),
      diagnosis("LUAD", "Lung Adenocarcinoma", "Adenokarsinom i lunge", "dx-NSCLC"),
      diagnosis("COADREAD", "Colorectal Adenocarcinoma", "Tykk- og endetarmskreft", ""),
      diagnosis("MEL", "Melanoma", "Melanom", ""),
      drug("vemurafenib", "vemurafenib", {"Zelboraf"}, "example-pharma"),
      drug("olaparib", "olaparib", {"Lynparza"}, "invented-biotech"),
      drug("trastuzumab-deruxtecan", "trastuzumab deruxtecan", {"Enhertu"}, "invented-biotech"),
      drug("larotrectinib", "larotrectinib", {"Vitrakvi"}, "example-pharma"),
      named<model::Organisation>("example-pharma", "EXAMPLE Pharmaceuticals"),
      named<model::Organisation>("invented-biotech", "EXAMPLE Invented Biotech"),
      named<model::Source>("src-1", "EXAMPLE source about melanoma"),
  };
  records.insert(records.end(), rest.begin(), rest.end());
  return records;
}

class WorldReferred final : public Referred {
 public:
  explicit WorldReferred(const std::vector<model::Record>& records) {
    for (const model::Record& record : records) by_key_[model::key_of(record)] = record;
  }
  const model::Record* find(const model::RecordKey& key) const override {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? nullptr : &found->second;
  }
  const model::Diagnosis* diagnosis(std::string_view code) const override {
    const model::Record* record = find({model::RecordKind::Diagnosis, "dx-" + std::string(code)});
    return record == nullptr ? nullptr : std::get_if<model::Diagnosis>(record);
  }

 private:
  std::map<model::RecordKey, model::Record> by_key_;
};

inline std::shared_ptr<const Synonyms> world_synonyms(const std::vector<model::Record>& records) {
  auto synonyms = std::make_shared<KnowledgeSynonyms>();
  for (const model::Record& record : records) synonyms->add(record);
  synonyms->link();
  return synonyms;
}

inline RecordStream stream(const std::vector<model::Record>& records) {
  return [&records, at = std::size_t{0}]() mutable -> Result<std::optional<model::Record>> {
    if (at == records.size()) return std::optional<model::Record>();
    return std::optional<model::Record>(records[at++]);
  };
}

// Builds `records` as `revision` in `dir`; what open() then says.
inline Result<std::shared_ptr<const TextIndex>> build_and_open(const std::filesystem::path& dir,
                                                               const std::vector<model::Record>& records,
                                                               Revision revision = 1, unsigned shards = 1) {
  NoProgress progress;
  const auto built =
      build_index(dir, stream(records), WorldReferred(records), {revision, shards, records.size()}, progress);
  if (!built) return fail(built.error());
  return TextIndex::open(dir, world_synonyms(records), revision);
}

inline std::vector<std::string> ids_of(const SearchResult& result) {
  std::vector<std::string> ids;
  for (const SearchHit& hit : result.hits) ids.push_back(hit.key.id);
  return ids;
}

// "c-brca olaparib": ids in the order of the hits, or the error as text.
inline std::string found(const TextIndex& index, const std::string& text, const SearchOptions& options = {}) {
  const Result<Query> query = parse_query(text);
  if (!query) return to_text(query.error());
  const Result<SearchResult> result = index.search(*query, options);
  return result ? base::join(ids_of(*result), " ") : to_text(result.error());
}

}  // namespace treff::text::test
