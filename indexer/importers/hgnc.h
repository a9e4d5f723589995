// The table of approved gene symbols (HGNC), one gene a line, tab-separated, columns by name.
//
// Columns: `symbol`; `hgnc_id`; `synonyms` or `alias_symbol`, `prev_symbol` ('|' between names); `entrez_id`;
// `mane_select` ("ENST...|NM_..."). Others are left alone. Further files may be transcript tables with the columns
// `enst_id`, `gene_name` and `refseq_id`, from which a gene takes its transcripts: the first file that names one is
// the reference.
// A gene becomes gene/hgnc-1097; where a curated gene has that symbol too, kb/match joins the names (N1).
// Errors: WrongColumns, InvalidValue, DuplicateId, UnreadableText with file:line; all of them at once.
#pragma once

#include "indexer/importers/registry.h"

namespace treff::indexer {

Checked<std::vector<ImportedRecord>> read_hgnc(const std::vector<std::filesystem::path>& paths, Progress& progress);

// One file's bytes; `name` stands before the line in errors.
Checked<std::vector<ImportedRecord>> read_hgnc_text(const std::string& name, std::string bytes);

// How many aliases are another gene's symbol or belong to several genes (N1), and curated symbols that are out of date.
void review_hgnc(const ReviewInput& input, ImportSink& sink);

}  // namespace treff::indexer
