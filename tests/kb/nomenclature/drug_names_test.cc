#include "kb/nomenclature/drug_names.h"

#include <catch2/catch.hpp>
#include <vector>

#include "kb/base/text.h"

namespace treff::nomenclature {
namespace {

DrugNames small_list() {
  return DrugNames({
      {"dabrafenib", "dabrafenib", {"Tafinlar", "GSK2118436", "D"}, {"BRAF inhibitor"}},
      {"trametinib", "trametinib", {"Mekinist", "T"}, {"MEK inhibitor"}},
      {"osimertinib", "osimertinib", {"Tagrisso", "AZD-9291"}, {"EGFR inhibitor"}},
      {"pertuzumab", "pertuzumab", {"Perjeta"}, {}},
      {"trastuzumab", "trastuzumab", {"Herceptin", "both"}, {"anti-HER2 antibody"}},
      {"pertuzumab-trastuzumab-sc", "pertuzumab/trastuzumab", {"Phesgo", "both"}, {}},
      {"cisplatin", "cisplatin", {"Platinol"}, {}},
      {"mimic", "mimic", {"cisplatin"}, {}},
      {"t-dxd", "trastuzumab deruxtecan", {"trastuzumabderukstekan", "Enhertu"}, {}},
  });
}

TEST_CASE("substance, brand, code and national spelling give one id") {
  struct Row {
    const char* in;
    const char* want;  // id, or the error's name
    const char* hint = "";
  };
  const Row rows[] = {
      {"dabrafenib", "dabrafenib"},
      {" Tafinlar ", "dabrafenib"},
      {"gsk-2118436", "dabrafenib"},
      {"AZD9291", "osimertinib"},
      {"AZD 9291", "osimertinib"},
      {"osimertinib mesylate", "osimertinib"},
      {"Osimertinibmesilat", "unknown_name"},
      {"trametinib dimethyl sulfoxide", "trametinib"},
      {"T-DXd", "t-dxd"},
      {"trastuzumab-derukstekan", "t-dxd"},
      {"pertuzumab/trastuzumab", "pertuzumab-trastuzumab-sc"},
      {"cisplatin", "cisplatin"},
      {"both", "ambiguous_name", "one of pertuzumab/trastuzumab, trastuzumab"},
      {"dabrafinib", "unknown_name", "similar: dabrafenib"},
      {"mesylate", "unknown_name"},
      {"xyz", "unknown_name"},
      {"", "unknown_name"},
      {"-", "unknown_name"},
  };
  const DrugNames drugs = small_list();
  for (const Row& row : rows) {
    INFO(row.in);
    const auto id = drugs.find(row.in);
    if (id) {
      CHECK(*id == row.want);
    } else {
      CHECK(base::to_string(id.error().code) == row.want);
      CHECK(id.error().piece == row.in);
      CHECK(id.error().hint == row.hint);
    }
  }
}

TEST_CASE("a combination is a sorted set of ids, or the error of its first unknown part") {
  struct Row {
    const char* in;
    const char* want;   // ids joined by a space, or the error's name
    const char* piece;  // of the error
  };
  const Row rows[] = {
      {"dabrafenib + trametinib", "dabrafenib trametinib", ""},
      {"D+T", "dabrafenib trametinib", ""},
      {"trametinib og dabrafenib", "dabrafenib trametinib", ""},
      {"Mekinist and Tafinlar and D", "dabrafenib trametinib", ""},
      {"pertuzumab/trastuzumab", "pertuzumab-trastuzumab-sc", ""},
      {"trastuzumab/pertuzumab", "pertuzumab trastuzumab", ""},
      {"cisplatin, pertuzumab/trastuzumab; D", "cisplatin dabrafenib pertuzumab-trastuzumab-sc", ""},
      {"osimertinib mesylate with cisplatin", "cisplatin osimertinib", ""},
      {"osimertinib", "osimertinib", ""},
      {"trametinib in combination with dabrafenib", "dabrafenib trametinib", ""},
      {"dabrafenib + nonsensumab", "unknown_name", "nonsensumab"},
      {"dabrafenib + both", "ambiguous_name", "both"},
      {"", "unknown_name", ""},
      {" + ", "unknown_name", " + "},
      {"a+b+c+d+e+f+g+h+i+j+k+l+m", "too_large", "a+b+c+d+e+f+g+h+i+j+k+l+m"},
  };
  const DrugNames drugs = small_list();
  for (const Row& row : rows) {
    INFO(row.in);
    const auto ids = drugs.find_combination(row.in);
    if (ids) {
      CHECK(base::join(*ids, " ") == row.want);
    } else {
      CHECK(base::to_string(ids.error().code) == row.want);
      CHECK(ids.error().piece == row.piece);
    }
  }
}

TEST_CASE("records by id, and classes by everyday words") {
  const DrugNames drugs = small_list();
  REQUIRE(drugs.by_id("dabrafenib") != nullptr);
  CHECK(drugs.by_id("dabrafenib")->substance == "dabrafenib");
  CHECK(drugs.by_id("Tafinlar") == nullptr);
  for (const char* text : {"BRAF inhibitor", "braf-inhibitors", "BRAF-hemmer", "BRAF-hemmere", "anti-HER2 antibody"}) {
    INFO(text);
    CHECK(drugs.is_class(text));
  }
  for (const char* text : {"", "inhibitor", "BRAF", "dabrafenib", "PARP inhibitor"}) {
    INFO(text);
    CHECK_FALSE(drugs.is_class(text));
  }
}

TEST_CASE("initials are read only where one regimen on record has them") {
  const std::vector<DrugFacts> drugs = {{"dabrafenib", "dabrafenib", {}, {}},
                                        {"trametinib", "trametinib", {}, {}},
                                        {"trastuzumab", "trastuzumab", {}, {}},
                                        {"pertuzumab", "pertuzumab", {}, {}},
                                        {"paclitaxel", "paclitaxel", {}, {}}};
  const DrugNames names(drugs, {{"dabrafenib", "trametinib"},
                                {"trametinib", "dabrafenib"},
                                {"pertuzumab", "trastuzumab"},
                                {"paclitaxel", "trastuzumab"}});
  using Ids = std::vector<std::string>;
  for (const char* text : {"D+T", "D + T", "T/D", "d+t", "D og T"}) {
    CAPTURE(text);
    const auto read = names.find_combination(text);
    REQUIRE(read);
    CHECK(*read == Ids{"dabrafenib", "trametinib"});
  }
  const auto two = names.find_combination("P+T");
  REQUIRE_FALSE(two);
  CHECK(two.error().code == ErrorCode::AmbiguousName);
  CHECK(two.error().hint == "one of paclitaxel + trastuzumab, pertuzumab + trastuzumab");
  CHECK(names.find_combination("X+Y").error().code == ErrorCode::UnknownName);
  CHECK(names.find_combination("D").error().code == ErrorCode::UnknownName);
  CHECK(names.find_combination("D + trametinib").error().code == ErrorCode::UnknownName);
  CHECK_FALSE(DrugNames(drugs).find_combination("D+T"));
}

}  // namespace
}  // namespace treff::nomenclature
