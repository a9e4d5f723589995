// `treff import ctml` and `treff export --format ctml` on the shipped records: all or nothing, lines in errors, twice
// is once, and what a newer file has no more is retired.
#include <catch2/catch.hpp>

#include "tests/program/knowledge.h"

namespace treff::program {
namespace {

using support::contains;
using support::Done;

std::string example() { return source_path("tests/fixtures/import/ctml/example.yml"); }

std::string two_arms(const std::string& second) {
  const std::string match = "match: [{genomic: {hugo_symbol: BRAF, protein_change: p.V600E}}]";
  return "protocol_no: T-1\n_summary: {status: [{value: Open to Accrual}]}\ntreatment_list:\n  step:\n"
         "  - arm:\n    - {arm_internal_id: 1, " +
         match + "}\n    - {arm_internal_id: " + second + ", " + match + "}\n";
}

}  // namespace

TEST_CASE("a trial document goes in, is matched, and a second import changes nothing") {
  const SeedBase base;
  const std::string first = base.out_of({"import", "ctml", example()});
  CHECK(contains(first, "7 records read, 7 added, 0 changed, 0 the same"));
  const std::string again = base.out_of({"import", "ctml", example()});
  CHECK(contains(again, "7 the same"));
  CHECK(contains(again, "nothing to change"));
  CHECK(contains(base.out_of({"verify"}), "sound"));
  const std::string sent = R"({"id":"a","diagnosis":{"oncotree":"LUAD"},"age_years":61,"sex":"female",)"
                           R"("alterations":[{"text":"BRAF V600E"}],"tested":{"panel":"tso500-dna"}})";
  const std::string answer = base.out_of({"match", "--format", "ndjson"}, sent + "\n");
  CHECK(contains(answer, "\"id\":\"ctml-ex-001-step-1\""));
  CHECK(contains(answer, "\"id\":\"ctml-ex-001-arm-11\""));
  CHECK(contains(answer, "HER2 status Negative?"));  // asked, never decided (C2)
}

TEST_CASE("one wrong value and nothing is taken from any file; every error has file and line") {
  const SeedBase base;
  const std::string log = base.out_of({"log"});
  const std::string bad = support::write_file(base.folder() / "bad.yml",
                                              "protocol_no: T-2\ntreatment_list:\n  step:\n"
                                              "  - step_internal_id: 1\n    match:\n"
                                              "    - genomic: {hugo_symbol: BRAFF}\n"
                                              "    - clinical: {age: \">=18\"}\n");
  const Done done = base.run({"import", "ctml", example(), bad});
  CHECK(done.status == 3);
  CHECK(contains(done.err, bad + ":line 6"));
  CHECK(contains(done.err, bad + ":line 7"));
  CHECK(contains(done.err, "BRAF"));
  CHECK(contains(done.err, "nothing was changed"));
  CHECK(base.out_of({"log"}) == log);
}

TEST_CASE("a level that a newer file has no more is retired; a curated cohort of the trial stays") {
  const SeedBase base;
  const auto import = [&](const std::string& text) {
    return base.out_of({"import", "ctml", support::write_file(base.folder() / "t.yml", text)});
  };
  CHECK(contains(import(two_arms("2")), "4 added"));
  const std::string curated =
      R"({"kind":"cohort","id":"own","names":{"en":"Own"},"trial":"ctml-t-1","sources":["ctml-t-1"],)"
      R"("checked_on":"2026-11-22","confidence":"quoted"})";
  base.out_of({"import", "curated", support::write_file(base.folder() / "own.ndjson", curated + "\n")});
  CHECK(contains(import(two_arms("3")), "1 retired"));
  CHECK(base.run({"show", "cohort", "ctml-t-1-arm-2"}).status != 0);
  CHECK(base.run({"show", "cohort", "ctml-t-1-arm-3"}).status == 0);
  CHECK(base.run({"show", "cohort", "own"}).status == 0);
}

TEST_CASE("trials go out as CTML that can be read back; what cannot be said writes nothing") {
  const SeedBase base;
  base.out_of({"import", "ctml", example()});
  const std::string folder = base.folder() / "out";
  CHECK(contains(base.out_of({"export", folder, "--format", "ctml", "--trial", "ctml-ex-001"}), "1 trials"));
  CHECK(contains(base.out_of({"import", "ctml", folder + "/ctml-ex-001.json", "--dry-run"}), "5 retired"));
  const std::string all = base.folder() / "all";
  const Done done = base.run({"export", all, "--format", "ctml"});
  CHECK(done.status == 3);
  CHECK(contains(done.err, "CTML cannot say"));
  CHECK(contains(done.err, "nothing was written"));
  CHECK_FALSE(std::filesystem::exists(all));
}

}  // namespace treff::program
