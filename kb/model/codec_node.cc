#include "kb/model/codec_node.h"

#include <utility>

namespace treff::model {

Node Node::typed(NodeType type) {
  Node node;
  node.type = type;
  return node;
}

Node Node::of(bool value) {
  Node node = typed(NodeType::Bool);
  node.truth = value;
  return node;
}

Node Node::of(int value) {
  Node node = typed(NodeType::Integer);
  node.integer = value;
  node.number = value;
  return node;
}

Node Node::of(double value) {
  Node node = typed(NodeType::Number);
  node.number = value;
  return node;
}

Node Node::of(std::string_view value) {
  Node node = typed(NodeType::Text);
  node.text = value;
  return node;
}

const Node* Node::find(std::string_view wanted) const {
  for (const Node& part : parts) {
    if (part.key == wanted) return &part;
  }
  return nullptr;
}

Node& Node::put(std::string_view name, Node value) {
  value.key = name;
  parts.push_back(std::move(value));
  return *this;
}

Node& Node::add(Node value) {
  parts.push_back(std::move(value));
  return *this;
}

std::string_view type_words(NodeType type) {
  switch (type) {
    case NodeType::Null: return "null";
    case NodeType::Bool: return "true or false";
    case NodeType::Integer: return "a whole number";
    case NodeType::Number: return "a number";
    case NodeType::Text: return "text";
    case NodeType::List: return "a list";
    case NodeType::Object: return "an object";
  }
  return "a value";
}

std::string pointer_token(std::string_view key) {
  std::string token;
  for (const char c : key) {
    if (c == '~') {
      token += "~0";
    } else if (c == '/') {
      token += "~1";
    } else {
      token += c;
    }
  }
  return token;
}

}  // namespace treff::model
