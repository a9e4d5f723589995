// The vocabulary of the built-in knowledge base: genes, tumours and drugs of kb/seed, read once.
#pragma once

#include "kb/match/knowledge.h"

namespace treff::acceptance {

const match::Knowledge& seed_knowledge();
inline const match::Vocabulary& seed_words() { return seed_knowledge().vocabulary(); }
// The records of kb/seed/reference in key order.
std::vector<model::Record> reference_records();

}  // namespace treff::acceptance
