// The rules of one record alone: check_record of kb/model/references.h.
#include <algorithm>
#include <utility>

#include "kb/base/text.h"
#include "kb/model/codec_record.h"
#include "kb/model/field_walk.h"
#include "kb/model/references.h"

namespace treff::model {
namespace {

constexpr std::string_view kExampleMark = "EXAMPLE";

// What one record broke, and where we are in it.
class Findings {
 public:
  void fail(ErrorCode code, std::string where, std::string message, std::string piece = {}, std::string hint = {}) {
    errors_.push_back(
        Error{code, std::move(message), std::move(where), std::move(piece), std::nullopt, std::move(hint)});
  }
  // Both stated and the first larger than the second.
  void at_most(const std::optional<int>& small, const std::optional<int>& large, const std::string& where,
               std::string_view words) {
    if (!small || !large || *small <= *large) return;
    fail(ErrorCode::InvalidValue, where, std::string(words), std::to_string(*small),
         "at most " + std::to_string(*large));
  }
  void in_order(bool ordered, const std::string& where, std::string_view words) {
    if (!ordered) fail(ErrorCode::InvalidDate, where, std::string(words), {}, "exchange the days, or correct one");
  }
  std::vector<Error> take() { return std::move(errors_); }

 private:
  std::vector<Error> errors_;
};

bool ordered(const std::optional<Date>& from, const std::optional<Date>& to) { return !from || !to || *from <= *to; }
bool ordered(const std::optional<PartialDate>& from, const std::optional<PartialDate>& to) {
  return !from || !to || base::first_day(*from) <= base::last_day(*to);
}

// One overload a struct with rules of its own; every other struct has none.
template <class T>
void check_part(Findings& /*findings*/, const T& /*part*/, const std::string& /*at*/) {}

void check_part(Findings& findings, const LabelIndication& label, const std::string& at) {
  findings.in_order(ordered(label.from, label.to), at + "/to", "the label ends before it begins");
}

void check_part(Findings& findings, const Membership& membership, const std::string& at) {
  findings.in_order(ordered(membership.from, membership.to), at + "/to", "the membership ends before it begins");
}

void check_part(Findings& findings, const Initiative& initiative, const std::string& at) {
  findings.in_order(ordered(initiative.from, initiative.to), at + "/to", "the initiative ends before it begins");
}

void check_part(Findings& findings, const AccessProgramme& programme, const std::string& at) {
  findings.in_order(ordered(programme.approved_on, programme.valid_until), at + "/valid_until",
                    "the programme ends before its approval");
}

void check_part(Findings& findings, const TwoStageDesign& design, const std::string& at) {
  findings.at_most(design.stage1_min_effects, design.stage1_patients, at + "/stage1_min_effects",
                   "more effects than patients in stage 1");
  findings.at_most(design.stage1_patients, design.stage2_patients_total, at + "/stage1_patients",
                   "stage 1 has more patients than both stages");
  findings.at_most(design.stage2_min_effects, design.stage2_patients_total, at + "/stage2_min_effects",
                   "more effects than patients after stage 2");
}

void check_part(Findings& findings, const EnrolmentFigures& figures, const std::string& at) {
  findings.at_most(figures.effects, figures.evaluable, at + "/effects", "more effects than evaluable patients");
  findings.at_most(figures.evaluable, figures.started, at + "/evaluable", "more evaluable patients than started");
  findings.at_most(figures.pending, figures.started, at + "/pending", "more pending patients than started");
}

void check_part(Findings& findings, const Slots& slots, const std::string& at) {
  findings.at_most(slots.left, slots.cap, at + "/left", "more places left than there are");
}

void check_part(Findings& findings, const PanelLimits& limits, const std::string& at) {
  const auto band = [&](const std::optional<double>& from, const std::optional<double>& to, std::string_view key) {
    if (!from || !to || *from <= *to) return;
    findings.fail(ErrorCode::InvalidValue, at + "/" + std::string(key), "the band ends before it begins",
                  base::to_text(*from), "at most " + base::to_text(*to));
  };
  band(limits.grey_from, limits.amplified_from, "grey_from");
  band(limits.msi_stable_below_pct, limits.msi_high_from_pct, "msi_stable_below_pct");
  if (limits.amplified_from && limits.amplification_measure == AmplificationMeasure::Unstated) {
    findings.fail(ErrorCode::MissingKey, at + "/amplification_measure", "a limit without its measure", {},
                  "fold_change or copies");
  }
}

void check_part(Findings& findings, const Gene& gene, const std::string& at) {
  const std::optional<int> length = gene.protein_length > 0 ? std::optional(gene.protein_length) : std::nullopt;
  for (std::size_t i = 0; i < gene.exons.size(); ++i) {
    const ExonSpan& exon = gene.exons[i];
    const std::string place = at + "/exons/" + std::to_string(i);
    findings.at_most(exon.first_codon, exon.last_codon, place + "/first_codon", "the exon ends before it begins");
    // The stop codon follows the last residue.
    if (length) findings.at_most(exon.last_codon, *length + 1, place + "/last_codon", "beyond the protein");
    if (i > 0 && exon.exon <= gene.exons[i - 1].exon) {
      findings.fail(ErrorCode::InvalidValue, place + "/exon", "the exons are not in order", std::to_string(exon.exon));
    }
  }
  for (std::size_t i = 0; i < gene.hotspots.size(); ++i) {
    findings.at_most(gene.hotspots[i], length, at + "/hotspots/" + std::to_string(i), "beyond the protein");
  }
}

void check_part(Findings& findings, const Statement& statement, const std::string& at) {
  if (parse_record_kind(statement.subject_kind)) return;
  std::vector<std::string> names;
  for (const RecordKindRow& row : kRecordKinds) names.emplace_back(row.name);
  const auto near = base::nearest(statement.subject_kind, names);
  findings.fail(ErrorCode::InvalidValue, at + "/subject_kind", "not a kind of record", statement.subject_kind,
                near ? "did you mean '" + *near + "'?" : "one of: " + base::join(names, ", "));
}

template <class T>
concept HasCountry = requires(const T& record) {
  record.country;
};

bool is_country(std::string_view text) {
  return text.size() == 2 && text == base::to_upper_ascii(text) && base::is_ascii_letter(text[0]) &&
         base::is_ascii_letter(text[1]);
}

// Invented content is marked in its name, and nothing invented hides in a record that is not.
template <class T>
void check_confidence(Findings& findings, const T& part, const std::string& at, bool marked) {
  bool example = false;
  if constexpr (std::is_base_of_v<Common, T>) example = part.confidence == Confidence::Example;
  if constexpr (std::is_base_of_v<Provenance, T>) example = part.confidence == Confidence::Example;
  if (!example || marked) return;
  findings.fail(ErrorCode::InvalidValue, at + "/confidence", "an invented example without its mark", "example",
                "write EXAMPLE in the English name of the record");
}

void check_common(Findings& findings, const Record& record) {
  const Common& common = common_of(record);
  if (common.sources.empty() && kind_of(record) != RecordKind::Source) {
    findings.fail(ErrorCode::MissingSource, "/sources", "the record names no source", common.id,
                  "give the id of at least one source record");
  }
  for (const Reference& reference : references_of(record)) {
    // A source may be its own source; any other reference to itself goes round in a circle.
    if (reference.to != key_of(record) || reference.to.kind == RecordKind::Source) continue;
    findings.fail(ErrorCode::Cycle, reference.pointer, "the record refers to itself", common.id);
  }
}

}  // namespace

std::vector<Error> check_record(const Record& record) {
  std::vector<Error> errors = form_errors(record);
  Findings findings;
  check_common(findings, record);
  const bool marked = common_of(record).names.en.find(kExampleMark) != std::string::npos;
  walk_record(record, [&]<class T>(const T& part, const FieldTraits& /*traits*/, const std::string& at) {
    if constexpr (HasRows<T>) {
      check_part(findings, part, at);
      check_confidence(findings, part, at, marked);
    }
    if constexpr (HasCountry<T>) {
      if (!part.country.empty() && !is_country(part.country)) {
        findings.fail(ErrorCode::InvalidValue, at + "/country", "not a country code", part.country,
                      "two capital letters of ISO 3166-1, for example NO");
      }
    }
  });
  for (Error& error : findings.take()) errors.push_back(std::move(error));
  return errors;
}

}  // namespace treff::model
