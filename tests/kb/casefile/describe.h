// What the tests of this room share: files of the fixture folder, and a reading as lines a person can check.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "kb/base/text.h"
#include "kb/casefile/registry.h"

namespace treff::casefile {

inline std::string read_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline std::string fixture(const std::string& name) {
  const std::string bytes = read_bytes(std::string(TREFF_SOURCE_DIR) + "/tests/fixtures/casefile/" + name);
  if (bytes.empty()) throw std::runtime_error("no fixture " + name);
  return bytes;
}

inline std::string describe_fusion(const nomenclature::Fusion& fusion) {
  return base::join(fusion.five_prime.genes, ";") + (fusion.direction_known ? ">" : "/") +
         base::join(fusion.three_prime.genes, ";") + (fusion.intragenic ? " intragenic" : "");
}

// "BRAF p:Val600Glu c:c.1799T>A g:GRCh37 7:140453136 A>T tx:NM_004333 so:missense_variant exon:15 vaf:0.2 depth:9 @f:7"
inline std::string describe(const model::CaseAlteration& a) {
  std::string out = a.text.gene + a.text.text;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) out += std::string(out.empty() ? "" : " ") + name + value;
  };
  add("p:", a.text.protein);
  add("c:", a.text.coding);
  if (!a.text.genomic.empty()) add("g:", std::string(base::name_of(a.text.assembly)) + " " + a.text.genomic);
  add("tx:", a.text.transcript);
  add("so:", a.text.consequence);
  if (a.text.exon > 0) add("exon:", std::to_string(a.text.exon));
  if (a.allele_fraction) add("vaf:", base::to_text(*a.allele_fraction));
  if (a.depth) add("depth:", std::to_string(*a.depth));
  if (a.origin != nomenclature::Origin::Unknown) add("origin:", std::string(base::name_of(a.origin)));
  if (a.copy_number) {
    add("call:", std::string(base::name_of(a.copy_number->call)));
    if (a.copy_number->fold_change) add("fold:", base::to_text(*a.copy_number->fold_change));
    if (a.copy_number->copies) add("copies:", base::to_text(*a.copy_number->copies));
    if (a.copy_number->minor_copies) add("minor:", std::to_string(*a.copy_number->minor_copies));
  }
  if (a.fusion) add("fusion:", describe_fusion(*a.fusion));
  if (a.splice) {
    add("splice:", std::to_string(a.splice->first_exon) + "-" + std::to_string(a.splice->last_exon) + " " +
                       std::string(base::name_of(a.splice->by)));
  }
  return out + " @" + a.place;
}

// "tmb 9.4 per_mb tumour_only tso500-dna", "msi failed sites:0 ..."
inline std::string describe(const nomenclature::Biomarker& b) {
  std::string out(base::name_of(b.name));
  out += b.value ? " " + base::to_text(*b.value) + " " + b.unit : std::string();
  if (b.failed) out += " failed";
  if (b.usable_sites) out += " sites:" + std::to_string(*b.usable_sites);
  if (b.tumour_only.value_or(false)) out += " tumour_only";
  return out + " " + b.assay;
}

inline std::vector<std::string> alterations_of(const CaseFile& file) {
  std::vector<std::string> out;
  for (const auto& alteration : file.reading.tumour_case.alterations) out.push_back(describe(alteration));
  return out;
}

inline std::vector<std::string> biomarkers_of(const CaseFile& file) {
  std::vector<std::string> out;
  for (const auto& biomarker : file.reading.tumour_case.biomarkers) out.push_back(describe(biomarker));
  return out;
}

// "panels | failed", or "nothing stated".
inline std::string tested_of(const CaseFile& file) {
  const auto& tested = file.reading.tumour_case.tested;
  if (!tested) return "nothing stated";
  return base::join(tested->panels, " ") + " | " + base::join(tested->failed, " ");
}

// "place id" of every issue, "place message" of every row that was not read.
inline std::vector<std::string> issues_of(const CaseFile& file) {
  std::vector<std::string> out;
  for (const Issue& issue : file.reading.issues) out.push_back(issue.where + " " + issue.id);
  return out;
}
inline std::vector<std::string> unreadable_of(const CaseFile& file) {
  std::vector<std::string> out;
  for (const Error& error : file.reading.unreadable) out.push_back(error.where + " " + error.piece);
  return out;
}

inline bool has_issue(const CaseFile& file, const std::string& id, const std::string& part = {}) {
  for (const Issue& issue : file.reading.issues) {
    if (issue.id == id && (issue.message + " " + issue.piece).find(part) != std::string::npos) return true;
  }
  return false;
}

using Lines = std::vector<std::string>;

}  // namespace treff::casefile
