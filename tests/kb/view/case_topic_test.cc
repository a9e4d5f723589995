// From a case to what it is searched by: tumour, ancestors, gene, family, change, drugs, age.
#include <algorithm>
#include <catch2/catch.hpp>

#include "kb/base/text.h"
#include "kb/view/case_topic.h"

namespace treff::view {
namespace {

using text::TopicRole;

template <class Kind>
Kind named(std::string id, std::string en) {
  Kind made;
  made.id = std::move(id);
  made.names.en = std::move(en);
  made.sources = {"s"};
  return made;
}

model::Diagnosis diagnosis(std::string id, std::string name, std::string code, std::string parent) {
  auto made = named<model::Diagnosis>(std::move(id), std::move(name));
  made.code = std::move(code);
  made.parent = std::move(parent);
  made.tissue = "Skin";
  made.main_type = "Melanoma";
  made.lineage = nomenclature::Lineage::Solid;
  made.tissue_level = made.parent.empty();
  return made;
}

model::Gene gene(std::string id, std::string symbol, std::vector<std::string> aliases) {
  auto made = named<model::Gene>(std::move(id), "");
  made.symbol = std::move(symbol);
  made.synonyms = std::move(aliases);
  return made;
}

model::Drug drug(std::string substance, std::vector<std::string> brands, std::vector<std::string> classes,
                 std::vector<std::string> genes) {
  auto made = named<model::Drug>(substance, substance);
  made.substance = substance;
  made.brands = std::move(brands);
  made.drug_classes = std::move(classes);
  made.genes = std::move(genes);
  return made;
}

std::shared_ptr<const match::Knowledge> world() {
  std::vector<model::Record> records = {diagnosis("skin", "Skin", "SKIN", ""),
                                        diagnosis("mel", "Melanoma", "MEL", "skin"),
                                        diagnosis("lmm", "Lentigo Maligna", "LMM", "mel"),
                                        gene("braf", "BRAF", {"B-Raf"}),
                                        gene("raf1", "RAF1", {}),
                                        drug("vemurafenib", {"Zelboraf"}, {"BRAF inhibitor"}, {"braf"}),
                                        drug("encorafenib", {}, {"BRAF inhibitor"}, {}),
                                        drug("pembrolizumab", {}, {"immune checkpoint inhibitor"}, {})};
  auto family = named<model::GeneFamily>("raf", "RAF");
  family.members = {"braf", "raf1"};
  records.emplace_back(family);
  auto source = named<model::Source>("s", "s");
  source.citation = "s";
  records.emplace_back(source);
  auto built = match::Knowledge::build(std::move(records));
  REQUIRE(built.has_value());
  return *built;
}

// "BRAF, B-Raf" of the groups with this role; "-" if there is none.
std::string names(const CaseTopic& made, TopicRole role) {
  std::vector<std::string> out;
  for (const text::TopicGroup& group : made.topic.groups) {
    if (group.role != role) continue;
    for (const text::TopicName& name : group.names) out.push_back(name.text);
  }
  return out.empty() ? "-" : base::join(out, ", ");
}

model::TumourCase melanoma_case(const std::string& alteration) {
  model::TumourCase made;
  made.diagnosis.oncotree = "MEL";
  if (!alteration.empty()) {
    model::CaseAlteration one;
    one.text.text = alteration;
    made.alterations.push_back(one);
  }
  return made;
}

TEST_CASE("a case is searched by every name of what it holds") {
  const auto knowledge = world();
  const CaseWords words(knowledge);
  const auto made = topic_of_case(melanoma_case("BRAF V600E"), words);
  REQUIRE(made.has_value());
  CHECK(names(*made, TopicRole::Diagnosis) == "Melanoma");
  CHECK(names(*made, TopicRole::Subtype) == "Lentigo Maligna");
  CHECK(names(*made, TopicRole::Gene) == "BRAF, B-Raf");
  CHECK(names(*made, TopicRole::WiderGene) == "RAF");
  CHECK(names(*made, TopicRole::Alteration) == "V600E");
  CHECK(names(*made, TopicRole::WiderAlteration) == "V600, mutation, mutated, mutant");
  CHECK(names(*made, TopicRole::Drug) == "vemurafenib, Zelboraf, encorafenib");
  CHECK(names(*made, TopicRole::WiderDrug) == "BRAF inhibitor");
  CHECK(names(*made, TopicRole::Person) == "-");
  CHECK(made->issues.empty());
}

TEST_CASE("a name that several tumours share is a name of none of them") {
  auto luad = diagnosis("luad", "Lung Adenocarcinoma", "LUAD", "lung");
  luad.synonyms = {"adenocarcinoma", "pulmonary adenocarcinoma"};
  auto paad = diagnosis("paad", "Pancreatic Adenocarcinoma", "PAAD", "pancreas");
  paad.synonyms = {"adenocarcinoma"};
  auto source = named<model::Source>("s", "s");
  source.citation = "s";
  auto built = match::Knowledge::build(
      {source, diagnosis("lung", "Lung", "LUNG", ""), luad, diagnosis("pancreas", "Pancreas", "PANCREAS", ""), paad});
  REQUIRE(built.has_value());
  const CaseWords words(*built);
  model::TumourCase sent;
  sent.diagnosis.oncotree = "LUAD";
  const auto made = topic_of_case(sent, words);
  REQUIRE(made.has_value());
  CHECK(names(*made, TopicRole::Diagnosis) == "Lung Adenocarcinoma, pulmonary adenocarcinoma");
}

TEST_CASE("kinds of change have their words") {
  struct Row {
    std::string alteration, kind;
  };
  const std::vector<Row> rows = {{"BRAF amplification", "amplification, amplified, overexpression, overexpressing"},
                                 {"BRAF homozygous deletion", "deletion, loss, deficient, deficiency"},
                                 {"BRAF fusion", "fusion, rearrangement, translocation, rearranged"}};
  const auto knowledge = world();
  const CaseWords words(knowledge);
  for (const Row& row : rows) {
    INFO(row.alteration);
    const auto made = topic_of_case(melanoma_case(row.alteration), words);
    REQUIRE(made.has_value());
    CHECK(names(*made, TopicRole::WiderAlteration) == row.kind);
    CHECK(names(*made, TopicRole::Gene) == "BRAF, B-Raf");
  }
}

TEST_CASE("what nobody knows is searched by its words, and said; what is a code must exist") {
  const auto knowledge = world();
  const CaseWords words(knowledge);
  auto odd = melanoma_case("entirely unread text of BRAF");
  odd.diagnosis = {};
  odd.diagnosis.text = "tumour of the moon";
  const auto made = topic_of_case(odd, words);
  REQUIRE(made.has_value());
  CHECK(names(*made, TopicRole::Diagnosis) == "tumour of the moon");
  CHECK(names(*made, TopicRole::Gene) == "BRAF, B-Raf");
  REQUIRE(made->issues.size() == 2);
  CHECK(made->issues[0].id == "diagnosis_by_words");
  CHECK(made->issues[1].id == "alteration_by_words");

  auto wrong = melanoma_case("");
  wrong.diagnosis.oncotree = "NOPE";
  CHECK_FALSE(topic_of_case(wrong, words).has_value());
  CHECK_FALSE(topic_of_case(model::TumourCase(), words).has_value());
}

TEST_CASE("age decides whose trials are others'") {
  const auto knowledge = world();
  const CaseWords words(knowledge);
  auto adult = melanoma_case("");
  adult.age_years = 18;
  auto child = melanoma_case("");
  child.age_years = 17;
  const auto of_adult = topic_of_case(adult, words);
  const auto of_child = topic_of_case(child, words);
  REQUIRE(of_adult.has_value());
  REQUIRE(of_child.has_value());
  CHECK(of_adult->topic.other_people.front().text == "pediatric");
  CHECK(names(*of_adult, TopicRole::Person) == "-");
  CHECK(of_child->topic.other_people.front().text == "adult");
  CHECK(names(*of_child, TopicRole::Person).find("pediatric") != std::string::npos);
}

TEST_CASE("immune biomarkers bring the checkpoint antibodies") {
  const auto knowledge = world();
  const CaseWords words(knowledge);
  auto made = melanoma_case("");
  nomenclature::Biomarker tmb;
  tmb.name = nomenclature::BiomarkerName::Tmb;
  made.biomarkers = {tmb};
  const auto topic = topic_of_case(made, words);
  REQUIRE(topic.has_value());
  CHECK(names(*topic, TopicRole::WiderDrug).find("pembrolizumab") != std::string::npos);
  CHECK(names(*topic, TopicRole::Biomarker).find("tumor mutational burden") != std::string::npos);
}

}  // namespace
}  // namespace treff::view
