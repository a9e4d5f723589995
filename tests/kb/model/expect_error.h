// One bad document and the one error it must give; shared by the strictness tables of the codec.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"

namespace treff::model {

struct BadDocument {
  const char* name;
  std::string json;
  ErrorCode code;
  std::string pointer;
  std::string hint;  // contained in the hint or the message
};

inline std::string all_text(const std::vector<Error>& errors) {
  std::string text;
  for (const Error& error : errors) text += std::string(to_string(error.code)) + " " + to_text(error) + "\n";
  return text;
}

template <class Decode>
void check_refused(const std::vector<BadDocument>& rows, const Decode& decode) {
  for (const BadDocument& row : rows) {
    INFO(row.name);
    const auto read = decode(row.json);
    CHECK_FALSE(read);
    if (read) continue;
    INFO(all_text(read.error()));
    CHECK(read.error().size() == 1);
    const Error& error = read.error().front();
    CHECK(to_string(error.code) == to_string(row.code));
    CHECK(error.where == row.pointer);
    CHECK((error.hint + "\n" + error.message).find(row.hint) != std::string::npos);
  }
}

}  // namespace treff::model
