#include "kb/answer/json_writer.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <nlohmann/json.hpp>

#include "kb/base/text.h"

namespace treff::answer {
namespace {

enum class Need : unsigned char { Nothing, Escape, Check };

constexpr std::array<Need, 256> kNeeds = [] {
  std::array<Need, 256> needs{};
  for (std::size_t byte = 0; byte < needs.size(); ++byte) {
    needs[byte] = byte < 0x20 || byte == '"' || byte == '\\' ? Need::Escape
                  : byte >= 0x80                             ? Need::Check
                                                             : Need::Nothing;
  }
  return needs;
}();

// The first byte of the text, from `at`, that is more than plain ASCII: eight bytes at a time where all of them are.
std::size_t end_of_plain(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  constexpr std::uint64_t kHigh = 0x80 * kOnes;
  // High bits where a byte is zero; a byte above a zero one may be flagged too, which only ends the run early.
  const auto zero = [](std::uint64_t word) { return (word - kOnes) & ~word; };
  const auto plain = [&](std::size_t from) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + from, 8);
    const std::uint64_t below_space = (word - 0x20 * kOnes) & ~word;
    const std::uint64_t special =
        word | below_space | zero(word ^ (std::uint64_t{'"'} * kOnes)) | zero(word ^ (std::uint64_t{'\\'} * kOnes));
    return (special & kHigh) == 0;
  };
  while (at + 8 <= text.size() && plain(at)) at += 8;
  if (text.size() >= 8 && at + 8 > text.size() && plain(text.size() - 8)) return text.size();
  while (at < text.size() && kNeeds[static_cast<unsigned char>(text[at])] == Need::Nothing) ++at;
  return at;
}

template <class T>
void append_number(std::string& out, T number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

}  // namespace

void JsonWriter::quote(std::string_view text) {
  const std::size_t start = out_.size();
  const std::size_t first = end_of_plain(text, 0);
  if (first == text.size()) {
    out_.resize(start + text.size() + 2);
    out_[start] = '"';
    text.copy(out_.data() + start + 1, text.size());
    out_.back() = '"';
    return;
  }
  out_ += '"';
  std::size_t written = 0;
  bool check = false;
  for (std::size_t i = first; i < text.size(); i = end_of_plain(text, i + 1)) {
    if (kNeeds[static_cast<unsigned char>(text[i])] == Need::Check) {
      check = true;
      continue;
    }
    out_.append(text, written, i - written);
    base::append_json_escape(out_, text[i]);
    written = i + 1;
  }
  out_.append(text, written);
  out_ += '"';
  if (!check || !base::invalid_utf8_at(text)) return;
  // Text that is not UTF-8 was refused on the way in; replacing is the safe way out if any were left.
  out_.resize(start);
  out_ += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void JsonWriter::key(std::string_view name) {
  // One append instead of four: half of an answer is keys.
  std::array<char, 64> whole;  // not set to zero: every byte that is read is written first
  if (name.size() + 4 > whole.size()) return data_key(name);
  char* at = whole.data();
  if (need_comma_) *at++ = ',';
  *at++ = '"';
  std::memcpy(at, name.data(), name.size());
  at += name.size();
  *at++ = '"';
  *at++ = ':';
  out_.append(whole.data(), static_cast<std::size_t>(at - whole.data()));
  need_comma_ = false;
}

void JsonWriter::data_key(std::string_view name) {
  separate();
  quote(name);
  out_ += ':';
  need_comma_ = false;
}

void JsonWriter::null() {
  separate();
  out_ += "null";
}

void JsonWriter::value(bool truth) {
  separate();
  out_ += truth ? "true" : "false";
}

void JsonWriter::value(std::string_view text) {
  separate();
  quote(text);
}

void JsonWriter::value(const std::vector<std::string>& texts) {
  begin_list();
  for (const std::string& text : texts) value(text);
  end_list();
}

void JsonWriter::text_or_null(std::string_view text) {
  if (text.empty()) {
    null();
  } else {
    value(text);
  }
}

void JsonWriter::integer(long long number) {
  separate();
  append_number(out_, number);
}

void JsonWriter::natural(unsigned long long number) {
  separate();
  append_number(out_, number);
}

}  // namespace treff::answer
