// Structs <-> JSON nodes through the field table: one reader and one writer for every struct that has rows.
//
// Private to kb/model. A type whose JSON is not simply its rows (criterion, alteration, biomarkers) has a Codec of its
// own. Members at their default are left out when writing, except required ones. Reading accepts a default that is
// spelled out, except an empty required one.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "kb/model/codec_node.h"
#include "kb/model/codec_read.h"
#include "kb/model/criterion.h"
#include "kb/model/field.h"

namespace treff::model {

// Specialised for types with JSON of their own: static void read(Reader&, const Node&, const Place&, T&),
// static Node write(const T&) and static Node schema().
template <class T>
struct Codec;

template <>
struct Codec<Criterion> {
  static void read(Reader& reader, const Node& node, const Place& at, Criterion& out);
  static Node write(const Criterion& criterion);
  static Node schema();
};

template <class T>
concept HasCodec = requires(Reader& reader, const Node& node, const Place& at, T& out) {
  Codec<T>::read(reader, node, at, out);
};
template <class T>
concept HasRows = requires {
  FieldsOf<T>::rows;
};

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsRange : std::false_type {};
template <class T>
struct IsRange<Range<T>> : std::true_type {};

// The keys of a struct in table order.
template <class T>
inline constexpr auto kKeysOf =
    std::apply([](const auto&... field) { return std::array<std::string_view, sizeof...(field)>{field.key...}; },
               FieldsOf<T>::rows);

inline Limits limits_of(const FieldTraits& traits) {
  Limits limits;
  limits.min = traits.min == -1 ? 0 : traits.min;
  if (traits.max) limits.max = *traits.max;
  return limits;
}

// ---- reading ----------------------------------------------------------------------------------------------------

template <class T>
void read_struct(Reader& reader, const Node& node, const Place& at, T& out,
                 std::span<const std::string_view> also_allowed = {});

template <class T>
void read_value(Reader& reader, const Node& node, const Place& at, const FieldTraits& traits, T& out);

inline void read_text(Reader& reader, const Node& node, const Place& at, const FieldTraits& traits, std::string& out) {
  if (traits.words.empty()) {
    reader.read(node, at, out);
  } else if (const auto index = reader.read_word(node, at, traits.words)) {
    out = traits.words[*index];
  }
}

template <class T>
void read_list(Reader& reader, const Node& node, const Place& at, const FieldTraits& traits, std::vector<T>& out) {
  if constexpr (std::is_same_v<T, std::string>) {
    if (traits.one_or_list && node.type == NodeType::Text) {
      read_text(reader, node, at, traits, out.emplace_back());
      return;
    }
  }
  if (!reader.expect(NodeType::List, node, at)) return;
  out.reserve(node.parts.size());
  for (std::size_t i = 0; i < node.parts.size(); ++i) {
    T item{};
    read_value(reader, node.parts[i], at.below(i), traits, item);
    if constexpr (std::is_same_v<T, std::string>) {
      if (node.parts[i].type == NodeType::Text && node.parts[i].text.empty()) {
        reader.fail(ErrorCode::InvalidValue, at.below(i), "empty text in a list", {}, "leave the entry out");
      }
    }
    out.push_back(std::move(item));
  }
}

template <class T>
void read_range(Reader& reader, const Node& node, const Place& at, const FieldTraits& traits, Range<T>& out) {
  static constexpr std::array<std::string_view, 2> kKeys = {"min", "max"};
  if (!reader.expect(NodeType::Object, node, at)) return;
  reader.refuse_unknown(node, at, kKeys);
  if (const Node* min = node.find("min")) read_value(reader, *min, at.below("min"), traits, out.min);
  if (const Node* max = node.find("max")) read_value(reader, *max, at.below("max"), traits, out.max);
  if (node.find("min") == nullptr && node.find("max") == nullptr) {
    reader.missing(at, "min", "give min, max or both");
  } else if (out.min && out.max && *out.min > *out.max) {
    reader.fail(ErrorCode::InvalidValue, at, "min is larger than max", {}, "exchange them");
  }
}

template <class T>
void read_value(Reader& reader, const Node& node, const Place& at, const FieldTraits& traits, T& out) {
  if constexpr (IsOptional<T>::value) {
    typename T::value_type value{};
    read_value(reader, node, at, traits, value);
    out = std::move(value);
  } else if constexpr (HasCodec<T>) {
    Codec<T>::read(reader, node, at, out);
  } else if constexpr (IsVector<T>::value) {
    read_list(reader, node, at, traits, out);
  } else if constexpr (IsRange<T>::value) {
    read_range(reader, node, at, traits, out);
  } else if constexpr (HasRows<T>) {
    read_struct(reader, node, at, out);
  } else if constexpr (std::is_enum_v<T>) {
    read_enum(reader, node, at, out);
  } else if constexpr (std::is_same_v<T, std::string>) {
    read_text(reader, node, at, traits, out);
  } else if constexpr (std::is_same_v<T, int> || std::is_same_v<T, double>) {
    reader.read(node, at, limits_of(traits), out);
  } else {
    reader.read(node, at, out);
  }
}

// An empty text or list where something is required.
template <class T>
bool is_blank(const T& value) {
  if constexpr (std::is_same_v<T, std::string> || IsVector<T>::value) {
    return value.empty();
  } else {
    return false;
  }
}

template <class T>
void read_struct(Reader& reader, const Node& node, const Place& at, T& out,
                 std::span<const std::string_view> also_allowed) {
  if (!reader.expect(NodeType::Object, node, at)) return;
  for_each_field<T>([&](const auto& field) {
    const Node* member = node.find(field.key);
    const bool required = field.traits.need == Need::Required;
    if (member == nullptr) {
      if (required) reader.missing(at, field.key);
      return;
    }
    const Place here = at.below(field.key);
    const std::size_t errors = reader.error_count();
    read_value(reader, *member, here, field.traits, out.*(field.member));
    if (required && reader.error_count() == errors && is_blank(out.*(field.member))) {
      reader.fail(ErrorCode::InvalidValue, here, "'" + std::string(field.key) + "' is empty", {}, "it must be stated");
    }
  });
  reader.refuse_unknown(node, at, kKeysOf<T>, also_allowed);
}

// ---- writing ----------------------------------------------------------------------------------------------------

template <class T>
Node write_struct(const T& value);

template <class T>
Node write_value(const T& value, const FieldTraits& traits) {
  if constexpr (IsOptional<T>::value) {
    return value ? write_value(*value, traits) : Node{};
  } else if constexpr (HasCodec<T>) {
    return Codec<T>::write(value);
  } else if constexpr (IsVector<T>::value) {
    if constexpr (std::is_same_v<T, std::vector<std::string>>) {
      if (traits.one_or_list && value.size() == 1) return Node::of(std::string_view(value.front()));
    }
    Node list = Node::list();
    for (const auto& item : value) list.add(write_value(item, traits));
    return list;
  } else if constexpr (IsRange<T>::value) {
    Node range = Node::object();
    if (value.min) range.put("min", write_value(*value.min, traits));
    if (value.max) range.put("max", write_value(*value.max, traits));
    return range;
  } else if constexpr (HasRows<T>) {
    return write_struct(value);
  } else if constexpr (std::is_enum_v<T>) {
    return Node::of(base::name_of(value));
  } else if constexpr (std::is_same_v<T, Date> || std::is_same_v<T, PartialDate>) {
    return Node::of(std::string_view(base::to_string(value)));
  } else if constexpr (std::is_same_v<T, std::string>) {
    return Node::of(std::string_view(value));
  } else {
    return Node::of(value);
  }
}

// Whether an optional key is left out: nothing stated, or the same as when it is absent.
template <class T>
bool is_left_out(const T& value, const T& absent, const Node& written) {
  if constexpr (IsOptional<T>::value) {
    return !value.has_value();
  } else if constexpr (IsVector<T>::value) {
    return value.empty();
  } else if constexpr (HasCodec<T> || HasRows<T>) {
    return written.parts.empty();
  } else {
    return value == absent;
  }
}

template <class T>
Node write_struct(const T& value) {
  [[maybe_unused]] static const T kBlank{};
  Node object = Node::object();
  for_each_field<T>([&](const auto& field) {
    const auto& member = value.*(field.member);
    Node written = write_value(member, field.traits);
    const bool required = field.traits.need == Need::Required && written.type != NodeType::Null;
    if (required || !is_left_out(member, kBlank.*(field.member), written)) object.put(field.key, std::move(written));
  });
  return object;
}

}  // namespace treff::model
