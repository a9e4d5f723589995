// The bracketed sections of a CombinedVariantOutput file.
//
//   file    := preamble { "[" name "]" lines }
//
// Blank lines carry no meaning: a spreadsheet adds and removes them. Views point into the caller's bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kb/base/result.h"
#include "kb/casefile/tsv.h"

namespace treff::casefile {

struct Section {
  std::string name;         // without brackets
  int line = 0;             // of the name
  std::vector<Line> lines;  // without blank ones
};

struct SectionFile {
  std::string preamble;  // title lines before the first section, joined by '\n'
  std::vector<Section> sections;

  const Section* find(std::string_view name) const;  // without regard to case
};

// TruncatedFile if there is no section or the file stops inside a section's name, DuplicateId if one stands twice,
// TooLarge for more than 100.
Result<SectionFile> split_sections(const std::vector<Line>& lines, std::string_view file_name);

// A section of names and values, one pair a line.
struct KeyValue {
  std::string key;
  std::string value;  // empty for a missing value
  int line = 0;
};
// TruncatedFile if the file stops inside the section, because a cut number still looks like a number.
Result<std::vector<KeyValue>> read_key_values(const Section& section, std::string_view file_name);

}  // namespace treff::casefile
