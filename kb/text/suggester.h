// Names while they are being typed, straight from the index's sorted terms. Internal to kb/text.
#pragma once

#include <string_view>
#include <vector>

#include "kb/text/collection.h"
#include "kb/text/index_reader.h"

namespace treff::text {

// As TextIndex::suggest, bounds already checked. Throws what the library throws.
Result<std::vector<Suggestion>> find_suggestions(const Handle& handle, const Collection& collection,
                                                 std::string_view typed, std::size_t limit);

}  // namespace treff::text
