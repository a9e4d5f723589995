// What is wrong is told with its place and a hint, has its exit status, and changes nothing.
#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/program/knowledge.h"

namespace treff::program {
namespace {

using support::contains;
using support::Done;
using support::Words;

struct Row {
  const char* name;
  std::string file;  // its name
  std::string bytes;
  std::vector<std::string> said;  // all of it on stderr
};

std::string cohort(const std::string& id, const std::string& trial, const std::string& code) {
  return R"({"kind":"cohort","id":")" + id + R"(","names":{"en":"EXAMPLE"},"trial":")" + trial +
         R"(","drugs":["example-braf-inhibitor"],"criteria":{"rule":{"diagnosis":{"any_of":[")" + code +
         R"("]}},"sources":["example-source"],"checked_on":"2026-11-22","confidence":"example"},)"
         R"("status":[],"sources":["example-source"],"checked_on":"2026-11-22","confidence":"example"})"
         "\n";
}

std::string without(std::string text, const std::string& piece, const std::string& instead) {
  const std::size_t at = text.find(piece);
  REQUIRE(at != std::string::npos);
  return text.replace(at, piece.size(), instead);
}

TEST_CASE("an import with a mistake is refused as a whole, with the place and a hint") {
  const SeedBase base;
  const std::string log = base.out_of({"log"});
  const std::string good = small_source("good", "one");
  const std::vector<Row> rows = {
      {"cut off", "cut.json", good.substr(0, good.size() / 2), {"cut.json"}},
      {"cut off in its second line", "cut.ndjson", good + good.substr(0, 40), {"cut.ndjson", "line 2"}},
      {"empty", "empty.json", "", {"empty.json"}},
      {"binary",
       "junk.json",
       std::string("\x7f"
                   "ELF\x02\x01\x00\x00\xff\xfe\x80",
                   11),
       {"junk.json"}},
      {"deep", "deep.json", std::string(200000, '[') + std::string(200000, ']'), {"deep.json", "levels deep"}},
      {"unknown key", "key.json", without(good, "\"citation\"", "\"citatoin\""), {"key.json", "citatoin", "citation"}},
      {"unknown kind",
       "kind.json",
       without(good, "\"kind\":\"source\"", "\"kind\":\"sauce\""),
       {"kind.json", "source"}},
      {"impossible date", "date.json", without(good, "2026-11-22", "2026-02-30"), {"/checked_on", "2026-02-30"}},
      {"id twice", "twice.ndjson", good + good, {"twice.ndjson", "line 2", "twice"}},
      {"dangling id",
       "dangling.json",
       cohort("c-1", "example-trial-11", "MEL"),
       {"dangling.json", "example-trial-11", "/trial"}},
      {"unknown diagnosis", "code.json", cohort("c-1", "example-trial-1", "NOSUCH"), {"code.json", "NOSUCH"}},
      {"three mistakes in three places",
       "three.ndjson",
       without(good, "\"citation\"", "\"citatoin\":\"x\",\"citation\"") +
           without(small_source("two", "x"), "2026-11-22", "2026-13-01") +
           without(small_source("three", "x"), ":\"example\"", ":\"hearsay\"") + small_source("fine", "x"),
       {"line 1/citatoin", "line 2/checked_on", "line 3/confidence", "2026-13-01", "hearsay", "3 errors"}},
  };
  for (const Row& row : rows) {
    const std::string path = support::write_file(base.folder() / row.file, row.bytes);
    const Done done = base.run({"import", "curated", path});
    INFO(row.name << "\n" << done.err);
    CHECK(done.status == 3);
    CHECK(done.out.empty());
    CHECK(contains(done.err, "nothing was changed"));
    for (const std::string& piece : row.said) {
      INFO(piece);
      CHECK(contains(done.err, piece));
    }
  }
  // A good file beside a bad one is not imported either.
  const std::string fine = support::write_file(base.folder() / "fine.json", good);
  CHECK(base.run({"import", "curated", fine, base.folder() / "key.json"}).status == 3);
  CHECK(base.run({"import", "curated", fine, base.folder() / "none.json"}).status == 3);
  CHECK(base.run({"show", "source", "good"}).status == 3);
  CHECK(base.out_of({"log"}) == log);
  CHECK(contains(base.out_of({"verify"}), "sound"));
}

TEST_CASE("a case or a laboratory file with a mistake is refused with its place") {
  const SeedBase base;
  const std::string log = base.out_of({"log"});
  const std::string whole = support::read_file(source_path("tests/fixtures/casefile/tso500_dna.tsv"));
  REQUIRE(contains(whole, "BRAF\tchr7"));
  const std::string broken = without(whole, "Allele Frequency", "Something Else");
  const std::vector<std::pair<Words, Row>> rows = {
      {{},
       {"unknown key",
        "key.json",
        R"({"diagnosis":{"oncotree":"LUAD"},"alteratons":[]})",
        {"key.json", "/alteratons", "alterations"}}},
      {{}, {"unknown diagnosis", "code.json", R"({"diagnosis":{"oncotree":"LUAX"}})", {"/diagnosis/oncotree", "LUAD"}}},
      {{},
       {"three mistakes",
        "three.json",
        R"({"diagnosis":{"oncotree":"LUAD"},"ecog":9,"colour":1,"alterations":[{"text":"BRAF V600E","vaf":2}]})",
        {"/ecog", "/colour", "/alterations/0/vaf", "3 errors"}}},
      {{}, {"empty", "empty.json", "", {"empty.json"}}},
      {{}, {"binary", "junk.json", std::string("\x00\xff\xfe\x80", 4), {"junk.json"}}},
      {{}, {"deep", "deep.json", "{\"x\":" + std::string(100000, '['), {"levels deep"}}},
      {{"--input", "tso500"},
       {"cut off", "cut.tsv", whole.substr(0, whole.find("BRAF\tchr7") + 20), {"cut.tsv:", "inside a row"}}},
      {{"--input", "tso500"}, {"other columns", "columns.tsv", broken, {"columns.tsv", "Allele Frequency"}}},
      {{"--input", "tso500"}, {"empty file", "empty.tsv", "", {"empty.tsv"}}},
      {{"--input", "tso500"}, {"binary file", "junk.tsv", std::string("\x00\xff\xfe\x80", 4), {"junk.tsv"}}},
      {{"--input", "maf"}, {"another format", "poem.maf", "roses are red\n", {"poem.maf"}}},
  };
  for (const auto& [options, row] : rows) {
    Words words = {"match", support::write_file(base.folder() / row.file, row.bytes), "--format", "json"};
    if (!options.empty()) words.insert(words.end(), {"--diagnosis", "LUAD"});
    words.insert(words.end(), options.begin(), options.end());
    const Done done = base.run(words);
    INFO(row.name << "\n" << done.err << done.out.substr(0, 300));
    CHECK(done.status == 3);
    CHECK(done.out.empty());
    for (const std::string& piece : row.said) {
      INFO(piece);
      CHECK(contains(done.err, piece));
    }
  }
  CHECK(base.out_of({"log"}) == log);
}

TEST_CASE("an unclear finding is not read, and the answer and the reading list what it may mean") {
  const SeedBase base;
  const std::string sent = R"({"diagnosis":{"oncotree":"LUAD"},"alterations":[{"text":"ALK-positive"}]})";
  const std::string answer = base.out_of({"match", "--today", "2026-11-22", "--format", "json"}, sent);
  CHECK(contains(answer, R"("alternatives":["ALK fusion","ALK mutation","ALK amplification","ALK IHC positive"])"));
  const std::string reading = base.out_of({"parse", "--format", "text"}, "ALK-positive\nBRAF p.Val600Glu\n");
  CHECK(contains(reading, "\n  may be: ALK fusion\n"));
  CHECK(contains(reading, "BRAF p.Val600Glu = BRAF V600E\n"));
}

TEST_CASE("usage errors end with 2 and say what is allowed") {
  const EmptyBase base;
  const std::vector<std::pair<Words, std::string>> rows = {
      {{}, "subcommand"},
      {{"frob"}, "subcommand"},
      {{"log", "--frob"}, "--frob"},
      {{"import"}, "FORMAT"},
      {{"match", "--format", "yaml"}, "json"},
      {{"match", "--input", "pdf"}, "tso500"},
      {{"match", "--today", "yesterday"}, "--today"},
      {{"match", "--as-of", "new"}, "revision"},
      {{"match", "--include", "all"}, "near_miss"},
      {{"match", "--unknown-as", "present"}, "absent"},
      {{"match", "--lang", "sv"}, "nb"},
      {{"show", "poem", "a"}, "known kinds"},
      {{"show", "drag", "a"}, "drug"},
      {{"diff", "2", "1"}, "older"},
      {{"parse", "--as", "gene"}, "alteration"},
      {{"serve", "--listen", "here"}, "ADDRESS:PORT"},
      {{"init", "--name", "Two Words"}, "--name"},
  };
  for (const auto& [words, said] : rows) {
    const Done done = base.run(words);
    INFO((words.empty() ? "nothing" : words.front() + " " + words.back()) << "\n" << done.err);
    CHECK(done.status == 2);
    CHECK(contains(done.err, said));
    CHECK(done.out.empty());
  }
}

TEST_CASE("a knowledge base that is missing ends with 4") {
  const support::KnowledgeBase base(TREFF_PROGRAM);
  for (const Words& words : std::vector<Words>{{"log"},
                                               {"verify"},
                                               {"index"},
                                               {"match", source_path("schemas/examples/case.json")},
                                               {"search", "a"},
                                               {"show", "gene", "braf"},
                                               {"export", base.folder() / "export"},
                                               {"import", "curated", source_path("kb/seed/example")},
                                               {"serve", "--listen", "127.0.0.1:0"}}) {
    const Done done = base.run(words);
    INFO(words.front() << "\n" << done.err);
    CHECK(done.status == 4);
    CHECK(contains(done.err, "treff init"));
  }
  CHECK_FALSE(std::filesystem::exists(base.kb()));
}

TEST_CASE("what is not there ends with 3") {
  const EmptyBase base;
  CHECK(base.run({"show", "gene", "none"}).status == 3);
  CHECK(base.run({"show", "gene", "none", "--as-of", "7"}).status == 3);
  CHECK(base.run({"match", source_path("schemas/examples/case.json"), "--as-of", "7"}).status == 3);
  CHECK(base.run({"match", "no-such-file.json"}).status == 3);
  CHECK(base.run({"import", "curated", "no-such-file.json"}).status == 3);
}

}  // namespace
}  // namespace treff::program
