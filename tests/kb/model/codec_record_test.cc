#include <catch2/catch.hpp>

#include "kb/model/codec.h"
#include "kb/model/references.h"
#include "tests/kb/model/example_files.h"
#include "tests/kb/model/expect_error.h"

namespace treff::model {
namespace {

// A gene with what it must have, and the members of `rest`, each ending in a comma.
std::string gene(const std::string& rest) {
  return "{" + rest + R"("kind":"gene","id":"braf","symbol":"BRAF","checked_on":"2026-11-01","confidence":"quoted"})";
}
std::string cohort(const std::string& rest) {
  return "{" + rest +
         R"("kind":"cohort","id":"c","trial":"t","drugs":["d"],"checked_on":"2026-11-01","confidence":"quoted"})";
}

TEST_CASE("every example comes back as it was") {
  for (const RecordKindRow& row : kRecordKinds) {
    const auto examples = examples_of(std::string(row.name));
    REQUIRE_FALSE(examples.empty());
    for (const ExampleFile& example : examples) {
      INFO(example.name);
      const auto read = decode_record(example.text);
      if (!read) INFO(all_text(read.error()));
      REQUIRE(read);
      CHECK(kind_of(*read) == row.kind);
      const std::string canonical = encode_record(*read);
      CHECK(canonical == canonical_json(example.text).value());
      CHECK(encode_record(decode_record(canonical).value()) == canonical);
    }
  }
}

TEST_CASE("members reach their places") {
  const auto read = decode_record(examples_of("gene").front().text);
  REQUIRE(read);
  const auto& gene = std::get<Gene>(*read);
  CHECK(gene.id == "exmp1");
  CHECK(gene.names.nb == "EKSEMPEL gen 1");
  CHECK(gene.checked_on == Date{2026, 11, 1});
  CHECK(gene.confidence == Confidence::Example);
  CHECK(gene.kinase_end == nomenclature::KinaseEnd::ThreePrime);
  REQUIRE(gene.other_numberings.size() == 1);
  CHECK(gene.other_numberings[0].shifts[1].add == -18);
  CHECK(gene.other_numberings[0].confidence == Confidence::Example);
  CHECK(gene.hotspots == std::vector<int>{600, 601});
}

TEST_CASE("defaults are read where they are spelled out and never written") {
  const std::string plain = canonical_json(gene("")).value();
  for (const char* rest : {R"("hereditary":false,)", R"("protein_length":0,)", R"("hotspots":[],)", R"("note":"",)",
                           R"("names":{},)", R"("role":"unknown",)", R"("kinase_end":"none","names":{"en":""},)"}) {
    INFO(rest);
    const auto read = decode_record(gene(rest));
    if (!read) INFO(all_text(read.error()));
    REQUIRE(read);
    CHECK(encode_record(*read) == plain);
  }
}

TEST_CASE("required members at their default are written") {
  Evidence evidence;
  evidence.id = "e";
  evidence.checked_on = Date{2026, 11, 1};
  evidence.drugs = {"d"};
  evidence.criterion.kind = CriterionKind::Target;
  evidence.criterion.target = "t";
  CHECK(encode_record(Record(evidence)) ==
        R"({"checked_on":"2026-11-01","confidence":"inferred","criterion":{"target":"t"},"direction":"sensitive",)"
        R"("drugs":["d"],"id":"e","kind":"evidence"})");
  CHECK(decode_record(encode_record(Record(evidence))));
}

TEST_CASE("a record that is not in its form is refused at its place") {
  using enum ErrorCode;
  const std::vector<BadDocument> rows = {
      {"not an object", "7", WrongType, "", "an object"},
      {"no kind", R"({"id":"x"})", MissingKey, "/kind", "cohort"},
      {"unknown kind", R"({"kind":"cohrt","id":"x"})", InvalidValue, "/kind", "cohort"},
      {"kind as number", R"({"kind":1})", WrongType, "/kind", ""},
      {"unknown key", gene(R"("simbol":"X",)"), UnknownKey, "/simbol", "symbol"},
      {"key with a slash", gene(R"("a/b~c":1,)"), UnknownKey, "/a~1b~0c", ""},
      {"no symbol", R"({"kind":"gene","id":"braf","checked_on":"2026-11-01","confidence":"quoted"})", MissingKey,
       "/symbol", ""},
      {"no day", R"({"kind":"gene","id":"braf","symbol":"BRAF","confidence":"quoted"})", MissingKey, "/checked_on", ""},
      {"empty symbol", R"({"kind":"gene","id":"x","symbol":"","checked_on":"2026-11-01","confidence":"quoted"})",
       InvalidValue, "/symbol", "stated"},
      {"id with capitals",
       R"({"kind":"gene","id":"BRAF","symbol":"B","checked_on":"2026-11-01","confidence":"quoted"})", InvalidValue,
       "/id", "lower-case"},
      {"language", gene(R"("names":{"no":"gen"},)"), UnknownKey, "/names/no", "nb"},
      {"names as text", gene(R"("names":"gene",)"), WrongType, "/names", ""},
      {"text in place of a list", gene(R"("synonyms":"B-RAF",)"), WrongType, "/synonyms", "a list"},
      {"number in a list of text", gene(R"("synonyms":["B-RAF",1],)"), WrongType, "/synonyms/1", ""},
      {"empty text in a list", gene(R"("sources":[""],)"), InvalidValue, "/sources/0", "leave"},
      {"text as flag", gene(R"("hereditary":"yes",)"), WrongType, "/hereditary", "true or false"},
      {"fraction as count", gene(R"("protein_length":766.5,)"), WrongType, "/protein_length", "766.5"},
      {"text as count", gene(R"("protein_length":"766",)"), WrongType, "/protein_length", ""},
      {"negative count", gene(R"("protein_length":-1,)"), InvalidValue, "/protein_length", "0 to"},
      {"absurd count", gene(R"("protein_length":1e10,)"), InvalidValue, "/protein_length", "0 to"},
      {"role", gene(R"("role":"supressor",)"), InvalidValue, "/role", "suppressor"},
      {"null", gene(R"("note":null,)"), WrongType, "/note", "leave the key out"},
      {"inside a list of structs", gene(R"("exons":[{"exon":1,"first_codon":1,"last_codon":9},{"exon":2}],)"),
       MissingKey, "/exons/1/first_codon", ""},
      {"status", cohort(R"("status":[{"state":"opened"}],)"), InvalidValue, "/status/0/state", "open"},
      {"status day", cohort(R"("status":[{"state":"open","from":"2026-02-30"}],)"), InvalidDate, "/status/0/from",
       "YYYY-MM-DD"},
      {"payer kind", cohort(R"("funding":{"payer_kind":"hospital"},)"), InvalidValue, "/funding/payer_kind", "public"},
      {"criterion inside", cohort(R"("criteria":{"rule":{"variant":{"gene":"BRAF","class":"codon"}}},)"), MissingKey,
       "/criteria/rule/variant/at", "codon"},
      {"stage as number", cohort(R"("stage":2,)"), WrongType, "/stage", ""},
      {"key twice", gene(R"("note":"a","note":"b",)"), MalformedJson, "/note", "keep one"},
      {"partial day of a month",
       R"({"kind":"initiative","id":"i","checked_on":"2026-11-01","confidence":"quoted",)"
       R"("from":"2026-13"})",
       InvalidDate, "/from", "YYYY-MM"},
  };
  // Some rows lack or break one member only, so one error is expected of each.
  std::vector<BadDocument> one_error;
  for (const BadDocument& row : rows) {
    if (std::string(row.name) != "inside a list of structs") one_error.push_back(row);
  }
  check_refused(one_error, [](std::string_view json) { return decode_record(json); });
  const auto two = decode_record(gene(R"("exons":[{"exon":1,"first_codon":1,"last_codon":9},{"exon":2}],)"));
  REQUIRE_FALSE(two);
  REQUIRE(two.error().size() == 2);
  CHECK(two.error()[0].where == "/exons/1/first_codon");
  CHECK(two.error()[1].where == "/exons/1/last_codon");
}

TEST_CASE("all errors of a document are told at once") {
  const auto read = decode_record(
      R"({"kind":"drug","id":"x","substance":"x","checked_on":"2026-02-30","confidence":"sure","brands":"B"})");
  REQUIRE_FALSE(read);
  INFO(all_text(read.error()));
  REQUIRE(read.error().size() == 3);
  CHECK(read.error()[0].where == "/checked_on");
  CHECK(read.error()[0].code == ErrorCode::InvalidDate);
  CHECK(read.error()[0].piece == "2026-02-30");
  CHECK(read.error()[1].where == "/confidence");
  CHECK(read.error()[1].hint.find("inferred") != std::string::npos);
  CHECK(read.error()[2].where == "/brands");
  CHECK(read.error()[2].code == ErrorCode::WrongType);
}

TEST_CASE("a file holds one record, a list or one record a line") {
  const std::string one = gene("");
  struct Row {
    const char* name;
    std::string text;
    std::vector<std::string> places;
  };
  const std::vector<Row> rows = {
      {"one", one, {""}},
      {"one over several lines", "{\n" + one.substr(1) + "\n", {""}},
      {"list", "[" + one + ",\n" + one + "]", {"/0", "/1"}},
      {"empty list", "[]", {}},
      {"lines", one + "\n" + one + "\n", {"line 1", "line 2"}},
      {"lines with empty ones and returns", "\n" + one + "\r\n\r\n" + one, {"line 2", "line 4"}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto read = decode_records(row.text);
    if (!read) INFO(all_text(read.error()));
    REQUIRE(read);
    std::vector<std::string> places;
    for (const RecordAt& record : *read) places.push_back(record.place);
    CHECK(places == row.places);
  }
}

TEST_CASE("errors of a file name the line or the entry") {
  const std::string good = gene("");
  const std::string bad = gene(R"("simbol":"X",)");
  struct Row {
    const char* name;
    std::string text;
    std::vector<std::string> where;
  };
  const std::vector<Row> rows = {
      {"nothing", "  \n", {""}},
      {"list", "[" + good + "," + bad + "," + bad + "]", {"/1/simbol", "/2/simbol"}},
      {"lines", good + "\n\n" + bad + "\n" + good + "\n{\"kind\":\n", {"line 3/simbol", "line 5"}},
      {"a broken first line", "{\"kind\"\n" + good, {"line 1"}},
      {"one record over several lines", "{\n" + bad.substr(1), {"/simbol"}},
      {"a list inside", "[[" + good + "]]", {"/0"}},
  };
  for (const Row& row : rows) {
    INFO(row.name);
    const auto read = decode_records(row.text);
    REQUIRE_FALSE(read);
    std::vector<std::string> where;
    for (const Error& error : read.error()) where.push_back(error.where);
    CHECK(where == row.where);
  }
}

TEST_CASE("a value of another language or a long text is repeated in an error only in part") {
  std::string long_word;
  for (int i = 0; i < 100; ++i) long_word += "ø";
  const auto read = decode_record(gene("\"role\":\"" + long_word + "\","));
  REQUIRE_FALSE(read);
  CHECK(read.error().front().piece.size() < 100);
  CHECK(read.error().front().piece.find("ø…") != std::string::npos);
}

}  // namespace
}  // namespace treff::model
