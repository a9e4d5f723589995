// Reading one JSON document: where we are, what was wrong so far, and the checks that need no types of the model.
//
// Private to kb/model. A Reader gathers every error of a document; reading goes on after an error, and the values
// read then are thrown away. Not thread-safe; one Reader a document.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/date.h"
#include "kb/base/enum_names.h"
#include "kb/base/result.h"
#include "kb/model/codec_node.h"

namespace treff::model {

// A chain from a value up to the document; the JSON pointer is only written when something is wrong.
struct Place {
  static constexpr std::size_t kNoIndex = static_cast<std::size_t>(-1);

  const Place* up = nullptr;
  std::string_view key = {};
  std::size_t index = kNoIndex;

  Place below(std::string_view name) const { return {this, name, kNoIndex}; }
  Place below(std::size_t item) const { return {this, {}, item}; }
  std::string pointer() const;
};

// Smallest and largest allowed number, both included.
struct Limits {
  double min = 0;
  double max = 1e9;
};

class Reader {
 public:
  // Longer text than this many bytes is an error (TooLarge).
  explicit Reader(std::size_t max_text_bytes) : max_text_bytes_(max_text_bytes) {}

  void fail(ErrorCode code, const Place& at, std::string message, std::string_view piece = {}, std::string hint = {});
  void missing(const Place& object, std::string_view key, std::string hint = {});
  void wrong_type(const Node& node, const Place& at, std::string_view wanted);
  // Every member of the object that is in none of the lists is an UnknownKey; the hint names keys of `allowed`.
  void refuse_unknown(const Node& object, const Place& at, std::span<const std::string_view> allowed,
                      std::span<const std::string_view> also = {});

  bool expect(NodeType type, const Node& node, const Place& at);

  // Each leaves `out` unchanged where it reports an error and returns false.
  bool read(const Node& node, const Place& at, bool& out);
  bool read(const Node& node, const Place& at, const Limits& limits, int& out);
  bool read(const Node& node, const Place& at, const Limits& limits, double& out);
  bool read(const Node& node, const Place& at, std::string& out);
  bool read(const Node& node, const Place& at, Date& out);
  bool read(const Node& node, const Place& at, PartialDate& out);
  // Index of the text in `words`; an error with the nearest or all words otherwise.
  std::optional<std::size_t> read_word(const Node& node, const Place& at, std::span<const std::string_view> words);

  bool clean() const { return errors_.empty(); }
  std::size_t error_count() const { return errors_.size(); }
  std::vector<Error> take() { return std::move(errors_); }

 private:
  std::size_t max_text_bytes_;
  std::vector<Error> errors_;
};

template <class E>
inline constexpr auto kWordsOf = [] {
  std::array<std::string_view, base::EnumNames<E>::rows.size()> words{};
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = base::EnumNames<E>::rows[i].name;
  return words;
}();

template <class E>
bool read_enum(Reader& reader, const Node& node, const Place& at, E& out) {
  const auto index = reader.read_word(node, at, kWordsOf<E>);
  if (index) out = base::EnumNames<E>::rows[*index].value;
  return index.has_value();
}

// "a, b or c".
std::string list_of_words(std::span<const std::string_view> words, std::string_view last_joint = "or");

}  // namespace treff::model
