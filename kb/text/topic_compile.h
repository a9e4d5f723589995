// A topic as the search library's own query. Internal to kb/text, but for the weights, which the benchmark varies.
//
// Score of a record = sum over groups of (weight in the text + weight in the title), each group counted as one word
// however many names it has, plus fixed bonuses: tumour and molecule together; a title that names no other tumour, age
// or change.
#pragma once

#include <array>
#include <cstddef>

#include <xapian.h>

#include "kb/text/collection.h"
#include "kb/text/term_forms.h"
#include "kb/text/topic.h"

namespace treff::text {

inline constexpr std::size_t kTopicRoles = 12;

struct TopicWeights {
  std::array<double, kTopicRoles> body = {0.7, 0.5, 0.5, 0.2, 1.0, 0.4, 1.5, 0.5, 0.4, 0.2, 0.5, 1.0};
  std::array<double, kTopicRoles> title = {0.6, 0.4, 0.7, 0.1, 0.5, 0.1, 0.8, 0.6, 0.6, 0.2, 1.5, 1.0};
  double both = 4.5;        // tumour and molecule
  double tumour = 0.5;      // the tumour itself or a subtype
  double any_tumour = 0.5;  // the tumour in wider words
  double any_both = 4.5;    // the tumour in wider words, and the molecule
  double own_tumour = 9.0;  // the title names no other tumour, or the case's own as well
  double own_person = 5.0;  // the title names nobody of another age or sex
  double own_change = 3.0;  // the title names no other change of the gene
  double bm25_k1 = 1.2;
  double bm25_b = 0.75;
};

struct CompiledTopic {
  Xapian::Query query;
  std::vector<Xapian::Query> groups;  // one for each group: who matches it has that group
};

CompiledTopic compile_topic(const Topic& topic, const TopicWeights& weights, Stemmer& stemmer, const Shares& shares);

}  // namespace treff::text
