// A case against every option of a revision: verdict, bucket, reasons, cautions, rank (rules B1-B10, C3).
//
// Pure: no clock, no files, no printing; equal input gives equal output in equal order. Thread-safe over one
// MatchIndex.
#pragma once

#include "kb/match/match_index.h"
#include "kb/match/option.h"

namespace treff::match {

MatchOutcome match_case(const MatchIndex& index, const CaseFacts& facts, const MatchRequest& request);

}  // namespace treff::match
