#include "kb/model/codec_read.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "kb/base/text.h"

namespace treff::model {
namespace {

constexpr std::size_t kMaxErrors = 1000;   // a hostile document must not make a larger answer
constexpr std::size_t kLongestPiece = 80;  // bytes of the offending text that an error repeats

// The first bytes, cut between characters.
std::string clipped(std::string_view text) {
  if (text.size() <= kLongestPiece) return std::string(text);
  std::size_t end = kLongestPiece;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

// A word that goes on where the text stops ("tmb" -> "tmb_per_mb"), or the nearest one if it is near for its length.
std::string nearest_hint(std::string_view text, std::span<const std::string_view> words, std::string_view otherwise) {
  const auto meant = [](std::string_view word) { return "did you mean '" + std::string(word) + "'?"; };
  std::string_view longer;
  for (const std::string_view word : words) {
    const bool goes_on = text.size() >= 3 && word.starts_with(text);
    if (goes_on && (longer.empty() || word.size() < longer.size())) longer = word;
  }
  if (!longer.empty()) return meant(longer);
  const std::vector<std::string> all(words.begin(), words.end());
  const auto near = base::nearest(text, all);
  const std::size_t allowed = std::max<std::size_t>(1, text.size() / 3);
  if (near && base::edit_distance(base::to_lower_ascii(text), base::to_lower_ascii(*near), allowed) <= allowed) {
    return meant(*near);
  }
  return std::string(otherwise) + list_of_words(words);
}

enum class TextFault { None, NotUtf8, Control };

TextFault fault_of(std::string_view text) {
  const auto plain = [](char c) { return c >= 0x20 && c <= 0x7E; };
  if (std::all_of(text.begin(), text.end(), plain)) return TextFault::None;
  if (base::invalid_utf8_at(text)) return TextFault::NotUtf8;
  const auto control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
  };
  return std::any_of(text.begin(), text.end(), control) ? TextFault::Control : TextFault::None;
}

std::string bounds_text(const Limits& limits) {
  return "allowed: " + number_text(limits.min) + " to " + number_text(limits.max);
}

}  // namespace

std::string Place::pointer() const {
  if (up == nullptr) return {};
  return up->pointer() + "/" + (index == kNoIndex ? pointer_token(key) : std::to_string(index));
}

std::string list_of_words(std::span<const std::string_view> words, std::string_view last_joint) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " " + std::string(last_joint) + " " : ", ";
    text += words[i];
  }
  return text;
}

void Reader::fail(ErrorCode code, const Place& at, std::string message, std::string_view piece, std::string hint) {
  if (errors_.size() > kMaxErrors) return;
  if (errors_.size() == kMaxErrors) {
    errors_.push_back(Error{ErrorCode::TooLarge,
                            "more than " + std::to_string(kMaxErrors) + " errors; the rest is not listed",
                            {},
                            {},
                            std::nullopt,
                            {}});
    return;
  }
  const std::string shown = base::invalid_utf8_at(piece) ? std::string() : clipped(piece);
  errors_.push_back(Error{code, std::move(message), at.pointer(), shown, std::nullopt, std::move(hint)});
}

void Reader::missing(const Place& object, std::string_view key, std::string hint) {
  fail(ErrorCode::MissingKey, object.below(key), "the key '" + std::string(key) + "' is missing", key, std::move(hint));
}

void Reader::wrong_type(const Node& node, const Place& at, std::string_view wanted) {
  std::string hint;
  if (node.type == NodeType::Null) hint = "leave the key out where nothing is stated";
  fail(ErrorCode::WrongType, at, "expected " + std::string(wanted) + ", found " + std::string(type_words(node.type)),
       node.text, std::move(hint));
}

void Reader::refuse_unknown(const Node& object, const Place& at, std::span<const std::string_view> allowed,
                            std::span<const std::string_view> also) {
  const auto known = [](std::span<const std::string_view> keys, std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  };
  for (const Node& member : object.parts) {
    if (known(allowed, member.key) || known(also, member.key)) continue;
    fail(ErrorCode::UnknownKey, at.below(member.key), "unknown key '" + clipped(member.key) + "'", member.key,
         nearest_hint(member.key, allowed, "allowed: "));
  }
}

bool Reader::expect(NodeType type, const Node& node, const Place& at) {
  if (node.type == type) return true;
  wrong_type(node, at, type_words(type));
  return false;
}

bool Reader::read(const Node& node, const Place& at, bool& out) {
  if (!expect(NodeType::Bool, node, at)) return false;
  out = node.truth;
  return true;
}

bool Reader::read(const Node& node, const Place& at, const Limits& limits, int& out) {
  const bool number = node.type == NodeType::Integer || node.type == NodeType::Number;
  if (!number) {
    wrong_type(node, at, "a whole number");
    return false;
  }
  if (std::trunc(node.number) != node.number) {
    fail(ErrorCode::WrongType, at, "expected a whole number, found " + number_text(node.number),
         number_text(node.number));
    return false;
  }
  double value = 0;
  if (!read(node, at, limits, value)) return false;
  out = static_cast<int>(value);
  return true;
}

bool Reader::read(const Node& node, const Place& at, const Limits& limits, double& out) {
  const bool number = node.type == NodeType::Integer || node.type == NodeType::Number;
  if (!number) {
    wrong_type(node, at, "a number");
    return false;
  }
  if (node.number < limits.min || node.number > limits.max) {
    fail(ErrorCode::InvalidValue, at, number_text(node.number) + " is out of range", number_text(node.number),
         bounds_text(limits));
    return false;
  }
  out = node.number == 0 ? 0 : node.number;  // -0 is 0
  return true;
}

bool Reader::read(const Node& node, const Place& at, std::string& out) {
  if (!expect(NodeType::Text, node, at)) return false;
  if (node.text.size() > max_text_bytes_) {
    fail(ErrorCode::TooLarge, at, "text of " + std::to_string(node.text.size()) + " bytes", node.text,
         "at most " + std::to_string(max_text_bytes_) + " bytes");
    return false;
  }
  switch (fault_of(node.text)) {
    case TextFault::None: out = node.text; return true;
    case TextFault::NotUtf8: fail(ErrorCode::InvalidValue, at, "the text is not valid UTF-8"); return false;
    case TextFault::Control:
      fail(ErrorCode::InvalidValue, at, "the text holds a control character", {},
           "only line ends and tabs are allowed");
      return false;
  }
  return false;
}

bool Reader::read(const Node& node, const Place& at, Date& out) {
  if (!expect(NodeType::Text, node, at)) return false;
  const auto date = base::parse_date(node.text);
  if (date) {
    out = *date;
    return true;
  }
  fail(ErrorCode::InvalidDate, at, "'" + clipped(node.text) + "' is not a calendar date", node.text,
       "write YYYY-MM-DD, for example 2026-11-22");
  return false;
}

bool Reader::read(const Node& node, const Place& at, PartialDate& out) {
  if (!expect(NodeType::Text, node, at)) return false;
  const auto date = base::parse_partial_date(node.text);
  if (date) {
    out = *date;
    return true;
  }
  fail(ErrorCode::InvalidDate, at, "'" + clipped(node.text) + "' is not a date", node.text,
       "write YYYY, YYYY-MM or YYYY-MM-DD");
  return false;
}

std::optional<std::size_t> Reader::read_word(const Node& node, const Place& at,
                                             std::span<const std::string_view> words) {
  if (!expect(NodeType::Text, node, at)) return std::nullopt;
  const auto found = std::find(words.begin(), words.end(), node.text);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  fail(ErrorCode::InvalidValue, at, "'" + clipped(node.text) + "' is not one of the allowed words", node.text,
       nearest_hint(node.text, words, "allowed: "));
  return std::nullopt;
}

}  // namespace treff::model
