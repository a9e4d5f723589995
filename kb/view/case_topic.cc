#include "kb/view/case_topic.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "kb/base/text.h"
#include "kb/nomenclature/read_alteration.h"
#include "kb/text/name_variants.h"
#include "kb/text/words.h"

namespace treff::view {
namespace {

using nomenclature::Alteration;
using nomenclature::AlterationKind;
using nomenclature::CopyCall;
using nomenclature::DiagnosisFacts;
using nomenclature::DiagnosisNode;
using text::NameForm;
using text::TopicGroup;
using text::TopicName;
using text::TopicRole;

constexpr std::size_t kMaxSubtypes = 40;
constexpr std::size_t kMaxDrugsPerGene = 40;
constexpr int kAdultAge = 18;

class Names {
 public:
  void add(std::string_view name, NameForm form = NameForm::Inflected) {
    const std::string_view plain = base::trim(name);
    if (plain.size() < 2 || !known_.insert(base::fold_name(plain)).second) return;
    names_.push_back({std::string(plain), form});
  }
  void add_all(const std::vector<std::string>& names, NameForm form = NameForm::Inflected) {
    for (const std::string& name : names) add(name, form);
  }
  bool empty() const { return names_.empty(); }
  std::vector<TopicName> take() { return std::move(names_); }

 private:
  std::vector<TopicName> names_;
  std::set<std::string> known_;
};

class CaseReader {
 public:
  CaseReader(const model::TumourCase& tumour_case, const CaseWords& words)
      : case_(tumour_case), links_(words), words_(words.knowledge().vocabulary()) {}

  Result<CaseTopic> run() {
    if (Status read = diagnosis(); !read) return fail(read.error());
    for (const model::CaseAlteration& one : case_.alterations) alteration(one);
    for (const nomenclature::Biomarker& one : case_.biomarkers) biomarker(one);
    person();
    const auto finds = [](const TopicGroup& group) {
      return group.role != TopicRole::AnyCancer && group.role != TopicRole::Person;
    };
    if (std::none_of(made_.topic.groups.begin(), made_.topic.groups.end(), finds)) {
      return fail(ErrorCode::MissingKey, "the case names neither a tumour nor a finding to search for", {},
                  "give a diagnosis or an alteration");
    }
    return std::move(made_);
  }

 private:
  void group(TopicRole role, std::string label, Names names) {
    if (!names.empty()) made_.topic.groups.push_back({role, std::move(label), names.take()});
  }

  // ---- tumour ----

  Status diagnosis() {
    const model::CaseDiagnosis& d = case_.diagnosis;
    const auto& tree = words_.diagnoses;
    Result<DiagnosisNode> node = fail(ErrorCode::MissingKey, "no diagnosis");
    if (!d.oncotree.empty()) {
      node = tree.by_oncotree(d.oncotree);
    } else if (!d.icd10.empty()) {
      node = tree.by_icd10(d.icd10);
    } else if (!d.icdo3.empty()) {
      node = tree.by_icdo3(d.icdo3);
    } else if (!d.ncit.empty()) {
      node = tree.by_ncit(d.ncit);
    } else if (!d.text.empty()) {
      node = tree.by_text(d.text);
      if (!node) {
        Names names;
        names.add(d.text, NameForm::Free);
        group(TopicRole::Diagnosis, d.text, std::move(names));
        made_.issues.push_back({"diagnosis_by_words", "the diagnosis is not known and is searched by its words",
                                "/diagnosis/text", d.text});
        any_cancer(nomenclature::Lineage::Unknown);
        return {};
      }
    } else {
      return {};
    }
    if (!node) return fail(node.error());
    tumour(*node, d.text);
    return {};
  }

  void add_names(Names& names, DiagnosisNode node, NameForm form) const {
    const DiagnosisFacts& facts = words_.diagnoses.facts(node);
    // A tissue is named by its organ ("Lung"), which is not a tumour; what people call its tumours are synonyms.
    if (!facts.tissue_level) names.add(facts.name, form);
    for (const std::string& synonym : facts.synonyms) {
      // "Adenocarcinoma" is said of tumours of a dozen organs: a record that says no more is not about this one.
      const auto meant = words_.diagnoses.by_text(synonym);
      if (meant && *meant == node) names.add(synonym, form);
    }
    if (is_acronym(facts.code, facts.name)) names.add(facts.code, NameForm::Exact);
  }

  // "NSCLC" is written in texts, "BLOOD" and "MNM" are the tree's own.
  static bool is_acronym(const std::string& code, const std::string& name) {
    constexpr std::size_t kMinCode = 3;
    std::string initials;
    bool inside = false;
    for (const char c : name) {
      const bool letter = base::is_ascii_letter(c);
      if (letter && !inside) initials += base::to_upper_ascii(std::string(1, c));
      inside = letter;
    }
    return code.size() >= kMinCode && initials == code;
  }

  void tumour(DiagnosisNode node, const std::string& written) {
    const auto& tree = words_.diagnoses;
    const DiagnosisFacts& facts = tree.facts(node);
    Names names;
    names.add(written, NameForm::Free);
    add_names(names, node, NameForm::Free);
    std::vector<TopicName> own = names.take();
    Names below = subtypes(node, own);
    made_.topic.groups.push_back({TopicRole::Diagnosis, facts.name, std::move(own)});
    group(TopicRole::Subtype, "subtypes of " + facts.name, std::move(below));
    Names wider;
    for (auto up = tree.parent(node); up; up = tree.parent(*up)) add_names(wider, *up, NameForm::Inflected);
    wider.add(facts.main_type);
    group(TopicRole::WiderDiagnosis, "wider than " + facts.name, std::move(wider));
    any_cancer(facts.lineage);
    for (const CaseWords::TumourName& other : links_.tumour_names()) {
      if (other.tissue != facts.tissue) made_.topic.other_tumours.push_back({other.name, NameForm::Free});
    }
  }

  // Names below the node that do not hold one of its own names anyway ("Acral Melanoma" holds "melanoma").
  Names subtypes(DiagnosisNode node, const std::vector<TopicName>& own) const {
    const auto& tree = words_.diagnoses;
    Names below;
    std::size_t count = 0;
    for (const int depth : {1, 2}) {
      for (DiagnosisNode other = 0; other < tree.size() && count < kMaxSubtypes; ++other) {
        const DiagnosisFacts& facts = tree.facts(other);
        if (tree.distance_up(other, node) != depth) continue;
        const std::string folded = base::fold_name(facts.name);
        const bool held = std::any_of(own.begin(), own.end(), [&](const TopicName& name) {
          return folded.find(base::fold_name(name.text)) != std::string::npos;
        });
        if (held) continue;
        below.add(facts.name);
        if (is_acronym(facts.code, facts.name)) below.add(facts.code, NameForm::Exact);
        ++count;
      }
    }
    return below;
  }

  void any_cancer(nomenclature::Lineage lineage) {
    Names names;
    if (lineage != nomenclature::Lineage::Haematological) {
      for (const char* name : {"solid tumor", "solid malignancy", "solid cancer"}) names.add(name);
    }
    if (lineage != nomenclature::Lineage::Solid) {
      for (const char* name : {"hematologic malignancy", "hematological malignancy", "blood cancer"}) names.add(name);
    }
    for (const char* name :
         {"advanced cancer", "advanced malignancy", "advanced tumor", "metastatic cancer", "refractory cancer"}) {
      names.add(name);
    }
    group(TopicRole::AnyCancer, "advanced cancer", std::move(names));
  }

  // ---- findings ----

  void alteration(const model::CaseAlteration& sent) {
    auto read = nomenclature::read_alteration(sent.text, words_.genes);
    if (read) {
      Alteration value = std::move(read->value);
      if (sent.copy_number) value.copy_number = sent.copy_number;
      if (sent.fusion) value.fusion = sent.fusion;
      finding(value);
      return;
    }
    unread(sent);
  }

  void finding(const Alteration& found) {
    change(found);
    std::vector<std::string> genes;
    if (found.fusion) {
      for (const auto* side : {&found.fusion->five_prime, &found.fusion->three_prime}) {
        genes.insert(genes.end(), side->genes.begin(), side->genes.end());
      }
    }
    if (genes.empty() && !found.gene.empty()) genes.push_back(found.gene);
    for (const std::string& gene_name : genes) gene(gene_name);
  }

  void change(const Alteration& found) {
    Names exact;
    Names wider;
    if (found.protein) {
      const std::string canonical = base::to_lower_ascii(found.canonical);
      const std::size_t space = found.canonical.find(' ');
      if (space != std::string::npos) exact.add(found.canonical.substr(space + 1), NameForm::Exact);
      if (found.protein->ref_first.size() == 1 && found.protein->start > 0 &&
          found.protein->start == found.protein->end) {
        wider.add(found.protein->ref_first + std::to_string(found.protein->start), NameForm::Exact);
      }
    }
    if (found.exon > 0) wider.add("exon " + std::to_string(found.exon));
    if (!found.structural_name.empty()) exact.add(found.structural_name, NameForm::Exact);
    for (const char* word : kind_words(found)) wider.add(word);
    other_changes(found);
    group(TopicRole::Alteration, found.canonical, std::move(exact));
    group(TopicRole::WiderAlteration, "kind of " + found.canonical, std::move(wider));
  }

  // Changes at other codons of the gene that targets and evidence name.
  void other_changes(const Alteration& found) {
    if (!found.protein || found.gene.empty() || found.protein->ref_first.size() != 1) return;
    const std::string codon = found.protein->ref_first + std::to_string(found.protein->start);
    for (const std::string& change : links_.changes_of_gene(found.gene)) {
      const bool same_codon = change.compare(0, codon.size(), codon) == 0 &&
                              (change.size() == codon.size() || !base::is_ascii_digit(change[codon.size()]));
      if (!same_codon) made_.topic.other_alterations.push_back({change, NameForm::Exact});
    }
  }

  static std::vector<const char*> kind_words(const Alteration& found) {
    switch (found.kind) {
      case AlterationKind::CopyNumber:
        if (found.copy_number &&
            (found.copy_number->call == CopyCall::Loss || found.copy_number->call == CopyCall::HomozygousDeletion)) {
          return {"deletion", "loss", "deficient", "deficiency"};
        }
        return {"amplification", "amplified", "overexpression", "overexpressing"};
      case AlterationKind::Fusion: return {"fusion", "rearrangement", "translocation", "rearranged"};
      case AlterationKind::Splice: return {"exon skipping", "splice"};
      case AlterationKind::Expression: return {"expression", "overexpression", "positive"};
      case AlterationKind::WildType: return {"wild type"};
      case AlterationKind::Small:
      case AlterationKind::Structural: return {"mutation", "mutated", "mutant"};
    }
    return {};
  }

  void gene(const std::string& symbol) {
    if (!genes_.insert(symbol).second) return;
    Names names;
    names.add(symbol, NameForm::Exact);
    if (const auto* facts = words_.genes.by_symbol(symbol)) {
      names.add_all(facts->aliases, NameForm::Exact);
      names.add_all(facts->previous_symbols, NameForm::Exact);
    }
    group(TopicRole::Gene, symbol, std::move(names));
    families(symbol);
    drugs(symbol);
  }

  void families(const std::string& symbol) {
    Names names;
    for (const model::GeneFamily* family : links_.families_of_gene(symbol)) {
      names.add(family->names.en, NameForm::Exact);
      names.add_all(family->synonyms, NameForm::Exact);
    }
    group(TopicRole::WiderGene, "family of " + symbol, std::move(names));
  }

  void add_drug(Names& names, const std::string& id) {
    const auto* drug = words_.drugs.by_id(id);
    if (drug == nullptr) return;
    names.add(drug->substance, NameForm::Exact);
    names.add_all(drug->names, NameForm::Exact);
    for (const std::string& name : drug->names) names.add_all(text::code_spellings(name), NameForm::Exact);
  }

  void drugs(const std::string& symbol) {
    Names names;
    Names wider;
    std::vector<std::string> ids = links_.drugs_for_gene(symbol);
    if (ids.size() > kMaxDrugsPerGene) ids.resize(kMaxDrugsPerGene);
    std::set<std::string> classes;
    for (const std::string& id : ids) {
      add_drug(names, id);
      const auto* drug = words_.drugs.by_id(id);
      if (drug != nullptr) classes.insert(drug->classes.begin(), drug->classes.end());
    }
    for (const std::string& name : classes) {
      // A class that says the gene; "VEGFR inhibitor" says nothing of the KIT that some of them act on as well.
      if (is_class_of(name, symbol)) {
        wider.add(name);
        for (const std::string& id : links_.drugs_of_class(name)) add_drug(names, id);
      }
    }
    group(TopicRole::Drug, "drugs against " + symbol, std::move(names));
    group(TopicRole::WiderDrug, "drug classes against " + symbol, std::move(wider));
  }

  // True if the first word of the class is the gene, one of its names, or its family: "MEK inhibitor", "HER2 antibody".
  bool is_class_of(const std::string& drug_class, const std::string& symbol) const {
    const std::string first = base::fold_name(drug_class.substr(0, drug_class.find(' ')));
    if (const auto found = words_.genes.find(first); found && found->gene->symbol == symbol) return true;
    for (const model::GeneFamily* family : links_.families_of_gene(symbol)) {
      if (base::fold_name(family->names.en) == first) return true;
    }
    return false;
  }

  // Text that the reader of names refuses: its gene, if a word of it is one, and its words as they stand.
  void unread(const model::CaseAlteration& sent) {
    std::string text = sent.text.text;
    for (const std::string* column : {&sent.text.gene, &sent.text.protein}) {
      if (!column->empty()) text += (text.empty() ? "" : " ") + *column;
    }
    if (text.empty()) return;
    if (const auto only = words_.genes.find(base::trim(text))) {
      gene(only->gene->symbol);
      return;
    }
    Names words;
    for (const text::Token& token : text::tokens_of(text)) {
      const auto known = words_.genes.find(token.written);
      if (known && !base::is_ascii_digit(token.written.front())) {
        gene(known->gene->symbol);
      } else {
        words.add(token.written, text::is_variant_like(token.whole) ? NameForm::Exact : NameForm::Inflected);
      }
    }
    group(TopicRole::Alteration, text, std::move(words));
    made_.issues.push_back(
        {"alteration_by_words", "this text could not be read and is searched by its words", sent.place, text});
  }

  void biomarker(const nomenclature::Biomarker& found) {
    using nomenclature::BiomarkerName;
    Names names;
    std::string label;
    switch (found.name) {
      case BiomarkerName::Tmb:
        label = "tumour mutational burden";
        for (const char* name : {"tumor mutational burden", "tumor mutation burden", "mutational load"})
          names.add(name);
        names.add("TMB", NameForm::Exact);
        break;
      case BiomarkerName::Msi:
      case BiomarkerName::Mmr:
        label = "microsatellite instability";
        for (const char* name : {"microsatellite instability", "microsatellite unstable", "mismatch repair"}) {
          names.add(name);
        }
        for (const char* name : {"MSI", "MSI-H", "dMMR"}) names.add(name, NameForm::Exact);
        break;
      case BiomarkerName::Hrd:
        label = "homologous recombination deficiency";
        names.add("homologous recombination");
        names.add("HRD", NameForm::Exact);
        break;
      case BiomarkerName::PdL1Tps:
      case BiomarkerName::PdL1Cps:
      case BiomarkerName::PdL1Ic:
        gene("CD274");
        checkpoint_drugs();
        return;
      case BiomarkerName::MgmtMethylation: gene("MGMT"); return;
      case BiomarkerName::SignaturePole: gene("POLE"); return;
      case BiomarkerName::SignatureTobacco:
      case BiomarkerName::SignatureApobec:
      case BiomarkerName::SignatureUv:
      case BiomarkerName::SignatureTemozolomide:
        names.add("mutational signature");
        group(TopicRole::Biomarker, "mutational signature", std::move(names));
        return;
    }
    group(TopicRole::Biomarker, label, std::move(names));
    if (found.name != BiomarkerName::Hrd) checkpoint_drugs();
  }

  // Antibodies against immune checkpoints: what these markers are measured for.
  void checkpoint_drugs() {
    Names names;
    for (const std::string& id : links_.drugs_of_class("immune checkpoint inhibitor")) add_drug(names, id);
    names.add("checkpoint inhibitor");
    group(TopicRole::WiderDrug, "immune checkpoint inhibitors", std::move(names));
  }

  // ---- person ----

  void person() {
    if (!case_.age_years) return;
    Names children;
    for (const char* name : {"pediatric", "paediatric", "child", "childhood", "infant"}) children.add(name);
    if (*case_.age_years >= kAdultAge) {
      made_.topic.other_people = children.take();
      return;
    }
    for (const char* name : {"young", "younger", "adolescent"}) children.add(name);
    group(TopicRole::Person, "children", std::move(children));
    Names adults;
    for (const char* name : {"adult", "elderly", "older"}) adults.add(name);
    made_.topic.other_people = adults.take();
  }

  const model::TumourCase& case_;
  const CaseWords& links_;
  const match::Vocabulary& words_;
  CaseTopic made_;
  std::set<std::string> genes_;
};

}  // namespace

Result<CaseTopic> topic_of_case(const model::TumourCase& tumour_case, const CaseWords& words) {
  return CaseReader(tumour_case, words).run();
}

}  // namespace treff::view
