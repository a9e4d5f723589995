#include "kb/match/coded_gene.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "kb/base/text.h"

namespace treff::match {
namespace {

using nomenclature::GeneFacts;
using nomenclature::GeneTable;

Error disagree(const model::CodedGene& gene, const std::string& coded) {
  return Error{ErrorCode::InvalidValue,
               "the code " + gene.hgnc_id + " is " + coded + ", but the name beside it is '" + gene.name + "'",
               {},
               gene.hgnc_id + " " + gene.name,
               std::nullopt,
               "ask the laboratory which gene is meant"};
}

void rename(std::string& name, const std::string& from, const std::string& to) {
  if (base::equals_ignoring_case(name, from)) name = to;
}

}  // namespace

Result<std::string> symbol_of(const model::CodedGene& gene, const GeneTable& genes) {
  if (gene.hgnc_id.empty()) {
    const auto found = genes.find(gene.name);
    if (!found) return fail(found.error());
    return found->gene->symbol;
  }
  if (const GeneFacts* coded = genes.by_hgnc_id(gene.hgnc_id)) {
    if (gene.name.empty() || GeneTable::has_name(*coded, gene.name)) return coded->symbol;
    return fail(disagree(gene, coded->symbol));
  }
  if (gene.name.empty()) {
    return fail(Error{ErrorCode::UnknownName, "no gene has this HGNC id", {}, gene.hgnc_id, std::nullopt, {}});
  }
  const auto named = genes.find(gene.name);
  if (!named) return fail(named.error());
  if (!named->gene->hgnc_id.empty()) return fail(disagree(gene, "not known as " + named->gene->symbol));
  return named->gene->symbol;
}

Status resolve_coded_genes(model::CaseAlteration& alteration, const GeneTable& genes) {
  std::vector<std::pair<std::string, std::string>> names;  // as written -> symbol
  for (const model::CodedGene& gene : alteration.coded_genes) {
    auto symbol = symbol_of(gene, genes);
    if (symbol) {
      names.emplace_back(gene.name.empty() ? gene.hgnc_id : gene.name, std::move(*symbol));
    } else if (symbol.error().code == ErrorCode::InvalidValue) {
      return fail(symbol.error());
    }
  }
  for (const auto& [written, symbol] : names) {
    rename(alteration.text.gene, written, symbol);
    if (!alteration.fusion) continue;
    for (auto* side : {&alteration.fusion->five_prime, &alteration.fusion->three_prime}) {
      for (std::string& name : side->genes) rename(name, written, symbol);
    }
  }
  return {};
}

}  // namespace treff::match
