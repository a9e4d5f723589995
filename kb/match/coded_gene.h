// Genes that a file gives by code and by name, as one symbol (rule N1).
//
// A code and a name that disagree are an error: nothing says which of them the laboratory meant, and either may be the
// one that a criterion speaks of. Pure; thread-safe.
#pragma once

#include <string>

#include "kb/base/result.h"
#include "kb/model/tumour_case.h"
#include "kb/nomenclature/gene_table.h"

namespace treff::match {

// UnknownName where neither is known, InvalidValue where they are not one gene.
Result<std::string> symbol_of(const model::CodedGene& gene, const nomenclature::GeneTable& genes);

// Puts the symbols in place of the names in the alteration's columns and fusion. A gene that is not known stays as
// written, for the reader to say so; InvalidValue as above, and then the alteration is unchanged.
Status resolve_coded_genes(model::CaseAlteration& alteration, const nomenclature::GeneTable& genes);

}  // namespace treff::match
