// Types that the walks over the field table meet: records, their parts, lists, optionals, enums and criteria.
//
// Shared by search_fields.cc (walks the table alone) and record_text.cc (walks values); not for other folders.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "kb/model/field.h"
#include "kb/model/fields.h"
#include "kb/model/records.h"

namespace treff::text {

template <class T>
struct Unwrap {
  using type = T;
};
template <class T>
struct Unwrap<std::vector<T>> {
  using type = typename Unwrap<T>::type;
};
template <class T>
struct Unwrap<std::optional<T>> {
  using type = typename Unwrap<T>::type;
};
// The element of lists and optionals, however deep: vector<optional<X>> -> X.
template <class T>
using Element = typename Unwrap<T>::type;

template <class T>
concept HasFields = requires {
  model::FieldsOf<T>::rows;
};

template <class T>
concept HasNames = std::is_enum_v<T> && requires {
  base::EnumNames<T>::rows;
};

// A part inherits the weight and the prefix of the row that holds it where its own row says nothing.
constexpr model::FieldTraits inherited(model::FieldTraits own, const model::FieldTraits& outer) {
  if (own.search_prefix.empty() && own.text_weight > 0) {
    own.search_prefix = outer.search_prefix;
    own.facet = own.facet || outer.facet;
  }
  return own;
}

}  // namespace treff::text
