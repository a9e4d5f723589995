// What people say instead of a name: "amplification", "exon 19 deletion", "vIII", "truncating mutations" (rule N3).
//
// The same words stand in a report and in a rule; read_alteration and read_class make an Alteration or a VariantClass
// of the Event. English and Norwegian words; case and plural do not matter. One table row a phrase (event_words.cc).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kb/nomenclature/alteration.h"
#include "kb/nomenclature/variant_class.h"

namespace treff::nomenclature {

enum class EventKind : std::uint8_t {
  AnyMutation,  // "mutation", or nothing behind the gene
  Consequence,  // "frameshift mutation", "promoter mutation": `consequence`
  Exon,         // "exon 19 deletion": `exon`, `exon_end`, `consequence` or Unknown for any
  Codon,        // "codon 600": `codon`
  Function,     // "truncating", "oncogenic mutation": `function`
  CopyNumber,   // `copy`, `copies`, `fold_change`, `minor_copies`
  Fusion,       // "fusion" without partners; `intragenic`
  Splice,       // "exon 14 skipping": `exon`, `exon_end`
  Structural,   // `name`
  Biallelic,
  WildType,
  Reversion,   // a further change by which the gene works again
  Expression,  // `method`, `level`
};

struct Event {
  EventKind kind = EventKind::AnyMutation;
  Consequence consequence = Consequence::Unknown;
  FunctionClass function = FunctionClass::Oncogenic;
  bool likely = false;  // "likely oncogenic"
  CopyCall copy = CopyCall::Unstated;
  std::optional<double> copies;
  std::optional<double> fold_change;
  std::optional<int> minor_copies;
  bool bare_deletion = false;  // only "deletion": one copy or both is not said
  bool intragenic = false;
  bool indel = false;  // "exon 20 insertion/deletion": both directions
  int exon = 0;
  int exon_end = 0;  // 0 = the same
  int codon = 0;
  bool short_exon = false;  // "ex14": an abbreviation, not "exon 14"
  std::string name;
  std::string method;
  std::string level;
  Origin origin = Origin::Unknown;
};

// nullopt if the words are no known event; an empty text is AnyMutation.
std::optional<Event> parse_event(std::string_view words);

// Words for the same event as one word ("fusjon": fusion, fusions, rearrangement ...), the standard one first, without
// the word itself; empty if it is no word of an event. Case does not matter. For text search, not for reading names.
std::vector<std::string_view> same_event_words(std::string_view word);

// "METex14" is the short name of the skipped exon, not of any change in it.
bool is_short_for_skipping(const Event& event, std::string_view gene);

// The one spelling of a structural name ("viii", "EGFRvIII" -> "vIII", "internal tandem duplication" -> "ITD"), or
// empty if it is not known.
std::string structural_name(std::string_view text);
// The wider named event that a name belongs to ("vIVa" -> "CTD"), or empty.
std::string_view wider_structural_name(std::string_view name);

}  // namespace treff::nomenclature
