// Printing of changes in their canonical spelling.
#include <string>

#include "kb/base/enum_names.h"
#include "kb/nomenclature/amino_acids.h"
#include "kb/nomenclature/hgvs.h"

namespace treff::nomenclature {
namespace {

enum class Letters { One, Three };

std::string residues(std::string_view text, Letters letters) {
  if (letters == Letters::One) return std::string(text);
  std::string out;
  for (const char c : text) out += three_letters_of(c);
  return out;
}

std::string place(const ProteinChange& change, Letters letters) {
  std::string out = residues(change.ref_first, letters) + std::to_string(change.start);
  if (change.end != change.start) out += "_" + residues(change.ref_last, letters) + std::to_string(change.end);
  return out;
}

std::string inserted(const ProteinChange& change, Letters letters) {
  if (change.inserted_length > 0) return std::to_string(change.inserted_length);
  const std::string count = change.stop_after > 0 ? std::to_string(change.stop_after) : "";
  return residues(change.alt, letters) + count;
}

std::string stop(const ProteinChange& change, Letters letters) {
  if (change.stop_after < 0) return std::to_string(change.stop_after);
  const std::string sign = letters == Letters::One ? "*" : "Ter";
  if (change.stop_after > 0) return sign + std::to_string(change.stop_after);
  return change.form == ProteinForm::Extension ? sign + "?" : "";
}

std::string print(const ProteinChange& change, Letters letters) {
  switch (change.form) {
    case ProteinForm::Substitution:
    case ProteinForm::Nonsense: return place(change, letters) + residues(change.alt, letters);
    case ProteinForm::Synonymous: return change.start == 0 ? "=" : place(change, letters) + "=";
    case ProteinForm::Deletion: return place(change, letters) + "del";
    case ProteinForm::Insertion: return place(change, letters) + "ins" + inserted(change, letters);
    case ProteinForm::Delins: return place(change, letters) + "delins" + inserted(change, letters);
    case ProteinForm::Duplication: return place(change, letters) + "dup";
    case ProteinForm::Frameshift:
      return place(change, letters) + residues(change.alt, letters) + "fs" + stop(change, letters);
    case ProteinForm::Extension:
      return place(change, letters) + residues(change.alt, letters) + "ext" + stop(change, letters);
    case ProteinForm::StartLost:
      return place(change, letters) + (change.alt.empty() ? "?" : residues(change.alt, letters));
    case ProteinForm::NoProtein: return "0";
    case ProteinForm::UnknownEffect: return "?";
    case ProteinForm::SpliceSite: return "X" + place(change, letters) + "_splice";
    case ProteinForm::AnyAtCodon: return place(change, letters);
    case ProteinForm::Repeat: return place(change, letters) + "[" + std::to_string(change.inserted_length) + "]";
  }
  return {};
}

std::string print(const CodingPosition& position) {
  std::string out;
  if (position.region == CodingPosition::Region::Upstream5) out = "-";
  if (position.region == CodingPosition::Region::Downstream3) out = "*";
  out += std::to_string(position.base);
  if (position.offset > 0) out += "+";
  if (position.offset != 0) out += std::to_string(position.offset);
  return out;
}

}  // namespace

std::string to_one_letter(const ProteinChange& change) { return print(change, Letters::One); }

std::string to_three_letter(const ProteinChange& change) { return "p." + print(change, Letters::Three); }

std::string to_text(const CodingChange& change) {
  std::string out = "c." + print(change.start);
  if (change.end != change.start) out += "_" + print(change.end);
  switch (change.form) {
    case NucleotideForm::Substitution: return out + change.ref + ">" + change.alt;
    case NucleotideForm::Deletion: return out + "del";
    case NucleotideForm::Insertion: return out + "ins" + change.alt;
    case NucleotideForm::Delins: return out + "delins" + change.alt;
    case NucleotideForm::Duplication: return out + "dup";
    case NucleotideForm::Inversion: return out + "inv";
    case NucleotideForm::Unchanged: return out + "=";
  }
  return out;
}

std::string to_text(const GenomicChange& change) {
  std::string out;
  if (change.assembly != Assembly::Unstated) out = std::string(base::name_of(change.assembly)) + " ";
  out += change.chromosome + ":" + std::to_string(change.position) + " ";
  return out + (change.ref.empty() ? "-" : change.ref) + ">" + (change.alt.empty() ? "-" : change.alt);
}

}  // namespace treff::nomenclature
