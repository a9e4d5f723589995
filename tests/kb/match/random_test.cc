// The engine equals the plain matcher on random cases of random knowledge bases: a hundred thousand in every run, a
// million in `./test` and with `ctest -L million -j2`.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iostream>
#include <map>

#include "kb/base/text.h"
#include "kb/model/codec.h"
#include "tests/kb/match/agreement.h"
#include "tests/kb/match/random_case.h"

namespace treff::match {
namespace {

constexpr std::uint64_t kSeed = 20261122;
constexpr int kCasesPerWorld = 100;

std::string errors_of(const std::vector<Error>& errors) {
  std::string out;
  for (const Error& error : errors) out += base::to_text(error) + "\n";
  return out;
}

struct World {
  std::shared_ptr<const Knowledge> knowledge;
  std::shared_ptr<const MatchIndex> index;
};

World build(std::vector<model::Record> records) {
  World out;
  auto knowledge = Knowledge::build(std::move(records));
  if (!knowledge) FAIL(errors_of(knowledge.error()));
  out.knowledge = *knowledge;
  auto index = MatchIndex::build(out.knowledge);
  if (!index) FAIL(errors_of(index.error()));
  out.index = *index;
  return out;
}

// How often the random cases reach what is to be compared.
struct Reach {
  std::map<Bucket, int> buckets;
  std::map<Verdict, int> verdicts;
  std::map<TestKind, int> tests;
  int cautions = 0;
  int compared = 0;
};

void count(const Judgement& judgement, Reach& reach) {
  ++reach.compared;
  for (const auto& [id, judged] : judgement.options) {
    ++reach.buckets[judged.bucket];
    ++reach.verdicts[judged.verdict];
    reach.cautions += judged.caution ? 1 : 0;
  }
  for (const auto& [test, options] : judgement.tests) reach.tests[test] += options;
}

// Empty if the matchers agree on this case.
std::string disagreement(const World& world, const model::TumourCase& sent, bool closed_world, Reach& reach) {
  auto read = interpret(sent, *world.knowledge);
  if (!read) return "not read: " + errors_of(read.error());
  read->facts.closed_world = closed_world;
  MatchRequest request;
  request.today = random_world::kToday;
  const Judgement engine = by_engine(*world.index, read->facts, request);
  count(engine, reach);
  return differences(engine, by_reference(*world.knowledge, read->facts, request.today));
}

}  // namespace

namespace {

// The worlds first .. first + count - 1, one seed each.
void compare_worlds(int first, int count) {
  Reach reach;
  std::cout << "seeds " << kSeed + static_cast<std::uint64_t>(first) << " to "
            << kSeed + static_cast<std::uint64_t>(first + count - 1) << "\n";
  for (int w = first; w < first + count; ++w) {
    const std::uint64_t seed = kSeed + static_cast<std::uint64_t>(w);
    random_world::Dice dice(seed);
    const World world = build(random_world::random_records(dice));
    for (int c = 0; c < kCasesPerWorld; ++c) {
      const model::TumourCase sent = random_world::random_case(dice);
      const std::string found = disagreement(world, sent, dice.chance(10), reach);
      if (found.empty()) continue;
      std::string records;
      for (const match::SharedRecord& shared : world.knowledge->records()) {
        const model::Record& record = *shared;
        const model::RecordKind kind = model::kind_of(record);
        if (kind != model::RecordKind::Gene && kind != model::RecordKind::Diagnosis)
          records += model::encode_record(record) + "\n";
      }
      FAIL("seed " << seed << ", case " << c << "\n" << found << model::encode_case(sent) << "\n" << records);
    }
  }
  CHECK(reach.compared == count * kCasesPerWorld);
  // A world in which nothing happens would agree as well.
  for (const Bucket bucket : {Bucket::Match, Bucket::Possible, Bucket::NearMiss, Bucket::NotListed}) {
    INFO(base::name_of(bucket));
    CHECK(reach.buckets[bucket] > 5 * count);
  }
  for (const auto& row : base::EnumNames<TestKind>::rows) {
    INFO(row.name);
    const bool asked =
        row.value != TestKind::None && row.value != TestKind::Methylation && row.value != TestKind::Signatures;
    CHECK((reach.tests[row.value] > 0) == asked);
  }
  CHECK(reach.cautions > 5 * count);
}

}  // namespace

TEST_CASE("engine and plain matcher agree on a hundred thousand random cases of random knowledge bases") {
  compare_worlds(0, 1000);
}

// Hidden here and registered by name, so that the two halves run side by side: `ctest -L million -j2`.
TEST_CASE("the first half of a million random cases", "[.][million-a]") { compare_worlds(0, 5000); }
TEST_CASE("the second half of a million random cases", "[.][million-b]") { compare_worlds(5000, 5000); }

}  // namespace treff::match
