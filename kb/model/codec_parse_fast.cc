// JSON text -> Node through simdjson, for the documents of a case's size that have nothing wrong: the quick half of
// parse_json. Whatever it does not take goes to the reader of codec_parse.cc, which also words every error.
#include <simdjson.h>

#include <algorithm>

#include "kb/model/codec_node.h"

namespace treff::model {
namespace {

namespace dom = simdjson::dom;

// A longer text gains little, and a thread's parser keeps the buffers of the longest text it has seen.
constexpr std::size_t kMostBytes = 128 * 1024;
constexpr std::size_t kFewKeys = 16;  // compared pair by pair

bool has_duplicates(const std::vector<Node>& members) {
  if (members.size() <= kFewKeys) {
    for (std::size_t i = 1; i < members.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (members[i].key == members[k].key) return true;
      }
    }
    return false;
  }
  std::vector<std::string_view> keys;
  keys.reserve(members.size());
  for (const Node& member : members) keys.push_back(member.key);
  std::sort(keys.begin(), keys.end());
  return std::adjacent_find(keys.begin(), keys.end()) != keys.end();
}

// Copies a parsed document; false as soon as something is for the other reader to judge.
class Copier {
 public:
  explicit Copier(std::size_t max_nodes) : left_(max_nodes == 0 ? SIZE_MAX : max_nodes) {}

  bool copy(const dom::element& from, Node& to, std::size_t depth) {
    if (left_-- == 0) return false;
    switch (from.type()) {
      case dom::element_type::OBJECT: return copy_object(from, to, depth);
      case dom::element_type::ARRAY: return copy_list(from, to, depth);
      case dom::element_type::STRING:
        to.type = NodeType::Text;
        to.text = std::string_view(from);
        return true;
      case dom::element_type::INT64:
        to.type = NodeType::Integer;
        to.integer = std::int64_t(from);
        to.number = static_cast<double>(to.integer);
        return true;
      case dom::element_type::UINT64:
        to.type = NodeType::Number;
        to.number = static_cast<double>(std::uint64_t(from));
        return true;
      case dom::element_type::DOUBLE:
        to.type = NodeType::Number;
        to.number = double(from);
        return true;
      case dom::element_type::BOOL:
        to.type = NodeType::Bool;
        to.truth = bool(from);
        return true;
      case dom::element_type::NULL_VALUE: return true;
    }
    return false;
  }

 private:
  bool copy_object(const dom::object& from, Node& to, std::size_t depth) {
    if (depth >= kMaxJsonDepth) return false;
    to.type = NodeType::Object;
    to.parts.reserve(from.size());
    for (const dom::key_value_pair field : from) {
      Node& part = to.parts.emplace_back();
      part.key = field.key;
      if (!copy(field.value, part, depth + 1)) return false;
    }
    return !has_duplicates(to.parts);
  }

  bool copy_list(const dom::array& from, Node& to, std::size_t depth) {
    if (depth >= kMaxJsonDepth) return false;
    to.type = NodeType::List;
    to.parts.reserve(from.size());
    for (const dom::element item : from) {
      if (!copy(item, to.parts.emplace_back(), depth + 1)) return false;
    }
    return true;
  }

  std::size_t left_;
};

}  // namespace

bool parse_plain_json(std::string_view json, std::size_t max_nodes, Node& out) {
  // The two libraries differ in lone surrogates ("\ud800"): escapes by number are left to the stricter one.
  if (json.size() > kMostBytes || json.find("\\u") != std::string_view::npos) return false;
  thread_local dom::parser parser;
  dom::element root;
  if (parser.parse(json.data(), json.size()).get(root) != simdjson::SUCCESS) return false;
  Node read;
  if (!Copier(max_nodes).copy(root, read, 0)) return false;
  out = std::move(read);
  return true;
}

}  // namespace treff::model
