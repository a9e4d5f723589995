// Result<T>: a value or one Error. Checked<T>: a value or every Error that was found.
//
// Four outcomes have four types and are never encoded in one another: a value T, a failure (Result or Checked),
// a medical answer (Verdict), and data quality (std::vector<Issue>).
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "kb/base/error.h"

namespace treff::base {

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

template <class T>
class [[nodiscard]] Checked : public tl::expected<T, std::vector<Error>> {
 public:
  using tl::expected<T, std::vector<Error>>::expected;
};

// A step that yields nothing but success or one Error.
using Status = Result<void>;

inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string where = {}, std::string hint = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(where), {}, std::nullopt, std::move(hint)});
}

inline tl::unexpected<std::vector<Error>> fail_all(std::vector<Error> errors) {
  return tl::unexpected<std::vector<Error>>(std::move(errors));
}

// Data quality: something was read, but a person should know about it. `id` is a catalogue message id.
struct Issue {
  std::string id;       // for example "tmb_tumour_only", "gene_symbol_outdated"
  std::string message;  // English words with the parameters filled in
  std::string where;    // file:line, JSON pointer, or the input text's position
  std::string piece;    // the text it is about
  bool operator==(const Issue&) const = default;
};

}  // namespace treff::base

namespace treff {
using base::Checked;
using base::Error;
using base::ErrorCode;
using base::fail;
using base::fail_all;
using base::Issue;
using base::Result;
using base::Status;
}  // namespace treff
