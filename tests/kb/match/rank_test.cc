// B4: the order of the keys, and the scales of evidence beside one another.
#include <catch2/catch.hpp>

#include "kb/match/option_builder.h"

namespace treff::match {
namespace {

// A table of one row a key, in the order in which they decide.
struct KeyRow {
  const char* name;
  int RankKeys::*key;
};

constexpr KeyRow kKeys[] = {
    {"bucket", &RankKeys::bucket},
    {"caution", &RankKeys::caution},
    {"entry", &RankKeys::entry},
    {"route", &RankKeys::route},
    {"evidence tier", &RankKeys::evidence_tier},
    {"molecular specificity", &RankKeys::molecular_specificity},
    {"diagnosis specificity", &RankKeys::diagnosis_specificity},
    {"unknowns", &RankKeys::unknowns},
};

}  // namespace

TEST_CASE("B4: each key decides before all that follow it") {
  for (std::size_t i = 0; i < std::size(kKeys); ++i) {
    INFO(kKeys[i].name);
    RankKeys better, worse;
    worse.*kKeys[i].key = 1;
    for (std::size_t later = i + 1; later < std::size(kKeys); ++later) better.*kKeys[later].key = 99;
    CHECK(better < worse);
    CHECK_FALSE(worse < better);
  }
}

TEST_CASE("B4: the order of routes") {
  const Route order[] = {Route::OnLabelFunded,  Route::TrialCohort,    Route::CompassionateUseProgramme,
                         Route::GroupExemption, Route::ExpandedAccess, Route::OnLabel,
                         Route::NamedPatient,   Route::NewCohort,      Route::TextHit};
  for (std::size_t i = 1; i < std::size(order); ++i) {
    INFO(base::name_of(order[i]));
    CHECK(static_cast<int>(order[i - 1]) < static_cast<int>(order[i]));
  }
}

TEST_CASE("B4: evidence levels of all scales, and of another tumour") {
  struct Row {
    const char* scale;
    const char* level;
    int same_tumour, other_tumour;
  };
  const Row rows[] = {
      {"ESCAT", "I-A", 0, 3},   {"ESCAT", "IA", 0, 3}, {"ESCAT", "II-B", 2, 3}, {"ESCAT", "III-A", 3, 3},
      {"ESCAT", "IV", 5, 5},    {"AMP", "I-B", 1, 3},  {"AMP", "II-D", 5, 5},   {"OncoKB", "2", 0, 3},
      {"OncoKB", "3B", 3, 3},   {"CIViC", "A", 0, 3},  {"CIViC", "E", 6, 6},    {"CIViC", "Z", 7, 7},
      {"own scale", "A", 7, 7}, {"ESCAT", "", 7, 7},
  };
  for (const Row& row : rows) {
    INFO(row.scale << " " << row.level);
    CHECK(evidence_tier(row.scale, row.level, true) == row.same_tumour);
    CHECK(evidence_tier(row.scale, row.level, false) == row.other_tumour);
  }
}

}  // namespace treff::match
