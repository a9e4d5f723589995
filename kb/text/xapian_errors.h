// The one place where exceptions of the search library become errors.
#pragma once

#include <string_view>
#include <utility>

#include "kb/base/result.h"

namespace treff::text {

// To be called inside a catch block only. Damaged or unreadable files -> IndexDamaged, no space -> DiskFull, out of
// time
// -> Busy, anything else -> Internal. The message names `doing` and the kind of failure, never a path.
Error current_exception_to_error(std::string_view doing);

// Runs `work`, which returns a Result, and turns whatever it throws into a failure.
template <class Work>
auto guarded(std::string_view doing, Work&& work) -> decltype(work()) {
  try {
    return std::forward<Work>(work)();
  } catch (...) {
    return fail(current_exception_to_error(doing));
  }
}

}  // namespace treff::text
