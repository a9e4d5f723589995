#include "kb/nomenclature/diagnosis_tree.h"

#include <catch2/catch.hpp>

namespace treff::nomenclature {
namespace {

struct Codes {
  std::vector<std::string> icd10;
  std::vector<std::string> icdo3;
  std::vector<std::string> ncit;
};

DiagnosisFacts node(std::string code, std::string parent, std::string name, std::vector<std::string> synonyms = {},
                    Codes codes = {}) {
  DiagnosisFacts facts;
  facts.code = std::move(code);
  facts.parent = std::move(parent);
  facts.name = std::move(name);
  facts.synonyms = std::move(synonyms);
  facts.icd10 = std::move(codes.icd10);
  facts.icdo3 = std::move(codes.icdo3);
  facts.ncit = std::move(codes.ncit);
  facts.tissue_level = facts.parent.empty();
  return facts;
}

std::vector<DiagnosisFacts> small_tree() {
  return {
      node("LUNG", "", "Lung", {"lungekreft", "Lung cancer"}, {{"C34"}, {"C34"}, {"C12468"}}),
      node("NSCLC", "LUNG", "Non-Small Cell Lung Cancer", {"ikke-småcellet lungekreft"},
           {{}, {"8046/3 C34.9"}, {"C2926"}}),
      node("LUAD", "NSCLC", "Lung Adenocarcinoma", {}, {{}, {"8140/3 C34.9"}, {"C3512"}}),
      node("LUSC", "NSCLC", "Lung Squamous Cell Carcinoma", {}, {{}, {"8070/3 C34.9"}, {}}),
      node("SCLC", "LUNG", "Small Cell Lung Cancer", {"kreft, småcellet"}, {{}, {"8041/3 C34.9"}, {}}),
      node("LIVER", "", "Liver", {"leverkreft"}, {{"C22"}, {"C22"}, {}}),
      node("HCC", "LIVER", "Hepatocellular Carcinoma", {"sclc"}, {{"C22.0"}, {"8170/3 C22.0"}, {}}),
      node("BILIARY_TRACT", "", "Biliary Tract", {}, {{"C22", "C24"}, {"C24"}, {}}),
      node("CHOL", "BILIARY_TRACT", "Cholangiocarcinoma", {"shared"}, {{"C22.1"}, {"8160/3 C22.1"}, {}}),
      node("BRAIN", "", "CNS/Brain", {"hjernesvulst", "brain tumour"}, {{"C71"}, {"C71"}, {}}),
      node("DIFG", "BRAIN", "Diffuse Glioma", {"shared name"}, {}),
      node("GB", "DIFG", "Glioblastoma, IDH-Wildtype", {"shared name"}, {{}, {"9440/3"}, {}}),
      node("BREAST", "", "Breast", {"brystkreft"}, {{"C50"}, {"C50"}, {}}),
      node("OTHER", "", "Other", {"shared"}, {{"bad"}, {"nonsense"}, {"bad"}}),
  };
}

DiagnosisTree tree_of(std::vector<DiagnosisFacts> nodes) {
  auto tree = DiagnosisTree::build(std::move(nodes));
  REQUIRE(tree);
  return std::move(*tree);
}

using Lookup = Result<DiagnosisNode> (DiagnosisTree::*)(std::string_view) const;

struct Row {
  const char* in;
  const char* want;  // code, or the error's name
  const char* hint = nullptr;
};

template <std::size_t N>
void check_rows(Lookup lookup, const Row (&rows)[N]) {
  const DiagnosisTree tree = tree_of(small_tree());
  for (const Row& row : rows) {
    INFO(row.in);
    const auto found = (tree.*lookup)(row.in);
    if (found) {
      CHECK(tree.facts(*found).code == row.want);
    } else {
      CHECK(base::to_string(found.error().code) == row.want);
      CHECK(found.error().piece == row.in);
      if (row.hint != nullptr) CHECK(found.error().hint == row.hint);
    }
  }
}

TEST_CASE("a tree with a cycle, a missing parent or a doubled code is refused by name") {
  struct BadTree {
    const char* name;
    std::vector<DiagnosisFacts> nodes;
    ErrorCode code;
    const char* piece;
  };
  const BadTree rows[] = {
      {"cycle of two", {node("A", "B", "a"), node("B", "A", "b")}, ErrorCode::Cycle, "A"},
      {"own parent", {node("A", "A", "a")}, ErrorCode::Cycle, "A"},
      {"below a cycle", {node("X", "A", "x"), node("A", "B", "a"), node("B", "A", "b")}, ErrorCode::Cycle, "X"},
      {"missing parent", {node("LUNG", "", "l"), node("LUAD", "LUNGS", "a")}, ErrorCode::DanglingId, "LUNGS"},
      {"doubled code", {node("LUNG", "", "l"), node("lung", "", "l")}, ErrorCode::DuplicateId, "lung"},
  };
  for (const BadTree& row : rows) {
    INFO(row.name);
    const auto tree = DiagnosisTree::build(row.nodes);
    REQUIRE_FALSE(tree);
    CHECK(tree.error().code == row.code);
    CHECK(tree.error().piece == row.piece);
  }
}

TEST_CASE("an OncoTree code is its node or an error, never another (D4)") {
  const Row rows[] = {{"LUAD", "LUAD"},
                      {" luad ", "LUAD"},
                      {"LUAC", "unknown_name", "similar: LUAD, LUSC, LUNG"},
                      {"Lung Adenocarcinoma", "unknown_name"},
                      {"", "unknown_name", ""}};
  check_rows(&DiagnosisTree::by_oncotree, rows);
}

TEST_CASE("an ICD-10 code is a place, at best a tissue (D4)") {
  const Row rows[] = {{"C34", "LUNG"},
                      {"C34.1", "LUNG"},
                      {"c341", "LUNG"},
                      {"C34.90", "LUNG"},
                      {"C22.0", "HCC"},
                      {"C22.1", "CHOL"},
                      {"C22.9", "ambiguous_name", "one of Biliary Tract (BILIARY_TRACT); Liver (LIVER)"},
                      {"C71.9", "BRAIN"},
                      {"C99", "unknown_name", ""},
                      {"lung", "unknown_name", "an ICD-10 code looks like C34 or C34.1"},
                      {"", "unknown_name"},
                      {"C34.123456789", "unknown_name"},
                      {"bad", "unknown_name"}};
  check_rows(&DiagnosisTree::by_icd10, rows);
}

TEST_CASE("ICD-O-3 morphology and topography meet in one node (D4)") {
  const Row rows[] = {{"8140/3 C34.1", "LUAD"},
                      {"C34.9, M8140/3", "LUAD"},
                      {"8140/3", "LUAD"},
                      {"9440/3", "GB"},
                      {"9440/3 C71.1", "GB"},
                      {"C50.9", "BREAST"},
                      {"8140/3 C50.4", "BREAST"},
                      {"8140/3 C99", "unknown_name"},
                      {"8999/3 C34.9", "unknown_name"},
                      {"8140/3 8070/3", "unknown_name"},
                      {"C34 C50", "unknown_name"},
                      {"8140", "unknown_name"},
                      {"", "unknown_name"},
                      {"nonsense", "unknown_name"}};
  check_rows(&DiagnosisTree::by_icdo3, rows);
}

TEST_CASE("NCIt codes with and without prefix") {
  const Row rows[] = {{"C3512", "LUAD"},        {"ncit:c3512", "LUAD"}, {"C9999999", "unknown_name"},
                      {"3512", "unknown_name"}, {"", "unknown_name"},   {"bad", "unknown_name"}};
  check_rows(&DiagnosisTree::by_ncit, rows);
}

TEST_CASE("words: codes, names and everyday names, with the ambiguous told (D4)") {
  const Row rows[] = {
      {"luad", "LUAD"},
      {"SCLC", "SCLC"},
      {"sCLC", "HCC"},
      {"Lungekreft", "LUNG"},
      {"IKKE-SMÅCELLET  LUNGEKREFT", "NSCLC"},
      {"ikke småcellet lungekreft", "NSCLC"},
      {"non small cell lung cancer", "NSCLC"},
      {"småcellet kreft", "unknown_name"},
      {"Glioblastoma IDH-wildtype", "GB"},
      {"brain tumor", "BRAIN"},
      {"Brain Tumour", "BRAIN"},
      {"shared", "ambiguous_name", "one of Cholangiocarcinoma (CHOL); Other (OTHER)"},
      {"shared name", "DIFG"},
      {"lungekref", "unknown_name", "similar: lungekreft"},
      {"C34.1", "LUNG"},
      {"8140/3 C34.9", "LUAD"},
      {"NCIT:C3512", "LUAD"},
      {"C22", "ambiguous_name"},
      {"cancer", "unknown_name", ""},
      {"", "unknown_name", ""},
  };
  check_rows(&DiagnosisTree::by_text, rows);
}

TEST_CASE("walking the tree: below, above and how far (D1, D2)") {
  const DiagnosisTree tree = tree_of(small_tree());
  struct Walk {
    const char* node;
    const char* ancestor;
    std::optional<int> edges;
  };
  const Walk rows[] = {{"LUAD", "LUAD", 0},
                       {"LUAD", "NSCLC", 1},
                       {"LUAD", "LUNG", 2},
                       {"NSCLC", "LUAD", std::nullopt},
                       {"LUAD", "BRAIN", std::nullopt},
                       {"GB", "BRAIN", 2}};
  for (const Walk& row : rows) {
    INFO(row.node << " below " << row.ancestor);
    const DiagnosisNode below = *tree.by_oncotree(row.node);
    const DiagnosisNode above = *tree.by_oncotree(row.ancestor);
    CHECK(tree.distance_up(below, above) == row.edges);
    CHECK(tree.is_within(below, above) == row.edges.has_value());
  }
  CHECK(tree.facts(*tree.parent(*tree.by_oncotree("LUAD"))).code == "NSCLC");
  CHECK_FALSE(tree.parent(*tree.by_oncotree("LUNG")).has_value());
  CHECK(tree.size() == small_tree().size());
}

}  // namespace
}  // namespace treff::nomenclature
