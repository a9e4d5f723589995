// The text of a CTML file (YAML, or JSON, which is YAML too) as a plain tree in which every value knows its line.
//
// The only user of yaml-cpp. Bounded input: nesting, number of values and length of a text have limits, and anchors
// and aliases are refused, so that no small file can grow in memory. A key that stands twice in one map is an error.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"

namespace treff::indexer {

inline constexpr std::size_t kMaxCtmlBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMaxCtmlDepth = 64;
inline constexpr std::size_t kMaxCtmlValues = 200000;
inline constexpr std::size_t kMaxCtmlKeys = 1000;  // of one map
inline constexpr std::size_t kMaxCtmlTextBytes = std::size_t{64} << 10;

struct CtmlNode {
  enum class Kind { Null, Scalar, List, Map };
  Kind kind = Kind::Null;
  std::string text;               // Scalar
  bool quoted = false;            // Scalar: written in quotes, so a text and never a number
  std::size_t line = 0;           // counted from 1
  std::vector<std::string> keys;  // Map: as many as parts, in the order of the file
  std::vector<CtmlNode> parts;    // List and Map
  std::size_t line_of_key(std::size_t i) const { return i < key_lines.size() ? key_lines[i] : line; }
  std::vector<std::size_t> key_lines;  // Map

  bool is_scalar() const { return kind == Kind::Scalar; }
  bool is_list() const { return kind == Kind::List; }
  bool is_map() const { return kind == Kind::Map; }
  // nullptr if the map has no such key.
  const CtmlNode* find(std::string_view key) const;
};

// "line 12": where an error about the node is.
std::string ctml_place(std::size_t line);

// Every document of the file ("---" parts them), at least one. MalformedJson, TooDeep, TooLarge, DuplicateId and
// InvalidValue name the line.
Result<std::vector<CtmlNode>> read_ctml_documents(std::string_view bytes);

}  // namespace treff::indexer
