#include "kb/model/codec_class.h"

#include <algorithm>
#include <utility>

#include "kb/base/text.h"
#include "kb/model/criterion_fields.h"

namespace treff::model {
namespace {

using nomenclature::ClassKind;
using nomenclature::Origin;
using nomenclature::VariantClass;

// Genes of the class around an excluded one; nullptr at the top.
using OuterGenes = const std::vector<std::string>*;

std::string class_words(ClassKind kind) { return "class '" + std::string(base::name_of(kind)) + "'"; }

// The keys the class takes, for hints and for refusing the rest.
std::vector<std::string_view> allowed_keys(const ClassKeys& keys) {
  std::vector<std::string_view> allowed;
  for (const std::string_view key : keys.required) {
    if (!key.empty()) allowed.push_back(key);
  }
  for (const std::string_view key : keys.optional) {
    if (!key.empty()) allowed.push_back(key);
  }
  allowed.insert(allowed.end(), kCommonClassKeys.begin(), kCommonClassKeys.end());
  return allowed;
}

void read_genes(Reader& reader, const Node& node, const Place& at, OuterGenes outer, VariantClass& out) {
  const Node* gene = node.find("gene");
  const Node* genes = node.find("genes");
  if (gene != nullptr && genes != nullptr) {
    reader.fail(ErrorCode::InvalidValue, at.below("genes"), "gene and genes stand side by side", {},
                "keep one of them");
  }
  if (gene != nullptr) reader.read(*gene, at.below("gene"), out.genes.emplace_back());
  if (genes != nullptr) read_list(reader, *genes, at.below("genes"), FieldTraits{}, out.genes);
  if (gene == nullptr && genes == nullptr) {
    if (outer != nullptr) {
      out.genes = *outer;
    } else {
      reader.missing(at, "gene", "give gene or genes");
    }
  } else if (out.genes.empty() || (gene != nullptr && out.genes.front().empty())) {
    if ((gene == nullptr || gene->type == NodeType::Text) && (genes == nullptr || genes->type == NodeType::List)) {
      reader.fail(ErrorCode::InvalidValue, at.below(gene != nullptr ? "gene" : "genes"), "no gene is named");
    }
  }
}

// "either" is the default said aloud; an unknown origin is no condition.
void read_origin(Reader& reader, const Node& node, const Place& at, VariantClass& out) {
  static constexpr std::array<std::string_view, 3> kWords = {"somatic", "germline", "either"};
  const auto index = reader.read_word(node, at, kWords);
  if (index && *index < 2) out.origin = *index == 0 ? Origin::Somatic : Origin::Germline;
}

void read_own_keys(Reader& reader, const Node& node, const Place& at, VariantClass& out) {
  const ClassKeys& keys = keys_of(out.kind);
  for_each_field<VariantClass>([&](const auto& field) {
    const KeyUse use = use_of(keys, field.key);
    if (use == KeyUse::Refused) return;
    const Node* member = node.find(field.key);
    if (member == nullptr) {
      if (use == KeyUse::Required) reader.missing(at, field.key, class_words(out.kind) + " needs it");
      return;
    }
    const Place here = at.below(field.key);
    const std::size_t errors = reader.error_count();
    read_value(reader, *member, here, field.traits, out.*(field.member));
    if (reader.error_count() == errors && is_blank(out.*(field.member))) {
      reader.fail(ErrorCode::InvalidValue, here, "'" + std::string(field.key) + "' is empty", {}, "state it");
    }
  });
  for (const Node& member : node.parts) {
    const std::string_view key = member.key;
    const bool common = std::find(kCommonClassKeys.begin(), kCommonClassKeys.end(), key) != kCommonClassKeys.end();
    const auto& all = kKeysOf<VariantClass>;
    const bool of_another = std::find(all.begin(), all.end(), key) != all.end();
    if (common || !of_another || use_of(keys, key) != KeyUse::Refused) continue;
    reader.fail(ErrorCode::UnknownKey, at.below(key),
                class_words(out.kind) + " takes no key '" + std::string(key) + "'", key,
                "it takes: " + list_of_words(allowed_keys(keys), "and"));
  }
  reader.refuse_unknown(node, at, allowed_keys(keys), kKeysOf<VariantClass>);
}

// Residue letter and number from 1: "V600".
bool is_codon(std::string_view text) {
  constexpr std::string_view kResidues = "ACDEFGHIKLMNPQRSTVWY";
  if (text.size() < 2 || text.size() > 7 || kResidues.find(text.front()) == std::string_view::npos) return false;
  return text[1] != '0' && base::parse_int(text.substr(1)).has_value();
}

// A range without codons is the whole gene, and then the consequence alone says what is meant ("frameshift").
void check_range(Reader& reader, const Place& at, const VariantClass& cls) {
  if ((cls.start == 0) != (cls.end == 0)) {
    reader.missing(at, cls.start == 0 ? "start" : "end", "a range has both, or neither for the whole gene");
  } else if (cls.start == 0 && cls.consequences.empty()) {
    reader.missing(at, "start", "give start and end, a consequence, or both");
  } else if (cls.end < cls.start) {
    reader.fail(ErrorCode::InvalidValue, at.below("end"), "end lies before start", std::to_string(cls.end),
                "exchange them");
  }
}

void check_exons(Reader& reader, const Place& at, const VariantClass& cls) {
  if (cls.exon_end != 0 && cls.exon_end < cls.exon) {
    reader.fail(ErrorCode::InvalidValue, at.below("exon_end"), "exon_end lies before exon",
                std::to_string(cls.exon_end), "exchange them");
  }
  if (cls.exon_end != 0 && cls.exon == 0) reader.missing(at, "exon", "exon_end needs it");
}

void check_values(Reader& reader, const Place& at, const VariantClass& cls) {
  if (cls.kind == ClassKind::Codon && !is_codon(cls.at)) {
    reader.fail(ErrorCode::InvalidValue, at.below("at"), "not a residue letter and a number", cls.at,
                "for example V600");
  }
  check_exons(reader, at, cls);
  if (cls.kind == ClassKind::Range) check_range(reader, at, cls);
  if (cls.kind == ClassKind::Genomic && cls.assembly == nomenclature::Assembly::Unstated) {
    reader.fail(ErrorCode::InvalidValue, at.below("assembly"), "the assembly must be stated", "unstated",
                "GRCh37 or GRCh38");
  }
  const bool threshold = cls.min_fold_change || cls.min_copies || cls.copy != nomenclature::CopyCall::Unstated;
  if (cls.kind == ClassKind::CopyNumber && !threshold) {
    reader.missing(at, "copy", "give copy, min_fold_change or min_copies");
  }
  const auto& refused = cls.excluded_partners;
  if (!cls.partner.empty() && std::find(refused.begin(), refused.end(), cls.partner) != refused.end()) {
    reader.fail(ErrorCode::InvalidValue, at.below("excluded_partners"), "the partner is excluded", cls.partner);
  }
}

// Recursion through `excludes` ends because the document's depth is bounded.
void read_class(Reader& reader, const Node& node, const Place& at, OuterGenes outer, VariantClass& out) {
  if (!reader.expect(NodeType::Object, node, at)) return;
  const std::size_t errors = reader.error_count();
  read_genes(reader, node, at, outer, out);
  if (const Node* origin = node.find("origin")) read_origin(reader, *origin, at.below("origin"), out);
  if (const Node* policy = node.find("function_policy")) {
    read_value(reader, *policy, at.below("function_policy"), FieldTraits{}, out.function_policy);
  }
  if (const Node* excludes = node.find("excludes")) {
    const Place list = at.below("excludes");
    if (reader.expect(NodeType::List, *excludes, list)) out.excludes.resize(excludes->parts.size());
    for (std::size_t i = 0; i < out.excludes.size(); ++i) {
      read_class(reader, excludes->parts[i], list.below(i), &out.genes, out.excludes[i]);
    }
  }
  const Node* kind = node.find("class");
  if (kind == nullptr) {
    reader.missing(at, "class", "one of: " + list_of_words(kWordsOf<ClassKind>));
    reader.refuse_unknown(node, at, kCommonClassKeys, kKeysOf<VariantClass>);
    return;
  }
  if (!read_enum(reader, *kind, at.below("class"), out.kind)) return;
  read_own_keys(reader, node, at, out);
  if (reader.error_count() == errors) check_values(reader, at, out);
}

Node write_within(const VariantClass& cls, OuterGenes outer) {
  Node object = Node::object();
  if (outer == nullptr || *outer != cls.genes) {
    if (cls.genes.size() == 1) {
      object.put("gene", Node::of(std::string_view(cls.genes.front())));
    } else {
      object.put("genes", write_value(cls.genes, FieldTraits{}));
    }
  }
  object.put("class", Node::of(base::name_of(cls.kind)));
  static const VariantClass kBlank{};
  for_each_field<VariantClass>([&](const auto& field) {
    const auto& member = cls.*(field.member);
    Node written = write_value(member, field.traits);
    // Keys of another class are written too where they are set, so that reading refuses what must not be there.
    const bool required = use_of(keys_of(cls.kind), field.key) == KeyUse::Required;
    if (required || !is_left_out(member, kBlank.*(field.member), written)) object.put(field.key, std::move(written));
  });
  if (!cls.excludes.empty()) {
    Node list = Node::list();
    for (const VariantClass& excluded : cls.excludes) list.add(write_within(excluded, &cls.genes));
    object.put("excludes", std::move(list));
  }
  if (cls.origin) object.put("origin", Node::of(base::name_of(*cls.origin)));
  if (cls.function_policy) object.put("function_policy", Node::of(base::name_of(*cls.function_policy)));
  return object;
}

}  // namespace

void Codec<VariantClass>::read(Reader& reader, const Node& node, const Place& at, VariantClass& out) {
  read_class(reader, node, at, nullptr, out);
}

Node write_class(const VariantClass& cls) { return write_within(cls, nullptr); }

}  // namespace treff::model
