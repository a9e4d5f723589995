// What must hold for any bytes handed to the tumour tree as a name. Used by the fuzz target, by the replay of its
// corpus, and with the whole tree by the everyday phrases.
//
// The function returns nullptr, or the property that does not hold.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kb/base/text.h"
#include "kb/nomenclature/diagnosis_tree.h"

namespace treff::nomenclature {

// A branch with names in both languages, codes of every system, a former code, and names of several nodes.
inline const DiagnosisTree& small_diagnosis_tree() {
  static const DiagnosisTree kTree = [] {
    std::vector<DiagnosisFacts> nodes;
    const auto add = [&](std::string code, std::string parent, std::string name, std::vector<std::string> synonyms) {
      DiagnosisFacts facts;
      facts.tissue_level = parent.empty();
      facts.code = std::move(code);
      facts.parent = std::move(parent);
      facts.name = std::move(name);
      facts.synonyms = std::move(synonyms);
      nodes.push_back(std::move(facts));
      return &nodes.back();
    };
    add("LUNG", "", "Lung", {"lungekreft", "kreft i lungene", "lung tumour"})->icd10 = {"C34"};
    add("NSCLC", "LUNG", "Non-Small Cell Lung Cancer", {"ikke-småcellet lungekreft"})->ncit = {"C2926"};
    add("LUAD", "NSCLC", "Lung Adenocarcinoma", {"lungeadenokarsinom", "adenokarsinom"})->icdo3 = {"8140/3 C34.9"};
    add("LUSC", "NSCLC", "Lung Squamous Cell Carcinoma", {"plateepitelkarsinom"})->doid = {"DOID:3907"};
    add("SCLC", "LUNG", "Small Cell Lung Cancer", {"småcellet lungekreft", "oat cell"})->former_codes = {"SCLCX"};
    add("BOWEL", "", "Bowel", {"tarmkreft"})->icd10 = {"C18", "C20"};
    add("COADREAD", "BOWEL", "Colorectal Adenocarcinoma", {"colorectal cancer", "CRC", "adenokarsinom"})->icdo3 = {
        "8140/3 C18.9"};
    add("PNET", "BRAIN", "Primitive Neuroectodermal Tumor", {});
    add("PANET", "BOWEL", "Pancreatic Neuroendocrine Tumor", {"pNET", "neuroendocrine tumour, pancreas"});
    add("BRAIN", "", "CNS/Brain", {"hjernesvulst", "Ø-svulst"})->icdo3 = {"9473/3", "C71.9"};
    return DiagnosisTree::build(std::move(nodes)).value();
  }();
  return kTree;
}

// "one of Lung Adenocarcinoma (LUAD); Bowel (BOWEL)": every code exists, and no name is offered that asks back again.
inline const char* candidates_problem(std::string_view hint, const DiagnosisTree& tree) {
  constexpr std::string_view kStart = "one of ";
  if (hint.substr(0, kStart.size()) != kStart) return "an ambiguity without candidates";
  std::size_t candidates = 0;
  for (const auto part : base::split(hint.substr(kStart.size()), ';')) {
    const auto item = base::trim(part);
    if (item == "...") continue;
    const auto open = item.rfind('(');
    if (open == std::string_view::npos || item.back() != ')') return "a candidate without a code";
    const auto code = item.substr(open + 1, item.size() - open - 2);
    const auto node = tree.by_text(code);
    if (!node || tree.facts(*node).code != code) return "a candidate's code leads elsewhere";
    ++candidates;
  }
  return candidates > 1 ? nullptr : "an ambiguity with one candidate";
}

inline const char* diagnosis_problem(std::string_view text, const DiagnosisTree& tree) {
  const auto read = tree.by_text(text);
  const auto spaced = tree.by_text("  " + std::string(text) + "\t");
  if (read.has_value() != spaced.has_value()) return "blanks around it change the reading";
  if (!read) {
    const Error& error = read.error();
    if (error.message.empty()) return "an error without words";
    if (error.at_byte && *error.at_byte > text.size()) return "an error behind the end of the text";
    if (error.code == ErrorCode::AmbiguousName) return candidates_problem(error.hint, tree);
    return error.code == ErrorCode::UnknownName ? nullptr : "an error of another kind";
  }
  if (*read >= tree.size()) return "a node that does not exist";
  if (*spaced != *read) return "blanks around it change the node";
  const std::string& code = tree.facts(*read).code;
  // The canonical reading is the code: it reads as itself, in both ways.
  const auto again = tree.by_text(code);
  const auto by_code = tree.by_oncotree(code);
  return again && *again == *read && by_code && *by_code == *read ? nullptr : "the code reads differently";
}

}  // namespace treff::nomenclature
