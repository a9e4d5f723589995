#include "kb/match/case_facts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "kb/base/text.h"
#include "kb/match/coded_gene.h"
#include "kb/match/known_benign.h"
#include "kb/nomenclature/read_alteration.h"
#include "kb/nomenclature/variant_class.h"

namespace treff::match {
namespace {

using nomenclature::Alteration;
using nomenclature::AlterationKind;
using nomenclature::CopyCall;

class Interpreter {
 public:
  Interpreter(const model::TumourCase& sent, const Knowledge& knowledge)
      : sent_(sent), knowledge_(knowledge), words_(knowledge.vocabulary()) {}

  Checked<CaseInterpretation> run() {
    read_diagnosis();
    read_tested();
    copy_clinical();
    read_prior_treatments();
    return findings();
  }

  Checked<CaseInterpretation> findings() {
    out_.facts.alterations.reserve(sent_.alterations.size());
    out_.read.reserve(sent_.alterations.size() + sent_.biomarkers.size());
    for (const model::CaseAlteration& alteration : sent_.alterations) read_alteration(alteration);
    for (const nomenclature::Biomarker& biomarker : sent_.biomarkers) read_biomarker(biomarker);
    index_genes();
    if (!errors_.empty()) return fail_all(std::move(errors_));
    return std::move(out_);
  }

 private:
  void read_diagnosis() {
    const model::CaseDiagnosis& d = sent_.diagnosis;
    const auto& tree = words_.diagnoses;
    Result<nomenclature::DiagnosisNode> node = fail(ErrorCode::MissingKey, "the case names no diagnosis", "/diagnosis",
                                                    "give one of oncotree, icd10, icdo3, ncit or text");
    std::string key;
    if (!d.oncotree.empty()) {
      node = tree.by_oncotree(d.oncotree);
      key = "oncotree";
    } else if (!d.icd10.empty()) {
      node = tree.by_icd10(d.icd10);
      key = "icd10";
    } else if (!d.icdo3.empty()) {
      node = tree.by_icdo3(d.icdo3);
      key = "icdo3";
    } else if (!d.ncit.empty()) {
      node = tree.by_ncit(d.ncit);
      key = "ncit";
    } else if (!d.text.empty()) {
      node = tree.by_text(d.text);
      key = "text";
    }
    if (!node) {
      Error error = node.error();
      if (!key.empty()) error.where = "/diagnosis/" + key;
      errors_.push_back(std::move(error));
      return;
    }
    out_.facts.diagnosis = *node;
    const auto& facts = tree.facts(*node);
    out_.diagnosis_read = facts.name + " (" + facts.code + ")";
    if (facts.tissue_level) {
      out_.warnings.push_back({"diagnosis_is_tissue",
                               "the diagnosis names an organ only; histology would decide more rules", "/diagnosis",
                               facts.code});
    }
  }

  void add_genes(TestedKind& kind, const std::vector<std::string>& names, const std::string& pointer) {
    if (names.empty()) return;
    kind.stated = true;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto found = words_.genes.find(names[i]);
      if (found) {
        kind.genes.insert(found->gene->symbol);
      } else {
        Error error = found.error();
        error.where = pointer + "/" + std::to_string(i);
        errors_.push_back(std::move(error));
      }
    }
  }

  // What is left out here stays untested, which is unknown and never no.
  void add_coded_genes(const std::vector<model::CodedGene>& genes) {
    for (const model::CodedGene& gene : genes) {
      out_.facts.tested.small.stated = true;
      const auto symbol = symbol_of(gene, words_.genes);
      if (symbol) {
        out_.facts.tested.small.genes.insert(*symbol);
      } else {
        out_.warnings.push_back({"tested_gene_unread",
                                 "a gene of the list of tested genes is left out: " + symbol.error().message, "/tested",
                                 symbol.error().piece});
      }
    }
  }

  static void add_panel_genes(TestedKind& kind, const std::vector<std::string>& stated,
                              const std::unordered_set<std::string>& symbols) {
    if (stated.empty()) return;
    kind.stated = true;
    kind.genes.add(symbols);
  }

  void read_tested() {
    if (!sent_.tested) {
      out_.warnings.push_back(
          {"tests_not_stated", "nothing says what was tested: what is not reported is unknown (M4)", "/tested", {}});
      return;
    }
    const model::CaseTested& tested = *sent_.tested;
    TestedFacts& facts = out_.facts.tested;
    for (const std::string& id : tested.panels) {
      const auto panel = words_.panels.find(id);
      if (panel == words_.panels.end()) {
        std::vector<std::string> known;
        for (const auto& [name, record] : words_.panels) known.push_back(name);
        std::sort(known.begin(), known.end());
        errors_.push_back(Error{ErrorCode::UnknownName, "there is no panel '" + id + "'", "/tested/panel", id,
                                std::nullopt, "known panels: " + base::join(known, ", ")});
        continue;
      }
      const model::Panel& record = panel->second;
      facts.panels.push_back(&record);
      const PanelGenes& genes = words_.panel_genes.at(id);
      add_panel_genes(facts.small, record.genes_small_variants, genes.small);
      add_panel_genes(facts.copy_number, record.genes_copy_number, genes.copy_number);
      add_panel_genes(facts.fusion, record.genes_fusion, genes.fusion);
      add_panel_genes(facts.splice, record.genes_splice, genes.splice);
      if (record.reports_deletions) add_panel_genes(facts.losses, record.genes_copy_number, genes.losses);
    }
    add_genes(facts.small, tested.genes_small_variants, "/tested/genes_small_variants");
    add_genes(facts.copy_number, tested.genes_copy_number, "/tested/genes_copy_number");
    add_genes(facts.fusion, tested.genes_fusion, "/tested/genes_fusion");
    add_genes(facts.splice, tested.genes_splice, "/tested/genes_splice");
    add_coded_genes(tested.coded_small_variants);
    // A laboratory that lists its copy-number genes by hand is taken to have looked both ways.
    for (const std::string& name : tested.genes_copy_number) {
      const auto found = words_.genes.lookup(name);
      if (found) facts.losses.genes.insert(found->gene->symbol);
      facts.losses.stated = true;
    }
    for (const std::string& name : tested.failed) {
      if (name == "small") {
        facts.small.failed = true;
      } else if (name == "copy_number") {
        facts.copy_number.failed = facts.losses.failed = true;
      } else if (name == "fusion") {
        facts.fusion.failed = true;
      } else if (name == "splice") {
        facts.splice.failed = true;
      } else if (base::from_name<nomenclature::BiomarkerName>(name)) {
        facts.failed_biomarkers.insert(name);
      } else {
        errors_.push_back(Error{ErrorCode::InvalidValue, "'" + name + "' is not a kind of test", "/tested/failed", name,
                                std::nullopt, "use small, copy_number, fusion, splice or a biomarker's name"});
      }
    }
  }

  void copy_clinical() {
    CaseFacts& facts = out_.facts;
    facts.id = sent_.id;
    facts.specimen = sent_.specimen;
    facts.age_years = sent_.age_years;
    facts.sex = sent_.sex;
    facts.ecog = sent_.ecog;
    facts.disease_extent = sent_.disease_extent;
    facts.measurable_disease = sent_.measurable_disease;
    facts.prior_lines = sent_.prior_lines;
    facts.standard_treatment_exhausted = sent_.standard_treatment_exhausted;
    for (std::size_t i = 0; i < sent_.consent_blocks.size(); ++i) read_consent(sent_.consent_blocks[i], i);
    // "Helse Vest" is helse-vest: region ids are slugs.
    facts.region = base::fold_name(sent_.region);
    std::replace(facts.region.begin(), facts.region.end(), ' ', '-');
  }

  // C1: a trial by id, name or synonym; an unknown one is an error, or the patient's no would be lost.
  void read_consent(const std::string& given, std::size_t index) {
    const auto found = words_.trials.find(base::fold_name(given));
    if (found != words_.trials.end()) {
      out_.facts.consent_blocks.insert(found->second);
      return;
    }
    if (knowledge_.has({model::RecordKind::Trial, given})) {  // a trial at rest, known by its id
      out_.facts.consent_blocks.insert(given);
      return;
    }
    std::vector<std::string> known;
    for (const model::Record* record : knowledge_.all(model::RecordKind::Trial)) {
      known.push_back(model::common_of(*record).id);
    }
    errors_.push_back(Error{ErrorCode::UnknownName, "there is no trial '" + given + "'",
                            "/consent_blocks/" + std::to_string(index), given, std::nullopt,
                            "known trials: " + base::join(known, ", ")});
  }

  // A class as the knowledge base writes it; empty (and a warning) if it knows no such class: then it may be any.
  std::string read_drug_class(const std::string& given, const std::string& pointer) {
    if (given.empty()) return {};
    const auto found = words_.drug_classes.find(drug_class_key(given));
    if (found != words_.drug_classes.end()) return found->second;
    out_.warnings.push_back({"drug_class_not_known", "the drug class '" + given + "' is not in the knowledge base",
                             pointer + "/drug_class", given});
    return {};
  }

  void read_prior_treatments() {
    if (!sent_.prior_treatments) return;
    out_.facts.prior_treatments.emplace();
    for (std::size_t i = 0; i < sent_.prior_treatments->size(); ++i) {
      const model::PriorTreatment& given = (*sent_.prior_treatments)[i];
      const std::string pointer = "/prior_treatments/" + std::to_string(i);
      PriorFacts prior{{}, given.drug_class, given.line, given.outcome, given.to ? given.to : given.from};
      prior.drug_class = read_drug_class(given.drug_class, pointer);
      std::vector<std::string> ids;
      if (!given.drug.empty()) {
        auto found = words_.drugs.lookup_combination(given.drug);
        if (found) {
          ids = std::move(*found);
        } else {
          // An unknown drug is kept by its class, or as a treatment of which nothing is known: it may be any drug.
          out_.warnings.push_back(
              {"drug_not_known", "the drug '" + given.drug + "' is not in the knowledge base", pointer, given.drug});
          ids.push_back({});
        }
      } else {
        ids.push_back({});
      }
      for (const std::string& id : ids) {
        prior.drug_id = id;
        out_.facts.prior_treatments->push_back(prior);
      }
    }
  }

  void mark_unread(const model::CaseAlteration& sent, const Error& error, ReadLine line) {
    line.error = error;
    // Only a text of one gene and one word is surely about that gene alone; anything longer may hold a second finding.
    const auto gene = words_.genes.lookup(base::trim(sent.text.gene));
    if (gene) out_.facts.unread_genes.insert(gene->gene->symbol);
    std::size_t tokens = 0;
    bool named = gene.has_value();
    for (const std::string_view token : base::split(sent.text.text, ' ')) {
      if (token.empty()) continue;
      ++tokens;
      const auto found = words_.genes.lookup(token);
      if (!found) continue;
      out_.facts.unread_genes.insert(found->gene->symbol);
      named = true;
    }
    const std::size_t expected = gene ? 1 : 2;
    if (!named || tokens > expected || out_.facts.unread_genes.size() > 1) out_.facts.unread_without_gene = true;
    out_.read.push_back(std::move(line));
  }

  // N1: codes and names of genes that disagree leave open which gene was changed, so no negative stands beside them.
  void read_alteration(const model::CaseAlteration& sent) {
    if (sent.coded_genes.empty()) return read_resolved(sent);
    model::CaseAlteration resolved = sent;
    const Status genes = resolve_coded_genes(resolved, words_.genes);
    if (genes) return read_resolved(resolved);
    ReadLine line;
    line.place = sent.place;
    line.input = describe(sent);
    line.error = genes.error();
    out_.facts.unread_without_gene = true;
    out_.read.push_back(std::move(line));
  }

  void read_resolved(const model::CaseAlteration& sent) {
    ReadLine line;
    line.place = sent.place;
    line.input = describe(sent);
    if (sent.fusion) {
      read_structured_fusion(sent, std::move(line));
      return;
    }
    if (sent.copy_number || sent.splice || sent.expression) {
      read_measured(sent, std::move(line));
      return;
    }
    if (!sent.text.text.empty() && sent.text.gene.empty()) {
      auto finding = nomenclature::read_finding(sent.text.text, words_.genes);
      if (!finding) return mark_unread(sent, finding.error(), std::move(line));
      if (auto* biomarker = std::get_if<nomenclature::Biomarker>(&finding->value)) {
        line.canonical = nomenclature::to_text(*biomarker);
        line.warnings = finding->warnings;
        out_.facts.biomarkers.push_back(*biomarker);
        out_.read.push_back(std::move(line));
        return;
      }
    }
    auto reading = nomenclature::read_alteration(sent.text, words_.genes);
    if (!reading) return mark_unread(sent, reading.error(), std::move(line));
    line.warnings = std::move(reading->warnings);
    finish(sent, std::move(reading->value), std::move(line));
  }

  static std::string describe(const model::CaseAlteration& sent) {
    if (!sent.text.text.empty()) return sent.text.text;
    std::string out = sent.text.gene;
    for (const std::string* part : {&sent.text.protein, &sent.text.coding, &sent.text.genomic}) {
      if (!part->empty()) out += (out.empty() ? "" : " ") + *part;
    }
    if (sent.fusion) {
      const auto side = [](const nomenclature::FusionSide& s) {
        return s.genes.empty() ? std::string("?") : base::join(s.genes, ";");
      };
      out =
          side(sent.fusion->five_prime) + (sent.fusion->direction_known ? "::" : "/") + side(sent.fusion->three_prime);
    }
    if (sent.copy_number) {
      const nomenclature::CopyNumber& copy = *sent.copy_number;
      if (copy.call != CopyCall::Unstated) out += " " + std::string(base::name_of(copy.call));
      if (copy.fold_change) out += " fold change " + base::to_text(*copy.fold_change);
      if (copy.copies) out += " copies " + base::to_text(*copy.copies);
      if (copy.minor_copies) out += " minor copies " + std::to_string(*copy.minor_copies);
    }
    if (sent.splice) {
      out += " exon " + std::to_string(sent.splice->first_exon);
      if (sent.splice->last_exon > sent.splice->first_exon) out += "-" + std::to_string(sent.splice->last_exon);
      out += " splice";
    }
    if (sent.expression) out += " " + sent.expression->method + " " + sent.expression->level;
    return out;
  }

  // Replaces every gene name by its approved symbol; false (and an error line) if one is not known.
  bool resolve_side(nomenclature::FusionSide& side, Error& error) {
    for (std::string& name : side.genes) {
      const auto found = words_.genes.find(name);
      if (found) {
        name = found->gene->symbol;
      } else if (side.genes.size() == 1) {
        error = found.error();
        return false;
      }
    }
    return true;
  }

  void read_structured_fusion(const model::CaseAlteration& sent, ReadLine line) {
    Alteration alteration;
    alteration.kind = AlterationKind::Fusion;
    alteration.fusion = sent.fusion;
    Error five, three;
    const bool five_known = resolve_side(alteration.fusion->five_prime, five);
    const bool three_known = resolve_side(alteration.fusion->three_prime, three);
    const bool any_gene = (five_known && !alteration.fusion->five_prime.genes.empty()) ||
                          (three_known && !alteration.fusion->three_prime.genes.empty());
    if (!any_gene) return mark_unread(sent, five_known ? three : five, std::move(line));
    // A partner outside the table is kept as written: the known side still says which fusion it is.
    for (const auto& [known, error] : {std::pair{five_known, five}, std::pair{three_known, three}}) {
      if (!known) line.warnings.push_back({"partner_not_known", error.message, sent.place, error.piece});
    }
    const auto& first =
        alteration.fusion->five_prime.genes.empty() ? alteration.fusion->three_prime : alteration.fusion->five_prime;
    alteration.gene = first.genes.front();
    finish(sent, std::move(alteration), std::move(line));
  }

  void read_measured(const model::CaseAlteration& sent, ReadLine line) {
    const auto gene = words_.genes.find(sent.text.gene);
    const bool kept = !gene && sent.text.keep_unknown_gene && gene.error().code == ErrorCode::UnknownName;
    if (!gene && !kept) return mark_unread(sent, gene.error(), std::move(line));
    Alteration alteration;
    alteration.gene = gene ? gene->gene->symbol : sent.text.gene;
    if (kept) {
      line.warnings.push_back(
          {"gene_unknown", "the gene table has no " + alteration.gene, sent.place, alteration.gene});
    }
    using NameKind = nomenclature::GeneTable::NameKind;
    if (gene && (gene->by == NameKind::Previous || gene->by == NameKind::TablePrevious)) {
      line.warnings.push_back(
          {"gene_symbol_outdated", sent.text.gene + " is now " + alteration.gene, sent.place, sent.text.gene});
    }
    if (sent.copy_number) {
      alteration.kind = AlterationKind::CopyNumber;
      alteration.copy_number = sent.copy_number;
      nomenclature::CopyNumber& copy = *alteration.copy_number;
      // No copy left is a homozygous deletion, whatever the laboratory calls it; 0.5 allows for a rounded estimate.
      if (copy.call == CopyCall::Unstated && copy.copies && *copy.copies < 0.5)
        copy.call = CopyCall::HomozygousDeletion;
      apply_copy_limits(alteration, line);
    } else if (sent.splice) {
      alteration.kind = AlterationKind::Splice;
      alteration.splice = sent.splice;
      alteration.consequence = nomenclature::Consequence::Splice;
      alteration.exon = sent.splice->first_exon;
    } else {
      alteration.kind = AlterationKind::Expression;
      alteration.expression = sent.expression;
      alteration.expression->method = base::fold_name(sent.expression->method);
      std::string& level = alteration.expression->level;
      level = base::fold_name(level);
      if (level.size() == 2 && level[0] == '+') level = {level[1], '+'};
    }
    finish(sent, std::move(alteration), std::move(line));
  }

  // M14: listed is not amplified; the assay's own limit and grey band decide, where they are recorded.
  void apply_copy_limits(Alteration& alteration, ReadLine& line) const {
    nomenclature::CopyNumber& copy = *alteration.copy_number;
    if (copy.call != CopyCall::Unstated) return;
    for (const model::Panel* panel : out_.facts.tested.panels) {
      if (!panel->limits || !panel->limits->amplified_from) continue;
      const model::PanelLimits& limits = *panel->limits;
      const std::optional<double> value =
          limits.amplification_measure == model::AmplificationMeasure::FoldChange ? copy.fold_change
          : limits.amplification_measure == model::AmplificationMeasure::Copies   ? copy.copies
                                                                                  : std::nullopt;
      if (!value) continue;
      if (*value >= *limits.amplified_from) {
        copy.call = CopyCall::Amplification;
      } else if (*value < limits.grey_from.value_or(*limits.amplified_from)) {
        copy.call = CopyCall::Neutral;
      } else {
        line.warnings.push_back({"copy_number_grey_band", "between the assay's limits: neither amplified nor not (M14)",
                                 line.place, line.input});
      }
      return;
    }
    line.warnings.push_back(
        {"copy_number_listed_only",
         "listed by the laboratory without a call; no limit of the assay is recorded, so amplification "
         "stays unknown (M14)",
         line.place, line.input});
  }

  void finish(const model::CaseAlteration& sent, Alteration&& alteration, ReadLine&& line) {
    alteration.input = line.input;
    set_allele_fraction(sent, alteration, line);
    alteration.depth = sent.depth;
    if (sent.origin != nomenclature::Origin::Unknown) alteration.origin = sent.origin;
    const bool assessed =
        sent.oncogenicity != nomenclature::Oncogenicity::Unassessed || sent.effect != nomenclature::Effect::Unknown;
    if (sent.oncogenicity != nomenclature::Oncogenicity::Unassessed) alteration.oncogenicity = sent.oncogenicity;
    if (sent.effect != nomenclature::Effect::Unknown) alteration.effect = sent.effect;
    // What was read as text or columns has its name already; an assessment is part of "oncogenic mutation".
    if (assessed || alteration.canonical.empty()) alteration.canonical = nomenclature::canonical_text(alteration);
    if (alteration.oncogenicity == nomenclature::Oncogenicity::Unassessed && is_known_benign(alteration)) {
      alteration.oncogenicity = nomenclature::Oncogenicity::Benign;
      line.warnings.push_back({"known_benign",
                               "known to be harmless: it counts neither as oncogenic nor as a loss (M9)", line.place,
                               line.input});
    }
    if (alteration.oncogenicity == nomenclature::Oncogenicity::Unassessed &&
        words_.named_alterations.count(alteration.canonical) != 0) {
      alteration.oncogenicity = nomenclature::Oncogenicity::Oncogenic;  // M9: a target or evidence record names it
    }
    if (alteration.kind == AlterationKind::WildType && alteration.exon == 0) count_as_examined(alteration);
    warn_of_origin(alteration, line);
    line.canonical = alteration.canonical;
    out_.facts.alterations.push_back(std::move(alteration));
    out_.read.push_back(std::move(line));
  }

  // M9: by assessment, by truncation in a suppressor, or by a listed hotspot.
  bool is_oncogenic(const Alteration& alteration) const {
    nomenclature::VariantClass any;  // any mutation, under the policy "oncogenic"
    any.genes = {alteration.gene};
    return nomenclature::relation(any, alteration, words_.genes).verdict == Verdict::Met;
  }

  // The text's own "(VAF 31 %)" stands where no column gives one.
  static void set_allele_fraction(const model::CaseAlteration& sent, Alteration& alteration, ReadLine& line) {
    if (!sent.allele_fraction) return;
    const bool differs =
        alteration.allele_fraction && std::abs(*alteration.allele_fraction - *sent.allele_fraction) > 0.005;
    if (differs) {
      line.warnings.push_back({"allele_fraction_differs", "the text states another allele fraction than vaf",
                               line.place, base::to_text(*alteration.allele_fraction)});
    }
    alteration.allele_fraction = sent.allele_fraction;
  }

  // M4: who reports "wild type" has looked, in the exons that the words speak of.
  void count_as_examined(const Alteration& alteration) {
    TestedFacts& tested = out_.facts.tested;
    std::vector<std::string> genes = alteration.family;
    if (!alteration.gene.empty()) genes = {alteration.gene};
    for (const std::string& gene : genes) {
      tested.small.stated = true;
      if (alteration.wild_type_exons.empty()) {
        tested.small.genes.insert(gene);
      } else {
        auto& exons = tested.small_exons[gene];
        exons.insert(exons.end(), alteration.wild_type_exons.begin(), alteration.wild_type_exons.end());
      }
    }
  }

  // M10 and M3: calls that may not be the tumour's own.
  void warn_of_origin(const Alteration& alteration, ReadLine& line) const {
    const nomenclature::GeneFacts* gene = words_.genes.by_symbol(alteration.gene);
    if (gene == nullptr || alteration.kind != AlterationKind::Small) return;
    const bool benign = alteration.oncogenicity == nomenclature::Oncogenicity::Benign ||
                        alteration.oncogenicity == nomenclature::Oncogenicity::LikelyBenign;
    const bool truncating = alteration.consequence == nomenclature::Consequence::Nonsense ||
                            alteration.consequence == nomenclature::Consequence::Frameshift;
    const bool may_be_inherited = gene->hereditary && alteration.origin == nomenclature::Origin::Unknown;
    if (may_be_inherited && ((truncating && !benign) || is_oncogenic(alteration))) {
      line.warnings.push_back(
          {"confirm_in_germline", "hereditary-cancer gene: confirm in germline (M10)", line.place, gene->symbol});
    }
    if (gene->clonal_haematopoiesis && out_.facts.specimen.kind == "plasma") {
      line.warnings.push_back({"clonal_haematopoiesis", "a plasma call in this gene may stem from blood cells (M3)",
                               line.place, gene->symbol});
    }
  }

  void read_biomarker(const nomenclature::Biomarker& biomarker) {
    ReadLine line;
    line.input = biomarker.input.empty() ? nomenclature::to_text(biomarker) : biomarker.input;
    line.place = "/biomarkers";
    line.canonical = nomenclature::to_text(biomarker);
    if (biomarker.name == nomenclature::BiomarkerName::Tmb && biomarker.tumour_only.value_or(false)) {
      line.warnings.push_back(
          {"tmb_tumour_only", "TMB without a normal sample may be overestimated (M16)", line.place, line.input});
    }
    out_.facts.biomarkers.push_back(biomarker);
    out_.read.push_back(std::move(line));
  }

  void index_genes() {
    CaseFacts& facts = out_.facts;
    for (std::size_t i = 0; i < facts.alterations.size(); ++i) {
      const Alteration& alteration = facts.alterations[i];
      if (alteration.family.empty() && !alteration.fusion && !alteration.gene.empty()) {
        facts.by_gene[alteration.gene].push_back(i);
        continue;
      }
      std::vector<std::string> genes = alteration.family;
      if (genes.empty()) genes = {alteration.gene};
      if (alteration.fusion) {
        for (const auto* side : {&alteration.fusion->five_prime, &alteration.fusion->three_prime}) {
          genes.insert(genes.end(), side->genes.begin(), side->genes.end());
        }
      }
      std::sort(genes.begin(), genes.end());
      genes.erase(std::unique(genes.begin(), genes.end()), genes.end());
      for (const std::string& gene : genes) {
        if (!gene.empty()) facts.by_gene[gene].push_back(i);
      }
      if (genes.size() == 1 && genes.front().empty()) facts.without_gene.push_back(i);
    }
  }

  const model::TumourCase& sent_;
  const Knowledge& knowledge_;
  const Vocabulary& words_;
  CaseInterpretation out_;
  std::vector<Error> errors_;
};

}  // namespace

Checked<CaseInterpretation> interpret_findings(const model::TumourCase& findings, const Knowledge& knowledge) {
  return Interpreter(findings, knowledge).findings();
}

Checked<CaseInterpretation> interpret(const model::TumourCase& tumour_case, const Knowledge& knowledge) {
  return Interpreter(tumour_case, knowledge).run();
}

}  // namespace treff::match
