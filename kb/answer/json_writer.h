// JSON written straight into a buffer, in the order the caller gives: no tree is built for an answer.
//
// Text is escaped as RFC 8259 asks and otherwise left as it is (UTF-8). The caller writes the keys of an object in
// sorted order; a test reads every answer back and compares. Not thread-safe; one writer a document.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace treff::answer {

class JsonWriter {
 public:
  // Appends to `out`, which must outlive it.
  explicit JsonWriter(std::string& out) : out_(out) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_list() { open('['); }
  void end_list() { close(']'); }
  // A key of the program's own: ASCII, nothing to escape.
  void key(std::string_view name);
  // A key that is data, such as a record's id.
  void data_key(std::string_view name);

  void null();
  void value(bool truth);
  // Text that is not UTF-8 is written with U+FFFD in place of what is broken.
  void value(std::string_view text);
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(const char* text) { value(std::string_view(text)); }
  template <std::integral T>
  void value(T number) {
    if constexpr (std::signed_integral<T>) {
      integer(static_cast<long long>(number));
    } else {
      natural(static_cast<unsigned long long>(number));
    }
  }
  template <class T>
  void value(const std::optional<T>& optional) {
    if (optional) {
      value(*optional);
    } else {
      null();
    }
  }
  void value(const std::vector<std::string>& texts);
  // null where nothing is stated.
  void text_or_null(std::string_view text);

  template <class T>
  void member(std::string_view name, const T& content) {
    key(name);
    value(content);
  }
  void member_or_null(std::string_view name, std::string_view text) {
    key(name);
    text_or_null(text);
  }

 private:
  void separate() {
    if (need_comma_) out_ += ',';
    need_comma_ = true;
  }
  void open(char bracket) {
    separate();
    out_ += bracket;
    need_comma_ = false;
  }
  void close(char bracket) {
    out_ += bracket;
    need_comma_ = true;
  }
  void integer(long long number);
  void natural(unsigned long long number);
  void quote(std::string_view text);

  std::string& out_;
  bool need_comma_ = false;
};

}  // namespace treff::answer
