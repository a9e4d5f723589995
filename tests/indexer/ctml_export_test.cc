// Criteria back as CTML: what goes out comes in as the same criterion; what CTML cannot say is named, and nothing made.
#include <catch2/catch.hpp>
#include <map>

#include "indexer/importers/ctml_export.h"
#include "tests/indexer/ctml_fixture.h"

namespace treff::indexer {
namespace {

const base::Date kToday{2026, 11, 22};

// The small world and these records.
std::shared_ptr<const match::Knowledge> world_with(const std::vector<model::Record>& more) {
  std::vector<model::Record> records;
  for (const match::SharedRecord& record : ctml_world::shared_knowledge().records()) records.push_back(*record);
  records.insert(records.end(), more.begin(), more.end());
  auto built = match::Knowledge::build(std::move(records));
  REQUIRE(built);
  return *built;
}

std::vector<model::Record> one_cohort(const std::string& criterion) {
  model::Trial trial;
  trial.id = "trial-a";
  trial.names.en = "A trial";
  model::Cohort cohort;
  cohort.id = "cohort-a";
  cohort.names.en = "A cohort";
  cohort.trial = trial.id;
  auto rule = model::decode_criterion(criterion);
  if (!rule) INFO(base::to_text(rule.error().front()));
  REQUIRE(rule);
  cohort.criteria = model::CriteriaPart{{}, *rule};
  return {trial, cohort};
}

std::string refused(const std::string& criterion) {
  const auto files = export_ctml(*world_with(one_cohort(criterion)), {}, kToday);
  if (files) return "written";
  CHECK(files.error().front().where == "cohort/cohort-a/criteria");
  CHECK(files.error().front().code == ErrorCode::UnsupportedFormat);
  return files.error().front().piece;
}

// The criterion of the only cohort after export and import.
std::string there_and_back(const std::string& criterion) {
  const auto files = export_ctml(*world_with(one_cohort(criterion)), {}, kToday);
  if (!files) return "refused: " + base::to_text(files.error().front());
  REQUIRE(files->size() == 1);
  const auto records = ctml_world::read(files->front().text);
  if (!records) return "not read: " + base::to_text(records.error().front()) + "\n" + files->front().text;
  REQUIRE(records->size() == 3);
  return model::encode_criterion(std::get<model::Cohort>(records->back().record).criteria->rule);
}

std::string canonical(const std::string& criterion) { return model::canonical_json(criterion).value(); }

}  // namespace

TEST_CASE("every criterion of the example goes out and comes back as it was") {
  const auto imported =
      ctml_world::read(ctml_world::file_text(TREFF_SOURCE_DIR "/tests/fixtures/import/ctml/example.yml"));
  REQUIRE(imported);
  std::vector<model::Record> records;
  for (const ImportedRecord& item : *imported) records.push_back(item.record);
  const auto files = export_ctml(*world_with(records), {"ctml-ex-001"}, kToday);
  if (!files) INFO(base::to_text(files.error().front()));
  REQUIRE(files);
  REQUIRE(files->size() == 1);
  CHECK(files->front().name == "ctml-ex-001.json");
  const auto again = ctml_world::read(files->front().text);
  if (!again) INFO(base::to_text(again.error().front()));
  REQUIRE(again);
  std::map<std::string, std::pair<std::string, std::string>> before, after;
  const auto collect = [](const std::vector<ImportedRecord>& list, auto& into) {
    for (const ImportedRecord& item : list) {
      const auto* cohort = std::get_if<model::Cohort>(&item.record);
      if (cohort == nullptr) continue;
      const std::string state(base::name_of(cohort->status.front().state));
      // The id of the arm is the id of the cohort that it came from.
      const auto own = cohort->id.rfind("ctml-ex-001-");
      into[cohort->id.substr(own)] = {model::encode_criterion(cohort->criteria->rule), state};
    }
  };
  collect(*imported, before);
  collect(*again, after);
  CHECK(before.size() == 5);
  CHECK(after == before);
  const auto& trial = std::get<model::Trial>((*again)[1].record);
  CHECK(trial.id == "ctml-ex-001");
  CHECK(trial.status.front().state == model::EntryState::Open);
}

TEST_CASE("what CTML can say comes back with the same meaning") {
  const std::string policy = R"("function_policy":"any",)";
  const std::string kras = R"({"variant":{)" + policy + R"("gene":"KRAS","class":"any_mutation"}})";
  const std::string egfr = R"({"variant":{)" + policy + R"("gene":"EGFR","class":"any_mutation"}})";
  struct Row {
    const char* name;
    std::string in, out;
  };
  const Row rows[] = {
      {"negation goes to the leaves", R"({"not":{"all":[)" + kras + "," + egfr + "]}}",
       R"({"any":[{"not":)" + kras + R"(},{"not":)" + egfr + "}]}"},
      {"double negation", R"({"not":{"not":)" + kras + "}}", kras},
      {"several genes", R"({"variant":{)" + policy + R"("genes":["KRAS","EGFR"],"class":"any_mutation"}})",
       R"({"any":[)" + kras + "," + egfr + "]}"},
      {"age", R"({"clinical":{"age_years":{"min":18,"max":75}}})",
       R"({"all":[{"clinical":{"age_years":{"min":18}}},{"clinical":{"age_years":{"max":75}}}]})"},
      {"not adult", R"({"not":{"clinical":{"age_years":{"min":18}}}})", R"({"clinical":{"age_years":{"max":17}}})"},
      {"tumours", R"({"diagnosis":{"any_of":["LUAD","NSCLC"],"none_of":["LUNG"]}})",
       R"({"all":[{"any":[{"diagnosis":{"any_of":["LUAD"]}},{"diagnosis":{"any_of":["NSCLC"]}}]},)"
       R"({"diagnosis":{"none_of":["LUNG"]}}]})"},
      {"not microsatellite instable",
       R"({"not":{"any":[{"biomarker":{"name":"msi","is":"high"}},{"biomarker":{"name":"mmr","is":"deficient"}}]}})",
       R"({"not":{"any":[{"biomarker":{"is":"deficient","name":"mmr"}},{"biomarker":{"is":"high","name":"msi"}}]}})"},
      {"not so many mutations", R"({"not":{"biomarker":{"name":"tmb","op":">=","value":10,"unit":"per_mb"}}})",
       R"({"biomarker":{"name":"tmb","op":"<","unit":"per_mb","value":10}})"},
      {"a call that takes in the stronger one",
       R"({"variant":{)" + policy + R"("gene":"EGFR","class":"copy_number","copy":"amplification"}})",
       R"({"variant":{)" + policy + R"("gene":"EGFR","class":"copy_number","copy":"amplification"}})"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    CHECK(there_and_back(row.in) == canonical(row.out));
  }
}

TEST_CASE("what CTML cannot say is an error that names the leaf") {
  struct Row {
    const char* criterion;
    const char* leaf;
  };
  const Row rows[] = {
      {R"({"variant":{"gene":"KRAS","class":"any_mutation"}})", "KRAS mutation (only if oncogenic)"},
      {R"({"variant":{"gene":"BRAF","class":"codon","at":"V600"}})", "BRAF V600 mutation"},
      {R"({"variant":{"gene":"KRAS","class":"protein","change":"G12C","origin":"germline"}})",
       "KRAS G12C (germline) (germline)"},
      {R"({"variant":{"gene":"ERBB2","class":"copy_number","min_copies":6}})", "ERBB2"},
      {R"({"biomarker":{"name":"msi","is":"high"}})", "MSI high"},
      {R"({"biomarker":{"name":"hrd","is":"positive"}})", "HRD positive"},
      {R"({"clinical":{"ecog":{"max":1}}})", "ECOG"},
      {R"({"text":{"ask":"Kidney function?"}})", "the question 'Kidney function?'"},
      {R"({"at_least":{"n":2,"of":[{"clinical":{"sex":"male"}},{"clinical":{"sex":"female"}}]}})",
       "at least 2 of several conditions"},
  };
  for (const Row& row : rows) {
    INFO(row.criterion);
    const std::string piece = refused(row.criterion);
    INFO(piece);
    CHECK(piece.rfind(std::string(row.leaf).substr(0, 9), 0) == 0);
  }
  const auto unknown = export_ctml(ctml_world::shared_knowledge(), {"no-such-trial"}, kToday);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().front().code == ErrorCode::NotFound);
}

}  // namespace treff::indexer
