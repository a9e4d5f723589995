// JSON text -> Node, through the event reader of nlohmann-json (the one place of kb/model that includes it) where
// codec_parse_fast.cc leaves the text to it: whatever has an error, which is worded here.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "kb/model/codec_node.h"

namespace treff::model {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMaxDuplicates = 100;  // named in one answer

// Builds the tree without recursion. Open containers are on the stack; a container's parts only grow while none of
// its own parts is open, so the pointers stay valid.
class TreeBuilder {
 public:
  explicit TreeBuilder(std::size_t max_nodes) : max_nodes_(max_nodes) {}

  bool null() { return place(Node{}); }
  bool boolean(bool value) { return place(Node::of(value)); }
  bool number_integer(std::int64_t value) {
    Node node;
    node.type = NodeType::Integer;
    node.integer = value;
    node.number = static_cast<double>(value);
    return place(std::move(node));
  }
  bool number_unsigned(std::uint64_t value) {
    if (value <= static_cast<std::uint64_t>(INT64_MAX)) return number_integer(static_cast<std::int64_t>(value));
    return place(Node::of(static_cast<double>(value)));
  }
  bool number_float(double value, const std::string& /*text*/) { return place(Node::of(value)); }
  bool string(std::string& value) {
    Node node;
    node.type = NodeType::Text;
    node.text = std::move(value);
    return place(std::move(node));
  }
  bool binary(Json::binary_t& /*value*/) { return false; }
  bool start_object(std::size_t /*size*/) { return open(Node::object()); }
  bool start_array(std::size_t /*size*/) { return open(Node::list()); }
  bool key(std::string& value) {
    key_ = std::move(value);
    return true;
  }
  bool end_object() {
    name_duplicates(*open_.back());
    open_.pop_back();
    return true;
  }
  bool end_array() {
    open_.pop_back();
    return true;
  }
  bool parse_error(std::size_t position, const std::string& /*last*/, const Json::exception& failure) {
    errors_.push_back(syntax_error(position, failure.what()));
    return false;
  }

  std::vector<Error>& errors() { return errors_; }
  Node& root() { return root_; }

 private:
  static Error syntax_error(std::size_t position, std::string_view what) {
    // "[json.exception.parse_error.101] parse error at line 1, column 5: syntax error ...; last read: '...'". The
    // text last read may hold broken UTF-8 and is left out.
    if (const std::size_t start = what.find("] "); start != std::string_view::npos) what.remove_prefix(start + 2);
    what = what.substr(0, what.find("; last read"));
    Error error{ErrorCode::MalformedJson, "not valid JSON: " + std::string(what), {}, {}, std::nullopt, {}};
    error.at_byte = position == 0 ? 0 : position - 1;
    return error;
  }

  bool refuse(ErrorCode code, std::string message, std::string hint) {
    errors_.push_back(Error{code, std::move(message), pointer_to_open(), {}, std::nullopt, std::move(hint)});
    return false;
  }

  // Puts a value where it belongs and leaves its address in last_.
  bool place(Node node) {
    if (max_nodes_ != 0 && ++nodes_ > max_nodes_) {
      return refuse(ErrorCode::TooLarge, "more than " + std::to_string(max_nodes_) + " values", "send less at once");
    }
    if (open_.empty()) {
      root_ = std::move(node);
      last_ = &root_;
      return true;
    }
    Node& parent = *open_.back();
    if (parent.type == NodeType::Object) node.key = std::move(key_);
    parent.parts.push_back(std::move(node));
    last_ = &parent.parts.back();
    return true;
  }

  bool open(Node container) {
    if (open_.size() >= kMaxJsonDepth) {
      return refuse(ErrorCode::TooDeep, "nested more than " + std::to_string(kMaxJsonDepth) + " levels deep",
                    "nest less deeply");
    }
    if (!place(std::move(container))) return false;
    open_.push_back(last_);
    return true;
  }

  std::string pointer_to_open() const {
    std::string pointer;
    for (std::size_t i = 1; i < open_.size(); ++i) {
      const Node& parent = *open_[i - 1];
      pointer += '/';
      pointer +=
          parent.type == NodeType::Object ? pointer_token(open_[i]->key) : std::to_string(parent.parts.size() - 1);
    }
    return pointer;
  }

  void name_duplicates(const Node& object) {
    if (object.parts.size() < 2) return;
    std::vector<std::string_view> keys;
    keys.reserve(object.parts.size());
    for (const Node& member : object.parts) keys.push_back(member.key);
    std::sort(keys.begin(), keys.end());
    for (auto at = std::adjacent_find(keys.begin(), keys.end()); at != keys.end();
         at = std::adjacent_find(std::upper_bound(at, keys.end(), *at), keys.end())) {
      if (errors_.size() >= kMaxDuplicates) return;
      errors_.push_back(
          Error{ErrorCode::MalformedJson, "the key '" + std::string(*at) + "' stands more than once in one object",
                pointer_to_open() + "/" + pointer_token(*at), std::string(*at), std::nullopt, "keep one of them"});
    }
  }

  std::size_t max_nodes_;
  std::size_t nodes_ = 0;
  Node root_;
  Node* last_ = nullptr;
  std::vector<Node*> open_;
  std::string key_;
  std::vector<Error> errors_;
};

}  // namespace

Checked<Node> parse_json(std::string_view json, std::size_t max_nodes) {
  Node plain;
  if (parse_plain_json(json, max_nodes, plain)) return plain;
  TreeBuilder builder(max_nodes);
  try {
    const bool whole = Json::sax_parse(json.begin(), json.end(), &builder);
    if (!whole && builder.errors().empty()) {
      builder.errors().push_back(Error{ErrorCode::MalformedJson, "not valid JSON", {}, {}, std::nullopt, {}});
    }
  } catch (const std::exception& failure) {
    builder.errors().push_back(
        Error{ErrorCode::MalformedJson, std::string("not valid JSON: ") + failure.what(), {}, {}, std::nullopt, {}});
  }
  if (!builder.errors().empty()) return fail_all(std::move(builder.errors()));
  return std::move(builder.root());
}

}  // namespace treff::model
