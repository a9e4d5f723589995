// CIViC: a folder with one TSV release (nightly or dated) -> evidence records and the drugs they name.
//
// Predictive evidence only; the other types are counted and left out. A variant name that read_class cannot read, a
// common germline polymorphism, and drugs given in sequence are kept as text, which nothing matches. A release is
// whole: what it lacks any more is retired. Authors' names are not taken over; the PubMed id is.
#pragma once

#include "indexer/importers/registry.h"

namespace treff::indexer {

void stream_civic(const std::vector<std::filesystem::path>& paths, const ImportContext& context, ImportSink& sink,
                  Progress& progress);

// The records of one evidence table, for tests and fuzzing. `file_name` stands in every place.
void read_civic_evidence(std::string_view tsv, const std::string& file_name, const ImportContext& context,
                         ImportSink& sink, Progress& progress);

}  // namespace treff::indexer
