// Node -> text: canonical JSON after RFC 8785, and the indented form of the files in schemas/.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

#include "kb/base/text.h"
#include "kb/model/codec.h"
#include "kb/model/codec_node.h"

namespace treff::model {
namespace {

constexpr std::size_t kShortLine = 100;                   // a list or object that fits is written on one line
constexpr std::int64_t kLargestExact = 9007199254740992;  // 2^53

void append_text(std::string& out, std::string_view text) {
  const auto plain = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; };
  out += '"';
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (plain(text[i])) continue;
    out.append(text, from, i - from);
    base::append_json_escape(out, text[i]);
    from = i + 1;
  }
  out.append(text, from);
  out += '"';
}

// Everything but lists and objects.
void append_scalar(std::string& out, const Node& node) {
  switch (node.type) {
    case NodeType::Null: out += "null"; return;
    case NodeType::Bool: out += node.truth ? "true" : "false"; return;
    case NodeType::Integer:
      if (node.integer <= kLargestExact && node.integer >= -kLargestExact) {
        out += std::to_string(node.integer);
      } else {
        out += number_text(node.number);
      }
      return;
    case NodeType::Number: out += number_text(node.number); return;
    case NodeType::Text: append_text(out, node.text); return;
    case NodeType::List:
    case NodeType::Object: return;
  }
}

std::vector<std::size_t> sorted_members(const Node& object) {
  std::vector<std::size_t> order(object.parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return utf16_less(object.parts[a].key, object.parts[b].key); });
  return order;
}

void append_canonical(std::string& out, const Node& node) {
  if (node.type == NodeType::Object) {
    char before = '{';
    for (const std::size_t i : sorted_members(node)) {
      out += before;
      append_text(out, node.parts[i].key);
      out += ':';
      append_canonical(out, node.parts[i]);
      before = ',';
    }
    out += before == '{' ? "{}" : "}";
  } else if (node.type == NodeType::List) {
    char before = '[';
    for (const Node& part : node.parts) {
      out += before;
      append_canonical(out, part);
      before = ',';
    }
    out += before == '[' ? "[]" : "]";
  } else {
    append_scalar(out, node);
  }
}

// One line with a space after ':' and ','.
void append_flat(std::string& out, const Node& node) {
  if (node.type != NodeType::Object && node.type != NodeType::List) return append_scalar(out, node);
  const bool object = node.type == NodeType::Object;
  out += object ? '{' : '[';
  bool first = true;
  for (const Node& part : node.parts) {
    if (!first) out += ", ";
    first = false;
    if (object) {
      append_text(out, part.key);
      out += ": ";
    }
    append_flat(out, part);
  }
  out += object ? '}' : ']';
}

void append_pretty(std::string& out, const Node& node, std::size_t indent) {
  std::string flat;
  append_flat(flat, node);
  const std::size_t column = out.size() - (out.rfind('\n') == std::string::npos ? 0 : out.rfind('\n') + 1);
  const bool container = node.type == NodeType::Object || node.type == NodeType::List;
  if (!container || node.parts.empty() || (indent > 0 && column + flat.size() <= kShortLine)) {
    out += flat;
    return;
  }
  const bool object = node.type == NodeType::Object;
  out += object ? '{' : '[';
  for (std::size_t i = 0; i < node.parts.size(); ++i) {
    out += i == 0 ? "\n" : ",\n";
    out.append(indent + 2, ' ');
    if (object) {
      append_text(out, node.parts[i].key);
      out += ": ";
    }
    append_pretty(out, node.parts[i], indent + 2);
  }
  out += '\n';
  out.append(indent, ' ');
  out += object ? '}' : ']';
}

}  // namespace

std::string number_text(double value) {
  if (value == 0 || !std::isfinite(value)) return "0";
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, std::fabs(value), std::chars_format::scientific).ptr;
  const std::string_view shortest(buffer, static_cast<std::size_t>(end - buffer));
  const std::size_t e = shortest.find('e');
  std::string digits;
  for (const char c : shortest.substr(0, e)) {
    if (c != '.') digits += c;
  }
  int exponent = 0;
  const std::string_view tail = shortest.substr(e + (shortest[e + 1] == '+' ? 2 : 1));
  std::from_chars(tail.data(), tail.data() + tail.size(), exponent);

  // Names as in ECMAScript: k digits, the value is 0.digits times ten to the n.
  const int k = static_cast<int>(digits.size());
  const int n = exponent + 1;
  std::string text = value < 0 ? "-" : "";
  if (k <= n && n <= 21) return text + digits + std::string(static_cast<std::size_t>(n - k), '0');
  if (0 < n && n <= 21) return text + digits.insert(static_cast<std::size_t>(n), ".");
  if (-6 < n && n <= 0) return text + "0." + std::string(static_cast<std::size_t>(-n), '0') + digits;
  if (k > 1) digits.insert(1, ".");
  return text + digits + (n > 0 ? "e+" : "e-") + std::to_string(std::abs(n - 1));
}

bool utf16_less(std::string_view a, std::string_view b) {
  const auto [at_a, at_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  if (at_a == a.end() || at_b == b.end()) return at_a == a.end() && at_b != b.end();
  const auto x = static_cast<unsigned char>(*at_a);
  const auto y = static_cast<unsigned char>(*at_b);
  // Bytes order UTF-8 as code points; in UTF-16 the surrogates of U+10000 and above (lead byte F0 and more) come
  // before U+E000-U+FFFF (lead bytes EE and EF).
  const bool x_high = x >= 0xF0;
  const bool y_high = y >= 0xF0;
  if (x_high != y_high && x >= 0xEE && y >= 0xEE) return x_high;
  return x < y;
}

std::string to_canonical(const Node& node) {
  std::string out;
  append_canonical(out, node);
  return out;
}

std::string to_pretty(const Node& node) {
  std::string out;
  append_pretty(out, node, 0);
  out += '\n';
  return out;
}

Result<std::string> canonical_json(std::string_view json) {
  Checked<Node> node = parse_json(json);
  if (!node) return fail(std::move(node.error().front()));
  return to_canonical(*node);
}

}  // namespace treff::model
