#include "kb/casefile/sections.h"

#include <algorithm>

#include "kb/base/text.h"

namespace treff::casefile {
namespace {

constexpr std::size_t kMaxSections = 100;  // the software writes a dozen

// The name of a section line, or nullopt if the line is something else.
std::optional<std::string> section_name(const std::vector<std::string>& cells) {
  if (cells.size() != 1 || !cells[0].starts_with('[') || !cells[0].ends_with(']')) return std::nullopt;
  return std::string(base::trim(std::string_view(cells[0]).substr(1, cells[0].size() - 2)));
}

}  // namespace

const Section* SectionFile::find(std::string_view name) const {
  const auto found = std::find_if(sections.begin(), sections.end(),
                                  [&](const Section& s) { return base::equals_ignoring_case(s.name, name); });
  return found == sections.end() ? nullptr : &*found;
}

Result<SectionFile> split_sections(const std::vector<Line>& lines, std::string_view file_name) {
  SectionFile file;
  for (const Line& line : lines) {
    if (is_blank(line.text)) continue;
    const std::string_view start = base::trim(line.text);
    if (start.starts_with('[') || start.starts_with("\"[")) {
      const auto name = section_name(split_cells(line.text));
      if (!name && !line.ended) {
        return fail(ErrorCode::TruncatedFile, "the file ends inside the name of a section",
                    place_of(file_name, line.number));
      }
      if (name) {
        if (const Section* earlier = file.find(*name)) {
          return fail(ErrorCode::DuplicateId,
                      "the section [" + *name + "] stands twice, first in line " + std::to_string(earlier->line),
                      place_of(file_name, line.number), "give each sample's file on its own");
        }
        if (file.sections.size() == kMaxSections) {
          return fail(ErrorCode::TooLarge, "the file has more than 100 sections", place_of(file_name, line.number));
        }
        file.sections.push_back({*name, line.number, {}});
        continue;
      }
    }
    if (file.sections.empty()) {
      file.preamble += (file.preamble.empty() ? "" : "\n") + std::string(start);
    } else {
      file.sections.back().lines.push_back(line);
    }
  }
  if (file.sections.empty()) {
    return fail(ErrorCode::TruncatedFile, "the file ends before its first section", std::string(file_name));
  }
  return file;
}

Result<std::vector<KeyValue>> read_key_values(const Section& section, std::string_view file_name) {
  std::vector<KeyValue> pairs;
  for (const Line& line : section.lines) {
    if (!line.ended) {
      return fail(ErrorCode::TruncatedFile, "the file ends inside the section [" + section.name + "]",
                  place_of(file_name, line.number));
    }
    const std::vector<std::string> cells = split_cells(line.text);
    if (cells.empty() || is_lone_na(line)) continue;
    pairs.push_back({cells[0], cells.size() > 1 ? std::string(value_of(cells[1])) : std::string(), line.number});
  }
  return pairs;
}

}  // namespace treff::casefile
