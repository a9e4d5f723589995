#include "kb/casefile/fhir_genes.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "kb/base/text.h"
#include "kb/casefile/cell_value.h"

namespace treff::casefile {
namespace {

constexpr std::size_t kMaxGenes = 3000;

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 8 && std::all_of(text.begin(), text.end(), base::is_ascii_digit);
}

bool is_hgnc(const FhirCoding& coding) { return coding.system.starts_with("genenames.org"); }

// "HGNC:1097" from "HGNC:1097", "hgnc:1097" or "1097"; empty for anything else.
std::string hgnc_id_of(std::string_view code) {
  const std::string upper = base::to_upper_ascii(code);
  const std::string_view number = upper.starts_with("HGNC:") ? std::string_view(upper).substr(5) : upper;
  return is_number(number) ? "HGNC:" + std::string(number) : std::string();
}

std::string symbol_in(const FhirCoding& coding) {
  if (is_gene_name(coding.display)) return coding.display;
  const bool code_is_symbol = coding.display.empty() && is_hgnc(coding) && is_gene_name(coding.code);
  return code_is_symbol && hgnc_id_of(coding.code).empty() ? coding.code : std::string();
}

std::string described(const FhirConcept& value) { return value.words().substr(0, 40); }

}  // namespace

FhirGenes genes_of(const FhirConcept& value) {
  FhirGenes out;
  if (value.codings.size() > kMaxGenes) return {{}, "it codes more genes than a list may hold"};
  std::vector<std::string> elsewhere;  // symbols of other systems
  for (const FhirCoding& coding : value.codings) {
    const std::string symbol = symbol_in(coding);
    if (!is_hgnc(coding)) {
      if (!symbol.empty()) elsewhere.push_back(symbol);
      continue;
    }
    model::CodedGene gene{symbol, hgnc_id_of(coding.code)};
    if (!gene.name.empty() || !gene.hgnc_id.empty()) add_genes(out, {{std::move(gene)}, {}});
  }
  if (out.genes.empty() && elsewhere.empty() && is_gene_name(value.text)) elsewhere.push_back(value.text);
  for (const std::string& symbol : elsewhere) {
    const bool same = std::any_of(out.genes.begin(), out.genes.end(), [&](const model::CodedGene& gene) {
      return base::equals_ignoring_case(gene.name, symbol);
    });
    if (same) continue;
    if (out.genes.size() == 1 && out.genes.front().name.empty()) {
      out.genes.front().name = symbol;
    } else if (out.genes.empty()) {
      out.genes.push_back({symbol, {}});
    } else {
      out.problem = "its codes name several genes for one: " + name_of_gene(out.genes.front()) + ", " + symbol;
    }
  }
  if (out.genes.empty() && out.problem.empty()) {
    out.problem = value.is_empty() ? "the gene has no code" : "no gene is named by '" + described(value) + "'";
  }
  return out;
}

void add_genes(FhirGenes& to, FhirGenes more) {
  if (to.problem.empty()) to.problem = more.problem;
  if (to.problem.empty() && to.genes.size() + more.genes.size() > kMaxGenes) {
    to.problem = "it names more genes than a list may hold";
  }
  if (!to.problem.empty()) return;
  for (model::CodedGene& gene : more.genes) {
    const auto same = std::find_if(to.genes.begin(), to.genes.end(), [&](const model::CodedGene& known) {
      if (known == gene) return true;
      const bool one_name = !gene.name.empty() && base::equals_ignoring_case(gene.name, known.name);
      return one_name && (gene.hgnc_id.empty() || known.hgnc_id.empty());
    });
    if (same == to.genes.end()) {
      to.genes.push_back(std::move(gene));
    } else if (same->hgnc_id.empty()) {
      same->hgnc_id = gene.hgnc_id;
    }
  }
}

std::string name_of_gene(const model::CodedGene& gene) { return gene.name.empty() ? gene.hgnc_id : gene.name; }

}  // namespace treff::casefile
