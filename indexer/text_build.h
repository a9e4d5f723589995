// The text index of the head revision: built whole, or brought up to date by a small delta over the base in force.
//
// A build goes on aside and is switched to in one step; on failure the index in force stays. One writer at a time.
#pragma once

#include <atomic>
#include <filesystem>
#include <set>

#include "kb/base/progress.h"
#include "kb/base/result.h"
#include "kb/store/store.h"
#include "kb/text/index_writer.h"
#include "kb/view/view.h"

namespace treff::indexer {

// More changed documents than this are worth a base of their own where nobody is waiting (`treff index`).
inline constexpr std::size_t kMaxDeltaDocuments = 500;

// Number of records indexed.
Checked<std::size_t> build_text_index(const store::Store& store, const std::filesystem::path& kb_directory,
                                      Progress& progress);
// The same over a view of `store` that is there already.
Result<std::size_t> build_text_index(const store::Store& store, const view::View& view,
                                     const std::filesystem::path& kb_directory, Progress& progress);

struct TextRefresh {
  std::size_t documents = 0;  // written
  bool whole = false;         // a new base, not a delta
};
// A delta if the index in force is sound and at most kMaxDeltaDocuments documents changed since its base; else whole.
Result<TextRefresh> refresh_text_index(const store::Store& store, const view::View& view,
                                       const std::filesystem::path& kb_directory, Progress& progress);

// A base for `view`, not switched to; its segment name. `stop` set by another thread ends the build with Internal.
Result<std::string> build_text_base(const store::Store& store, const view::View& view,
                                    const std::filesystem::path& kb_directory, const std::atomic<bool>& stop);

// Keys whose documents may differ between the base of revision `base` and `view`: the changed records, and the awake
// ones whose documents show names or criteria of a changed record. Trials at rest follow with the next base: see
// may_show_in_resting. Gives up beyond `most` changed records, with more than so many keys.
Result<std::set<model::RecordKey>> documents_changed_since(const store::Store& store, store::Revision base,
                                                           const view::View& view, std::size_t most);
// Whether documents of trials at rest may show something of these changed records: a new base is due then.
bool may_show_in_resting(const view::View& view, const std::set<model::RecordKey>& changed);
// The records of `keys` as they are in `view`; those no longer there are retired.
Result<text::Delta> delta_of(const store::Store& store, const view::View& view, const std::set<model::RecordKey>& keys);

}  // namespace treff::indexer
