// The text index of the head revision, built aside and switched to in one step.
#pragma once

#include <filesystem>

#include "kb/base/progress.h"
#include "kb/base/result.h"
#include "kb/store/store.h"
#include "kb/view/view.h"

namespace treff::indexer {

// Number of records indexed. On failure the index in force stays.
Checked<std::size_t> build_text_index(const store::Store& store, const std::filesystem::path& kb_directory,
                                      Progress& progress);
// The same over a view that is there already.
Result<std::size_t> build_text_index(const view::View& view, const std::filesystem::path& kb_directory,
                                     Progress& progress);

}  // namespace treff::indexer
