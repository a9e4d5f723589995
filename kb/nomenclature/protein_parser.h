// The grammar of one protein name (rules N2-N5), used through parse_protein() in hgvs.h.
//
//   name    := [accession ":"] ["p."] ( special | alleles | change )      a whole name may stand in parentheses
//   special := "0" ["?"] | "?" | "="
//   alleles := "[" change {";" change} "]" {";" "[" ... "]"} | change "(;)" change | change {"^" change}
//   change  := place edit
//   place   := [residues] number [ "_" [residue] number ] | residues number "-" number
//   edit    := residues | "=" | "?" | del | ins | delins | dup | fs | ext | splice | "[" count "]" | nothing
//
// Residues are one-letter or three-letter codes, never both in one name. Positions in errors count from the start of
// the whole text.
#pragma once

#include <string>
#include <string_view>

#include "kb/nomenclature/cursor.h"
#include "kb/nomenclature/hgvs.h"

namespace treff::nomenclature {

class ProteinParser {
 public:
  // `origin`: byte offset of `text` in the whole input. `any_case`: one-letter residues may be lower case.
  ProteinParser(std::string_view text, std::size_t origin, XMeans x, bool any_case);

  // Everything behind "p."; `out` gets the change or changes.
  Status parse(ProteinName& out);

 private:
  enum class Style { Open, OneLetter, ThreeLetter };

  Status parse_list(ProteinName& out);
  Status parse_bracketed(ProteinName& out);
  Status parse_alternatives(ProteinName& out, const ProteinChange& first);
  Status add(ProteinName& out, bool in_brackets);
  Result<ProteinChange> change();
  Status place(ProteinChange& change);
  Status last_number(const ProteinChange& change);
  Status edit(ProteinChange& change);
  Status deletion(ProteinChange& change);
  Status insertion(ProteinChange& change);
  Status inserted(ProteinChange& change, std::string_view after);
  static void settle_single(ProteinChange& change);
  Status duplication(ProteinChange& change);
  Status frameshift(ProteinChange& change);
  Status extension(ProteinChange& change);
  Status repeat(ProteinChange& change);
  Status substitution(ProteinChange& change);
  Status finish_bare(ProteinChange& change);
  Status mosaic(ProteinChange& change);
  Status check_capitals(const ProteinChange& change);
  bool take_splice();
  std::optional<char> take_residue();
  std::string take_residues();
  Status named_residues(ProteinChange& change);
  bool take_stop_count(int& count);

  Cursor in_;
  XMeans x_;
  bool any_case_;
  Style style_ = Style::Open;
};

// Fills the residues that follow from the ends: one residue, or two neighbours.
void complete_reference(ProteinChange& change);

}  // namespace treff::nomenclature
