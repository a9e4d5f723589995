// Three-valued truth after Kleene (rules M5, M6): unknown is never no.
//
// The medical answer to "does this case satisfy that criterion?". Order NotMet < Unknown < Met makes
// `all` the minimum and `any` the maximum over any nesting.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

namespace treff::base {

enum class Verdict : std::uint8_t { NotMet = 0, Unknown = 1, Met = 2 };

constexpr Verdict all_of(Verdict a, Verdict b) { return std::min(a, b); }
constexpr Verdict any_of(Verdict a, Verdict b) { return std::max(a, b); }
constexpr Verdict negate(Verdict v) { return static_cast<Verdict>(2 - static_cast<int>(v)); }

// `n` or more of the parts, of which `met` are met and `unknown` unknown.
constexpr Verdict at_least(int n, int met, int unknown) {
  if (met >= n) return Verdict::Met;
  return met + unknown >= n ? Verdict::Unknown : Verdict::NotMet;
}

constexpr std::string_view to_string(Verdict v) {
  switch (v) {
    case Verdict::NotMet: return "not_met";
    case Verdict::Unknown: return "unknown";
    case Verdict::Met: return "met";
  }
  return "unknown";
}

}  // namespace treff::base

namespace treff {
using base::Verdict;
}
