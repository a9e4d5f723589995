// A release of the tumour tree (OncoTree JSON), with optional cross references.
//
// Files, told apart by content: the tree (nested `children` below `TISSUE`); `ontology_mappings.txt` (columns
// ONCOTREE_CODE, NCIT_CODE, ICDO_TOPOGRAPHY_CODE, ICDO_MORPHOLOGY_CODE); the Disease Ontology (`.obo`), joined through
// shared NCIt codes: a node without one stays unmapped and is counted.
// A node becomes diagnosis/luad. Records of the tree belong to the importer; curated diagnoses are kept (DESIGN 4).
// Errors: MalformedJson, WrongType, MissingKey with file and JSON pointer, all of them at once.
#pragma once

#include "indexer/importers/registry.h"

namespace treff::indexer {

// What the release says otherwise about a curated diagnosis is a note.
void stream_oncotree(const std::vector<std::filesystem::path>& paths, const ImportContext& context, ImportSink& sink,
                     Progress& progress);
Checked<std::vector<ImportedRecord>> read_oncotree(const std::vector<std::filesystem::path>& paths, Progress& progress);

// One file's bytes, told apart by content; `name` stands before the place in errors.
Checked<std::vector<ImportedRecord>> read_oncotree_text(const std::string& name, const std::string& bytes);

// What a release changes for records that name a code. A renamed code (`history`) is mapped and reported record by
// record. A code that is gone, merged or split (`precursors`, `revocations`) while a criterion, an evidence or a case
// rule still names it is an error for each such record: its meaning changed, so a curator must choose.
void review_oncotree(const ReviewInput& input, ImportSink& sink);

}  // namespace treff::indexer
