#include "kb/casefile/sample_id.h"

#include <algorithm>
#include <vector>

#include "kb/base/text.h"

namespace treff::casefile {
namespace {

struct IdParts {
  std::string patient;   // before the material's segment
  std::string assay;     // its digits
  std::string specimen;  // sample type and site, without library attempt and replicate
  std::string library;   // everything behind the material's segment
  Material material = Material::Unstated;
  bool has_material = false;  // a segment of material is there, be it cell-free
};

bool is_material_segment(std::string_view part) {
  const std::string upper = base::to_upper_ascii(part);
  if (upper == "DNA" || upper == "RNA") return true;
  if (upper.empty() || upper.size() > 3 || (upper[0] != 'D' && upper[0] != 'R' && upper[0] != 'C')) return false;
  return upper == "D" || upper == "R" ||
         (upper.size() > 1 &&
          (std::all_of(upper.begin() + 1, upper.end(), base::is_ascii_digit) || upper.substr(1) == "XX"));
}

std::string_view without_pair_suffix(std::string_view id) {
  id = base::trim(id);
  return id.ends_with("_P") ? id.substr(0, id.size() - 2) : id;
}

// "P01-A08" -> "P-A08": one tumour's DNA and RNA may need a different number of attempts.
std::string specimen_of(std::string_view library) {
  const auto dash = library.find('-');
  const std::string_view type = library.substr(0, dash);
  if (type.size() != 3 || !base::is_ascii_letter(type[0])) return std::string(library);
  return std::string(1, type[0]) + (dash == std::string_view::npos ? "" : std::string(library.substr(dash)));
}

IdParts parts_of(std::string_view id) {
  id = without_pair_suffix(id);
  const std::vector<std::string_view> segments = base::split(id, '-');
  IdParts parts;
  std::size_t offset = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    // The segment stands second in the nomenclature and last in older names; a patient's name never is one.
    const bool may_be = i > 0 && (i == 1 || i + 1 == segments.size());
    if (may_be && is_material_segment(segments[i])) {
      const char letter = base::to_upper_ascii(segments[i].substr(0, 1))[0];
      parts.material = letter == 'D' ? Material::Dna : letter == 'R' ? Material::Rna : Material::Unstated;
      parts.has_material = true;
      for (const char c : segments[i]) {
        if (base::is_ascii_digit(c)) parts.assay += c;
      }
      const std::size_t end = offset + segments[i].size();
      parts.library = end < id.size() ? std::string(id.substr(end + 1)) : std::string();
      parts.specimen = specimen_of(parts.library);
      return parts;
    }
    parts.patient += (i > 0 ? "-" : "") + std::string(segments[i]);
    offset += segments[i].size() + 1;
  }
  return parts;
}

Error different(std::string_view a, std::string_view b) {
  return Error{ErrorCode::DifferentSamples,
               "the files name different samples",
               {},
               std::string(a) + " and " + std::string(b),
               std::nullopt,
               "only files of one tumour can be read as one case"};
}

}  // namespace

Material material_of(std::string_view id) { return parts_of(id).material; }

std::string tumour_key(std::string_view id) {
  const IdParts parts = parts_of(id);
  // In older names, without anything behind the material, its number tells samples apart.
  return parts.patient + "\n" + (parts.library.empty() ? parts.assay : parts.specimen);
}

bool is_same_tumour(std::string_view a, std::string_view b) {
  a = without_pair_suffix(a);
  b = without_pair_suffix(b);
  if (a == b) return true;
  const IdParts first = parts_of(a);
  const IdParts second = parts_of(b);
  if (first.patient != second.patient) return false;
  if (!first.has_material || !second.has_material) return true;
  // One library on two assays, or the other material of the same specimen.
  if (!first.library.empty() && first.library == second.library) return true;
  return first.material != second.material && tumour_key(a) == tumour_key(b);
}

Status check_same_sample(const SampleNames& a, const SampleNames& b) {
  const auto known_to_b = [&](const std::string& key) {
    return std::binary_search(b.patient_keys.begin(), b.patient_keys.end(), key);
  };
  if (!a.patient_keys.empty() && !b.patient_keys.empty() &&
      std::none_of(a.patient_keys.begin(), a.patient_keys.end(), known_to_b)) {
    return fail(Error{ErrorCode::DifferentSamples,
                      "the files name different patients",
                      {},
                      {},
                      std::nullopt,
                      "files of one case are of one tumour of one patient"});
  }
  if (!a.dna.empty() && !b.dna.empty() && !is_same_tumour(a.dna, b.dna)) return fail(different(a.dna, b.dna));
  if (!a.rna.empty() && !b.rna.empty() && !is_same_tumour(a.rna, b.rna)) return fail(different(a.rna, b.rna));
  if (a.is_empty() || b.is_empty()) return {};
  if (!a.pair.empty() && a.pair == b.pair) return {};
  const auto names = [](const SampleNames& s) {
    std::vector<std::string_view> out;
    for (const std::string* name : {&s.dna, &s.rna, &s.other, &s.pair}) {
      if (!name->empty()) out.push_back(*name);
    }
    return out;
  };
  const auto first = names(a);
  const auto second = names(b);
  for (const std::string_view x : first) {
    for (const std::string_view y : second) {
      if (is_same_tumour(x, y)) return {};
    }
  }
  return fail(different(first.front(), second.front()));
}

}  // namespace treff::casefile
