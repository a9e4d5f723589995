// The tumour tree and every accepted way to name a node (rules D1-D5).
//
// Source of the shape: OncoTree (codes, levels). Built once per revision from diagnosis records; immutable.
// A node is an index; nodes of one tree compare by index only within that tree.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "kb/base/enum_names.h"
#include "kb/base/result.h"
#include "kb/base/verdict.h"

namespace treff::nomenclature {

enum class Lineage : std::uint8_t { Unknown, Solid, Haematological, Histiocytic };

struct DiagnosisFacts {
  std::string code;    // OncoTree code, upper case: "LUAD"
  std::string parent;  // parent code, empty at a tissue
  std::string name;    // English name
  std::string main_type;
  std::string tissue;  // tissue name
  Lineage lineage = Lineage::Unknown;
  bool tissue_level = false;              // a tissue node ("LUNG"): less specific than any diagnosis
  bool unknown_primary = false;           // CUP and below: solid, `unknown` against an organ (D3)
  std::vector<std::string> synonyms;      // everyday names in any language
  std::vector<std::string> icd10;         // "C34" or "C34.1"
  std::vector<std::string> icdo3;         // "8140/3" morphology, or "8140/3 C34.9" with topography
  std::vector<std::string> ncit;          // "C3512"
  std::vector<std::string> doid;          // "DOID:3910"
  std::vector<std::string> former_codes;  // codes this node had in earlier releases: still read, never printed
};

using DiagnosisNode = std::size_t;

class DiagnosisTree {
 public:
  DiagnosisTree() = default;
  // Cycle or unknown parent -> error naming the code.
  static Result<DiagnosisTree> build(std::vector<DiagnosisFacts> nodes);

  // Unknown code is UnknownName with the nearest codes as hint; never "other" (D4).
  Result<DiagnosisNode> by_oncotree(std::string_view code) const;
  // A code that maps to several nodes gives their deepest common ancestor, at highest a tissue; AmbiguousName where the
  // tree has none. A place within a category (C34.1) that the tree does not part is read as the category (C34).
  Result<DiagnosisNode> by_icd10(std::string_view code) const;
  // Morphology, topography or both in any order. Where no node has the pair: a morphology that is listed without a
  // place decides, else the topography.
  Result<DiagnosisNode> by_icdo3(std::string_view code) const;
  Result<DiagnosisNode> by_ncit(std::string_view code) const;
  // "DOID:3910" or "3910".
  Result<DiagnosisNode> by_doid(std::string_view code) const;
  // Code, name, synonym, or the text of an ICD-10, ICD-O-3 or NCIt code. Case, hyphens, commas and British or American
  // spelling do not count, but a code in its own capitals beats a name. AmbiguousName lists the candidates, UnknownName
  // the nearest names.
  Result<DiagnosisNode> by_text(std::string_view text) const;

  const DiagnosisFacts& facts(DiagnosisNode node) const { return nodes_[node]; }
  std::optional<DiagnosisNode> parent(DiagnosisNode node) const;
  std::size_t size() const { return nodes_.size(); }
  // True if `node` is `ancestor` or lies below it.
  bool is_within(DiagnosisNode node, DiagnosisNode ancestor) const;
  // Edges between a node and its ancestor, nullopt if it is not one.
  std::optional<int> distance_up(DiagnosisNode node, DiagnosisNode ancestor) const;

 private:
  Status link();
  void index();
  Result<DiagnosisNode> common_ancestor(const std::vector<DiagnosisNode>& nodes, std::string_view text) const;
  Error ambiguous(const std::vector<DiagnosisNode>& nodes, std::string_view text) const;

  std::vector<DiagnosisFacts> nodes_;
  std::vector<std::optional<DiagnosisNode>> parents_;
  std::unordered_map<std::string, DiagnosisNode> by_code_;                // upper-case code
  std::unordered_map<std::string, std::vector<DiagnosisNode>> by_name_;   // folded name or synonym
  std::unordered_map<std::string, std::vector<DiagnosisNode>> by_icd10_;  // "C34", "C34.1"
  std::unordered_map<std::string, std::vector<DiagnosisNode>> by_icdo3_;
  std::unordered_map<std::string, std::vector<DiagnosisNode>> by_ncit_;
  std::unordered_map<std::string, std::vector<DiagnosisNode>> by_doid_;
  std::unordered_map<std::string, DiagnosisNode> by_former_code_;  // upper case; codes in use are not in it
};

}  // namespace treff::nomenclature

namespace treff::base {

template <>
struct EnumNames<nomenclature::Lineage> {
  using E = nomenclature::Lineage;
  static constexpr std::array rows = {EnumName<E>{E::Unknown, "unknown"}, EnumName<E>{E::Solid, "solid"},
                                      EnumName<E>{E::Haematological, "haematological"},
                                      EnumName<E>{E::Histiocytic, "histiocytic"}};
};

}  // namespace treff::base
