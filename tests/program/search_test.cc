// What people type and what they must find, on the shipped names and a few invented trials; searches by case; errors.
#include <catch2/catch.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/program/knowledge.h"

namespace treff::program {
namespace {

using nlohmann::json;
using support::contains;

class SearchBase : public EmptyBase {
 public:
  SearchBase() {
    out_of({"import", "curated", source_path("kb/seed/reference"), source_path("kb/seed/norway"),
            source_path("tests/fixtures/search/trials.ndjson")});
    out_of({"index"});
  }

  std::string queries(const std::string& name, const std::string& lines, const support::Words& more) const {
    support::Words words = {"search", "--queries", support::write_file(folder() / name, lines)};
    words.insert(words.end(), more.begin(), more.end());
    return out_of(words);
  }
};

std::vector<json> lines_of(const std::string& text) {
  std::vector<json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(json::parse(line));
  return lines;
}

std::vector<std::string> ids_of(const json& answer) {
  std::vector<std::string> ids;
  for (const json& hit : answer.at("hits")) ids.push_back(hit.at("id"));
  return ids;
}

TEST_CASE("golden queries find what they must and nothing they must not") {
  const SearchBase base;
  const std::vector<json> golden = lines_of(support::read_file(source_path("tests/golden/search/queries.ndjson")));
  REQUIRE(golden.size() >= 60);
  std::string lines;
  for (const json& row : golden) lines += json({{"id", row.at("q")}, {"q", row.at("q")}}).dump() + "\n";
  const std::vector<json> answers = lines_of(base.queries("q.ndjson", lines, {"--kind", "trial", "--limit", "100"}));
  REQUIRE(answers.size() == golden.size());
  for (std::size_t i = 0; i < golden.size(); ++i) {
    INFO(golden[i].at("q").get<std::string>());
    REQUIRE_FALSE(answers[i].contains("errors"));
    const std::vector<std::string> ids = ids_of(answers[i]);
    const std::set<std::string> found(ids.begin(), ids.end());
    for (const json& id : golden[i].at("has")) {
      INFO("must be found: " + id.get<std::string>());
      CHECK(found.count(id) == 1);
    }
    for (const json& id : golden[i].at("has_not")) {
      INFO("must not be found: " + id.get<std::string>());
      CHECK(found.count(id) == 0);
    }
  }
}

TEST_CASE("a case finds trials about its tumour and its findings, and says by what") {
  const SearchBase base;
  struct Row {
    std::string name, tumour_case, first;
    std::vector<std::string> found_by;
  };
  const std::vector<Row> rows = {
      {"variant before its neighbour",
       R"({"diagnosis":{"text":"melanoma"},"age_years":50,"alterations":[{"text":"BRAF V600E"}]})",
       "example-v600e-melanoma",
       {"Melanoma", "BRAF V600E", "BRAF"}},
      {"gene by alias, tumour by Norwegian name",
       R"({"diagnosis":{"text":"brystkreft"},"alterations":[{"text":"HER2 amplification"}]})",
       "example-erbb2-breast",
       {"Breast", "ERBB2"}},
      {"fusion",
       R"({"diagnosis":{"oncotree":"LUAD"},"alterations":[{"text":"EML4::ALK"}]})",
       "example-alk-lung",
       {"ALK"}},
      {"drug that acts on the gene",
       R"({"diagnosis":{"oncotree":"GIST"},"alterations":[{"text":"KIT K642E"}]})",
       "example-gist-kit",
       {"KIT", "drugs against KIT"}},
      {"any solid tumour",
       R"({"diagnosis":{"oncotree":"SDCA"},"alterations":[{"text":"NTRK1 fusion"}]})",
       "example-ntrk-solid",
       {"NTRK1", "advanced cancer"}},
      {"biomarker",
       R"({"diagnosis":{"oncotree":"COADREAD"},"biomarkers":{"msi":"high"}})",
       "example-msi-crc",
       {"microsatellite instability"}}};
  std::string lines;
  for (const Row& row : rows) lines += R"({"id":")" + row.name + R"(","case":)" + row.tumour_case + "}\n";
  const std::vector<json> answers = lines_of(base.queries("cases.ndjson", lines, {"--limit", "10"}));
  REQUIRE(answers.size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    INFO(rows[i].name << "\n" << answers[i].dump(1).substr(0, 3000));
    REQUIRE(answers[i].contains("hits"));
    REQUIRE_FALSE(answers[i]["hits"].empty());
    const json& first = answers[i]["hits"][0];
    CHECK(first["id"] == rows[i].first);
    CHECK(first["label"] == "found by text, criteria not verified");
    std::set<std::string> by;
    for (const json& group : first["found_by"]) by.insert(group["label"].get<std::string>());
    for (const std::string& label : rows[i].found_by) CHECK(by.count(label) == 1);
  }
}

TEST_CASE("words of a case that nobody knows are searched as they stand, and that is said") {
  const SearchBase base;
  const json answer = lines_of(base.queries(
      "odd.ndjson",
      R"({"id":"1","case":{"diagnosis":{"text":"hodgkin something odd"},"alterations":[{"text":"no test radiotherapy"}]}})"
      "\n",
      {}))[0];
  REQUIRE(answer.contains("warnings"));
  std::set<std::string> ids;
  for (const json& warning : answer["warnings"]) ids.insert(warning["id"].get<std::string>());
  CHECK(ids == std::set<std::string>{"alteration_by_words", "diagnosis_by_words"});
  CHECK(ids_of(answer).at(0) == "example-old-hodgkin");
}

TEST_CASE("trec output is one line a hit") {
  const SearchBase base;
  const std::string out =
      base.queries("trec.ndjson", "{\"id\":\"7\",\"q\":\"HER2\"}\n", {"--kind", "trial", "--format", "trec"});
  std::istringstream in(out);
  std::string id, zero, document, rank, score, tag;
  int lines = 0;
  while (in >> id >> zero >> document >> rank >> score >> tag) {
    ++lines;
    CHECK(id == "7");
    CHECK(zero == "Q0");
    CHECK(rank == std::to_string(lines));
    CHECK(std::stod(score) > 0);
    CHECK(tag == "treff");
  }
  CHECK(lines >= 2);
}

TEST_CASE("bad searches are errors with their place, and an error line does not stop the rest") {
  const SearchBase base;
  struct Row {
    std::string name;
    support::Words words;
    int status;
    std::string says;
  };
  const std::vector<Row> rows = {{"nothing asked", {"search", ""}, 2, "there is no word to search for"},
                                 {"query and case", {"search", "x", "--case", "y.json"}, 2, "exclude one another"},
                                 {"format", {"search", "x", "--format", "xml"}, 2, "xml"},
                                 {"limit of people", {"search", "x", "--limit", "500"}, 2, "trec"},
                                 {"open bracket", {"search", "(BRAF"}, 3, "bracket"},
                                 {"no such file", {"search", "--case", "/nonexistent/case.json"}, 3, "case.json"}};
  for (const Row& row : rows) {
    INFO(row.name);
    const support::Done done = base.run(row.words);
    CHECK(done.status == row.status);
    CHECK(contains(done.err, row.says));
  }
  const std::vector<json> answers =
      lines_of(base.queries("bad.ndjson",
                            "not json\n"
                            "{\"id\":\"2\",\"case\":{\"diagnosis\":{\"oncotree\":\"NOPE\"}}}\n"
                            "{\"id\":\"3\",\"case\":{\"diagnosis\":{\"oncotree\":\"MEL\"},\"name\":\"x\"}}\n"
                            "{\"id\":\"4\",\"q\":\"BRAF\"}\n",
                            {"--kind", "trial"}));
  REQUIRE(answers.size() == 4);
  for (int i = 0; i < 3; ++i) CHECK(answers[static_cast<std::size_t>(i)].contains("errors"));
  CHECK(answers[1]["id"] == "2");
  CHECK(answers[2]["errors"][0]["pointer"] == "/case/name");
  CHECK(answers[3].contains("hits"));
}

TEST_CASE("a list of queries fails as a whole where there is no text index") {
  const EmptyBase base;
  base.out_of({"import", "curated", source_path("kb/seed/reference")});
  const std::string file = support::write_file(base.folder() / "q.ndjson", "{\"id\":\"1\",\"q\":\"BRAF\"}\n");
  for (const char* format : {"json", "trec"}) {
    const support::Done done = base.run({"search", "--queries", file, "--format", format});
    CHECK(done.status == 4);
    CHECK(contains(done.out + done.err, "treff index"));
  }
}

TEST_CASE("an empty query with a kind lists that kind") {
  const SearchBase base;
  const json answer = json::parse(base.out_of({"search", "", "--kind", "trial", "--limit", "100", "--format", "json"}));
  CHECK(answer["total"] >= 26);
}

}  // namespace
}  // namespace treff::program
