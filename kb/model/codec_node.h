// A JSON document as plain data, with no trace of the JSON library: what the codec reads from and writes to.
//
// Private to kb/model. Members of an object keep the order in which they stood; numbers keep whether they were
// written as whole numbers. Ownership: a node owns its parts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/result.h"

namespace treff::model {

// Depth of nesting that any document may have; deeper text is refused while it is read.
inline constexpr std::size_t kMaxJsonDepth = 64;

enum class NodeType : std::uint8_t { Null, Bool, Integer, Number, Text, List, Object };

struct Node {
  NodeType type = NodeType::Null;
  bool truth = false;
  std::int64_t integer = 0;  // Integer
  double number = 0;         // Number, and the same value for Integer
  std::string key;           // inside an object
  std::string text;          // Text
  std::vector<Node> parts;   // List, Object

  static Node object() { return typed(NodeType::Object); }
  static Node list() { return typed(NodeType::List); }
  static Node of(bool value);
  static Node of(int value);
  static Node of(double value);
  static Node of(std::string_view value);
  static Node of(const char* value) { return of(std::string_view(value)); }

  // The member with this key, nullptr if there is none.
  const Node* find(std::string_view wanted) const;
  // Appends; an object needs the key.
  Node& put(std::string_view name, Node value);
  Node& add(Node value);

 private:
  static Node typed(NodeType type);
};

// "an object", "a whole number" ... for messages.
std::string_view type_words(NodeType type);

// Strict JSON: one value, no trailing text, valid UTF-8, no duplicate keys, at most kMaxJsonDepth levels and
// `max_nodes` values (0 = no bound). A syntax error is the only error; duplicate keys are all named.
Checked<Node> parse_json(std::string_view json, std::size_t max_nodes = 0);
// The same answer for a text of ordinary size that has nothing wrong; false, and `out` unchanged, for any other.
bool parse_plain_json(std::string_view json, std::size_t max_nodes, Node& out);

// RFC 8785: keys by UTF-16 code units, shortest numbers as ECMAScript prints them, no spaces.
std::string to_canonical(const Node& node);
// The same members in their own order, two spaces a level, short lists on one line: for files that people read.
std::string to_pretty(const Node& node);
// ECMAScript Number::toString of a finite number.
std::string number_text(double value);
// Order of two keys by UTF-16 code units.
bool utf16_less(std::string_view a, std::string_view b);

// "/a~1b" from "/a/b": the escapes of RFC 6901.
std::string pointer_token(std::string_view key);

}  // namespace treff::model
