// What must not matter does not: the order of records and findings, an unrelated finding, an unrelated record.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

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

namespace {

// Another spelling of the same finding, or the same one (N1, N2, N4).
std::string synonym_of(const std::string& text) {
  static const std::map<std::string, std::string> table = {
      {"BRAF V600E", "braf p.(Val600Glu)"},
      {"BRAF V600K", "BRAF p.Val600Lys"},
      {"BRAF p.Val600Glu", "BRAF V600E"},
      {"BRAF K601E", "BRAF p.K601E"},
      {"BRAF D594G", "BRAF p.(D594G)"},
      {"KRAS G12C", "KRAS p.Gly12Cys"},
      {"KRAS G12D", "kras p.G12D"},
      {"KRAS A146T", "KRAS p.Ala146Thr"},
      {"KRAS G13=", "KRAS p.Gly13="},
      {"EGFR L858R", "EGFR p.Leu858Arg"},
      {"EGFR E746_A750del", "EGFR p.(Glu746_Ala750del)"},
      {"EGFR N771_P772insSVD", "EGFR p.Asn771_Pro772insSerValAsp"},
      {"EGFR L747_P753delinsS", "EGFR p.Leu747_Pro753delinsSer"},
      {"BRCA2 N1784fs", "BRCA2 p.Asn1784fs"},
      {"BRCA2 V2466A", "BRCA2 p.Val2466Ala"},
      {"BRCA2 K3326*", "BRCA2 K3326X"},
      {"MET D1010N", "MET p.Asp1010Asn"},
      {"ALK F1174L", "ALK p.(Phe1174Leu)"},
      {"ERBB2 S310F", "ERBB2 p.Ser310Phe"},
  };
  const auto it = table.find(text);
  return it == table.end() ? text : it->second;
}

// Every option of the revision, whether listed or not, with its reasons.
std::map<std::string, Option> judged(const MatchIndex& index, const CaseFacts& facts) {
  MatchRequest request;
  request.today = random_world::kToday;
  for (const CompiledOption& option : index.options()) request.explain.push_back(option.id);
  MatchOutcome outcome = match_case(index, facts, request);
  std::map<std::string, Option> out;
  for (auto* list : {&outcome.options, &outcome.explained}) {
    for (Option& option : *list) out.emplace(option.id, std::move(option));
  }
  return out;
}

// What was added to a case: its last alteration, its last biomarker, or genes that were tested.
enum class Added { Alteration, Biomarker, Tests };

bool names_it(const Option& option, Added added, std::size_t last_alteration, const std::string& biomarker) {
  return std::any_of(option.reasons.begin(), option.reasons.end(), [&](const Reason& reason) {
    if (reason.verdict != Verdict::NotMet) return false;
    if (reason.rule == "C3") return true;  // the label that now covers the case is named
    if (added == Added::Alteration)
      return std::find(reason.by.begin(), reason.by.end(), last_alteration) != reason.by.end();
    return added == Added::Biomarker && reason.detail.find(biomarker) != std::string::npos;
  });
}

}  // namespace

TEST_CASE("another spelling of every finding gives the same answer") {
  int changed = 0;
  for (int w = 0; w < kWorlds; ++w) {
    INFO("seed " << kSeed + static_cast<std::uint64_t>(w));
    Dice dice(kSeed + static_cast<std::uint64_t>(w));
    const auto index = build(random_world::random_records(dice));
    for (int c = 0; c < kCases; ++c) {
      model::TumourCase sent = random_world::random_case(dice);
      const std::string wanted = answer(*index, sent);
      INFO("case " << c << " " << model::encode_case(sent));
      for (model::CaseAlteration& alteration : sent.alterations) {
        const std::string other = synonym_of(alteration.text.text);
        changed += other == alteration.text.text ? 0 : 1;
        alteration.text.text = other;
      }
      REQUIRE(answer(*index, sent) == wanted);
    }
  }
  CHECK(changed > kWorlds * kCases / 4);
}

TEST_CASE("one more result never turns met into not met without being named") {
  std::map<Added, int> turned;
  std::map<Added, int> checked;
  for (int w = 0; w < 12 * kWorlds; ++w) {
    const std::uint64_t seed = kSeed + static_cast<std::uint64_t>(w);
    INFO("seed " << seed);
    Dice dice(seed);
    const auto index = build(random_world::random_records(dice));
    for (int c = 0; c < kCases; ++c) {
      model::TumourCase sent = random_world::random_case(dice);
      const auto before_facts = interpret(sent, index->knowledge());
      REQUIRE(before_facts);
      const auto before = judged(*index, before_facts->facts);
      const auto added = static_cast<Added>(dice.below(3));
      if (added == Added::Alteration) sent.alterations.push_back(random_world::random_alteration(dice));
      if (added == Added::Biomarker) sent.biomarkers.push_back(random_world::random_biomarker(dice));
      if (added == Added::Tests) {
        if (!sent.tested) sent.tested.emplace();
        for (auto* list : {&sent.tested->genes_small_variants, &sent.tested->genes_copy_number,
                           &sent.tested->genes_fusion, &sent.tested->genes_splice}) {
          list->push_back(dice.of(random_world::kGenes));
        }
      }
      INFO("case " << c << " " << model::encode_case(sent));
      const auto after_facts = interpret(sent, index->knowledge());
      REQUIRE(after_facts);
      const std::size_t alterations = after_facts->facts.alterations.size();
      const std::string biomarker =
          added == Added::Biomarker ? nomenclature::to_text(after_facts->facts.biomarkers.back()) : std::string();
      for (const auto& [id, option] : judged(*index, after_facts->facts)) {
        ++checked[added];
        if (before.at(id).verdict != Verdict::Met || option.verdict != Verdict::NotMet) continue;
        ++turned[added];
        INFO(id);
        REQUIRE(names_it(option, added, alterations - 1, biomarker));
      }
    }
  }
  for (const Added added : {Added::Alteration, Added::Biomarker, Added::Tests}) CHECK(checked[added] > 1000);
  CHECK(turned[Added::Alteration] > 0);
  CHECK(turned[Added::Tests] == 0);  // a negative proves what silence had left open, never the opposite of a finding
}

TEST_CASE("equal input gives equal output, request after request") {
  Dice dice(7);
  const auto index = build(random_world::random_records(dice));
  const model::TumourCase sent = random_world::random_case(dice);
  const std::string first = answer(*index, sent);
  for (int i = 0; i < 5; ++i) CHECK(answer(*index, sent) == first);
}

}  // namespace treff::match
