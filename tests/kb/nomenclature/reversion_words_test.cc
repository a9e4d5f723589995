// Reversions as reports call them (M12): no loss, no second hit, but a caution.
#include <catch2/catch.hpp>

#include "kb/nomenclature/read_alteration.h"
#include "tests/kb/nomenclature/readings.h"

namespace treff::nomenclature {
namespace {

TEST_CASE("a reversion in words, with and without its change") {
  struct Row {
    const char* in;
    const char* canonical;
  };
  const auto row = GENERATE(values<Row>({
      {"BRCA2 reversion mutation", "BRCA2 reversion mutation"},
      {"BRCA2 reversion", "BRCA2 reversion mutation"},
      {"BRCA2 reversjonsmutasjon", "BRCA2 reversion mutation"},
      {"BRCA2-reversjon", "BRCA2 reversion mutation"},
      {"somatic BRCA2 reversion mutation", "BRCA2 reversion mutation"},
      {"BRCA1/2 reversion mutation", "BRCA1/BRCA2 reversion mutation"},
      {"BRCA2 V1983del (reversion)", "BRCA2 V1983del (reversion)"},
      {"BRCA2 V1983del reversion mutation", "BRCA2 V1983del (reversion)"},
      {"BRCA2 reversion c.5946_5948del", "BRCA2 c.5946_5948del (reversion)"},
  }));
  CAPTURE(row.in);
  const auto read = read_text(row.in);
  if (!read) FAIL(to_text(read.error()));
  CHECK(read->value.canonical == row.canonical);
  CHECK(read->value.effect == Effect::Reversion);
  CHECK(read_text(read->value.canonical)->value.effect == Effect::Reversion);
}

TEST_CASE("a reversion opens what it may have undone and meets nothing by itself") {
  struct Row {
    const char* rule;
    const char* finding;
    const char* want;
  };
  const auto row = GENERATE(values<Row>({
      {"BRCA2 loss of function", "BRCA2 reversion mutation", "unknown M12"},
      {"BRCA2 truncating mutation", "BRCA2 reversion mutation", "unknown M12"},
      {"BRCA2 mutation", "BRCA2 reversion mutation", "unknown M12"},
      {"BRCA2 mutation", "BRCA2 V1983del (reversion)", "unknown M12"},
      {"BRCA2 biallelic inactivation", "BRCA2 V1983del (reversion)", "unknown M12"},
      {"BRCA2 wild type", "BRCA2 reversion mutation", "unknown M12"},
      {"BRCA2 activating mutation", "BRCA2 reversion mutation", "not_met M9"},
      {"BRCA2 homozygous deletion", "BRCA2 reversion mutation", "not_met M3"},
      {"BRCA1 mutation", "BRCA2 reversion mutation", "not_met M3"},
      {"BRCA1 mutation", "BRCA1/2 reversion mutation", "unknown M2"},
      {"BRCA2 V1983del", "BRCA2 V1983del (reversion)", "met M1"},
  }));
  CAPTURE(row.rule, row.finding);
  CHECK(related(row.rule, row.finding) == row.want);
}

TEST_CASE("a reversion is no class of a rule") {
  for (const char* text : {"BRCA2 reversion mutation", "BRCA1/2 reversjon"}) {
    CAPTURE(text);
    const auto read = read_class(text, "", small_gene_table());
    REQUIRE_FALSE(read);
    CHECK(read.error().message.find("reversion") != std::string::npos);
  }
}

}  // namespace
}  // namespace treff::nomenclature
