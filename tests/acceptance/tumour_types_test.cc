// Tumour types: the way up and down the tree, solid or liquid, closures with exclusions, cross references to the
// Disease Ontology (MATCHING.md D1-D4).
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "indexer/importers/disease_ontology.h"
#include "indexer/importers/oncotree.h"
#include "kb/match/compiled.h"
#include "kb/match/leaf.h"
#include "tests/acceptance/seed_words.h"
#include "tests/acceptance/suite.h"

namespace treff::acceptance {
namespace {

using nlohmann::json;
using nomenclature::DiagnosisFacts;
using nomenclature::DiagnosisNode;
using nomenclature::Lineage;

constexpr const char* kList = "differences_tumour_types.tsv";

const nomenclature::DiagnosisTree& tree() { return seed_words().diagnoses; }

json subtype(const DiagnosisFacts& facts) { return {{"subtype", facts.name}}; }
json main_type(const std::string& name) { return {{"main_type", name}}; }

// The words for all tumours of a lineage, and for all.
json form_words(Lineage lineage) {
  json out = json::array();
  if (lineage == Lineage::Solid) out.push_back(main_type("All Solid Tumors"));
  if (lineage == Lineage::Haematological) out.push_back(main_type("All Liquid Tumors"));
  out.push_back(main_type("All Tumors"));
  return out;
}

std::vector<DiagnosisNode> below(DiagnosisNode node) {
  std::vector<DiagnosisNode> out;
  for (DiagnosisNode other = 0; other < tree().size(); ++other) {
    if (other != node && tree().is_within(other, node)) out.push_back(other);
  }
  return out;
}

// A node's name, its main type, its kin of the same main type above (nearest first) or below, its form. Upstream's
// order among siblings has no rule, so siblings stand by name here and in the expectation.
json relevant_types(const std::string& input, bool as_main_type, bool upward) {
  json out = json::array();
  const auto add_all = [&](const json& more) { out.insert(out.end(), more.begin(), more.end()); };
  if (input == "All Tumors") return form_words(Lineage::Unknown);
  if (input == "All Solid Tumors") return form_words(Lineage::Solid);
  if (input == "All Liquid Tumors") return form_words(Lineage::Haematological);
  if (as_main_type) {
    out.push_back(main_type(input));
    add_all(form_words(Lineage::Unknown));  // a main type alone has no place in the tree, so no form
    return out;
  }
  const auto node = tree().by_text(input);
  if (!node) return out;
  const DiagnosisFacts& facts = tree().facts(*node);
  out.push_back(subtype(facts));
  out.push_back(main_type(facts.main_type));
  if (upward) {
    for (auto above = tree().parent(*node); above; above = tree().parent(*above)) {
      const DiagnosisFacts& kin = tree().facts(*above);
      if (kin.main_type == facts.main_type && !kin.tissue_level) out.push_back(subtype(kin));
    }
  } else {
    for (const DiagnosisNode kin : below(*node)) out.push_back(subtype(tree().facts(kin)));
  }
  add_all(form_words(facts.lineage));
  return out;
}

// Siblings between the main type and the form, by name.
json with_sorted_kin(json list) {
  if (list.size() > 4) std::sort(list.begin() + 2, list.end() - 2);
  return list;
}

TEST_CASE("oncokb_relevant_types", "[acceptance]") {
  const auto rows = rows_of("tumour_types/oncokb_relevant_types.tsv");
  if (rows.empty()) return;
  Score score("oncokb_relevant_types", kList);
  for (const Row& row : rows) {
    const bool upward = row.context["direction"] == "upward";
    json got = relevant_types(row.input, row.context["as_main_type"].get<bool>(), upward);
    json want = row.expected["ordered"];
    if (!upward) {
      got = with_sorted_kin(got);
      want = with_sorted_kin(want);
    }
    score.add(row.id, got == want, row.input + " wants " + want.dump() + ", got " + got.dump());
  }
  score.finish(100);
}

// Nodes that a condition includes, evaluated by the matcher itself; tissues are no diagnosis.
json closure(const model::DiagnosisCondition& condition, const std::string& of_main_type) {
  model::Criterion criterion;
  criterion.kind = model::CriterionKind::Diagnosis;
  criterion.leaf = condition;
  match::CriterionPool pool(seed_knowledge());
  const auto compiled = pool.add(criterion);
  REQUIRE(compiled);
  const auto& leaf = pool.leaves()[pool.nodes()[compiled->root].leaf];
  json out = json::array();
  for (DiagnosisNode node = 0; node < tree().size(); ++node) {
    const DiagnosisFacts& facts = tree().facts(node);
    if (facts.tissue_level || (!of_main_type.empty() && facts.main_type != of_main_type)) continue;
    match::CaseFacts patient;
    patient.diagnosis = node;
    // D2: a node above an excluded one is included, with a question; upstream knows no question.
    const auto result = match::evaluate_leaf(leaf, patient, seed_words());
    const bool asked = result.message == match::MessageId::DiagnosisMaybeExcluded;
    if (result.verdict == Verdict::Met || asked) out.push_back(subtype(facts));
  }
  return out;
}

std::string code_named(const json& name) {
  const auto node = tree().by_text(name.get<std::string>());
  INFO(name);
  REQUIRE(node);
  return tree().facts(*node).code;
}

// One side of an upstream row: by code, by name, by main type, or all tumours of a form.
void read_side(const json& side, std::vector<std::string>& codes, std::string& of_main_type) {
  if (side.is_null()) return;
  if (side.contains("code")) codes.push_back(side["code"]);
  if (side.contains("name")) codes.push_back(code_named(side["name"]));
  if (side.contains("main_type")) {
    of_main_type = side["main_type"];
    codes.push_back("any");
  }
  if (!side.contains("special")) return;
  const std::string word = side["special"];
  codes.push_back(word == "ALL_SOLID_TUMORS" ? "solid" : word == "ALL_LIQUID_TUMORS" ? "haematological" : "any");
}

std::set<std::string> as_set(const json& list) {
  std::set<std::string> out;
  for (const json& item : list) out.insert(item.dump());
  return out;
}

json evidence_types(const json& context) {
  model::DiagnosisCondition condition;
  std::string of_main_type;
  std::string ignored;
  read_side(context["include"], condition.any_of, of_main_type);
  read_side(context["exclude"], condition.none_of, ignored);
  json got = closure(condition, of_main_type);
  if (!of_main_type.empty()) got.push_back(main_type(of_main_type));
  return got;
}

TEST_CASE("oncokb_evidence_types", "[acceptance]") {
  const auto rows = rows_of("tumour_types/oncokb_evidence_types.tsv");
  if (rows.empty()) return;
  Score score("oncokb_evidence_types", kList);
  for (const Row& row : rows) {
    const json got = evidence_types(row.context);
    bool pass = false;
    if (row.expected.contains("set")) pass = as_set(got) == as_set(row.expected["set"]);
    if (row.expected.contains("without_main_type")) {
      pass = !got.empty() && as_set(got).count(main_type(row.expected["without_main_type"]).dump()) == 0;
    }
    score.add(row.id, pass, row.input + " got " + got.dump());
  }
  score.finish(100);
}

TEST_CASE("oncokb_counts", "[acceptance]") {
  const auto rows = rows_of("tumour_types/oncokb_counts.tsv");
  if (rows.empty()) return;
  Score score("oncokb_counts", kList);
  for (const Row& row : rows) {
    const json context = row.context.contains("include")
                             ? row.context
                             : json{{"include", {{"special", "ALL_TUMORS"}}}, {"exclude", nullptr}};
    const auto size = evidence_types(context).size();
    score.add(row.id, row.expected["size"] == size, row.input + " got " + std::to_string(size));
  }
  score.finish(0);
}

// D3: any tissue of a set decides; "(none)" says nothing.
bool has_form(const std::string& input, Lineage wanted) {
  std::size_t from = 0;
  while (from <= input.size()) {
    const std::size_t end = std::min(input.find(" + ", from), input.size());
    const auto node = tree().by_text(input.substr(from, end - from));
    if (node && tree().facts(*node).lineage == wanted) return true;
    from = end + 3;
  }
  return false;
}

TEST_CASE("oncokb_tumour_form", "[acceptance]") {
  const auto rows = rows_of("tumour_types/oncokb_tumour_form.tsv");
  if (rows.empty()) return;
  Score score("oncokb_tumour_form", kList);
  for (const Row& row : rows) {
    const bool solid = row.context["ask"] == "solid";
    const bool got = has_form(row.input, solid ? Lineage::Solid : Lineage::Haematological);
    score.add(row.id, row.expected["answer"] == got, row.input + (got ? " yes" : " no"));
  }
  score.finish(100);
}

std::filesystem::path reference_file(const char* name) { return shared_folder() / "reference/tumour_types" / name; }

TEST_CASE("civic_doid", "[acceptance]") {
  const auto rows = rows_of("tumour_types/civic_doid.tsv");
  if (rows.empty()) return;
  const auto diseases = indexer::DiseaseOntology::read(reference_file("DO_cancer_slim.obo"));
  REQUIRE(diseases);
  Score score("civic_doid", kList);
  int mapped = 0;
  for (const Row& row : rows) {
    // The same id, or unmapped: a name is never led to another disease.
    const std::string got = diseases->by_name(row.input);
    mapped += got.empty() ? 0 : 1;
    score.add(row.id, got.empty() || row.expected["doid"] == got, row.input + " got " + got);
  }
  score.finish(100);
  std::cout << "acceptance: civic_doid " << mapped << " of " << rows.size() << " names are mapped" << std::endl;
  CHECK(mapped * 10 >= static_cast<int>(rows.size()) * 8);
}

TEST_CASE("oncotree_doid", "[acceptance]") {
  const auto rows = rows_of("tumour_types/oncotree_doid.tsv");
  if (rows.empty()) return;
  NoProgress quiet;
  const auto records =
      indexer::read_oncotree({reference_file("oncotree_2025_10_03.json"), reference_file("ontology_mappings.txt"),
                              reference_file("DO_cancer_slim.obo")},
                             quiet);
  REQUIRE(records);
  std::map<std::string, const model::Diagnosis*> by_code;
  for (const auto& item : *records) {
    if (const auto* node = std::get_if<model::Diagnosis>(&item.record)) by_code[node->code] = node;
  }
  CHECK(by_code.size() == 897);
  Score score("oncotree_doid", kList);
  for (const Row& row : rows) {
    const auto node = by_code.find(row.input);
    std::set<std::string> got;
    if (node != by_code.end()) {
      for (const auto& id : node->second->doid) got.insert(id.substr(5));
    }
    const auto want = row.expected["doid"].get<std::set<std::string>>();
    score.add(row.id, got == want, row.input + " wants " + row.expected.dump() + ", got " + json(got).dump());
  }
  score.finish(100);
}

}  // namespace
}  // namespace treff::acceptance
