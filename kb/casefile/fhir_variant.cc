#include "kb/casefile/fhir_variant.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "kb/base/text.h"
#include "kb/casefile/cell_value.h"
#include "kb/casefile/fhir_genes.h"
#include "kb/model/case_fields.h"

namespace treff::casefile {
namespace {

using nlohmann::json;
using nomenclature::Assembly;
using nomenclature::CopyCall;
using nomenclature::Origin;

constexpr std::string_view kGene = "48018-6";
constexpr std::string_view kProtein = "48005-3";
constexpr std::string_view kCoding = "48004-6";
constexpr std::string_view kGenomic = "81290-9";
constexpr std::string_view kTranscript = "51958-7";
constexpr std::string_view kSource = "48002-0";
constexpr std::string_view kFraction = "81258-6";
constexpr std::string_view kChangeType = "48019-4";
constexpr std::string_view kConsequence = "molecular-consequence";
constexpr std::string_view kCopies = "82155-3";
constexpr std::string_view kAssembly = "62374-4";
constexpr std::string_view kDiscrete = "81252-9";

enum class Change : std::uint8_t { Unstated, Small, CopyNumber, Gain, Loss, Fusion, Rearrangement, WildType };

struct ChangeRow {
  std::string_view code;  // Sequence Ontology or LOINC LL379-9
  Change change;
  std::string_view term;  // Sequence Ontology's name, where the name readers use it
};
constexpr std::array kChanges = {
    ChangeRow{"SO:0001483", Change::Small, ""},
    ChangeRow{"SO:0002007", Change::Small, ""},
    ChangeRow{"SO:1000002", Change::Small, ""},
    ChangeRow{"SO:1000008", Change::Small, ""},
    ChangeRow{"SO:0000159", Change::Small, ""},
    ChangeRow{"SO:0000667", Change::Small, ""},
    ChangeRow{"SO:1000032", Change::Small, ""},
    ChangeRow{"SO:1000035", Change::Small, ""},
    ChangeRow{"SO:1000173", Change::Small, ""},
    ChangeRow{"LA6690-7", Change::Small, ""},
    ChangeRow{"LA6692-3", Change::Small, ""},
    ChangeRow{"LA6686-5", Change::Small, ""},
    ChangeRow{"LA6687-3", Change::Small, ""},
    ChangeRow{"LA6688-1", Change::Small, ""},
    ChangeRow{"LA9658-1", Change::WildType, ""},
    ChangeRow{"SO:0001019", Change::CopyNumber, ""},
    ChangeRow{"SO:0001563", Change::CopyNumber, ""},
    ChangeRow{"SO:0001742", Change::Gain, ""},
    ChangeRow{"SO:0001911", Change::Gain, ""},
    ChangeRow{"SO:0001743", Change::Loss, ""},
    ChangeRow{"SO:0001912", Change::Loss, ""},
    ChangeRow{"LA14033-7", Change::Gain, ""},
    ChangeRow{"LA14034-5", Change::Loss, ""},
    ChangeRow{"SO:0001565", Change::Fusion, ""},
    ChangeRow{"SO:0001882", Change::Fusion, ""},
    ChangeRow{"SO:0000199", Change::Rearrangement, ""},
    ChangeRow{"SO:1000044", Change::Rearrangement, ""},
    ChangeRow{"SO:0002060", Change::Rearrangement, ""},
    ChangeRow{"SO:0002061", Change::Rearrangement, ""},
    ChangeRow{"SO:0002062", Change::Rearrangement, ""},
    ChangeRow{"SO:0001784", Change::Rearrangement, ""},
    ChangeRow{"SO:0001574", Change::Small, "splice_acceptor_variant"},
    ChangeRow{"SO:0001575", Change::Small, "splice_donor_variant"},
    ChangeRow{"SO:0001578", Change::Small, "stop_lost"},
    ChangeRow{"SO:0001583", Change::Small, "missense_variant"},
    ChangeRow{"SO:0001587", Change::Small, "stop_gained"},
    ChangeRow{"SO:0001589", Change::Small, "frameshift_variant"},
    ChangeRow{"SO:0001819", Change::Small, "synonymous_variant"},
    ChangeRow{"SO:0001821", Change::Small, "inframe_insertion"},
    ChangeRow{"SO:0001822", Change::Small, "inframe_deletion"},
    ChangeRow{"SO:0002012", Change::Small, "start_lost"},
    ChangeRow{"SO:0001627", Change::Small, "intron_variant"},
    ChangeRow{"SO:0001623", Change::Small, "5_prime_UTR_variant"},
    ChangeRow{"SO:0001624", Change::Small, "3_prime_UTR_variant"},
    ChangeRow{"SO:0001630", Change::Small, "splice_region_variant"},
    ChangeRow{"SO:0001631", Change::Small, "upstream_gene_variant"},
    ChangeRow{"SO:0001632", Change::Small, "downstream_gene_variant"},
};

enum class Presence : std::uint8_t { Unstated, Present, Absent, NoCall };

Presence presence_of(const FhirConcept& value) {
  struct Row {
    std::string_view system;
    std::string_view code;
    Presence presence;
  };
  constexpr std::array kRows = {
      Row{kLoinc, "LA9633-4", Presence::Present},  Row{kLoinc, "LA9634-2", Presence::Absent},
      Row{kLoinc, "LA18198-4", Presence::NoCall},  Row{kLoinc, "LA11884-6", Presence::NoCall},
      Row{kSnomed, "52101004", Presence::Present}, Row{kSnomed, "10828004", Presence::Present},
      Row{kSnomed, "2667000", Presence::Absent},   Row{kSnomed, "260385009", Presence::Absent}};
  Presence found = Presence::Unstated;
  for (const Row& row : kRows) {
    if (!value.has(row.system, row.code) || found == row.presence) continue;
    found = found == Presence::Unstated ? row.presence : Presence::NoCall;  // two that disagree decide nothing
  }
  return found;
}

bool is_hgvs_accession(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && text.substr(0, colon).find('_') != std::string_view::npos;
}

// The HGVS name of a value: the code that is one, else the text.
std::string hgvs_of(const FhirConcept& value) {
  const auto is_name = [](std::string_view text) {
    return is_hgvs_accession(text) || text.starts_with("p.") || text.starts_with("c.") || text.starts_with("g.");
  };
  for (const FhirCoding& coding : value.codings) {
    if (coding.system.find("hgvs") != std::string::npos || is_name(coding.code)) return coding.code;
  }
  for (const FhirCoding& coding : value.codings) {
    if (is_name(coding.display)) return coding.display;
  }
  return value.text;
}

// NM_004656 of NM_004656.4.
std::string_view without_version(std::string_view accession) { return accession.substr(0, accession.find('.')); }

// What ClinVar calls a variant: "NM_024675.3(PALB2):c.3549C>A (p.Tyr1183Ter)".
struct ClinVarName {
  std::string transcript;
  std::string gene;
  std::string coding;
  std::string protein;
};
// "Copy-number variation" beside "gain", "translocation" beside "gene fusion".
bool is_wider(Change wide, Change narrow) {
  if (wide == Change::CopyNumber) return narrow == Change::Gain || narrow == Change::Loss;
  return wide == Change::Rearrangement && narrow == Change::Fusion;
}

std::optional<ClinVarName> read_clinvar_name(std::string_view text) {
  ClinVarName out;
  const std::size_t open = text.find('(');
  const std::size_t close = text.find("):c.");
  if (open == std::string_view::npos || close == std::string_view::npos || close < open) return std::nullopt;
  out.transcript = text.substr(0, open);
  out.gene = text.substr(open + 1, close - open - 1);
  std::string_view rest = text.substr(close + 2);
  const std::size_t space = rest.find(' ');
  out.coding = out.transcript + ":" + std::string(rest.substr(0, space));
  rest = space == std::string_view::npos ? std::string_view() : rest.substr(space + 1);
  if (rest.starts_with("(p.") && rest.ends_with(')')) out.protein = rest.substr(1, rest.size() - 2);
  return out;
}

struct Quantity {
  std::optional<double> value;
  std::string unit;  // code where there is one, else unit
  std::string words;
};
Quantity quantity_of(const json& holder) {
  Quantity out;
  const auto found = holder.find("valueQuantity");
  if (found == holder.end() || !found->is_object()) return out;
  const auto value = found->find("value");
  out.unit = string_at(*found, "code");
  if (out.unit.empty()) out.unit = string_at(*found, "unit");
  const std::string comparator = string_at(*found, "comparator");
  if (value == found->end() || !value->is_number()) return out;
  out.words = comparator + base::to_text(value->get<double>()) + (out.unit.empty() ? "" : " " + out.unit);
  if (comparator.empty()) out.value = value->get<double>();
  return out;
}

// Everything that one observation says, before it is known what it amounts to.
class Variant {
 public:
  Variant(FhirReading& reading, const FhirResource& observation) : reading_(reading), observation_(observation) {}

  void read() {
    for (const FhirComponent& component : components_of(observation_)) read_component(component);
    if (problem_.empty()) problem_ = genes_.problem;
    if (!problem_.empty()) return unread({}, problem_);
    if (genes_.genes.empty() && discrete_gene_) genes_.genes.push_back({*discrete_gene_, {}});
    settle_transcript();
    if (change_ == Change::WildType) {
      reading_.note("fhir_absent", observation_, "wild type: no finding, and no statement of what was tested");
    } else if (is_copy_number()) {
      add_copy_numbers();
    } else if (is_fusion()) {
      add_fusion();
    } else if (!text_.protein.empty() || !text_.coding.empty() || !text_.genomic.empty()) {
      add_small();
    } else if (!discrete_.empty()) {
      add_text(discrete_);
    } else {
      unread({}, genes_.genes.empty() ? "it names neither a gene nor a change" : "it names a gene but no change");
    }
  }

 private:
  void read_component(const FhirComponent& component) {
    const FhirConcept& value = component.value;
    if (component.code == kGene) {
      add_genes(genes_, genes_of(value));
    } else if (component.code == kProtein) {
      take(text_.protein, hgvs_of(value), "protein changes");
    } else if (component.code == kCoding) {
      take(text_.coding, hgvs_of(value), "coding changes");
    } else if (component.code == kGenomic) {
      read_genomic(component);
    } else if (component.code == kTranscript) {
      take(stated_transcript_, value.codings.empty() ? value.text : value.codings.front().code, "transcripts");
    } else if (component.code == kSource) {
      read_source(component);
    } else if (component.code == kFraction) {
      read_fraction(component);
    } else if (component.code == kChangeType || component.code == kConsequence) {
      read_change(component);
    } else if (component.code == kCopies) {
      copies_ = quantity_of(*component.json);
      copies_component_ = component;
    } else if (component.code == kAssembly) {
      read_assembly(component);
    } else if (component.code == kDiscrete) {
      read_discrete(component);
    } else {
      reading_.value_not_read(component, component.code == "82121-5"
                                             ? "the reads of the allele, not the depth at the position"
                                             : "this part of a variant is not used");
    }
  }

  // A second value that differs leaves open which one holds.
  void take(std::string& to, std::string value, std::string_view what) {
    if (value.empty()) {
      problem_ = "a value of its " + std::string(what) + " has no code and no text";
    } else if (value.size() > model::kMaxCaseTextBytes) {
      problem_ = "a value of its " + std::string(what) + " is longer than any name";
      value.clear();
    } else if (!to.empty() && to != value) {
      problem_ = "it states two different " + std::string(what) + ": " + to + ", " + value;
    }
    to = std::move(value);
  }

  void read_genomic(const FhirComponent& component) {
    std::string name = hgvs_of(component.value);
    if (name.find(":c.") == std::string::npos) return take(text_.genomic, std::move(name), "genome changes");
    reading_.note("fhir_value_misplaced", observation_, "a coding change stands where a genome change belongs", name);
    take(text_.coding, std::move(name), "coding changes");
  }

  void read_source(const FhirComponent& component) {
    const bool somatic = component.value.has(kLoinc, "LA6684-0");
    const bool germline = component.value.has(kLoinc, "LA6683-2");
    if (somatic != germline) {
      origin_ = somatic ? Origin::Somatic : Origin::Germline;
    } else {
      reading_.value_not_read(component, "neither somatic nor germline; the origin stays unknown (M10)");
    }
  }

  void read_fraction(const FhirComponent& component) {
    const Quantity quantity = quantity_of(*component.json);
    const bool percent = quantity.unit == "%";
    if (quantity.value && percent && *quantity.value >= 0 && *quantity.value <= 100) {
      fraction_ = std::round(*quantity.value * 1e10) / 1e12;  // 78.6 % is 0.786, not 0.7859...
    } else if (quantity.value && !percent && *quantity.value >= 0 && *quantity.value <= 1) {
      fraction_ = quantity.value;
    } else {
      reading_.note("fraction_unread", observation_,
                    "the allele fraction is neither a share from 0 to 1 nor in per cent; it is left out",
                    quantity.words);
    }
  }

  void read_change(const FhirComponent& component) {
    for (const FhirCoding& coding : component.value.codings) {
      const auto row =
          std::find_if(kChanges.begin(), kChanges.end(), [&](const ChangeRow& one) { return one.code == coding.code; });
      if (row == kChanges.end()) continue;
      if (!row->term.empty()) text_.consequence += (text_.consequence.empty() ? "" : "&") + std::string(row->term);
      if (change_ == Change::Unstated || is_wider(change_, row->change)) {
        change_ = row->change;
        change_words_ = reading_.document().shown(coding.display.empty() ? coding.code : coding.display);
      } else if (change_ != row->change && !is_wider(row->change, change_)) {
        problem_ = "it states two different kinds of change: " + change_words_ + ", " + coding.code;
      }
      return;
    }
    reading_.value_not_read(component, "this kind of change is not known here");
  }

  void read_assembly(const FhirComponent& component) {
    const std::string words = component.value.words();
    if (component.value.has(kLoinc, "LA14029-5") || words == "GRCh37") {
      assembly_ = Assembly::GRCh37;
    } else if (component.value.has(kLoinc, "LA26806-2") || words == "GRCh38") {
      assembly_ = Assembly::GRCh38;
    } else {
      reading_.value_not_read(component, "neither GRCh37 nor GRCh38; positions without an accession are not used (N7)");
    }
  }

  // The name of the variant as a whole; ClinVar's names hold what other components leave out.
  void read_discrete(const FhirComponent& component) {
    const FhirConcept& value = component.value;
    discrete_component_ = component;
    for (const FhirCoding& coding : value.codings) {
      if (const auto name = read_clinvar_name(coding.display)) clinvar_ = name;
    }
    if (clinvar_) {
      discrete_gene_ = clinvar_->gene;
    } else {
      discrete_ = value.words();
    }
  }

  // Numbers belong to the transcript of the c. name; a transcript stated beside it may be another.
  void settle_transcript() {
    use_clinvar_name();
    const std::string_view own = accession_of(text_.coding);
    text_.transcript = own.empty() ? stated_transcript_ : std::string(own);
    if (own.empty() || stated_transcript_.empty()) return;
    if (without_version(own) != without_version(stated_transcript_)) {
      reading_.note("fhir_transcripts_differ", observation_,
                    "the coding change is on " + std::string(own) + ", the transcript stated is " + stated_transcript_ +
                        "; the former is used",
                    stated_transcript_);
    }
  }

  void use_clinvar_name() {
    if (!clinvar_) return;
    const bool other_gene =
        genes_.genes.size() != 1 ||
        (!genes_.genes.front().name.empty() && !base::equals_ignoring_case(genes_.genes.front().name, clinvar_->gene));
    if (other_gene) {
      reading_.note("fhir_value_not_read", observation_, "ClinVar's name of the variant is of another gene",
                    clinvar_->gene);
      return;
    }
    if (!text_.coding.empty()) return;
    text_.coding = clinvar_->coding;
    if (text_.protein.empty()) text_.protein = clinvar_->protein;
    reading_.note("fhir_clinvar_name", observation_, "the change is read from ClinVar's name of the variant",
                  clinvar_->coding);
  }

  bool has_change_name() const { return !text_.protein.empty() || !text_.coding.empty() || !text_.genomic.empty(); }
  bool is_copy_number() const {
    if (change_ == Change::CopyNumber || change_ == Change::Gain || change_ == Change::Loss) return true;
    return copies_component_ && change_ == Change::Unstated && !has_change_name();
  }
  bool is_fusion() const {
    if (change_ == Change::Fusion) return true;
    return change_ == Change::Rearrangement && genes_.genes.size() == 2;
  }

  void unread(std::string_view kind, std::string_view why, std::string_view hint = {}) {
    std::string piece;
    for (const model::CodedGene& gene : genes_.genes) piece += (piece.empty() ? "" : ", ") + name_of_gene(gene);
    for (const std::string* part : {&text_.protein, &text_.coding, &text_.genomic}) {
      if (!part->empty()) piece += (piece.empty() ? "" : " ") + *part;
    }
    if (piece.empty()) piece = discrete_;
    reading_.unread(kind, observation_, why, reading_.document().shown(piece), std::string(hint));
  }

  model::CaseAlteration alteration_of(const model::CodedGene* gene) const {
    model::CaseAlteration out;
    out.origin = origin_;
    out.allele_fraction = fraction_;
    if (gene == nullptr) return out;
    out.text.gene = name_of_gene(*gene);
    out.text.keep_unknown_gene = !gene->name.empty() && !gene->hgnc_id.empty();
    if (!gene->hgnc_id.empty()) out.coded_genes = {*gene};
    return out;
  }

  void report_unused_parts() {
    if (copies_component_) reading_.value_not_read(*copies_component_, "copies of the allele of a small variant");
    if (discrete_component_ && !clinvar_) {
      reading_.value_not_read(*discrete_component_, "the name as a whole; the p., c. or g. name is used");
    }
  }

  void add_small() {
    if (genes_.genes.size() > 1) {
      return unread({}, "it names several genes, and nothing says that they are fused",
                    "state the change with the one gene it is in, or as a fusion");
    }
    report_unused_parts();
    model::CaseAlteration out = alteration_of(genes_.genes.empty() ? nullptr : &genes_.genes.front());
    const nomenclature::AlterationText gene = out.text;
    out.text = text_;
    out.text.gene = gene.gene;
    out.text.keep_unknown_gene = gene.keep_unknown_gene;
    if (!text_.genomic.empty()) out.text.assembly = assembly_;
    reading_.builder().add(kSmall, std::move(out), observation_.pointer);
  }

  void add_text(const std::string& text) {
    if (genes_.genes.size() > 1) {
      return unread({}, "it names several genes, and nothing says that they are fused");
    }
    if (reading_.document().shown(text) != text) return unread({}, "its name cannot be used");
    model::CaseAlteration out = alteration_of(genes_.genes.empty() ? nullptr : &genes_.genes.front());
    out.text.text = text;
    reading_.builder().add(change_ == Change::Fusion ? kFusion : kSmall, std::move(out), observation_.pointer);
  }

  void add_fusion() {
    if (has_change_name()) return unread(kFusion, "it states a fusion and the change of a sequence as well");
    if (genes_.genes.size() > 2) return unread(kFusion, "a fusion of more than two genes");
    if (genes_.genes.empty()) return unread(kFusion, "the fusion names no gene");
    if (genes_.genes.size() == 1) {
      const model::CodedGene& gene = genes_.genes.front();
      if (gene.name.empty()) return unread(kFusion, "the gene of the fusion has no symbol");
      return add_text(gene.name + " fusion");
    }
    model::CaseAlteration out = alteration_of(nullptr);
    nomenclature::Fusion fusion;
    fusion.five_prime.genes = {name_of_gene(genes_.genes[0])};
    fusion.three_prime.genes = {name_of_gene(genes_.genes[1])};
    out.fusion = std::move(fusion);
    for (const model::CodedGene& gene : genes_.genes) {
      if (!gene.hgnc_id.empty()) out.coded_genes.push_back(gene);
    }
    reading_.note("fhir_fusion_direction", observation_,
                  "'" + change_words_ + "' of two genes is read as a fusion; which gene is 5' is not stated",
                  name_of_gene(genes_.genes[0]) + "/" + name_of_gene(genes_.genes[1]));
    reading_.builder().add(kFusion, std::move(out), observation_.pointer);
  }

  void add_copy_numbers() {
    const FhirConcept method = concept_at(*observation_.json, "method");
    if (method.has(kLoinc, "LA26404-6")) {
      return unread(kCopyNumber, "a copy number by in situ hybridisation, which is no sequencing result (M14)",
                    "state it with its method");
    }
    if (genes_.genes.empty()) {
      return unread(kCopyNumber, "a copy-number change of a region, without a gene",
                    "the genes of a region are not looked up here");
    }
    if (has_change_name()) return unread({}, "it states a copy-number change and the change of a sequence as well");
    nomenclature::CopyNumber copy;
    if (change_ == Change::Gain) copy.call = CopyCall::Gain;
    // Of no copy left the case reader makes a homozygous deletion, unless the call says less.
    if (change_ == Change::Loss && copies_.value.value_or(1) >= 0.5) copy.call = CopyCall::Loss;
    if (copies_component_) {
      if (!copies_.value || *copies_.value < 0 || *copies_.value > 1e6) {
        return unread(kCopyNumber, "the number of copies is not a number");
      }
      copy.copies = copies_.value;
    }
    if (copy.call == CopyCall::Unstated && !copy.copies) {
      return unread(kCopyNumber, "it states neither a direction nor a number of copies");
    }
    for (const model::CodedGene& gene : genes_.genes) {
      model::CaseAlteration out = alteration_of(&gene);
      out.copy_number = copy;
      reading_.builder().add(kCopyNumber, std::move(out), observation_.pointer);
    }
  }

  FhirReading& reading_;
  const FhirResource& observation_;
  FhirGenes genes_;
  nomenclature::AlterationText text_;
  std::string stated_transcript_;
  std::string discrete_;
  std::optional<std::string> discrete_gene_;
  std::optional<ClinVarName> clinvar_;
  std::optional<double> fraction_;
  std::optional<FhirComponent> copies_component_;
  std::optional<FhirComponent> discrete_component_;
  Quantity copies_;
  Origin origin_ = Origin::Unknown;
  Assembly assembly_ = Assembly::Unstated;
  Change change_ = Change::Unstated;
  std::string change_words_;
  std::string problem_;
};

bool is_called_negative(const FhirResource& observation) {
  const FhirConcept interpretation = concept_at(*observation.json, "interpretation");
  return std::any_of(interpretation.codings.begin(), interpretation.codings.end(),
                     [](const FhirCoding& coding) { return coding.code == "NEG" || coding.code == "260385009"; });
}

}  // namespace

void read_variant(FhirReading& reading, const FhirResource& observation) {
  if (reading.is_withdrawn(observation) || !reading.is_usable({}, observation)) return;
  const FhirConcept value = concept_at(*observation.json, "valueCodeableConcept");
  switch (presence_of(value)) {
    case Presence::Absent:
      reading.note("fhir_absent", observation,
                   "stated as absent: no finding, and no statement of which parts of the genes were tested (M4)");
      return;
    case Presence::NoCall:
      reading.unread({}, observation, "no call, or an indeterminate one", reading.document().shown(value.words()));
      return;
    case Presence::Unstated:
      reading.unread({}, observation, "it does not say whether the variant is present",
                     reading.document().shown(value.words()));
      return;
    case Presence::Present: break;
  }
  if (is_called_negative(observation)) {
    reading.unread({}, observation, "its value says present, its interpretation negative", {});
    return;
  }
  Variant(reading, observation).read();
}

}  // namespace treff::casefile
