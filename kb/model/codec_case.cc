// The case <-> JSON (API.md section 3).
#include "kb/model/codec_case.h"

#include <utility>

#include "kb/base/text.h"
#include "kb/model/codec.h"

namespace treff::model {
namespace {

void check_prior_treatments(Reader& reader, const TumourCase& tumour_case) {
  if (!tumour_case.prior_treatments) return;
  const Place root;
  const Place list = root.below("prior_treatments");
  for (std::size_t i = 0; i < tumour_case.prior_treatments->size(); ++i) {
    const PriorTreatment& treatment = (*tumour_case.prior_treatments)[i];
    const Place at = list.below(i);
    if (treatment.drug.empty() && treatment.drug_class.empty()) {
      reader.missing(at, "drug", "give drug or drug_class");
    }
    if (treatment.from && treatment.to && *treatment.to < *treatment.from) {
      reader.fail(ErrorCode::InvalidDate, at.below("to"), "the treatment ends before it begins",
                  base::to_string(*treatment.to), "exchange from and to");
    }
  }
}

}  // namespace

void Codec<CaseDiagnosis>::read(Reader& reader, const Node& node, const Place& at, CaseDiagnosis& out) {
  const std::size_t errors = reader.error_count();
  read_struct(reader, node, at, out);
  if (reader.error_count() != errors) return;
  if (node.parts.size() != 1) {
    reader.fail(node.parts.empty() ? ErrorCode::MissingKey : ErrorCode::InvalidValue, at,
                "the diagnosis is given in exactly one way", {}, "one of: " + list_of_words(kKeysOf<CaseDiagnosis>));
  } else if (base::trim(node.parts.front().text).empty()) {
    reader.fail(ErrorCode::InvalidValue, at.below(node.parts.front().key), "the diagnosis is empty");
  }
}

Node Codec<CaseDiagnosis>::write(const CaseDiagnosis& diagnosis) { return write_struct(diagnosis); }

Checked<TumourCase> decode_case(std::string_view json) {
  Checked<Node> node = parse_json(json, kMaxCaseNodes);
  if (!node) return fail_all(std::move(node.error()));
  Reader reader(kMaxCaseTextBytes);
  const Place root;
  const Node* alterations = node->type == NodeType::Object ? node->find("alterations") : nullptr;
  if (alterations != nullptr && alterations->parts.size() > kMaxCaseAlterations) {
    reader.fail(ErrorCode::TooLarge, root.below("alterations"),
                std::to_string(alterations->parts.size()) + " alterations", {},
                "at most " + std::to_string(kMaxCaseAlterations));
    return fail_all(reader.take());
  }
  TumourCase tumour_case;
  read_struct(reader, *node, root, tumour_case);
  if (reader.clean()) check_prior_treatments(reader, tumour_case);
  if (!reader.clean()) return fail_all(reader.take());
  return tumour_case;
}

std::string encode_case(const TumourCase& tumour_case) { return to_canonical(write_struct(tumour_case)); }

}  // namespace treff::model
