#include "indexer/importers/ctgov.h"

#include <lzma.h>
#include <zlib.h>

#include "indexer/importers/byte_source.h"
#include "indexer/importers/json_values.h"
#include "indexer/importers/registry_study.h"
#include "kb/view/view.h"
#include "tests/indexer/import_world.h"

namespace treff::indexer {
namespace {

using model::RecordKind;
using support::contains;

std::string gzip(const std::string& text) {
  std::string out(text.size() + 1024, '\0');
  z_stream stream{};
  REQUIRE(::deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(::deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  ::deflateEnd(&stream);
  return out;
}

std::string xz(const std::string& text) {
  std::string out(text.size() + 4096, '\0');
  std::size_t made = 0;
  REQUIRE(::lzma_easy_buffer_encode(0, LZMA_CHECK_CRC32, nullptr, reinterpret_cast<const std::uint8_t*>(text.data()),
                                    text.size(), reinterpret_cast<std::uint8_t*>(out.data()), &made,
                                    out.size()) == LZMA_OK);
  out.resize(made);
  return out;
}

std::string minimal(const std::string& number, const std::string& status = "RECRUITING") {
  return R"({"protocolSection":{"identificationModule":{"nctId":")" + number +
         R"(","briefTitle":"A study"},"statusModule":{"overallStatus":")" + status +
         R"(","lastUpdatePostDateStruct":{"date":"2025-01-02"}}}})";
}

std::string texts(const std::vector<model::SuggestedCriterion>& list) {
  std::string out;
  for (const auto& one : list) {
    out += one.place + (one.arm.empty() ? "" : "(" + one.arm + ")") + ":";
    for (const std::string& text : one.any_of) out += " " + text;
    out += "; ";
  }
  return out;
}

TEST_CASE("an API v2 study becomes a trial, and no person comes with it") {
  ImportWorld world;
  const ImportReport report = world.import("ctgov", {import_fixture("ctgov/v2.json")});
  CHECK(report.added == 2);  // the trial and the registry as its source
  CHECK(report.notes.counts.at("country_unknown") == 1);
  const auto trial = world.get<model::Trial>(RecordKind::Trial, "nct00000001");
  CHECK(trial.origin == "ctgov");
  CHECK(trial.names.en == "Vemurafenib in BRAF V600E-Mutated Melanoma");
  CHECK(trial.phase == "Phase 1/Phase 2");
  CHECK(trial.sponsor == "north-pharma");
  CHECK(trial.collaborators_text == std::vector<std::string>{"South University"});
  CHECK(base::to_string(*trial.checked_on) == "2025-11-02");
  REQUIRE(trial.status.size() == 1);
  CHECK(trial.status[0].state == model::EntryState::Open);
  REQUIRE(trial.arms.size() == 2);
  CHECK_FALSE(trial.arms[0].state);
  CHECK(trial.arms[1].state == model::EntryState::Closed);
  REQUIRE(trial.locations.size() == 3);
  CHECK(trial.locations[0].country == "NO");
  CHECK(trial.locations[0].state == model::EntryState::Open);
  CHECK(trial.locations[1].state == model::EntryState::Closed);
  CHECK(trial.locations[2].country_text == "Atlantis");
  CHECK_FALSE(trial.locations[2].state);
  CHECK(trial.countries == std::vector<std::string>{"NO", "SE"});
  CHECK(texts(trial.suggested_needs) ==
        "title: BRAF V600E; arm(BRAF V600E or V600K): BRAF V600E BRAF V600K; "
        "arm(EGFR mutation (closed)): EGFR mutation; inclusion: BRAF V600E BRAF V600K; ");
  CHECK(texts(trial.suggested_exclusions) == "exclusion: ALK fusion; ");
  // Nothing that is read from text is matched.
  CHECK(trial.drugs.empty());
  REQUIRE(trial.common_criteria);
  CHECK(model::encode_criterion(trial.common_criteria->rule) ==
        R"({"clinical":{"age_years":{"max":75,"min":18},"sex":"female"}})");
  const std::string json = world.json_of(RecordKind::Trial, "nct00000001");
  for (const char* person : {"Invented", "@", "555-01", "22 00 00 00"}) CHECK_FALSE(contains(json, person));
  CHECK(contains(json, "100,000-150,000"));
  CHECK(world.get<model::Source>(RecordKind::Source, "clinicaltrials-gov").date == "2025-12-01");
}

TEST_CASE("the same file again changes nothing; an older state never replaces a newer one") {
  ImportWorld world;
  world.import("ctgov", {import_fixture("ctgov/v2.json")});
  const auto head = world.store().head();
  const ImportReport again = world.import("ctgov", {import_fixture("ctgov/v2.json")});
  CHECK_FALSE(again.changed);
  CHECK(again.same == 2);
  CHECK(world.store().head() == head);
  std::string older = support::read_file(import_fixture("ctgov/v2.json"));
  older.replace(older.find("2025-11-02"), 10, "2024-11-02");
  older.replace(older.find("RECRUITING"), 10, "TERMINATED");
  const ImportReport back = world.import("ctgov", {world.file("older.json", older)});
  CHECK(back.kept == 1);
  CHECK(back.notes.counts.at("kept_newer") == 1);
  CHECK(world.get<model::Trial>(RecordKind::Trial, "nct00000001").status[0].state == model::EntryState::Open);
}

TEST_CASE("a record that a curator keeps is not overwritten, and the difference is reported") {
  ImportWorld world;
  const std::string before = world.json_of(RecordKind::Trial, "nct00000009");
  const ImportReport report = world.import("ctgov", {world.file("s.json", minimal("NCT00000009"))});
  CHECK(report.kept == 1);
  CHECK(report.notes.counts.at("kept_curated") == 1);
  CHECK(world.json_of(RecordKind::Trial, "nct00000009") == before);
  // And a curator does not write into what an importer owns.
  world.import("ctgov", {world.file("t.json", minimal("NCT00000010"))});
  std::string json = world.json_of(RecordKind::Trial, "nct00000010");
  json.replace(json.find("\"origin\":\"ctgov\","), 17, "");
  CHECK(contains(world.refused("curated", {world.file("c.json", json)}), "belongs to the importer 'ctgov'"));
}

TEST_CASE("the flattened export and legacy XML") {
  ImportWorld world;
  world.import("ctgov", {import_fixture("ctgov")});
  const auto flat = world.get<model::Trial>(RecordKind::Trial, "nct00000002");
  CHECK(base::to_string(*flat.checked_on) == "2026-01-05");
  CHECK(flat.status[0].state == model::EntryState::Suspended);
  CHECK(contains(flat.status[0].reason, "invitation"));
  CHECK(flat.countries == std::vector<std::string>{"DK", "NO"});
  CHECK(flat.sponsor_text == "South University");
  CHECK_FALSE(flat.common_criteria);  // six months are zero years, and any sex
  CHECK(texts(flat.suggested_needs) == "title: EGFR exon 20 insertion; inclusion: EGFR exon 20 insertion; ");
  const auto planned = world.get<model::Trial>(RecordKind::Trial, "nct00000003");
  CHECK(planned.status[0].state == model::EntryState::Planned);
  CHECK(contains(planned.status[0].reason, "2026-06-01"));
  const auto access = world.get<model::AccessProgramme>(RecordKind::AccessProgramme, "nct00000004");
  CHECK(access.route == model::AccessRoute::ExpandedAccess);
  CHECK(access.company == "north-pharma");
  CHECK(access.drug_text == "Cobimetinib");
  CHECK(access.indication_text == "Melanoma");
  CHECK(access.status[0].state == model::EntryState::Open);
  CHECK_FALSE(access.criteria);  // so that it is never an option by itself
  CHECK(access.summary == "For patients with\nno other choice.");
  CHECK(texts(access.suggested_needs) == "inclusion: BRAF V600E; ");
  const std::string json = world.json_of(RecordKind::AccessProgramme, "nct00000004");
  for (const char* person : {"Invented", "@", "555"}) CHECK_FALSE(contains(json, person));
}

TEST_CASE("every wrapping of the same studies reads the same") {
  const std::string a = minimal("NCT00000021");
  const std::string b = minimal("NCT00000022", "COMPLETED");
  const std::pair<const char*, std::string> forms[] = {
      {"list.json", "[" + a + ",\n" + b + "]"},
      {"lines.ndjson", a + "\n\n" + b + "\r\n"},
      {"page.json", "{\"totalCount\":2,\"studies\":[" + a + "," + b + "],\"nextPageToken\":\"studies\"}"},
      {"two_pages.json", "{\"studies\":[" + a + "]}\n{\"studies\":[" + b + "]}"},
      {"mark.json", "\xEF\xBB\xBF[" + a + "," + b + "]"},
      {"packed.gz", gzip(a + "\n" + b)},
      {"two_members.gz", gzip(a + "\n") + gzip(b)},
      {"packed.xz", xz("[" + a + "," + b + "]")},
  };
  for (const auto& [name, bytes] : forms) {
    INFO(name);
    ImportWorld world;
    CHECK(world.import("ctgov", {world.file(name, bytes)}).read == 3);
    CHECK(world.get<model::Trial>(RecordKind::Trial, "nct00000021").status[0].state == model::EntryState::Open);
    CHECK(world.get<model::Trial>(RecordKind::Trial, "nct00000022").status[0].state == model::EntryState::Closed);
  }
}

TEST_CASE("bad input is an error with its place, and nothing is changed") {
  const std::string good = minimal("NCT00000031");
  const std::string bomb(std::size_t{96} << 20, ' ');
  struct Row {
    const char* what;
    std::string bytes;
    const char* place;
    const char* part;
  };
  const Row rows[] = {
      {"truncated", good + "\n" + good.substr(0, 60), "f.json:2", "stops inside"},
      {"truncated gzip", gzip(good).substr(0, 60), "f.json", "stops before its end"},
      {"truncated xz", xz(good).substr(0, 60), "f.json", "stops before its end"},
      {"older form", R"({"FullStudiesResponse":{"FullStudies":[]}})", "f.json:1", "FullStudiesResponse"},
      {"something else", R"({"hello":1})", "f.json:1", "no study of ClinicalTrials.gov"},
      {"twice", good + "\n" + good, "f.json:2", "stands twice"},
      {"no UTF-8", good + "\n\n" + minimal("NCT00000032", "REC\xFFRUITING"), "f.json:3", "not UTF-8"},
      {"unknown status", minimal("NCT00000032", "RECRUTING"), "f.json:1", "unknown status"},
      {"wrong number", minimal("NCT1"), "f.json:1", "no NCT number"},
      {"wrong type", R"({"protocolSection":{"identificationModule":[]}})", "f.json:1", "expected an object"},
      {"no day", R"({"protocolSection":{"identificationModule":{"nctId":"NCT00000032"}}})", "f.json:1", "which day"},
      {"not JSON", "hello", "f.json:1", "expected"},
      {"strings in a list", "[\"a\"]", "f.json:1", "expected"},
      {"deep", std::string(300, '{'), "f.json:1", "levels of nesting"},
      {"empty", "", "f.json:1", "nothing"},
      {"long value", "{\"a\":\"" + std::string(kMaxValueBytes + 10, 'x') + "\"}", "f.json:1", "larger than"},
      {"bomb", gzip(bomb + bomb), "f.json", "unfolds"},
      {"bomb xz", xz(bomb + bomb), "f.json", "unfolds"},
      {"zip", "PK\x03\x04 and so on", "f.json", "packed file is not read"},
      {"XML of others", "<html></html>", "f.json:1", "no study of ClinicalTrials.gov"},
      {"cut XML", "<clinical_study>\n<id_info>\n", "f.json:", "XML cannot be read"},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    ImportWorld world;
    const std::string said = world.refused("ctgov", {world.file("f.json", row.bytes)});
    CHECK_THAT(said, Catch::Contains(row.part));
    CHECK_THAT(said, Catch::Contains(row.place));
  }
}

TEST_CASE("one bad study among good ones stops the import, and every bad one is named") {
  ImportWorld world;
  const std::string said = world.refused(
      "ctgov", {world.file("f.ndjson", minimal("NCT00000041") + "\n" + minimal("NCT00000042", "A") + "\n" +
                                           minimal("NCT00000043") + "\n" + minimal("NCT00000044", "B"))});
  CHECK(contains(said, "f.ndjson:2"));
  CHECK(contains(said, "f.ndjson:4"));
  CHECK(world.json_of(RecordKind::Trial, "nct00000041").empty());
}

TEST_CASE("a curator's cohort may hang under an imported trial") {
  ImportWorld world;
  world.import("ctgov", {import_fixture("ctgov/v2.json")});
  const std::string cohort =
      R"({"kind":"cohort","id":"c1","names":{"en":"C"},"trial":"nct00000001","drugs":["vemurafenib"],)"
      R"("criteria":{"rule":{"variant":{"gene":"BRAF","class":"protein","change":"V600E"}},"sources":["book"]},)"
      R"("status":[{"state":"open"}],"sources":["book"],"checked_on":"2026-01-01","confidence":"quoted"})";
  // Until then the trial rests: matching knows it by its id alone.
  const auto knowledge = [&] {
    NoProgress quiet;
    const auto view = view::build_view(world.store(), world.store().head(), "test", quiet);
    REQUIRE(view);
    return (*view)->knowledge;
  };
  const model::RecordKey trial{RecordKind::Trial, "nct00000001"};
  CHECK(knowledge()->has(trial));
  CHECK(knowledge()->find(trial) == nullptr);
  CHECK(world.import("curated", {world.file("cohort.json", cohort)}).added == 1);
  CHECK(knowledge()->find(trial) != nullptr);
  // And a dangling one is an error, though trials of a registry stay encoded.
  std::string dangling = cohort;
  dangling.replace(dangling.find("nct00000001"), 11, "nct00000077");
  dangling.replace(dangling.find("\"c1\""), 4, "\"c2\"");
  CHECK(contains(world.refused("curated", {world.file("dangling.json", dangling)}), "there is no trial 'nct00000077'"));
}

TEST_CASE("dates of registries") {
  const std::pair<const char*, const char*> rows[] = {{"2020-10-08", "2020-10-08"},
                                                      {"2020-10", "2020-10"},
                                                      {"October 8, 2020", "2020-10-08"},
                                                      {"May 2018", "2018-05"},
                                                      {"June 31, 2018", ""},
                                                      {"yesterday", ""},
                                                      {"", ""},
                                                      {"13. May", ""}};
  for (const auto& [text, want] : rows) {
    INFO(text);
    const auto date = registry_date(text);
    CHECK((date ? base::to_string(*date) : std::string()) == want);
  }
}

TEST_CASE("addresses and telephone numbers go, clinical numbers stay") {
  const std::pair<const char*, const char*> rows[] = {
      {"write to a.b@c.org.", "write to [address removed]."},
      {"call 787-395-7085 now", "call [number removed] now"},
      {"(240) 552-8082", "[number removed]"},
      {"+47 22 93 40 00", "[number removed]"},
      {"1-800-555-0100", "[number removed]"},
      {"platelets 100,000-150,000", "platelets 100,000-150,000"},
      {"from 2010-2015, 18-75 years", "from 2010-2015, 18-75 years"},
      {"NCT02465060 EudraCT 2019-001234-10", "NCT02465060 EudraCT 2019-001234-10"},
      {"1.5 x 10^9/L; 5 @ 3", "1.5 x 10^9/L; 5 @ 3"},
      {"days 1-4, 8-11, 15-18", "days 1-4, 8-11, 15-18"},
  };
  for (const auto& [text, want] : rows) CHECK(without_contacts(text) == want);
}

}  // namespace
}  // namespace treff::indexer
