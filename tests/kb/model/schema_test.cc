// The schemas in schemas/ are what the tables say, accept every example, and refuse what the codec refuses.
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "kb/model/codec.h"
#include "tests/kb/model/example_files.h"
#include "tests/kb/model/expect_error.h"

namespace treff::model {
namespace {

using nlohmann::json;

class Schema {
 public:
  explicit Schema(const std::string& text) {
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(json_ = json::parse(text)), schema_);
  }

  // Empty if the document is valid.
  std::string fault(const std::string& document) const {
    const json parsed = json::parse(document);
    valijson::Validator validator;
    valijson::ValidationResults results;
    if (validator.validate(schema_, valijson::adapters::NlohmannJsonAdapter(parsed), &results)) return {};
    valijson::ValidationResults::Error error;
    std::string text = "invalid";
    while (results.popError(error)) {
      text += "\n";
      for (const std::string& part : error.context) text += part;
      text += " " + error.description;
    }
    return text;
  }
  bool accepts(const std::string& document) const { return fault(document).empty(); }

 private:
  json json_;
  valijson::Schema schema_;
};

std::string schema_file(RecordKind kind) { return "records/" + std::string(to_string(kind)) + ".schema.json"; }

TEST_CASE("the schema files are those the tables say") {
  std::map<std::string, std::string> want = {{"criterion.schema.json", criterion_schema()},
                                             {"case.schema.json", case_schema()}};
  for (const RecordKindRow& row : kRecordKinds) want[schema_file(row.kind)] = record_schema(row.kind);
  for (const auto& [file, text] : want) {
    INFO(file << " differs from the tables: run treff-schema schemas");
    const bool same = file_text(schemas_folder() / file) == text;
    CHECK(same);
  }
}

TEST_CASE("every example is valid against its schema") {
  std::set<std::string> seen;
  const auto check = [&](const std::string& stem, const std::string& text) {
    const Schema schema(text);
    const auto examples = examples_of(stem);
    CHECK_FALSE(examples.empty());
    for (const ExampleFile& example : examples) {
      INFO(example.name);
      seen.insert(example.name);
      CHECK(schema.fault(example.text) == "");
    }
  };
  for (const RecordKindRow& row : kRecordKinds) check(std::string(row.name), record_schema(row.kind));
  check("criterion", criterion_schema());
  check("case", case_schema());
  CHECK(seen.size() == examples_of("").size());
}

// Every key under "properties", as a path without the indices of lists: "exons/first_codon".
void keys_of_schema(const json& schema, const std::string& at, std::set<std::string>& out) {
  if (schema.contains("items")) keys_of_schema(schema["items"], at, out);
  if (!schema.contains("properties")) return;
  for (const auto& [key, below] : schema["properties"].items()) {
    out.insert(at + key);
    keys_of_schema(below, at + key + "/", out);
  }
}

void keys_of_document(const json& document, const std::string& at, std::set<std::string>& out) {
  if (document.is_array()) {
    for (const json& item : document) keys_of_document(item, at, out);
  } else if (document.is_object()) {
    for (const auto& [key, below] : document.items()) {
      out.insert(at + key);
      keys_of_document(below, at + key + "/", out);
    }
  }
}

TEST_CASE("the example of a kind shows every key of the table") {
  for (const RecordKindRow& row : kRecordKinds) {
    INFO(row.name);
    std::set<std::string> wanted;
    keys_of_schema(json::parse(record_schema(row.kind)), "", wanted);
    std::set<std::string> shown;
    keys_of_document(json::parse(examples_of(std::string(row.name)).front().text), "", shown);
    std::string missing;
    for (const std::string& key : wanted) {
      if (shown.count(key) == 0) missing += key + " ";
    }
    CHECK(missing == "");
  }
}

TEST_CASE("the example of the case shows every key of a case") {
  std::set<std::string> wanted;
  keys_of_schema(json::parse(case_schema()), "", wanted);
  std::set<std::string> shown;
  for (const ExampleFile& example : examples_of("case")) keys_of_document(json::parse(example.text), "", shown);
  std::string missing;
  for (const std::string& key : wanted) {
    if (shown.count(key) == 0) missing += key + " ";
  }
  CHECK(missing == "");
}

TEST_CASE("the example of a criterion shows every kind of node and every class") {
  const std::string text = examples_of("criterion").front().text;
  for (const CriterionKindRow& row : kCriterionKinds) {
    INFO(row.key);
    CHECK(text.find("\"" + std::string(row.key) + "\":") != std::string::npos);
  }
  std::string everywhere;
  for (const ExampleFile& example : examples_of("")) everywhere += example.text;
  for (const auto& row : base::EnumNames<nomenclature::ClassKind>::rows) {
    INFO(row.name);
    CHECK(everywhere.find("\"class\": \"" + std::string(row.name) + "\"") != std::string::npos);
  }
}

struct Change {
  const char* name;
  const char* pointer;  // what is replaced or added
  const char* value;    // JSON; empty = the member is removed
};

// The first example of a kind with one change.
std::string changed(const std::string& text, const Change& change) {
  json document = json::parse(text);
  const json::json_pointer pointer(change.pointer);
  if (std::string(change.value).empty()) {
    document[pointer.parent_pointer()].erase(pointer.back());
  } else {
    document[pointer] = json::parse(change.value);
  }
  return document.dump();
}

TEST_CASE("the schema of a record refuses what the codec refuses") {
  struct Row {
    RecordKind kind;
    Change change;
  };
  using enum RecordKind;
  const std::vector<Row> rows = {
      {Gene, {"kind of another", "/kind", R"("drug")"}},
      {Gene, {"no kind", "/kind", ""}},
      {Gene, {"no id", "/id", ""}},
      {Gene, {"id with capitals", "/id", R"("BRAF")"}},
      {Gene, {"unknown key", "/simbol", R"("X")"}},
      {Gene, {"unknown language", "/names/no", R"("X")"}},
      {Gene, {"empty symbol", "/symbol", R"("")"}},
      {Gene, {"symbol as number", "/symbol", "1"}},
      {Gene, {"null", "/note", "null"}},
      {Gene, {"flag as text", "/hereditary", R"("yes")"}},
      {Gene, {"negative length", "/protein_length", "-1"}},
      {Gene, {"fraction", "/protein_length", "1.5"}},
      {Gene, {"word", "/role", R"("none")"}},
      {Gene, {"day", "/checked_on", R"("2026-13-01")"}},
      {Gene, {"day in words", "/checked_on", R"("yesterday")"}},
      {Gene, {"member of a part", "/exons/0/last_codon", ""}},
      {Gene, {"source as text", "/sources", R"("example-source")"}},
      {Gene, {"empty source", "/sources/0", R"("")"}},
      {Target, {"no criterion", "/criterion", ""}},
      {Target, {"two keys", "/criterion/not", R"({"target":"a"})"}},
      {Target, {"unknown class", "/criterion/variant/class", R"("codons")"}},
      {Cohort, {"a drug without an id", "/drugs/0", R"("")"}},
      {Cohort, {"state", "/status/0/state", R"("opened")"}},
      {Cohort, {"payer", "/funding/payer_kind", R"("hospital")"}},
      {Cohort, {"inside the criterion", "/criteria/rule/all/0/target", "7"}},
      {Panel, {"fraction over 1", "/limits/allele_fraction_min", "5"}},
      {Panel, {"material", "/material", R"("protein")"}},
      {Panel, {"biomarker", "/biomarkers/0", R"("TMB")"}},
      {Initiative, {"month", "/from", R"("2026-13")"}},
      {Organisation, {"role", "/memberships/0/role", R"("friend")"}},
  };
  for (const Row& row : rows) {
    INFO(to_string(row.kind) << ": " << row.change.name);
    const std::string document = changed(examples_of(std::string(to_string(row.kind))).front().text, row.change);
    CHECK_FALSE(decode_record(document));
    CHECK_FALSE(Schema(record_schema(row.kind)).accepts(document));
  }
}

TEST_CASE("the schema of the criterion language refuses what the codec refuses") {
  const Schema schema(criterion_schema());
  for (const char* document : {R"({})",
                               R"({"any":[]})",
                               R"({"all":{"target":"a"}})",
                               R"({"varient":{}})",
                               R"({"target":"A B"})",
                               R"({"at_least":{"n":0,"of":[{"target":"a"}]}})",
                               R"({"at_least":{"of":[{"target":"a"}]}})",
                               R"({"variant":{"gene":"BRAF"}})",
                               R"({"variant":{"class":"any_mutation"}})",
                               R"({"variant":{"gene":"A","genes":["B"],"class":"any_mutation"}})",
                               R"({"variant":{"gene":"BRAF","class":"codon","at":"600"}})",
                               R"({"variant":{"gene":"BRAF","class":"codon","at":"V600","change":"V600E"}})",
                               R"({"variant":{"gene":"BRAF","class":"protein","change":""}})",
                               R"({"variant":{"gene":"T","class":"genomic","change":"x"}})",
                               R"({"variant":{"gene":"T","class":"genomic","change":"x","assembly":"unstated"}})",
                               R"({"variant":{"gene":"ERBB2","class":"copy_number"}})",
                               R"({"variant":{"gene":"EGFR","class":"range"}})",
                               R"({"variant":{"gene":"EGFR","class":"range","start":729,"consequence":["missense"]}})",
                               R"({"variant":{"gene":"PTEN","class":"functional"}})",
                               R"({"variant":{"gene":"BRAF","class":"any_mutation","excludes":[{"class":"codon"}]}})",
                               R"({"variant":{"gene":"BRAF","class":"any_mutation","origin":"unknown"}})",
                               R"({"biomarker":{"name":"tmb"}})",
                               R"({"biomarker":{"name":"tmb","op":">=","value":10}})",
                               R"({"biomarker":{"name":"tmb","op":">=","value":10,"unit":"pct"}})",
                               R"({"biomarker":{"name":"tmb","op":">=","value":10,"unit":"per_mb","is":"high"}})",
                               R"({"biomarker":{"name":"mmr","is":"high"}})",
                               R"({"biomarker":{"name":"mmr","op":">","value":1,"unit":""}})",
                               R"({"diagnosis":{}})",
                               R"({"clinical":{}})",
                               R"({"clinical":{"ecog":{"max":6}}})",
                               R"({"clinical":{"age_years":{}}})",
                               R"({"clinical":{"sex":"unstated"}})",
                               R"({"clinical":{"prior_treatments":[{"drug":"a","drug_class":"b"}]}})",
                               R"({"text":{"ask_nb":"?"}})"}) {
    INFO(document);
    CHECK_FALSE(decode_criterion(document));
    CHECK_FALSE(schema.accepts(document));
  }
}

TEST_CASE("the schema of the case refuses what the codec refuses") {
  const Schema schema(case_schema());
  const std::string text = examples_of("case").front().text;
  const std::vector<Change> rows = {
      {"no diagnosis", "/diagnosis", ""},
      {"two diagnoses", "/diagnosis/icd10", R"("C34")"},
      {"a name", "/name", R"("x")"},
      {"age", "/age_years", "131"},
      {"age as text", "/age_years", R"("61")"},
      {"extent", "/disease_extent", R"("everywhere")"},
      {"fraction", "/alterations/0/vaf", "31"},
      {"text and columns", "/alterations/0/protein", R"("V600E")"},
      {"nothing found", "/alterations/0", R"({"gene":"BRAF"})"},
      {"empty text", "/alterations/0", R"({"text":""})"},
      {"no gene", "/alterations/0", R"({"protein":"V600E"})"},
      {"no partner", "/alterations/0", R"({"fusion":{"five_prime":null}})"},
      {"no exon", "/alterations/0", R"({"gene":"MET","splice":{"by":"rna"}})"},
      {"call", "/alterations/2/copy_number/call", R"("much")"},
      {"biomarker", "/biomarkers/tmb", "12"},
      {"state", "/biomarkers/msi", R"("unknown")"},
      {"state of another", "/biomarkers/mmr", R"("high")"},
      {"failed test", "/tested/failed/0", R"("everything")"},
      {"day", "/specimen/taken_on", R"("2026-10-32")"},
      {"line 0", "/prior_treatments/0/line", "0"},
      {"no drug", "/prior_treatments/0/drug", ""},
  };
  for (const Change& row : rows) {
    INFO(row.name);
    const std::string document = changed(text, row);
    CHECK_FALSE(decode_case(document));
    CHECK_FALSE(schema.accepts(document));
  }
}

TEST_CASE("examples of cases and criteria come back as they were") {
  for (const ExampleFile& example : examples_of("case")) {
    INFO(example.name);
    const auto read = decode_case(example.text);
    if (!read) INFO(all_text(read.error()));
    REQUIRE(read);
    CHECK(encode_case(*read) == canonical_json(example.text).value());
  }
  for (const ExampleFile& example : examples_of("criterion")) {
    INFO(example.name);
    const auto read = decode_criterion(example.text);
    if (!read) INFO(all_text(read.error()));
    REQUIRE(read);
    CHECK(encode_criterion(*read) == canonical_json(example.text).value());
  }
}

}  // namespace
}  // namespace treff::model
