// Where the gene ends and the event begins in a text (rule N1), on top of the gene table.
//
// Views point into the text that was handed in. Never guesses: a name that is not in the table, or that belongs to
// several genes, is an error.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/nomenclature/gene_table.h"

namespace treff::nomenclature {

// One gene by any of its names; adds a warning "gene_symbol_outdated" if the name is a previous symbol.
Result<const GeneFacts*> read_gene(std::string_view name, const GeneTable& genes, std::vector<Issue>& warnings);

// The genes a rule may name at once: one gene, a family ("RAS"), a list ("KRAS/NRAS", "KRAS, NRAS"), members that share
// a stem ("NTRK1/2/3", "BRCA1/2") or a range of them ("FGFR1-3"), which must all exist. Approved symbols in the order
// named.
Result<std::vector<std::string>> read_gene_list(std::string_view names, const GeneTable& genes,
                                                std::vector<Issue>& warnings);

// "FGFR1-3" -> FGFR1, FGFR2, FGFR3: a known gene whose name ends in one digit, a dash and a greater digit. Empty if the
// text has not that shape; the members need not exist.
std::vector<std::string> numbered_range(std::string_view name, const GeneTable& genes);

// True for members of one stem (FGFR2, FGFR3) and for genes that keep their kinase at the same end of a fusion (ALK,
// ROS1): with '/' between them they are a list, while other genes are the partners of one fusion (EML4/ALK).
bool are_alike(const std::vector<std::string>& symbols, const GeneTable& genes);

// Why a text that begins with such a range names no single gene: a member that does not exist, or several genes.
// nullopt if it begins with none.
std::optional<Error> range_error(std::string_view text, const GeneTable& genes);

// What "wild type" of a family speaks of (M11): "RAS wild type" means exons 2-4 of KRAS and NRAS, not HRAS. Empty for a
// family or list without such a convention: then it speaks of all its genes, whole.
struct WildTypeScope {
  std::vector<std::string> genes;
  std::vector<int> exons;
};
WildTypeScope wild_type_scope(std::string_view family, const GeneTable& genes);

// "BRAF V600E", "BRAF:p.V600E", "BRAF(V600E)", "V600E BRAF", "FLT3-ITD", "EGFRvIII".
struct GeneSplit {
  std::string_view gene;
  std::string_view rest;
};

// Every way to cut `text` into a known gene name and something else, most likely first; empty if no gene is known.
// `families` also admits what read_gene_list reads.
std::vector<GeneSplit> gene_splits(std::string_view text, const GeneTable& genes, bool families);

}  // namespace treff::nomenclature
