// The plain matcher: MATCHING.md read literally, without index, cache or compiled tree.
//
// It exists to be compared with the engine, on every golden case and at random. Slow, and meant to be: each option is
// found by walking the records, each criterion is walked as it is written, each near miss is tried out. It shares with
// the engine only the names of things (relation() of one class and one alteration, the tumour tree, drug names) and
// the reading of the case. Nothing but tests may depend on it. Pure and thread-safe.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kb/match/option.h"

namespace treff::match {

// What the two matchers must agree on for one option.
struct ReferenceOption {
  OptionKind kind = OptionKind::Cohort;
  std::string id;  // the ids of kb/match/match_index
  Verdict verdict = Verdict::Unknown;
  Bucket bucket = Bucket::NotListed;
  std::optional<model::EntryState> state;
  std::size_t missing = 0;  // size of the smallest near-miss set, 0 outside that bucket
  bool caution = false;
};

struct ReferenceOutcome {
  std::vector<ReferenceOption> options;  // every option of the revision, listed or not, in no promised order
  std::map<TestKind, int> tests;         // tests_that_could_help (B1)
};

ReferenceOutcome reference_match(const Knowledge& knowledge, const CaseFacts& facts, const Date& today);

}  // namespace treff::match
