#include "kb/model/references.h"

#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "kb/model/codec.h"
#include "tests/kb/model/example_files.h"
#include "tests/kb/model/expect_error.h"

namespace treff::model {
namespace {

using nlohmann::json;

Record example(const std::string& name) {
  for (const ExampleFile& file : examples_of(name)) {
    if (file.name == name) return decode_record(file.text).value();
  }
  FAIL("no example " << name);
  return {};
}

// An example with the value at `pointer` replaced by `value` (JSON), read again.
Record changed(const std::string& name, const std::string& pointer, const std::string& value) {
  json document = json::parse(encode_record(example(name)));
  document[json::json_pointer(pointer)] = json::parse(value);
  const auto record = decode_record(document.dump());
  if (!record) INFO(all_text(record.error()));
  REQUIRE(record);
  return *record;
}

// "kind id pointer" of every reference.
std::vector<std::string> lines(const std::vector<Reference>& references) {
  std::vector<std::string> out;
  for (const Reference& reference : references) {
    out.push_back(std::string(to_string(reference.to.kind)) + " " + reference.to.id + " " + reference.pointer);
  }
  return out;
}

bool contains(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

// All examples as one knowledge base.
class Examples {
 public:
  Examples() {
    for (const RecordKindRow& row : kRecordKinds) {
      for (const ExampleFile& file : examples_of(std::string(row.name))) {
        records.push_back(decode_record(file.text).value());
      }
    }
  }
  Existing existing() const {
    std::set<RecordKey> keys;
    std::set<std::string> symbols;
    std::set<std::string> codes = {"solid", "haematological", "any"};
    for (const Record& record : records) {
      keys.insert(key_of(record));
      if (const auto* gene = std::get_if<Gene>(&record)) symbols.insert(gene->symbol);
      if (const auto* diagnosis = std::get_if<Diagnosis>(&record)) codes.insert(diagnosis->code);
    }
    return {[keys](const RecordKey& key) { return keys.count(key) > 0; },
            [symbols](const std::string& symbol) { return symbols.count(symbol) > 0; },
            [codes](const std::string& code) { return codes.count(code) > 0; },
            [keys](RecordKind kind) {
              std::vector<std::string> ids;
              for (const RecordKey& key : keys) {
                if (key.kind == kind) ids.push_back(key.id);
              }
              return ids;
            }};
  }

  std::vector<Record> records;
};

TEST_CASE("the examples keep all rules and refer only to one another") {
  const Examples examples;
  const Existing existing = examples.existing();
  CHECK(examples.records.size() > kRecordKinds.size());
  for (const Record& record : examples.records) {
    INFO(to_string(kind_of(record)) << " " << common_of(record).id);
    CHECK(all_text(check_record(record)) == "");
    CHECK(all_text(check_references(record, existing)) == "");
  }
}

TEST_CASE("every id a record names is found, with its place") {
  struct Row {
    const char* name;
    std::vector<std::string> want;
  };
  const std::vector<Row> rows = {
      {"gene_family", {"gene exmp1 /members/0", "gene exmp2 /members/1", "source example-source /sources/0"}},
      {"diagnosis", {"diagnosis extissue /parent"}},
      {"drug",
       {"gene exmp1 /genes/0", "target exmp1-v600 /targets/0", "organisation example-pharma /companies/0",
        "target exmp1-v600 /labels/0/criterion/all/0/target", "drug exampletinib /labels/0/with_drugs/0",
        "source example-source /labels/0/sources/0"}},
      {"organisation",
       {"initiative example-initiative /memberships/0/initiative", "drug examplinib /supply_agreements/0/drug",
        "trial example-trial /supply_agreements/0/trial"}},
      {"trial",
       {"organisation example-pharma /sponsor", "organisation example-pharma /collaborators/0",
        "initiative example-initiative /initiative", "source example-source /design/sources/0",
        "source example-source /common_criteria/sources/0", "drug examplinib /drugs/0/drugs/0",
        "target exmp1-v600 /drugs/0/marker/target", "site example-site /sites/0/site"}},
      {"cohort",
       {"trial example-trial /trial", "drug examplinib /drugs/0", "target exmp1-v600 /criteria/rule/all/0/target",
        "trial example-trial /stage_basis/trial", "organisation example-pharma /funding/payer"}},
      {"access_programme",
       {"organisation example-pharma /company", "organisation example-pharma /authority",
        "target exmp1-v600 /criteria/rule/target"}},
      {"site", {"organisation example-pharma /hospital_trust"}},
      {"statement", {"statement example-screened-press /conflicts_with/0", "trial example-trial /subject"}},
  };
  for (const Row& row : rows) {
    const auto found = lines(references_of(example(row.name)));
    for (const std::string& want : row.want) {
      INFO(row.name << ": " << want);
      CHECK(contains(found, want));
    }
  }
}

TEST_CASE("every name inside a criterion is found, with its place") {
  const auto criterion = decode_criterion(
      R"({"all":[{"not":{"target":"t1"}},{"at_least":{"n":1,"of":[{"target":"t2"}]}},
          {"variant":{"genes":["A","B"],"class":"any_mutation","excludes":[{"class":"codon","at":"V600"},
            {"gene":"C","class":"any_mutation"}]}},
          {"variant":{"gene":"D","class":"fusion","partner":"E","excluded_partners":["F"]}},
          {"biomarker":{"name":"msi","is":"high","assay":"p"}},{"diagnosis":{"any_of":["X"],"none_of":["Y"]}},
          {"clinical":{"prior_treatments":[{"drug_class":"x"},{"drug":"d"}]}}]})");
  REQUIRE(criterion);
  const CriterionNames names = names_in(*criterion, "/rule");
  using Lines = std::vector<std::string>;
  CHECK(lines(names.targets) ==
        Lines{"target t1 /rule/all/0/not/target", "target t2 /rule/all/1/at_least/of/0/target"});
  CHECK(lines(names.genes) == Lines{"gene A /rule/all/2/variant/genes/0", "gene B /rule/all/2/variant/genes/1",
                                    "gene C /rule/all/2/variant/excludes/1/gene", "gene D /rule/all/3/variant/gene",
                                    "gene E /rule/all/3/variant/partner",
                                    "gene F /rule/all/3/variant/excluded_partners/0"});
  CHECK(lines(names.panels) == Lines{"panel p /rule/all/4/biomarker/assay"});
  CHECK(lines(names.diagnoses) ==
        Lines{"diagnosis X /rule/all/5/diagnosis/any_of/0", "diagnosis Y /rule/all/5/diagnosis/none_of/0"});
  CHECK(lines(names.drugs) == Lines{"drug d /rule/all/6/clinical/prior_treatments/1/drug"});
}

TEST_CASE("the criteria of a record are found, with their places") {
  struct Row {
    const char* name;
    std::vector<std::string> want;
  };
  const std::vector<Row> rows = {{"target", {"/criterion"}},
                                 {"drug", {"/labels/0/criterion"}},
                                 {"trial", {"/common_criteria/rule", "/drugs/0/marker"}},
                                 {"cohort", {"/criteria/rule"}},
                                 {"evidence", {"/criterion"}},
                                 {"gene", {}}};
  for (const Row& row : rows) {
    INFO(row.name);
    const Record record = example(row.name);
    std::vector<std::string> places;
    for (const auto& [at, criterion] : criteria_of(record)) places.push_back(at);
    CHECK(places == row.want);
  }
}

TEST_CASE("a reference to what does not exist is named with the nearest id") {
  using enum ErrorCode;
  struct Row {
    const char* name;
    const char* pointer;
    const char* value;
    ErrorCode code;
    const char* hint;
  };
  const std::vector<Row> rows = {
      {"cohort", "/trial", R"("example-trail")", DanglingId, "example-trial"},
      {"cohort", "/drugs/0", R"("something-else")", DanglingId, "add the drug"},
      {"cohort", "/criteria/rule/all/0/target", R"("exmp1-v60")", DanglingId, "exmp1-v600"},
      {"cohort", "/status/0/sources/0", R"("example-sources")", DanglingId, "example-source"},
      {"target", "/criterion/variant/gene", R"("EXMP9")", UnknownName, "approved symbol"},
      {"evidence", "/diagnoses/0", R"("EXDY")", UnknownName, "OncoTree"},
      {"drug", "/labels/0/criterion/all/1/diagnosis/none_of/0", R"("liquid")", UnknownName, "haematological"},
      {"statement", "/subject", R"("nothing")", DanglingId, "trial"},
  };
  const Existing existing = Examples().existing();
  for (const Row& row : rows) {
    INFO(row.name << " " << row.pointer);
    const auto errors = check_references(changed(row.name, row.pointer, row.value), existing);
    INFO(all_text(errors));
    REQUIRE(errors.size() == 1);
    CHECK(to_string(errors[0].code) == to_string(row.code));
    CHECK(errors[0].where == row.pointer);
    CHECK(errors[0].hint.find(row.hint) != std::string::npos);
  }
}

TEST_CASE("a broken rule of one record is named at its place") {
  using enum ErrorCode;
  struct Row {
    const char* name;
    const char* pointer;
    const char* value;
    ErrorCode code;
    const char* where;
  };
  const std::vector<Row> rows = {
      {"gene", "/sources", "[]", MissingSource, "/sources"},
      {"gene", "/exons/0/first_codon", "301", InvalidValue, "/exons/0/first_codon"},
      {"gene", "/exons/1/exon", "1", InvalidValue, "/exons/1/exon"},
      {"gene", "/exons/1/last_codon", "768", InvalidValue, "/exons/1/last_codon"},
      {"gene", "/hotspots/1", "767", InvalidValue, "/hotspots/1"},
      {"diagnosis", "/parent", R"("exdx")", Cycle, "/parent"},
      {"target", "/criterion", R"({"not":{"target":"exmp1-v600"}})", Cycle, "/criterion/not/target"},
      {"drug", "/labels/0/to", R"("2023-12-31")", InvalidDate, "/labels/0/to"},
      {"organisation", "/memberships/0/to", R"("2024-12")", InvalidDate, "/memberships/0/to"},
      {"organisation", "/country", R"("Norway")", InvalidValue, "/country"},
      {"organisation", "/country", R"("no")", InvalidValue, "/country"},
      {"initiative", "/to", R"("2019")", InvalidDate, "/to"},
      {"trial", "/design/stage1_min_effects", "9", InvalidValue, "/design/stage1_min_effects"},
      {"trial", "/design/stage2_patients_total", "7", InvalidValue, "/design/stage1_patients"},
      {"trial", "/design/stage2_min_effects", "25", InvalidValue, "/design/stage2_min_effects"},
      {"cohort", "/slots/left", "25", InvalidValue, "/slots/left"},
      {"cohort", "/enrolment/0/effects", "11", InvalidValue, "/enrolment/0/effects"},
      {"cohort", "/enrolment/0/evaluable", "13", InvalidValue, "/enrolment/0/evaluable"},
      {"cohort", "/enrolment/0/pending", "13", InvalidValue, "/enrolment/0/pending"},
      {"access_programme", "/valid_until", R"("2026-01-14")", InvalidDate, "/valid_until"},
      {"panel", "/limits/grey_from", "2.3", InvalidValue, "/limits/grey_from"},
      {"panel", "/limits/msi_stable_below_pct", "21", InvalidValue, "/limits/msi_stable_below_pct"},
      {"panel", "/limits/amplification_measure", R"("unstated")", MissingKey, "/limits/amplification_measure"},
      {"statement", "/subject_kind", R"("tril")", InvalidValue, "/subject_kind"},
      {"site", "/names/en", R"("Hospital")", InvalidValue, "/confidence"},
  };
  for (const Row& row : rows) {
    INFO(row.name << " " << row.pointer);
    const auto errors = check_record(changed(row.name, row.pointer, row.value));
    INFO(all_text(errors));
    REQUIRE(errors.size() == 1);
    CHECK(to_string(errors[0].code) == to_string(row.code));
    CHECK(errors[0].where == row.where);
  }
}

TEST_CASE("an invented part is no part of a record without the mark") {
  Record record = example("cohort");
  auto& cohort = std::get<Cohort>(record);
  cohort.names.en = "Real cohort";
  cohort.confidence = Confidence::Quoted;
  const auto errors = check_record(record);
  CHECK(errors.size() == 7);
  for (const Error& error : errors) {
    INFO(error.where);
    CHECK(error.where.find("/confidence") != std::string::npos);
  }
}

TEST_CASE("records made in memory are held to the form of their JSON") {
  struct Row {
    const char* name;
    std::function<void(Cohort&)> change;
    std::string where;
  };
  const std::vector<Row> rows = {
      {"id", [](Cohort& c) { c.id = "Not A Slug"; }, "/id"},
      {"no day", [](Cohort& c) { c.checked_on.reset(); }, "/checked_on"},
      {"no trial", [](Cohort& c) { c.trial.clear(); }, "/trial"},
      {"not UTF-8", [](Cohort& c) { c.note = "\xC3\x28"; }, "/note"},
      {"control character", [](Cohort& c) { c.note = std::string("a\0b", 3); }, "/note"},
      {"negative count", [](Cohort& c) { c.enrolment[0].screened = -1; }, "/enrolment/0/screened"},
      {"impossible day",
       [](Cohort& c) {
         c.status[0].from = Date{2026, 2, 30};
       },
       "/status/0/from"},
      {"no number", [](Cohort& c) { c.criteria->rule.kind = CriterionKind::AtLeast; }, "/criteria/rule/at_least/n"},
      {"leaf of another kind", [](Cohort& c) { c.criteria->rule.parts[0].kind = CriterionKind::Text; },
       "/criteria/rule/all/0/text/ask"},
      {"key of another class",
       [](Cohort& c) {
         nomenclature::VariantClass cls;
         cls.genes = {"EXMP1"};
         cls.at = "V600";
         Criterion& part = c.criteria->rule.parts[0];
         part.kind = CriterionKind::Variant;
         part.leaf = cls;
       },
       "/criteria/rule/all/0/variant/at"},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    Record record = example("cohort");
    row.change(std::get<Cohort>(record));
    const auto errors = check_record(record);
    INFO(all_text(errors));
    REQUIRE(errors.size() == 1);
    CHECK(errors[0].where == row.where);
  }
}

}  // namespace
}  // namespace treff::model
