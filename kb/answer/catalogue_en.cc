#include "kb/answer/catalogue.h"

namespace treff::answer {

std::string_view template_en(match::MessageId id) {
  using match::MessageId;
  switch (id) {
    case MessageId::AlterationInside: return "{by} is inside {criterion}{detail}.";
    case MessageId::AlterationWider:
      return "{by} is less specific than {criterion}{detail}: ask the laboratory for the exact change.";
    case MessageId::AlterationOverlaps:
      return "{by} overlaps with {criterion}, but the names do not prove that they are the same{detail}.";
    case MessageId::NotFoundTested: return "{criterion}: tested, not found.";
    case MessageId::NegativeFromPlasma: return "{criterion}: not found in plasma, which does not exclude it.";
    case MessageId::NegativeBeforeTreatment:
      return "{criterion}: the sample may be older than treatment with {detail}; a new sample would decide.";
    case MessageId::NegativeLowTumour:
      return "{criterion}: tumour fraction {detail} is under the limit of the test, so not found proves nothing.";
    case MessageId::TestFailed: return "{criterion}: the test did not pass quality control.";
    case MessageId::NotTested: return "{criterion}: not tested, or nothing says that it was.";
    case MessageId::NotCoveredByPanel: return "{criterion}: not covered by the test that was done.";
    case MessageId::UnreadText:
      return "{criterion}: something in the case could not be read, so not found proves nothing.";
    case MessageId::FunctionUnassessed:
      return "{by} has no assessment of its effect, so {criterion} is unknown{detail}.";
    case MessageId::BelowAlleleFraction:
      return "{by} is under the allele-fraction limit of the test, so {criterion} is unknown.";
    case MessageId::OriginUnknown: return "{by}: germline or somatic is not known, so {criterion} is unknown{detail}.";
    case MessageId::WildTypeShown: return "{criterion}: tested, no oncogenic alteration found.";
    case MessageId::WildTypeBroken: return "{by} is present, so {criterion} is not met.";
    case MessageId::WildTypeUncertain: return "{by} has no assessment of its effect, so {criterion} is unknown.";
    case MessageId::BiallelicShown: return "{by}: both copies are hit.";
    case MessageId::BiallelicOneHit: return "{by}: one hit is shown; whether the second copy is lost is not known.";
    case MessageId::BiallelicNot: return "{by}: one hit only, the second copy is kept.";
    case MessageId::SpliceContradicted: return "{by} predicts {criterion}, but the RNA test did not find it.";
    case MessageId::OutsideClass: return "{by} is outside {criterion}.";
    case MessageId::BiomarkerMet: return "{criterion}: {detail}.";
    case MessageId::BiomarkerNotMet: return "{criterion}: {detail}.";
    case MessageId::BiomarkerBand:
      return "{criterion}: {detail} cannot be placed by the bands of the test, or the test was not usable.";
    case MessageId::BiomarkerOtherAssay: return "{criterion}: {detail}; the cut-off belongs to another test.";
    case MessageId::BiomarkerDiscordant: return "{criterion}: {detail}; staining and sequencing disagree.";
    case MessageId::BiomarkerUnmeasured: return "{criterion}: not measured.";
    case MessageId::DiagnosisWithin: return "The diagnosis {detail} is within {criterion}.";
    case MessageId::DiagnosisOutside: return "The diagnosis {detail} is outside {criterion}.";
    case MessageId::DiagnosisExcluded: return "The diagnosis {detail} is excluded by {criterion}.";
    case MessageId::DiagnosisLessSpecific:
      return "The diagnosis {detail} is less specific than {criterion}: ask for histology.";
    case MessageId::DiagnosisMaybeExcluded:
      return "The diagnosis {detail} may be one that {criterion} excludes: ask for histology.";
    case MessageId::DiagnosisUnknownPrimary: return "Unknown primary: whether it is {criterion} is not known.";
    case MessageId::DiagnosisLineageUnclear: return "Whether {detail} counts as {criterion} is not settled.";
    case MessageId::ClinicalMet: return "{criterion}: yes{detail}.";
    case MessageId::ClinicalNotMet: return "{criterion}: no{detail}.";
    case MessageId::ClinicalUnstated: return "{criterion}: not stated.";
    case MessageId::ConsentBlocked: return "The patient has not consented to {detail}.";
    case MessageId::AskAtBedside: return "Check at the bedside: {detail}";
    case MessageId::LabelCovers: return "The disease is covered by the {criterion}: {detail}";
    case MessageId::LabelUnclear: return "Whether the {criterion} covers this disease is not known: {detail}";
    case MessageId::LabelNotRecorded:
      return "The {criterion} in region {detail} is not recorded here: check that it does not cover this disease.";
    case MessageId::CriteriaInferred:
      return "The criteria are inferred, not quoted from a source: ask the trial office.";
    case MessageId::CriteriaNotSeen: return "The criteria were not seen in any source.";
    case MessageId::TrialFirst: return "A fitting trial cohort is open; this programme asks for the trial first.";
    case MessageId::CohortExists: return "There is a cohort for this already: {detail}.";
    case MessageId::CohortClosedNoEffect: return "The cohort {detail} was closed for lack of effect.";
    case MessageId::AskTrialOffice:
      return "No cohort is known for this: ask the trial office whether one can be opened.";
    case MessageId::EvidenceAgainst: return "Evidence of resistance or no benefit in this tumour: {detail}.";
    case MessageId::ProgressedOnDrug: return "The disease has progressed on {detail}.";
    case MessageId::ProgressedOnClass: return "The disease has progressed on a drug of the same class: {detail}.";
    case MessageId::PossibleReversion: return "May be a reversion after which the gene works again: {detail}.";
    case MessageId::NoMolecularLink: return "Nothing found in this tumour links it to the option.";
    case MessageId::NotChangeable: return "What stands in the way cannot change.";
  }
  return {};
}

}  // namespace treff::answer
