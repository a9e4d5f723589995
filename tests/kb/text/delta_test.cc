#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "tests/kb/text/small_world.h"

namespace treff::text {
namespace {

namespace fs = std::filesystem;

TEST_CASE("a delta hides what it supersedes and adds what is new") {
  const test::TempFolder folder;
  auto records = test::small_world();
  const auto base_index = test::build_and_open(folder / "index", records, 10);
  REQUIRE(base_index.has_value());

  auto renamed = test::named<model::Organisation>("example-pharma", "EXAMPLE Zebra Pharmaceuticals");
  auto added = test::named<model::Trial>("nct09999904", "A new trial of larotrectinib");
  added.phase = "II";
  const Delta delta{{renamed, added}, {{model::RecordKind::Source, "src-1"}}};
  const auto written = write_delta(folder / "index", delta, NoReferred(), 11);
  REQUIRE(written.has_value());
  const auto index = TextIndex::open(folder / "index", test::world_synonyms(records), 11);
  REQUIRE(index.has_value());

  CHECK((*index)->documents() == records.size());
  CHECK(test::found(**index, "kind:organisation zebra") == "example-pharma");
  CHECK(test::found(**index, "kind:organisation pharmaceuticals") == "example-pharma");
  CHECK(test::found(**index, "kind:source").empty());
  CHECK(test::found(**index, "nct09999904") == "nct09999904");
  CHECK(test::found(**index, "V600E") == "c-braf-luad");

  SearchOptions options;
  options.facets = {"kind"};
  const auto all = (*index)->search(*parse_query(""), options);
  REQUIRE(all.has_value());
  std::uint64_t counted = 0;
  for (const FacetCount& count : all->facets.at(0).counts) counted += count.count;
  CHECK(counted == records.size());
  CHECK(all->total == records.size());

  const auto names = (*index)->suggest("example", 10);
  REQUIRE(names.has_value());
  for (const Suggestion& name : *names) CHECK(name.name != "EXAMPLE Pharmaceuticals");
  CHECK((*index)->suggest("zebra", 10)->size() == 1);

  CHECK(test::found(**base_index, "kind:source") == "src-1");
  CHECK(base_revision(folder / "index") == Revision{10});
}

TEST_CASE("a later delta replaces the one before; a build replaces both") {
  const test::TempFolder folder;
  auto records = test::small_world();
  REQUIRE(test::build_and_open(folder / "index", records, 1).has_value());
  const auto trial = test::named<model::Trial>("nct1", "First");
  const auto other = test::named<model::Trial>("nct2", "Second");
  REQUIRE(write_delta(folder / "index", {{trial}, {}}, NoReferred(), 2).has_value());
  REQUIRE(write_delta(folder / "index", {{trial, other}, {}}, NoReferred(), 3).has_value());
  const auto index = TextIndex::open(folder / "index", std::make_shared<NoSynonyms>(), 3);
  REQUIRE(index.has_value());
  CHECK(test::found(**index, "nct1 OR nct2").size() == 9);
  CHECK(write_delta(folder / "index", {{trial}, {}}, NoReferred(), 1).error().code == ErrorCode::InvalidValue);

  REQUIRE(test::build_and_open(folder / "index", records, 4).has_value());
  CHECK(base_revision(folder / "index") == Revision{4});
  CHECK(read_segments(folder / "index")->size() == 1);
}

// Everything a search says, scores to the last digit.
std::string told(const Result<SearchResult>& result) {
  REQUIRE(result.has_value());
  std::ostringstream out;
  out << std::hexfloat << result->total << (result->total_is_exact ? " exact" : " at least")
      << (result->relaxed ? " relaxed " : " ") << result->next_cursor << " "
      << (result->spelling ? result->spelling->query : "") << "\n";
  for (const SearchHit& hit : result->hits) {
    out << model::to_string(hit.key.kind) << "/" << hit.key.id << " " << hit.score << " " << hit.title << " ["
        << hit.snippet.text << "]";
    for (const std::size_t group : hit.found_by) out << " " << group;
    out << "\n";
  }
  for (const Facet& facet : result->facets) {
    out << facet.name << " " << facet.values;
    for (const FacetCount& count : facet.counts) out << " " << count.value << "=" << count.count;
    out << "\n";
  }
  return out.str();
}

std::vector<std::string> answers_of(const TextIndex& index) {
  std::vector<std::string> answers;
  for (const char* words : {"", "trial", "kind:trial", "larotrectinib", "zebra OR quokka", "\"new trial\"",
                            "phase:II trial", "BRAF V600E", "melanom", "larotrektinib", "quokka NOT trial",
                            "lung cancer", "kind:organisation pharmaceuticals", "olaparib"}) {
    for (const bool counting : {false, true}) {
      SearchOptions options;
      options.limit = 7;
      options.today = Date{2026, 11, 22};
      if (counting) options.facets = {"kind", "phase", "status"};
      answers.push_back(std::string(words) + ": " + told(index.search(*parse_query(words), options)));
      options.offset = 7;
      answers.push_back(std::string(words) + ", second page: " + told(index.search(*parse_query(words), options)));
    }
  }
  Topic topic;
  topic.groups.push_back({TopicRole::Diagnosis, "lung", {{"lung cancer", NameForm::Free}}});
  topic.groups.push_back({TopicRole::Drug, "larotrectinib", {{"larotrectinib", NameForm::Exact}}});
  topic.groups.push_back({TopicRole::Gene, "NTRK1", {{"NTRK1", NameForm::Exact}, {"quokka", NameForm::Exact}}});
  topic.other_tumours = {{"melanoma", NameForm::Free}};
  answers.push_back("topic: " + told(index.search(topic, {})));
  for (const char* typed : {"e", "example", "a new", "trial", "quo", "zeb", "lar"}) {
    const auto names = index.suggest(typed, 5);
    REQUIRE(names.has_value());
    std::string text = std::string(typed) + "...:";
    for (const Suggestion& name : *names) text += " " + name.key.id + "=" + name.name + "=" + name.matched;
    answers.push_back(text);
  }
  return answers;
}

using Records = std::map<model::RecordKey, model::Record>;

std::vector<model::Record> values(const Records& records) {
  std::vector<model::Record> out;
  for (const auto& [key, record] : records) out.push_back(record);
  return out;
}

void build(const fs::path& dir, const Records& records, Revision revision, unsigned shards) {
  NoProgress quiet;
  const RecordStream stream = [all = values(records), at = std::size_t{0}]() mutable {
    return Result<std::optional<model::Record>>(at == all.size() ? std::nullopt : std::optional(all[at++]));
  };
  REQUIRE(build_index(dir, stream, NoReferred(), {revision, shards, 0}, quiet).has_value());
}

Delta delta_of(const std::set<model::RecordKey>& changed, const Records& now) {
  Delta delta;
  for (const model::RecordKey& key : changed) {
    const auto record = now.find(key);
    if (record == now.end()) {
      delta.retired.push_back(key);
    } else {
      delta.changed.push_back(record->second);
    }
  }
  return delta;
}

model::Record random_trial(std::mt19937& random, int number) {
  static const std::vector<std::string> words = {"trial", "larotrectinib", "quokka",    "lung",  "cancer", "melanoma",
                                                 "BRAF",  "V600E",         "carcinoma", "phase", "new",    "of",
                                                 "zebra", "NTRK1",         "olaparib",  "study"};
  std::string title = "A";
  for (std::size_t i = 0, n = 2 + random() % 6; i < n; ++i) title += " " + words[random() % words.size()];
  auto trial = test::named<model::Trial>("nct0000" + std::to_string(1000 + number), title);
  trial.phase = random() % 2 == 0 ? "II" : "III";
  for (std::size_t i = 0, n = random() % 40; i < n; ++i) trial.summary += words[random() % words.size()] + " ";
  return trial;
}

// Some trials added, altered and retired, and once a company renamed.
void change(Records& now, std::set<model::RecordKey>& changed, Revision revision, std::mt19937& random) {
  const auto put = [&](const model::Record& record) {
    now.insert_or_assign(model::key_of(record), record);
    changed.insert(model::key_of(record));
  };
  for (int i = 0; i < 6; ++i) put(random_trial(random, static_cast<int>(random() % 120)));
  const model::RecordKey gone{model::RecordKind::Trial, "nct0000" + std::to_string(1000 + random() % 120)};
  if (now.erase(gone) != 0) changed.insert(gone);
  if (revision == 5) put(test::named<model::Organisation>("example-pharma", "EXAMPLE Zebra Pharmaceuticals"));
}

TEST_CASE("a base with a delta answers to the last digit like a base built anew") {
  std::mt19937 random(20261122);
  Records now;
  for (const model::Record& record : test::small_world()) now.emplace(model::key_of(record), record);
  for (int i = 0; i < 120; i += 2) {
    const model::Record trial = random_trial(random, i);
    now.emplace(model::key_of(trial), trial);
  }
  const test::TempFolder folder;
  build(folder / "grown", now, 1, 1);
  build(folder / "stepped", now, 1, 2);
  std::set<model::RecordKey> changed;
  for (Revision revision = 2; revision <= 9; ++revision) {
    INFO("revision " << revision);
    std::set<model::RecordKey> step;
    change(now, step, revision, random);
    changed.insert(step.begin(), step.end());
    const auto in_force = read_segments(folder / "stepped");
    REQUIRE(in_force.has_value());
    const auto extended = extend_delta(folder / "stepped", *in_force, delta_of(step, now), NoReferred(), revision);
    REQUIRE(extended.has_value());
    CHECK(extended->superseded == changed.size());
    CHECK(extended->replaced.empty() == (revision == 2));
    if (revision > 2) CHECK(remove_segments(folder / "stepped", {extended->replaced})->empty());
    REQUIRE(write_delta(folder / "grown", delta_of(changed, now), NoReferred(), revision).has_value());
    const fs::path anew = folder / ("anew" + std::to_string(revision));
    build(anew, now, revision, 1 + static_cast<unsigned>(revision) % 3);
    const auto grown = TextIndex::open(folder / "grown", test::world_synonyms(values(now)), revision);
    const auto stepped = TextIndex::open(folder / "stepped", test::world_synonyms(values(now)), revision);
    REQUIRE(stepped.has_value());
    const auto built = TextIndex::open(anew, test::world_synonyms(values(now)), revision);
    REQUIRE(grown.has_value());
    REQUIRE(built.has_value());
    CHECK((*grown)->documents() == now.size());
    const auto want = answers_of(**built);
    const auto have = answers_of(**grown);
    REQUIRE(want.size() == have.size());
    for (std::size_t i = 0; i < want.size(); ++i) CHECK(have[i] == want[i]);
    const auto have_too = answers_of(**stepped);
    REQUIRE(want.size() == have_too.size());
    for (std::size_t i = 0; i < want.size(); ++i) CHECK(have_too[i] == want[i]);
    CHECK(verify_index(folder / "stepped").has_value());
    CHECK(want[4].find("nct0000") != std::string::npos);  // without hits this test would say little
  }
}

}  // namespace
}  // namespace treff::text
