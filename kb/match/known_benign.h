// Changes that look destructive and are known to be harmless (M9): a short reviewed list, each row with its source.
#pragma once

#include "kb/nomenclature/alteration.h"

namespace treff::match {

// True only for a change on the gene's reference numbering that reads exactly as a row of the list.
bool is_known_benign(const nomenclature::Alteration& alteration);

}  // namespace treff::match
