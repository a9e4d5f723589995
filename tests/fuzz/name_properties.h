// What must hold for any bytes handed to a reader of names. Used by the fuzz targets and by the replay of their corpus.
//
// Each function returns nullptr, or the property that does not hold.
#pragma once

#include <string>
#include <string_view>

#include "kb/base/text.h"
#include "kb/nomenclature/drug_names.h"
#include "kb/nomenclature/hgvs.h"
#include "kb/nomenclature/read_alteration.h"
#include "tests/kb/nomenclature/small_gene_table.h"

namespace treff::nomenclature {

inline const char* error_problem(const Error& error, std::string_view text) {
  if (error.message.empty()) return "an error without words";
  if (error.at_byte && *error.at_byte > text.size()) return "an error behind the end of the text";
  return nullptr;
}

// The residues between the ends of a deletion are not printed.
inline bool same_but_inner_residues(ProteinChange a, ProteinChange b) {
  a.ref.clear();
  b.ref.clear();
  return a == b;
}

inline const char* protein_problem(std::string_view text) {
  for (const XMeans x : {XMeans::Stop, XMeans::AnyResidue}) {
    const auto read = parse_protein(text, x);
    if (!read) {
      if (const auto* problem = error_problem(read.error(), text)) return problem;
      continue;
    }
    const ProteinChange& change = read->change;
    if (change.start < 0 || change.end < change.start) return "the range runs backwards";
    const auto one = parse_protein(to_one_letter(change), x);
    if (!one || !same_but_inner_residues(one->change, change)) return "the one-letter name reads differently";
    const auto three = parse_protein(to_three_letter(change), x);
    if (!three || !same_but_inner_residues(three->change, change)) return "the three-letter name reads differently";
  }
  return nullptr;
}

inline const char* coding_problem(std::string_view text) {
  if (const auto read = parse_coding(text); !read) {
    if (const auto* problem = error_problem(read.error(), text)) return problem;
  } else {
    const auto again = parse_coding(to_text(*read));
    if (!again || to_text(*again) != to_text(*read)) return "the coding name reads differently";
  }
  const auto read = parse_genomic(text);
  if (!read) return error_problem(read.error(), text);
  const auto again = parse_genomic(to_text(*read));
  return again && *again == *read ? nullptr : "the genome name reads differently";
}

inline const char* alteration_problem(std::string_view text) {
  AlterationText in;
  in.text = std::string(text);
  const auto read = read_alteration(in, small_gene_table());
  if (!read) return error_problem(read.error(), text);
  const Alteration& found = read->value;
  if (found.canonical.empty()) return "no canonical text";
  if (found.input != in.text) return "the input is not kept";
  for (const char* rule : {"BRAF V600E", "EGFR exon 19 deletion", "ALK fusion", "ERBB2 amplification", "BRAF V600",
                           "MET exon 14 skipping", "TP53 mutation", "EGFR 729_761del (excluding E746_A750del)"}) {
    const auto cls = read_class(rule, "", small_gene_table());
    if (!cls) return "a plain rule cannot be read";
    const auto answer = relation(cls->value, found, small_gene_table());
    if (answer.verdict == Verdict::Met && answer.kind != RelationKind::Inside) return "met, but not inside";
    if (answer.verdict == Verdict::Unknown && answer.note.empty()) return "unknown without a reason";
  }
  return nullptr;
}

inline const char* biomarker_problem(std::string_view text) {
  (void)names_biomarker(text);
  const auto read = parse_biomarker(text);
  if (!read) return read.error().at_byte ? error_problem(read.error(), text) : "an error without a place";
  const auto again = parse_biomarker(to_text(*read));
  const bool same = again && again->name == read->name && again->value == read->value && again->state == read->state &&
                    again->failed == read->failed && again->usable_sites == read->usable_sites;
  return same ? nullptr : "the biomarker's own text reads differently";
}

// The canonical text reads as itself; the reading of a result behind a gene offers only what can be read.
inline const char* finding_problem(std::string_view text) {
  const auto& genes = small_gene_table();
  const auto read = read_finding(text, genes);
  if (!read) {
    if (read.error().code == ErrorCode::AmbiguousName && read.error().hint.find("; ") != std::string::npos) {
      for (const auto meaning : base::split(std::string_view(read.error().hint).substr(7), ';')) {
        if (!read_finding(base::trim(meaning), genes)) return "a meaning is offered that cannot be read";
      }
    }
    return error_problem(read.error(), text);
  }
  const auto* found = std::get_if<Alteration>(&read->value);
  if (found == nullptr) return nullptr;
  const auto again = read_finding(found->canonical, genes);
  if (!again) return found->canonical.size() > 600 ? nullptr : "the canonical text cannot be read";
  const auto* second = std::get_if<Alteration>(&again->value);
  return second != nullptr && second->canonical == found->canonical ? nullptr : "the canonical text reads differently";
}

inline const char* drug_problem(std::string_view text) {
  static const DrugNames kDrugs({{"dabrafenib", "dabrafenib", {"Tafinlar"}, {"BRAF inhibitor"}},
                                 {"trametinib", "trametinib", {"Mekinist"}, {"MEK inhibitor"}},
                                 {"phesgo", "pertuzumab/trastuzumab", {"Phesgo"}, {}},
                                 {"trastuzumab", "trastuzumab", {"Herceptin"}, {}}},
                                {{"dabrafenib", "trametinib"}});
  const auto read = kDrugs.find_combination(text);
  if (!read) return read.error().message.empty() ? "an error without words" : nullptr;
  if (read->empty()) return "a regimen without a drug";
  for (const auto& id : *read) {
    if (kDrugs.by_id(id) == nullptr) return "an id that is no drug";
  }
  const auto again = kDrugs.find_combination(base::join(*read, " + "));
  return again && *again == *read ? nullptr : "the ids read differently";
}

inline const char* class_problem(std::string_view text) {
  const auto read = read_class(text, "", small_gene_table());
  if (!read) return error_problem(read.error(), text);
  const auto words = to_text(read->value);
  if (words.size() > 1000) return nullptr;  // longer than what is read
  const auto again = read_class(words, "", small_gene_table());
  if (!again) return "its own text cannot be read";
  return to_text(again->value) == words ? nullptr : "its own text reads differently";
}

}  // namespace treff::nomenclature
