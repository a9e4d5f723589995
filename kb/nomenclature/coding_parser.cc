// c. and g. names (rule N7). Positions as written: c. counted from the start codon, g. from 1.
#include <algorithm>
#include <array>

#include "kb/nomenclature/cursor.h"
#include "kb/nomenclature/hgvs.h"

namespace treff::nomenclature {
namespace {

constexpr std::size_t kLongestName = 2000;
constexpr int kLongestSpan = 500;  // bases whose letters are not stated, in one g. change

bool is_base(char c) { return c == 'A' || c == 'C' || c == 'G' || c == 'T' || c == 'N'; }

std::string take_bases(Cursor& in) {
  std::string out;
  for (char c = in.peek(); !in.done(); c = in.peek()) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'U') c = 'T';
    if (!is_base(c)) break;
    out += c;
    in.skip(1);
  }
  return out;
}

Status unreadable(const Cursor& in, std::string message, std::string hint = {}) {
  return fail(in.error(std::move(message), std::move(hint)));
}

Status take_position(Cursor& in, CodingPosition& out) {
  if (in.take('-')) out.region = CodingPosition::Region::Upstream5;
  if (in.take('*')) out.region = CodingPosition::Region::Downstream3;
  const auto base = in.take_number();
  if (!base || *base < 1) return unreadable(in, "expected a base number", "write it as c.1799T>A");
  out.base = *base;
  const bool later = in.peek() == '+';
  if (!later && in.peek() != '-') return {};
  in.skip(1);
  const auto offset = in.take_number();
  if (!offset || *offset < 1) return unreadable(in, "expected the distance from the exon");
  out.offset = later ? *offset : -*offset;
  return {};
}

// The edit behind the positions, the same for c. and g.
struct Edit {
  NucleotideForm form = NucleotideForm::Unchanged;
  std::string ref;
  std::string alt;
};

Status take_inserted(Cursor& in, Edit& out) {
  out.alt = take_bases(in);
  return out.alt.empty() ? unreadable(in, "expected the new bases") : Status{};
}

Status take_exchange(Cursor& in, Edit& out) {
  out.ref = take_bases(in);
  if (out.ref.empty() || !in.take('>')) {
    return unreadable(in, "expected an exchange of bases, del, ins, delins, dup or inv", "write it as c.1799T>A");
  }
  if (const auto read = take_inserted(in, out); !read) return read;
  const bool single = out.ref.size() == 1 && out.alt.size() == 1;
  out.form = single ? NucleotideForm::Substitution : NucleotideForm::Delins;
  return {};
}

Status take_edit(Cursor& in, Edit& out) {
  if (in.take("delins")) {
    out.form = NucleotideForm::Delins;
    return take_inserted(in, out);
  }
  if (in.take("del")) {
    out.form = NucleotideForm::Deletion;
    out.ref = take_bases(in);
    if (!in.take("ins")) return {};
    out.form = NucleotideForm::Delins;
    return take_inserted(in, out);
  }
  if (in.take("ins")) {
    out.form = NucleotideForm::Insertion;
    return take_inserted(in, out);
  }
  if (in.take("dup")) {
    out.form = NucleotideForm::Duplication;
    out.ref = take_bases(in);
    return {};
  }
  if (in.take("inv")) {
    out.form = NucleotideForm::Inversion;
    return {};
  }
  if (in.take('=')) return {};
  return take_exchange(in, out);
}

// Position order within one transcript, for checking ranges.
bool is_before(const CodingPosition& a, const CodingPosition& b) {
  const auto key = [](const CodingPosition& p) {
    const int sign = p.region == CodingPosition::Region::Upstream5 ? -1 : 1;
    return std::array<int, 3>{static_cast<int>(p.region), sign * p.base, p.offset};
  };
  return key(a) < key(b);
}

// The old spelling "c.1798GT>AA" names the first base only: the position `by` bases on, within its exon or intron.
std::optional<CodingPosition> moved(CodingPosition position, int by) {
  if (position.offset != 0) {
    const bool before = position.offset < 0;
    position.offset += by;
    if (before && position.offset >= 0) return std::nullopt;
  } else if (position.region == CodingPosition::Region::Upstream5) {
    position.base -= by;
    if (position.base < 1) return std::nullopt;
  } else {
    position.base += by;
  }
  return position;
}

// "NM_004333.6(BRAF)" without the gene; nothing if the text names no sequence.
Result<std::string> accession_of(std::string_view text) {
  const auto name = text.substr(0, text.find('('));
  const auto fits = [](char c) {
    return base::is_ascii_letter(c) || base::is_ascii_digit(c) || c == '_' || c == '.' || c == '-';
  };
  if (name.empty() || !std::all_of(name.begin(), name.end(), fits)) {
    return fail(Error{ErrorCode::UnreadableText, "no sequence name before ':'", {}, std::string(text), 0, {}});
  }
  return std::string(name);
}

struct AssemblyVersions {
  std::string_view chromosome;
  int grch37;  // version of the NC_ accession; GRCh38 is one more
};

constexpr std::array kAssemblyVersions = {
    AssemblyVersions{"1", 10},  AssemblyVersions{"2", 11},  AssemblyVersions{"3", 11}, AssemblyVersions{"4", 11},
    AssemblyVersions{"5", 9},   AssemblyVersions{"6", 11},  AssemblyVersions{"7", 13}, AssemblyVersions{"8", 10},
    AssemblyVersions{"9", 11},  AssemblyVersions{"10", 10}, AssemblyVersions{"11", 9}, AssemblyVersions{"12", 11},
    AssemblyVersions{"13", 10}, AssemblyVersions{"14", 8},  AssemblyVersions{"15", 9}, AssemblyVersions{"16", 9},
    AssemblyVersions{"17", 10}, AssemblyVersions{"18", 9},  AssemblyVersions{"19", 9}, AssemblyVersions{"20", 10},
    AssemblyVersions{"21", 8},  AssemblyVersions{"22", 10}, AssemblyVersions{"X", 10}, AssemblyVersions{"Y", 9},
};

// "NC_000007.13" -> chromosome 7, GRCh37.
Status read_nc(std::string_view accession, GenomicChange& out) {
  Cursor in(accession);
  in.take("NC_");
  const auto number = in.take_number();
  if (!number || *number < 1 || *number > 24) return unreadable(in, "not a human chromosome");
  out.chromosome = *number == 23 ? "X" : *number == 24 ? "Y" : std::to_string(*number);
  if (!in.take('.')) return {};
  const auto version = in.take_number(3);
  for (const auto& row : kAssemblyVersions) {
    if (row.chromosome != out.chromosome || !version) continue;
    if (*version == row.grch37) out.assembly = Assembly::GRCh37;
    if (*version == row.grch37 + 1) out.assembly = Assembly::GRCh38;
  }
  return out.assembly == Assembly::Unstated ? unreadable(in, "a version of neither GRCh37 nor GRCh38") : Status{};
}

Status read_chromosome(std::string_view text, GenomicChange& out) {
  if (text.substr(0, 3) == "NC_") return read_nc(text, out);
  std::string name = base::to_upper_ascii(text);
  if (name.rfind("CHR", 0) == 0) name.erase(0, 3);
  if (name == "M") name = "MT";
  const auto number = base::parse_int(name);
  const bool numbered = number && *number >= 1 && *number <= 22;
  if (!numbered && name != "X" && name != "Y" && name != "MT") {
    return fail(Error{ErrorCode::UnreadableText, "not a human chromosome", {}, std::string(text), 0, {}});
  }
  out.chromosome = numbered ? std::to_string(*number) : name;
  return {};
}

Assembly take_assembly(Cursor& in) {
  struct Word {
    std::string_view text;
    Assembly assembly;
  };
  constexpr std::array words = {Word{"GRCh37", Assembly::GRCh37}, Word{"GRCh38", Assembly::GRCh38},
                                Word{"hg19", Assembly::GRCh37}, Word{"hg38", Assembly::GRCh38}};
  for (const auto& word : words) {
    if (!in.take(word.text)) continue;
    while (in.take(' ') || in.take(':')) {
    }
    return word.assembly;
  }
  return Assembly::Unstated;
}

// Bases that a name leaves out are 'N'.
Status apply(const Edit& edit, int span, GenomicChange& out) {
  const std::string unknown(static_cast<std::size_t>(span), 'N');
  const std::string& ref = edit.ref.empty() ? unknown : edit.ref;
  switch (edit.form) {
    case NucleotideForm::Substitution:
    case NucleotideForm::Deletion:
    case NucleotideForm::Delins: out.ref = ref; break;
    case NucleotideForm::Insertion:
    case NucleotideForm::Duplication: break;
    case NucleotideForm::Inversion:
    case NucleotideForm::Unchanged:
      return fail(ErrorCode::UnreadableText, "an inversion or an unchanged stretch is not read as a genome change");
  }
  out.alt = edit.form == NucleotideForm::Duplication ? ref : edit.alt;
  return {};
}

// "-A-T", "A>T", " A>T", "CA>C", with '-' or nothing for no bases.
Status take_alleles(Cursor& in, GenomicChange& out) {
  const bool dashes = in.peek() == '-';
  while (in.take(' ') || in.take(':') || (dashes && in.take('-'))) {
  }
  out.ref = take_bases(in);
  if (out.ref.empty()) in.take('-');
  while (in.take(' ')) {
  }
  if (!in.take('>') && !in.take('-') && !in.take('/') && !in.take(':'))
    return unreadable(in, "expected '>' between the alleles");
  while (in.take(' ')) {
  }
  out.alt = take_bases(in);
  if (out.alt.empty()) in.take('-');
  if (out.ref.empty() && out.alt.empty()) return unreadable(in, "no alleles");
  return in.done() ? Status{} : unreadable(in, "text behind the alleles");
}

Status take_genomic(Cursor& in, GenomicChange& out) {
  const bool hgvs = in.take("g.") || in.take("m.");
  const auto start = in.take_number(9);
  if (!start || *start < 1) return unreadable(in, "expected a genome position");
  out.position = *start;
  int end = *start;
  if (in.take('_')) {
    const auto last = in.take_number(9);
    if (!last || *last <= *start) return unreadable(in, "the last base must follow the first");
    end = *last;
  }
  const bool allele_form = end == *start && (!hgvs || in.rest().find('>') != std::string_view::npos);
  if (allele_form && !in.starts("del") && !in.starts("ins") && !in.starts("dup")) return take_alleles(in, out);
  if (end - *start >= kLongestSpan) return unreadable(in, "the change spans too many bases");
  Edit edit;
  if (const auto read = take_edit(in, edit); !read) return read;
  if (!in.done()) return unreadable(in, "text behind the change");
  return apply(edit, end - *start + 1, out);
}

}  // namespace

Result<CodingChange> parse_coding(std::string_view text) {
  const auto trimmed = base::trim(text);
  const auto start = trimmed.empty() ? 0 : static_cast<std::size_t>(trimmed.data() - text.data());
  Cursor in(trimmed, start);
  if (trimmed.size() > kLongestName) return fail(in.error("the name is too long"));
  CodingChange out;
  const auto colon = trimmed.find(':');
  if (colon != std::string_view::npos) {
    auto accession = accession_of(trimmed.substr(0, colon));
    if (!accession) return fail(accession.error());
    out.accession = *accession;
    in.skip(colon + 1);
  }
  if (!in.take("c.")) return fail(in.error("expected c. and a coding change", "write it as c.1799T>A"));
  if (const auto read = take_position(in, out.start); !read) return fail(read.error());
  out.end = out.start;
  if (in.take('_')) {
    out.end = CodingPosition{};
    if (const auto read = take_position(in, out.end); !read) return fail(read.error());
    if (!is_before(out.start, out.end)) return fail(in.error("the last base must follow the first"));
  }
  Edit edit;
  if (const auto read = take_edit(in, edit); !read) return fail(read.error());
  const bool protein_follows = in.starts("(p.") || in.starts(" (p.");
  if (!in.done() && !protein_follows) return fail(in.error("text behind the coding change"));
  if (edit.ref.size() > 1 && out.start == out.end && edit.form == NucleotideForm::Delins) {
    const auto end = moved(out.start, static_cast<int>(edit.ref.size()) - 1);
    if (!end) return fail(in.error("the bases run over a border, name the first and the last one"));
    out.end = *end;
  }
  if (edit.form == NucleotideForm::Insertion && out.start == out.end) {
    return fail(in.error("an insertion stands between two neighbouring bases"));
  }
  out.form = edit.form;
  out.ref = edit.ref;
  out.alt = edit.alt;
  return out;
}

Result<GenomicChange> parse_genomic(std::string_view text) {
  const auto trimmed = base::trim(text);
  const auto start = trimmed.empty() ? 0 : static_cast<std::size_t>(trimmed.data() - text.data());
  Cursor in(trimmed, start);
  if (trimmed.size() > kLongestName) return fail(in.error("the name is too long"));
  GenomicChange out;
  const auto assembly = take_assembly(in);
  const auto rest = in.rest();
  auto separator = rest.find(':');
  if (separator == std::string_view::npos) separator = rest.find('-');
  if (separator == std::string_view::npos) return fail(in.error("expected a chromosome and ':'", "7:140453136 A>T"));
  if (const auto read = read_chromosome(rest.substr(0, separator), out); !read) return fail(read.error());
  if (assembly != Assembly::Unstated && out.assembly != Assembly::Unstated && assembly != out.assembly) {
    return fail(in.error("the accession belongs to another assembly than the one stated"));
  }
  if (assembly != Assembly::Unstated) out.assembly = assembly;
  in.skip(separator + 1);
  if (const auto read = take_genomic(in, out); !read) return fail(read.error());
  return out;
}

}  // namespace treff::nomenclature
