// What must not matter does not: the order of records and findings, an unrelated finding, an unrelated record.
#include <algorithm>
#include <catch2/catch.hpp>

#include "kb/model/codec.h"
#include "tests/kb/match/agreement.h"
#include "tests/kb/match/random_case.h"

namespace treff::match {
namespace {

using random_world::Dice;

constexpr std::uint64_t kSeed = 41;
constexpr int kWorlds = 60;
constexpr int kCases = 20;

std::shared_ptr<const MatchIndex> build(std::vector<model::Record> records) {
  auto knowledge = Knowledge::build(std::move(records));
  REQUIRE(knowledge);
  auto index = MatchIndex::build(*knowledge);
  REQUIRE(index);
  return *index;
}

template <class T>
void shuffle(std::vector<T>& list, Dice& dice) {
  for (std::size_t i = list.size(); i > 1; --i) {
    std::swap(list[i - 1], list[static_cast<std::size_t>(dice.below(static_cast<int>(i)))]);
  }
}

// Everything an answer says of a case, listed options in their order.
std::string answer(const MatchIndex& index, const model::TumourCase& sent) {
  const auto read = interpret(sent, index.knowledge());
  REQUIRE(read);
  MatchRequest request;
  request.today = random_world::kToday;
  const MatchOutcome outcome = match_case(index, read->facts, request);
  std::string out;
  int rank = 0;
  for (const Option& option : outcome.options) {
    CHECK(option.rank == ++rank);
    out += option.id + " " + std::string(base::name_of(option.bucket)) + " " +
           std::string(base::to_string(option.verdict)) + " missing " + std::to_string(option.missing.size()) +
           (option.cautions.empty() ? "" : " caution") + " unknowns " + std::to_string(option.keys.unknowns) + "\n";
  }
  for (const TestThatCouldHelp& test : outcome.tests) {
    out += std::string(base::name_of(test.test)) + " " + std::to_string(test.options) + "\n";
  }
  return out;
}

// A gene that no rule of the random world names, with a trial and a closed cohort of its own.
void add_unrelated(std::vector<model::Record>& records) {
  records.push_back(random_world::gene("TP53"));
  model::Trial trial;
  trial.id = "unrelated-trial";
  records.push_back(trial);
  model::Cohort cohort;
  cohort.id = "unrelated";
  cohort.trial = trial.id;
  cohort.drugs = {"something-else"};
  model::Criterion rule;
  rule.kind = model::CriterionKind::Variant;
  nomenclature::VariantClass cls;
  cls.kind = nomenclature::ClassKind::Protein;
  cls.genes = {"TP53"};
  cls.change = "R175H";
  rule.leaf = cls;
  cohort.criteria = model::CriteriaPart{{}, rule};
  model::StatusChange closed;
  closed.state = model::EntryState::Closed;
  cohort.status = {closed};
  records.push_back(cohort);
}

}  // namespace

TEST_CASE("order of records, order of findings and unrelated things change nothing") {
  int listed = 0;
  for (int w = 0; w < kWorlds; ++w) {
    INFO("seed " << kSeed + static_cast<std::uint64_t>(w));
    Dice dice(kSeed + static_cast<std::uint64_t>(w));
    std::vector<model::Record> records = random_world::random_records(dice);
    const auto plain = build(records);
    shuffle(records, dice);
    const auto shuffled = build(records);
    add_unrelated(records);
    const auto wider = build(records);
    for (int c = 0; c < kCases; ++c) {
      model::TumourCase sent = random_world::random_case(dice);
      const std::string wanted = answer(*plain, sent);
      listed += wanted.empty() ? 0 : 1;
      INFO("case " << c << " " << model::encode_case(sent));
      REQUIRE(answer(*shuffled, sent) == wanted);
      const bool names_no_gene = wanted.empty() || std::any_of(sent.alterations.begin(), sent.alterations.end(),
                                                               [](const auto& a) { return a.text.text == "V600E"; });
      if (!names_no_gene) REQUIRE(answer(*wider, sent) == wanted);
      shuffle(sent.alterations, dice);
      shuffle(sent.biomarkers, dice);
      if (sent.prior_treatments) shuffle(*sent.prior_treatments, dice);
      REQUIRE(answer(*plain, sent) == wanted);
      if (names_no_gene) continue;
      // Another change than the one the unrelated cohort asks for.
      sent.alterations.push_back(random_world::as_text("TP53 R273H"));
      REQUIRE(answer(*wider, sent) == wanted);
    }
  }
  CHECK(listed > kWorlds * kCases / 2);
}

TEST_CASE("equal input gives equal output, request after request") {
  Dice dice(7);
  const auto index = build(random_world::random_records(dice));
  const model::TumourCase sent = random_world::random_case(dice);
  const std::string first = answer(*index, sent);
  for (int i = 0; i < 5; ++i) CHECK(answer(*index, sent) == first);
}

}  // namespace treff::match
