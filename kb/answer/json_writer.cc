#include "kb/answer/json_writer.h"

#include <array>
#include <charconv>
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

template <class T>
void append_number(std::string& out, T number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

}  // namespace

void JsonWriter::quote(std::string_view text) {
  const std::size_t start = out_.size();
  out_ += '"';
  std::size_t written = 0;
  bool check = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const Need need = kNeeds[static_cast<unsigned char>(text[i])];
    if (need == Need::Nothing) continue;
    if (need == Need::Check) {
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
  separate();
  out_ += '"';
  out_ += name;
  out_ += "\":";
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
