// From stored records to the parts of a Knowledge, whole or as a step from the one before. Internal to kb/view.
//
// Which trials rest: a trial rests while it has nothing that matching, labels or warnings read (criteria, marker rules,
// a label rule, an EXAMPLE mark; what a registry importer states of age and sex does not count) and no other record
// speaks of it. Told from the canonical bytes, without decoding; a false alarm costs memory only. A trial that was
// awake stays awake.
// Errors: records that cannot be decoded, each with its place.
#pragma once

#include <string_view>
#include <vector>

#include "kb/base/progress.h"
#include "kb/base/result.h"
#include "kb/match/knowledge.h"
#include "kb/store/store.h"

namespace treff::view {

bool may_rest(std::string_view canonical_trial_json);

Checked<match::KnowledgeParts> assemble(const store::Store& store, store::Revision revision, Progress& progress);

// The parts after `changes`, which are not yet in the store (or just are); `before` is the knowledge at `revision`.
Checked<match::KnowledgeParts> assemble_next(const store::Store& store, store::Revision revision,
                                             const match::Knowledge& before, const std::vector<store::Change>& changes);

}  // namespace treff::view
