#include "kb/match/match_index.h"

#include <algorithm>
#include <set>
#include <utility>

#include "kb/base/text.h"

namespace treff::match {

using model::Confidence;
using model::RecordKind;

namespace {

std::vector<std::string> sorted(std::vector<std::string> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

std::string place_of(RecordKind kind, const std::string& id) { return std::string(model::to_string(kind)) + "/" + id; }

}  // namespace

// Fills a MatchIndex; one pass over the records, errors gathered.
class MatchIndexBuilder {
 public:
  explicit MatchIndexBuilder(std::shared_ptr<const Knowledge> knowledge)
      : out_(std::make_shared<MatchIndex>(std::move(knowledge))), knowledge_(*out_->knowledge_) {}

  Checked<std::shared_ptr<const MatchIndex>> run() {
    for (const model::Record* record : knowledge_.all(RecordKind::Cohort)) add_cohort(std::get<model::Cohort>(*record));
    for (const model::Record* record : knowledge_.all(RecordKind::AccessProgramme)) {
      add_programme(std::get<model::AccessProgramme>(*record));
    }
    for (const model::Record* record : knowledge_.all(RecordKind::Trial))
      add_trial_drugs(std::get<model::Trial>(*record));
    add_labels();
    for (const model::Record* record : knowledge_.all(RecordKind::Evidence))
      add_evidence(std::get<model::Evidence>(*record));
    for (std::size_t i = 0; i < out_->options_.size(); ++i) index_option(i);
    for (const auto& [id, genes] : knowledge_.vocabulary().panel_genes) {
      out_->settled_by_panel_.emplace(id, settled_options(*out_, genes));
    }
    if (!errors_.empty()) return fail_all(std::move(errors_));
    return std::shared_ptr<const MatchIndex>(std::move(out_));
  }

 private:
  // Compiles one part into the option; `record_confidence` holds where the part has none of its own.
  NodeId compile(const model::Criterion& rule, std::optional<Confidence> own, Confidence record_confidence,
                 CompiledOption& option, const std::string& place) {
    Result<CompiledCriterion> compiled = out_->pool_.add(rule);
    if (!compiled) {
      Error error = compiled.error();
      error.where = place + (error.where.empty() ? "" : "/") + error.where;
      errors_.push_back(std::move(error));
      return kNoNode;
    }
    const Confidence confidence = own.value_or(record_confidence);
    option.confidence = std::max({option.confidence, confidence, compiled->weakest_target});
    option.criteria_inferred = option.criteria_inferred || confidence == Confidence::Inferred || compiled->inferred;
    option.asks.insert(option.asks.end(), compiled->asks.begin(), compiled->asks.end());
    return compiled->root;
  }

  void add_trial_parts(const model::Trial* trial, CompiledOption& option, std::vector<NodeId>& parts) {
    option.trial = trial;
    if (trial == nullptr) return;
    option.confidence = std::max(option.confidence, trial->confidence);
    if (trial->common_criteria) {
      parts.push_back(compile(trial->common_criteria->rule, trial->common_criteria->confidence, trial->confidence,
                              option, place_of(RecordKind::Trial, trial->id)));
    }
    parts.push_back(out_->pool_.add_consent(trial->id));
    add_label_checks(trial->label_rule_region, option);
  }

  void add_cohort(const model::Cohort& cohort) {
    CompiledOption option;
    option.kind = OptionKind::Cohort;
    option.id = cohort.id;
    option.cohort = &cohort;
    option.drugs = sorted(cohort.drugs);
    option.confidence = cohort.confidence;
    std::vector<NodeId> parts;
    add_trial_parts(knowledge_.find_as<model::Trial>(RecordKind::Trial, cohort.trial), option, parts);
    option.criteria_seen = cohort.criteria.has_value();
    if (cohort.criteria) {
      parts.push_back(compile(cohort.criteria->rule, cohort.criteria->confidence, cohort.confidence, option,
                              place_of(RecordKind::Cohort, cohort.id)));
    }
    push(std::move(option), parts);
  }

  void add_programme(const model::AccessProgramme& programme) {
    CompiledOption option;
    option.kind = OptionKind::AccessProgramme;
    option.id = programme.id;
    option.programme = &programme;
    option.drugs = sorted(programme.drugs);
    option.confidence = programme.confidence;
    option.criteria_seen = programme.criteria.has_value();
    std::vector<NodeId> parts;
    if (programme.criteria) {
      parts.push_back(compile(programme.criteria->rule, programme.criteria->confidence, programme.confidence, option,
                              place_of(RecordKind::AccessProgramme, programme.id)));
    }
    push(std::move(option), parts);
  }

  // B8: a drug with its marker rule answers even where no cohort is known.
  void add_trial_drugs(const model::Trial& trial) {
    if (!trial.opens_new_cohorts) return;
    for (const model::TrialDrug& drug : trial.drugs) {
      if (!drug.marker) continue;
      CompiledOption option;
      option.kind = OptionKind::NewCohort;
      option.drugs = sorted(drug.drugs);
      option.id = trial.id + "-new-" + base::join(option.drugs, "-");
      option.trial_drug = &drug;
      option.confidence = trial.confidence;
      std::vector<NodeId> parts;
      add_trial_parts(&trial, option, parts);
      parts.push_back(compile(*drug.marker, drug.confidence, trial.confidence, option,
                              place_of(RecordKind::Trial, trial.id) + "/drugs"));
      for (std::size_t i = 0; i < out_->options_.size(); ++i) {
        const CompiledOption& other = out_->options_[i];
        if (other.kind == OptionKind::Cohort && other.trial == &trial && other.drugs == option.drugs) {
          option.sibling_cohorts.push_back(i);
        }
      }
      push(std::move(option), parts);
    }
  }

  // Regions whose labels count as on-label here: those that some trial's label rule names.
  std::set<std::string> label_regions() const {
    std::set<std::string> regions;
    for (const model::Record* record : knowledge_.all(RecordKind::Trial)) {
      const std::string& region = std::get<model::Trial>(*record).label_rule_region;
      if (!region.empty()) regions.insert(region);
    }
    return regions;
  }

  void add_labels() {
    const std::set<std::string> regions = label_regions();
    for (const model::Record* record : knowledge_.all(RecordKind::Drug)) {
      const auto& drug = std::get<model::Drug>(*record);
      for (std::size_t i = 0; i < drug.labels.size(); ++i) {
        const model::LabelIndication& label = drug.labels[i];
        if (!label.criterion || regions.count(label.region) == 0) continue;
        CompiledOption option;
        option.kind = OptionKind::OnLabel;
        option.id = drug.id + "-label-" + label.region + "-" + std::to_string(i + 1);
        option.label_drug = &drug;
        option.label = &label;
        option.drugs = label.with_drugs;
        option.drugs.push_back(drug.id);
        option.drugs = sorted(std::move(option.drugs));
        option.confidence = drug.confidence;
        const NodeId root = compile(*label.criterion, label.confidence, drug.confidence, option,
                                    place_of(RecordKind::Drug, drug.id) + "/labels");
        push(std::move(option), {root});
      }
    }
  }

  // C3: which labels decide for exactly these drugs in the trial's region.
  void add_label_checks(const std::string& region, CompiledOption& option) {
    if (region.empty()) return;
    for (const std::string& id : option.drugs) {
      const auto* drug = knowledge_.find_as<model::Drug>(RecordKind::Drug, id);
      if (drug == nullptr) continue;
      bool recorded = std::find(drug->no_label_regions.begin(), drug->no_label_regions.end(), region) !=
                      drug->no_label_regions.end();
      for (const model::LabelIndication& label : drug->labels) {
        if (label.region != region) continue;
        recorded = true;
        std::vector<std::string> covered = label.with_drugs;
        covered.push_back(id);
        if (sorted(std::move(covered)) != option.drugs) continue;
        LabelCheck check{drug, &label, std::nullopt, false};
        if (label.criterion) {
          CompiledOption scratch;
          check.root = compile(*label.criterion, label.confidence, drug->confidence, scratch,
                               place_of(RecordKind::Drug, id) + "/labels");
          check.inferred = scratch.criteria_inferred;
        }
        option.labels.push_back(check);
      }
      if (!recorded) option.labels.push_back(LabelCheck{drug, nullptr, std::nullopt, false});
    }
  }

  void push(CompiledOption option, const std::vector<NodeId>& parts) {
    option.root = out_->pool_.add_all(parts);
    for (const auto& leaf : out_->pool_.leaves_below(option.root)) {
      if (out_->pool_.leaves()[leaf.leaf].is_molecular()) option.molecular.push_back(leaf);
    }
    out_->by_id_.emplace(option.id, out_->options_.size());
    out_->options_.push_back(std::move(option));
  }

  void add_evidence(const model::Evidence& evidence) {
    CompiledOption scratch;
    CompiledEvidence compiled;
    compiled.record = &evidence;
    compiled.drugs = sorted(evidence.drugs);
    compiled.root = compile(evidence.criterion, std::nullopt, evidence.confidence, scratch,
                            place_of(RecordKind::Evidence, evidence.id));
    if (!evidence.diagnoses.empty()) {
      model::Criterion diagnosis;
      diagnosis.kind = model::CriterionKind::Diagnosis;
      diagnosis.leaf = model::DiagnosisCondition{evidence.diagnoses, {}};
      compiled.diagnosis =
          compile(diagnosis, std::nullopt, evidence.confidence, scratch, place_of(RecordKind::Evidence, evidence.id));
    }
    // Evidence that names no drug speaks for none, not for every option without a drug.
    if (!compiled.drugs.empty()) {
      out_->evidence_by_drugs_[base::join(compiled.drugs, "+")].push_back(out_->evidence_.size());
    }
    out_->evidence_.push_back(std::move(compiled));
  }

  void index_option(std::size_t index) {
    const CompiledOption& option = out_->options_[index];
    bool always = option.molecular.empty();
    std::set<std::string> genes;
    std::set<std::string> biomarkers;
    for (const auto& signed_leaf : option.molecular) {
      if (!signed_leaf.positive) continue;
      const Leaf& leaf = out_->pool_.leaves()[signed_leaf.leaf];
      if (const auto* variant = std::get_if<nomenclature::VariantClass>(&leaf.what)) {
        always = always || variant->kind == nomenclature::ClassKind::WildType;
        genes.insert(variant->genes.begin(), variant->genes.end());
      } else if (const auto* biomarker = std::get_if<model::BiomarkerCondition>(&leaf.what)) {
        biomarkers.insert(std::string(base::name_of(biomarker->name)));
      }
    }
    if (always) {
      out_->always_.push_back(index);
      return;
    }
    for (const std::string& gene : genes) out_->options_by_gene_[gene].push_back(index);
    for (const std::string& name : biomarkers) out_->options_by_biomarker_[name].push_back(index);
  }

  std::shared_ptr<MatchIndex> out_;
  const Knowledge& knowledge_;
  std::vector<Error> errors_;
};

Checked<std::shared_ptr<const MatchIndex>> MatchIndex::build(std::shared_ptr<const Knowledge> knowledge) {
  return MatchIndexBuilder(std::move(knowledge)).run();
}

std::vector<std::size_t> MatchIndex::candidates(const CaseFacts& facts) const {
  std::vector<std::size_t> out = always_;
  if (!facts.without_gene.empty()) {  // may be a change of any gene
    for (const auto& [gene, options] : options_by_gene_) out.insert(out.end(), options.begin(), options.end());
  }
  const auto append = [&](const auto& table, const std::string& key) {
    const auto it = table.find(key);
    if (it != table.end()) out.insert(out.end(), it->second.begin(), it->second.end());
  };
  for (const auto& [gene, alterations] : facts.by_gene) append(options_by_gene_, gene);
  for (const nomenclature::Biomarker& biomarker : facts.biomarkers) {
    append(options_by_biomarker_, std::string(base::name_of(biomarker.name)));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

const std::vector<std::size_t>& MatchIndex::options_on_gene(const std::string& gene) const {
  static const std::vector<std::size_t> none;
  const auto it = options_by_gene_.find(gene);
  return it == options_by_gene_.end() ? none : it->second;
}

const std::vector<bool>* MatchIndex::settled_by(const std::string& panel) const {
  const auto it = settled_by_panel_.find(panel);
  return it == settled_by_panel_.end() ? nullptr : &it->second;
}

const std::vector<std::size_t>& MatchIndex::evidence_for(const std::vector<std::string>& drugs) const {
  static const std::vector<std::size_t> none;
  const auto it = evidence_by_drugs_.find(base::join(drugs, "+"));
  return it == evidence_by_drugs_.end() ? none : it->second;
}

std::size_t MatchIndex::find(const std::string& id) const {
  const auto it = by_id_.find(id);
  return it == by_id_.end() ? options_.size() : it->second;
}

}  // namespace treff::match
