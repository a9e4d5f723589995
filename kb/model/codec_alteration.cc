// One alteration of a case <-> JSON: free text, columns, or a structured event (API.md section 3).
#include <algorithm>
#include <utility>

#include "kb/base/text.h"
#include "kb/model/codec_case.h"

namespace treff::model {
namespace {

using nomenclature::AlterationText;
using nomenclature::CopyCall;
using nomenclature::Fusion;
using nomenclature::FusionSide;
using nomenclature::SpliceEvent;

constexpr std::array<std::string_view, 8> kFusionKeys = {"five_prime",       "three_prime",       "five_prime_exon",
                                                         "three_prime_exon", "direction_known",   "intragenic",
                                                         "in_frame",         "kinase_domain_kept"};
constexpr std::array<std::string_view, 4> kSpliceKeys = {"exon", "first_exon", "last_exon", "by"};

// "ROS1;GOPC" is one breakpoint in overlapping genes (M13).
void read_side(Reader& reader, const Node& node, const Place& at, FusionSide& out) {
  if (node.type == NodeType::Null) return;
  std::string symbols;
  if (!reader.read(node, at, symbols)) return;
  for (const std::string_view symbol : base::split(symbols, ';')) {
    if (base::trim(symbol).empty()) {
      reader.fail(ErrorCode::InvalidValue, at, "an empty gene symbol", symbols, "null where the side is not known");
      return;
    }
    out.genes.emplace_back(base::trim(symbol));
  }
}

Node write_side(const FusionSide& side) {
  return side.genes.empty() ? Node{} : Node::of(std::string_view(base::join(side.genes, ";")));
}

// The form an alteration takes: its deciding key, or columns.
const AlterationForm& form_of(const Node& node) {
  for (const AlterationForm& form : kAlterationForms) {
    if (form.deciding.empty() || node.find(form.deciding) != nullptr) return form;
  }
  return kAlterationForms.back();
}

std::vector<std::string_view> keys_of_form(const AlterationForm& form) {
  std::vector<std::string_view> keys;
  keys.reserve(1 + form.keys.size() + kMeasuredKeys.size());
  if (!form.deciding.empty()) keys.push_back(form.deciding);
  for (const std::string_view key : form.keys) {
    if (!key.empty()) keys.push_back(key);
  }
  keys.insert(keys.end(), kMeasuredKeys.begin(), kMeasuredKeys.end());
  return keys;
}

// Keys that belong to another form than the one that was begun, and keys that belong nowhere.
void refuse_keys(Reader& reader, const Node& node, const Place& at, const AlterationForm& form) {
  const std::vector<std::string_view> own = keys_of_form(form);
  const auto in = [](const std::vector<std::string_view>& keys, std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  };
  if (std::all_of(node.parts.begin(), node.parts.end(), [&](const Node& part) { return in(own, part.key); })) return;
  std::vector<std::string_view> others(kKeysOf<CaseAlteration>.begin(), kKeysOf<CaseAlteration>.end());
  others.insert(others.end(), kKeysOf<AlterationText>.begin(), kKeysOf<AlterationText>.end());
  for (const Node& member : node.parts) {
    if (in(own, member.key) || !in(others, member.key)) continue;
    const std::string begun = form.deciding.empty() ? "columns" : "'" + std::string(form.deciding) + "'";
    reader.fail(ErrorCode::UnknownKey, at.below(member.key),
                "an alteration given by " + begun + " takes no key '" + member.key + "'", member.key,
                "it takes: " + list_of_words(own, "and"));
  }
  reader.refuse_unknown(node, at, own, others);
}

// The rows of one struct, as far as the form takes their keys.
template <class T>
void read_rows(Reader& reader, const Node& node, const Place& at, T& out) {
  for_each_field<T>([&](const auto& field) {
    if (const Node* member = node.find(field.key)) {
      read_value(reader, *member, at.below(field.key), field.traits, out.*(field.member));
    }
  });
}

bool is_columns(const AlterationText& text) {
  return !text.protein.empty() || !text.coding.empty() || !text.genomic.empty() || !text.consequence.empty() ||
         text.exon != 0;
}

// A genomic change, or a change with its accession, names its place without the gene.
bool names_its_place(const AlterationText& text) {
  return !text.genomic.empty() || text.coding.find(':') != std::string::npos ||
         text.protein.find(':') != std::string::npos;
}

void check_text(Reader& reader, const Node& node, const Place& at, const AlterationForm& form,
                const AlterationText& text) {
  const bool by_text = form.deciding == "text";
  if (by_text && base::trim(text.text).empty()) {
    reader.fail(ErrorCode::InvalidValue, at.below("text"), "the text of the alteration is empty");
  }
  const bool by_columns = form.deciding.empty();
  if (by_columns && !is_columns(text)) {
    reader.fail(ErrorCode::MissingKey, at, "the alteration says nothing of what was found", text.gene,
                "give text, protein, coding, genomic, copy_number, fusion, splice or expression");
  }
  const bool needs_gene = form.gene_required || (by_columns && is_columns(text) && !names_its_place(text));
  if (needs_gene && text.gene.empty()) {
    if (node.find("gene") == nullptr) {
      reader.missing(at, "gene");
    } else {
      reader.fail(ErrorCode::InvalidValue, at.below("gene"), "no gene is named");
    }
  }
}

void check_measures(Reader& reader, const Place& at, const CaseAlteration& alteration) {
  if (const auto& copies = alteration.copy_number) {
    if (copies->call == CopyCall::Unstated && !copies->fold_change && !copies->copies && !copies->minor_copies) {
      reader.missing(at.below("copy_number"), "call", "give call, fold_change, copies or minor_copies");
    }
  }
  if (const auto& expression = alteration.expression) {
    if (expression->level.empty() && !expression->value) {
      reader.missing(at.below("expression"), "level", "give level or value");
    }
  }
}

}  // namespace

void Codec<Fusion>::read(Reader& reader, const Node& node, const Place& at, Fusion& out) {
  if (!reader.expect(NodeType::Object, node, at)) return;
  reader.refuse_unknown(node, at, kFusionKeys);
  const std::size_t errors = reader.error_count();
  const auto with = [&](std::string_view key, const auto& use) {
    if (const Node* member = node.find(key)) use(*member, at.below(key));
  };
  const auto flag = [&](bool& value) { return [&](const Node& n, const Place& p) { reader.read(n, p, value); }; };
  const auto maybe_flag = [&](std::optional<bool>& value) {
    return [&](const Node& n, const Place& p) { read_value(reader, n, p, FieldTraits{}, value); };
  };
  // The keys say which end is which; only direction_known false takes that back.
  out.direction_known = true;
  with("five_prime", [&](const Node& n, const Place& p) { read_side(reader, n, p, out.five_prime); });
  with("three_prime", [&](const Node& n, const Place& p) { read_side(reader, n, p, out.three_prime); });
  with("five_prime_exon",
       [&](const Node& n, const Place& p) { read_value(reader, n, p, kExonNumber, out.five_prime.exon); });
  with("three_prime_exon",
       [&](const Node& n, const Place& p) { read_value(reader, n, p, kExonNumber, out.three_prime.exon); });
  with("direction_known", flag(out.direction_known));
  with("intragenic", flag(out.intragenic));
  with("in_frame", maybe_flag(out.in_frame));
  with("kinase_domain_kept", maybe_flag(out.kinase_domain_kept));
  if (reader.error_count() == errors && out.five_prime.genes.empty() && out.three_prime.genes.empty()) {
    reader.missing(at, "five_prime", "name at least one partner gene");
  }
}

Node Codec<Fusion>::write(const Fusion& fusion) {
  Node node = Node::object();
  node.put("five_prime", write_side(fusion.five_prime)).put("three_prime", write_side(fusion.three_prime));
  if (fusion.five_prime.exon != 0) node.put("five_prime_exon", Node::of(fusion.five_prime.exon));
  if (fusion.three_prime.exon != 0) node.put("three_prime_exon", Node::of(fusion.three_prime.exon));
  if (!fusion.direction_known) node.put("direction_known", Node::of(false));
  if (fusion.intragenic) node.put("intragenic", Node::of(true));
  if (fusion.in_frame) node.put("in_frame", Node::of(*fusion.in_frame));
  if (fusion.kinase_domain_kept) node.put("kinase_domain_kept", Node::of(*fusion.kinase_domain_kept));
  return node;
}

void Codec<SpliceEvent>::read(Reader& reader, const Node& node, const Place& at, SpliceEvent& out) {
  if (!reader.expect(NodeType::Object, node, at)) return;
  reader.refuse_unknown(node, at, kSpliceKeys);
  const std::size_t errors = reader.error_count();
  const auto exon = [&](std::string_view key, int& value) {
    if (const Node* member = node.find(key)) read_value(reader, *member, at.below(key), kExonNumber, value);
  };
  if (const Node* by = node.find("by")) read_enum(reader, *by, at.below("by"), out.by);
  const bool one = node.find("exon") != nullptr;
  const bool several = node.find("first_exon") != nullptr || node.find("last_exon") != nullptr;
  if (one && several) {
    reader.fail(ErrorCode::InvalidValue, at.below("exon"), "exon stands beside first_exon or last_exon", {},
                "one exon: exon; several: first_exon and last_exon");
    return;
  }
  if (one) {
    exon("exon", out.first_exon);
    out.last_exon = out.first_exon;
    return;
  }
  exon("first_exon", out.first_exon);
  exon("last_exon", out.last_exon);
  if (reader.error_count() != errors) return;
  if (out.first_exon == 0) reader.missing(at, "exon", "one exon: exon; several: first_exon and last_exon");
  if (out.first_exon != 0 && out.last_exon == 0) reader.missing(at, "last_exon", "one exon is written as exon");
  if (out.last_exon != 0 && out.last_exon < out.first_exon) {
    reader.fail(ErrorCode::InvalidValue, at.below("last_exon"), "last_exon lies before first_exon",
                std::to_string(out.last_exon), "exchange them");
  }
}

Node Codec<SpliceEvent>::write(const SpliceEvent& splice) {
  Node node = Node::object();
  if (splice.first_exon == splice.last_exon) {
    if (splice.first_exon != 0) node.put("exon", Node::of(splice.first_exon));
  } else {
    node.put("first_exon", Node::of(splice.first_exon)).put("last_exon", Node::of(splice.last_exon));
  }
  if (splice.by != nomenclature::SpliceEvidence::Unstated) node.put("by", Node::of(base::name_of(splice.by)));
  return node;
}

void Codec<CaseAlteration>::read(Reader& reader, const Node& node, const Place& at, CaseAlteration& out) {
  if (!reader.expect(NodeType::Object, node, at)) return;
  out.place = at.pointer();
  const AlterationForm& form = form_of(node);
  const std::size_t errors = reader.error_count();
  refuse_keys(reader, node, at, form);
  read_rows(reader, node, at, out.text);
  read_rows(reader, node, at, out);
  if (reader.error_count() != errors) return;
  check_text(reader, node, at, form, out.text);
  check_measures(reader, at, out);
}

Node Codec<CaseAlteration>::write(const CaseAlteration& alteration) {
  Node node = write_struct(alteration.text);
  for (Node& member : write_struct(alteration).parts) node.parts.push_back(std::move(member));
  return node;
}

}  // namespace treff::model
