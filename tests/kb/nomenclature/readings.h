// Readings against the small gene table, in the short form that tables of expected answers use.
#pragma once

#include <string>

#include "kb/nomenclature/read_alteration.h"
#include "kb/nomenclature/variant_class.h"
#include "tests/kb/nomenclature/small_gene_table.h"

namespace treff::nomenclature {

inline Result<Reading<Alteration>> read_text(const std::string& text, const std::string& gene = {}) {
  AlterationText in;
  in.text = text;
  in.gene = gene;
  return read_alteration(in, small_gene_table());
}

// "met M1": what the finding is to the rule; which of them cannot be read, and why.
inline std::string related(const std::string& rule, const std::string& finding) {
  const auto cls = read_class(rule, "", small_gene_table());
  const auto alteration = read_text(finding);
  if (!cls) return "rule: " + to_text(cls.error());
  if (!alteration) return "finding: " + to_text(alteration.error());
  const auto found = relation(cls->value, alteration->value, small_gene_table());
  return std::string(base::to_string(found.verdict)) + " " + found.rule;
}

}  // namespace treff::nomenclature
