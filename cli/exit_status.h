// How a failure ends the program: the edge that maps error codes to exit statuses (API.md section 2).
#pragma once

#include "kb/base/error.h"

namespace treff::cli {

enum class ExitStatus : int {
  Done = 0,
  Failure = 1,
  Usage = 2,
  InvalidInput = 3,
  KnowledgeBase = 4,
  Version = 5,
  Temporary = 75
};

ExitStatus exit_status_of(base::ErrorCode code);

}  // namespace treff::cli
