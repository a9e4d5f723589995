// A change set against the knowledge it would make: what validate() checks for files, at the cost of the change alone.
#pragma once

#include <vector>

#include "kb/base/result.h"
#include "kb/store/store.h"
#include "kb/view/view.h"

namespace treff::indexer {

// Every change named inside the record's criteria can be read, or the class could never be met: a silently dead
// criterion. With JSON pointers.
std::vector<Error> check_named_changes(const model::Record& record);

// Decodes each change strictly, checks it alone, and puts it in canonical form under the key it carries. All errors,
// each with "kind/id" as place; `set` is then half changed and of no use.
std::vector<Error> make_canonical(store::ChangeSet& set);

// Every reference of the changed records exists in `after`, every change named in a criterion can be read, and no live
// record speaks of a retired one. Trials at rest are looked through only if something is retired.
std::vector<Error> check_changes_fit(const store::Store& store, const view::View& after,
                                     const std::vector<store::Change>& changes);

}  // namespace treff::indexer
