#include "kb/nomenclature/biomarker.h"

#include <catch2/catch.hpp>
#include <tuple>

namespace treff::nomenclature {
namespace {

using enum BiomarkerName;
using S = BiomarkerState;

TEST_CASE("a mutational signature is there or not, and reads back as it is printed") {
  const std::tuple<const char*, BiomarkerName, S> rows[] = {
      {"APOBEC signature positive", SignatureApobec, S::Positive},
      {"POLE signature: negative", SignaturePole, S::Negative},
      {"UV signature +", SignatureUv, S::Positive},
      {"tobacco signature negative", SignatureTobacco, S::Negative},
      {"temozolomide signature positive", SignatureTemozolomide, S::Positive},
  };
  for (const auto& [text, name, state] : rows) {
    INFO(text);
    const auto read = parse_biomarker(text);
    REQUIRE(read);
    CHECK(read->name == name);
    CHECK(read->state == state);
    const auto again = parse_biomarker(to_text(*read));
    REQUIRE(again);
    CHECK(again->name == name);
    CHECK(again->state == state);
  }
}

TEST_CASE("a measured value keeps its number, unit and state (M16)") {
  struct Row {
    const char* in;
    BiomarkerName name;
    std::optional<double> value;
    S state = S::Unstated;
    bool failed = false;
    std::optional<int> sites = std::nullopt;
    std::optional<bool> tumour_only = std::nullopt;
  };
  const Row rows[] = {
      {"TMB 12.3", Tmb, 12.3},
      {"TMB 12,3 mut/Mb", Tmb, 12.3},
      {"tmb: 10 mutations per Mb", Tmb, 10},
      {"TMB=9.97/Mb", Tmb, 9.97},
      {"TMB-5", Tmb, 5},
      {"TMB-H", Tmb, std::nullopt, S::High},
      {"TMB high (23.5 mut/Mb)", Tmb, 23.5, S::High},
      {"Tumour mutational burden: low", Tmb, std::nullopt, S::Low},
      {"Tumormutasjonsbyrde intermediær, 7,8 mutasjoner per Mb", Tmb, 7.8, S::Intermediate},
      {"TMB 12.3 mut/Mb (tumour-only)", Tmb, 12.3, S::Unstated, false, std::nullopt, true},
      {"TMB 12.3, tumor normal", Tmb, 12.3, S::Unstated, false, std::nullopt, false},
      {"TMB failed", Tmb, std::nullopt, S::Unstated, true},
      {"MSI-H", Msi, std::nullopt, S::High},
      {"MSI\u2011H", Msi, std::nullopt, S::High},
      {"msi high", Msi, std::nullopt, S::High},
      {"MSI-L", Msi, std::nullopt, S::Low},
      {"MSS", Msi, std::nullopt, S::Stable},
      {"Mikrosatellittstabil", Msi, std::nullopt, S::Stable},
      {"microsatellite instability high", Msi, std::nullopt, S::High},
      {"microsatellite stable", Msi, std::nullopt, S::Stable},
      {"MSI 23.4 %", Msi, 23.4},
      {"MSI 0.88 (1/114)", Msi, 0.88, S::Unstated, false, 114},
      {"MSI 5/50", Msi, 10.0, S::Unstated, false, 50},
      {"MSI stable, 0.9 %, 114 usable sites", Msi, 0.9, S::Stable, false, 114},
      {"MSI NA (0/0)", Msi, std::nullopt, S::Unstated, true, 0},
      {"MSI ikke evaluerbar", Msi, std::nullopt, S::Unstated, true},
      {"dMMR", Mmr, std::nullopt, S::Deficient},
      {"pMMR", Mmr, std::nullopt, S::Proficient},
      {"MMR-D", Mmr, std::nullopt, S::Deficient},
      {"MMR deficient", Mmr, std::nullopt, S::Deficient},
      {"mismatch repair proficient", Mmr, std::nullopt, S::Proficient},
      {"HRD score 42", Hrd, 42.0},
      {"GIS 42", Hrd, 42.0},
      {"HRD+", Hrd, std::nullopt, S::Positive},
      {"HRD-negative", Hrd, std::nullopt, S::Negative},
      {"HRD high", Hrd, std::nullopt, S::Positive},
      {"PD-L1 CPS 10", PdL1Cps, 10},
      {"CPS: 10", PdL1Cps, 10},
      {"PD-L1 TPS 60 %", PdL1Tps, 60},
      {"PDL1 tumor proportion score 0.5%", PdL1Tps, 0.5},
      {"PD-L1 IC 5 %", PdL1Ic, 5},
      {"PD-L1 TPS negative", PdL1Tps, std::nullopt, S::Negative},
      {"MGMT methylated", MgmtMethylation, std::nullopt, S::Positive},
      {"MGMT-metylert", MgmtMethylation, std::nullopt, S::Positive},
      {"MGMT promoter unmethylated", MgmtMethylation, std::nullopt, S::Negative},
      {"MGMT promoter not methylated", MgmtMethylation, std::nullopt, S::Negative},
      {"MGMT methylation 12 %", MgmtMethylation, 12},
      {"MGMT methylation positive", MgmtMethylation, std::nullopt, S::Positive},
  };
  for (const Row& row : rows) {
    INFO(row.in);
    const auto biomarker = parse_biomarker(row.in);
    REQUIRE(biomarker);
    CHECK(biomarker->name == row.name);
    CHECK(biomarker->value == row.value);
    CHECK(biomarker->unit == unit_of(row.name));
    CHECK(biomarker->state == row.state);
    CHECK(biomarker->failed == row.failed);
    CHECK(biomarker->usable_sites == row.sites);
    CHECK(biomarker->tumour_only == row.tumour_only);
    CHECK(biomarker->input == row.in);
    CHECK(names_biomarker(row.in));

    const auto again = parse_biomarker(to_text(*biomarker));
    REQUIRE(again);
    CHECK(to_text(*again) == to_text(*biomarker));
    CHECK(again->value == biomarker->value);
    CHECK(again->state == biomarker->state);
  }
}

TEST_CASE("text that may mean something else is refused with the piece that does not fit") {
  struct Row {
    const char* in;
    const char* piece;
    const char* hint = "";
  };
  const Row rows[] = {
      {"", ""},
      {"V600E", "V600E"},
      {"MSI", "MSI"},
      {"MSI not high", "not"},
      {"MSI not evaluable but high", "but"},
      {"TMB >= 10", ">", "give the measured value"},
      {"PD-L1 \u226550 %", "\u2265", "give the measured value"},
      {"  TMB -5", "-"},
      {"TMB 12 15", "15"},
      {"TMB 12 %", "TMB 12 %", "unit: per_mb"},
      {"MSI 12 mut/Mb", "MSI 12 mut/Mb", "unit: pct"},
      {"MSI 101 %", "MSI 101 %"},
      {"MSI high stable", "stable"},
      {"MSI 7/3", "7"},
      {"MSI-H dMMR", "dMMR", "give each biomarker by itself"},
      {"TMB stable", "TMB stable"},
      {"MMR 12", "MMR 12", "dMMR or pMMR"},
      {"TMB 5, 40 usable sites", "TMB 5, 40 usable sites"},
      {"PD-L1 50 %", "PD-L1 50 %", "name the PD-L1 score: TPS, CPS or IC"},
      {"PD-L1 positive", "PD-L1 positive", "name the PD-L1 score: TPS, CPS or IC"},
      {"PD-L1 TMB 5", "PD-L1 TMB 5"},
      {"IC 5", "IC 5", "PD-L1 IC 5 %"},
      {"methylated", "methylated", "MGMT methylated"},
      {"MGMT", "MGMT"},
      {"TMB 1e5", "e5"},
      {"TMB 10.000.000", "."},
  };
  for (const Row& row : rows) {
    INFO(row.in);
    const auto biomarker = parse_biomarker(row.in);
    REQUIRE_FALSE(biomarker);
    CHECK(biomarker.error().code == ErrorCode::UnreadableText);
    CHECK(biomarker.error().piece == row.piece);
    CHECK(biomarker.error().hint == row.hint);
    REQUIRE(biomarker.error().at_byte.has_value());
    CHECK(std::string_view(row.in).substr(*biomarker.error().at_byte, biomarker.error().piece.size()) == row.piece);
  }
  CHECK_FALSE(parse_biomarker("TMB " + std::string(300, '1')));
}

TEST_CASE("a gene that shares letters with a biomarker is no biomarker") {
  struct Row {
    const char* in;
    bool want;
  };
  const Row rows[] = {{"TMB of unknown kind", true}, {"MSI-X", true},        {"MGMT R22fs", false},
                      {"MGMT methylation?", true},   {"CD274 gain", false},  {"PD-L1 amplification", false},
                      {"PD-L1 50 %", true},          {"CPS1 T1406N", false}, {"MSI2 amplification", false},
                      {"BRAF V600E", false},         {"high", false},        {"", false}};
  for (const Row& row : rows) {
    INFO(row.in);
    CHECK(names_biomarker(row.in) == row.want);
  }
}

TEST_CASE("every biomarker has a word and each word is its own") {
  for (const auto& row : base::EnumNames<BiomarkerName>::rows) {
    CHECK(base::from_name<BiomarkerName>(row.name) == row.value);
    Biomarker biomarker;
    biomarker.name = row.value;
    biomarker.failed = true;
    const auto again = parse_biomarker(to_text(biomarker));
    INFO(to_text(biomarker));
    REQUIRE(again);
    CHECK(again->name == row.value);
  }
}

}  // namespace
}  // namespace treff::nomenclature
