// Protein names: what stands around the change (accession, "p.", parentheses), and what follows from a change.
#include "kb/nomenclature/hgvs.h"

#include <algorithm>

#include "kb/base/text.h"
#include "kb/nomenclature/protein_parser.h"

namespace treff::nomenclature {
namespace {

constexpr std::size_t kLongestName = 1500;  // the three-letter form of the longest list of residues that is read

bool is_accession_character(char c) {
  return base::is_ascii_letter(c) || base::is_ascii_digit(c) || c == '_' || c == '.' || c == '-';
}

// "NP_004324.2" or "NM_004333.6(BRAF)": true if the text may name a sequence.
bool is_accession(std::string_view text) {
  const auto open = text.find('(');
  const auto name = text.substr(0, open);
  if (name.empty() || !std::all_of(name.begin(), name.end(), is_accession_character)) return false;
  return open == std::string_view::npos || text.back() == ')';
}

// "NM_004958.3:c.2997C>T(p.(Asn999=))": the part from "p." on, without the parenthesis around it.
std::string_view behind_coding(std::string_view text) {
  const auto open = text.find("(p.");
  if (open == std::string_view::npos || text.empty() || text.back() != ')') return {};
  return text.substr(open + 1, text.size() - open - 2);
}

Error unreadable(std::string message, std::string_view piece, std::size_t at, std::string hint = {}) {
  return Error{ErrorCode::UnreadableText, std::move(message), {}, std::string(piece), at, std::move(hint)};
}

struct Frame {
  std::string_view change;
  std::string accession;
  bool predicted = false;
  bool marked = false;  // "p." stood there
};

Result<Frame> unwrap(std::string_view text) {
  Frame out;
  std::string_view body = text;
  const auto offset = [&](std::string_view part) { return static_cast<std::size_t>(part.data() - text.data()); };
  if (body.size() > 2 && body.front() == '(' && body.back() == ')' && body.find(")(") == std::string_view::npos) {
    body = body.substr(1, body.size() - 2);
    out.predicted = true;
  }
  const auto colon = body.find(':');
  const bool list = body.substr(0, 2) == "p.";
  if (colon != std::string_view::npos && !list) {
    const auto accession = body.substr(0, colon);
    if (!is_accession(accession)) return fail(unreadable("no sequence name before ':'", accession, offset(accession)));
    out.accession = std::string(accession.substr(0, accession.find('(')));
    body = body.substr(colon + 1);
    if (body.substr(0, 2) == "c." || body.substr(0, 2) == "n.") {
      const auto inner = behind_coding(body);
      if (inner.empty()) return fail(unreadable("a coding change, not a protein change", body, offset(body)));
      body = inner;
    }
    if (body.substr(0, 2) != "p.") return fail(unreadable("expected p. behind the sequence name", body, offset(body)));
  }
  if (body.substr(0, 2) == "p.") {
    body.remove_prefix(2);
    out.marked = true;
  }
  if (body.empty()) return fail(unreadable("no protein change", text, offset(body)));
  out.change = body;
  return out;
}

// "v600e" and "v600E" are typed in a hurry; "g54Ser" is a piece of another name.
bool is_typed_small(std::string_view text) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  if (text.empty() || !is_lower(text.front())) return false;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (base::is_ascii_letter(text[at]) && !is_lower(text[at]) && is_lower(text[at + 1])) return false;
  }
  return true;
}

// New residues minus replaced residues; 0 if the number of new residues is not known.
int growth(const ProteinChange& change) {
  const int replaced = change.end - change.start + 1;
  if (change.inserted_length > 0) return change.inserted_length - replaced;
  return static_cast<int>(change.alt.size()) - replaced;
}

Consequence of_delins(const ProteinChange& change) {
  if (!change.alt.empty() && change.alt.back() == '*') return Consequence::Nonsense;
  if (growth(change) > 0) return Consequence::InframeInsertion;
  return growth(change) < 0 ? Consequence::InframeDeletion : Consequence::Missense;
}

}  // namespace

Result<ProteinName> parse_protein(std::string_view text, XMeans x) {
  const auto trimmed = base::trim(text);
  const auto start = trimmed.empty() ? 0 : static_cast<std::size_t>(trimmed.data() - text.data());
  if (trimmed.empty()) return fail(unreadable("empty text", text, 0));
  if (trimmed.size() > kLongestName) return fail(unreadable("the name is too long", trimmed.substr(0, 40), start));
  auto frame = unwrap(trimmed);
  if (!frame) {
    frame.error().at_byte = frame.error().at_byte.value_or(0) + start;
    return fail(frame.error());
  }
  const auto origin = static_cast<std::size_t>(frame->change.data() - text.data());
  ProteinName out;
  out.accession = frame->accession;
  out.predicted = frame->predicted;
  ProteinParser parser(frame->change, origin, x, is_typed_small(frame->change));
  if (const auto read = parser.parse(out); !read) return fail(read.error());
  out.consequence = consequence_of(out.change);
  return out;
}

Consequence consequence_of(const ProteinChange& change) {
  switch (change.form) {
    case ProteinForm::Substitution: return Consequence::Missense;
    case ProteinForm::Synonymous: return Consequence::Synonymous;
    case ProteinForm::Nonsense: return Consequence::Nonsense;
    case ProteinForm::Deletion: return Consequence::InframeDeletion;
    case ProteinForm::Insertion:
      return !change.alt.empty() && change.alt.back() == '*' ? Consequence::Nonsense : Consequence::InframeInsertion;
    case ProteinForm::Delins: return of_delins(change);
    case ProteinForm::Duplication: return Consequence::InframeInsertion;
    case ProteinForm::Frameshift: return change.ref_first == "*" ? Consequence::Extension : Consequence::Frameshift;
    case ProteinForm::Extension: return change.start == 1 ? Consequence::InframeInsertion : Consequence::Extension;
    case ProteinForm::StartLost:
    case ProteinForm::NoProtein: return Consequence::StartLost;
    case ProteinForm::SpliceSite: return Consequence::Splice;
    case ProteinForm::UnknownEffect:
    case ProteinForm::AnyAtCodon:
    case ProteinForm::Repeat: return Consequence::Unknown;
  }
  return Consequence::Unknown;
}

}  // namespace treff::nomenclature
