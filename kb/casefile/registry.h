// The table of file formats, and the way in: bytes of a laboratory's file -> cases.
//
// To add a format: one reader in its own file, one row in registry.cc. All functions are pure and thread-safe; nothing
// of JSON, htslib or HTTP shows here. Bounds: 64 MiB, 200,000 lines, 10,000 bytes a cell (tsv.h).
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "kb/base/result.h"
#include "kb/casefile/case_file.h"

namespace treff::casefile {

struct Format {
  std::string_view name;                      // as in `--input NAME`
  std::string_view help;                      // one line
  bool (*recognises)(std::string_view text);  // also true for a damaged file of this format
  Checked<std::vector<CaseFile>> (*read)(std::string_view text, std::string_view file_name);
};
std::span<const Format> formats();

// The format's name, or nullopt if no reader recognises the text. A JSON case is not a format of this table.
std::optional<std::string_view> sniff_format(std::string_view bytes);

// Every tumour of the file, in the order of the file, at least one. `format` empty: sniffed. UnsupportedFormat, with a
// hint, for an unknown name, for content of another format, and for files that must not be read as findings (unfiltered
// fusion calls, sample lists, VCF for now); the readers' own errors otherwise. Every place is "file_name:line".
Checked<std::vector<CaseFile>> read_case_files(std::string_view format, std::string_view bytes,
                                               std::string_view file_name);

// The same for a file of one tumour; DifferentSamples if it holds several.
Checked<CaseFile> read_case_file(std::string_view format, std::string_view bytes, std::string_view file_name);

}  // namespace treff::casefile
