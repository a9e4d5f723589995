// One variant class <-> JSON: a closed set of keys for each class (kClassKeys).
//
// Private to kb/model. An excluded class without `gene` takes the genes of the class around it, and is written without
// `gene` where they are the same.
#pragma once

#include "kb/model/codec_fields.h"
#include "kb/nomenclature/variant_class.h"

namespace treff::model {

Node write_class(const nomenclature::VariantClass& cls);

template <>
struct Codec<nomenclature::VariantClass> {
  static void read(Reader& reader, const Node& node, const Place& at, nomenclature::VariantClass& out);
  static Node write(const nomenclature::VariantClass& cls) { return write_class(cls); }
};

}  // namespace treff::model
