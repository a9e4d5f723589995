// The genes that a coded value names: HGNC and NCBI codes, symbols as display or text (rule N1).
#pragma once

#include <string>
#include <vector>

#include "kb/casefile/fhir_document.h"
#include "kb/model/tumour_case.h"

namespace treff::casefile {

struct FhirGenes {
  std::vector<model::CodedGene> genes;
  std::string problem;  // why what is there cannot be used, empty if it can
};

// Codings of different systems are one gene said twice; several HGNC codes are several genes, as panels list them.
FhirGenes genes_of(const FhirConcept& value);

// Adds `more` without naming a gene twice.
void add_genes(FhirGenes& to, FhirGenes more);

// The name as the rest of the program takes it: the symbol, or the HGNC id where there is none.
std::string name_of_gene(const model::CodedGene& gene);

}  // namespace treff::casefile
