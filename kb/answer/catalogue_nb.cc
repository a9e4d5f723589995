#include "kb/answer/catalogue.h"

namespace treff::answer {

std::string_view template_nb(match::MessageId id) {
  using match::MessageId;
  switch (id) {
    case MessageId::AlterationInside: return "{by} er innenfor {criterion}{detail}.";
    case MessageId::AlterationWider:
      return "{by} er mindre presis enn {criterion}{detail}: spør laboratoriet om den nøyaktige endringen.";
    case MessageId::AlterationOverlaps:
      return "{by} overlapper med {criterion}, men navnene viser ikke at de er det samme{detail}.";
    case MessageId::NotFoundTested: return "{criterion}: testet, ikke funnet.";
    case MessageId::NegativeFromPlasma: return "{criterion}: ikke funnet i plasma, det utelukker den ikke.";
    case MessageId::NegativeBeforeTreatment:
      return "{criterion}: prøven kan være eldre enn behandling med {detail}; en ny prøve kan avgjøre.";
    case MessageId::NegativeLowTumour:
      return "{criterion}: tumorandel {detail} er under testens grense, så «ikke funnet» viser ingenting.";
    case MessageId::TestFailed: return "{criterion}: testen besto ikke kvalitetskontrollen.";
    case MessageId::NotTested: return "{criterion}: ikke testet, eller ingenting sier at det er gjort.";
    case MessageId::NotCoveredByPanel: return "{criterion}: ikke dekket av testen som er gjort.";
    case MessageId::UnreadText: return "{criterion}: noe i saken kunne ikke leses, så «ikke funnet» viser ingenting.";
    case MessageId::FunctionUnassessed: return "{by} er ikke vurdert for effekt, så {criterion} er ukjent{detail}.";
    case MessageId::BelowAlleleFraction:
      return "{by} er under testens grense for allelfraksjon, så {criterion} er ukjent.";
    case MessageId::OriginUnknown:
      return "{by}: kimbane eller somatisk er ikke kjent, så {criterion} er ukjent{detail}.";
    case MessageId::WildTypeShown: return "{criterion}: testet, ingen onkogen endring funnet.";
    case MessageId::WildTypeBroken: return "{by} er til stede, så {criterion} er ikke oppfylt.";
    case MessageId::WildTypeUncertain: return "{by} er ikke vurdert for effekt, så {criterion} er ukjent.";
    case MessageId::BiallelicShown: return "{by}: begge kopier er rammet.";
    case MessageId::BiallelicOneHit: return "{by}: ett treff er vist; om den andre kopien er tapt, er ikke kjent.";
    case MessageId::BiallelicNot: return "{by}: bare ett treff, den andre kopien er beholdt.";
    case MessageId::SpliceContradicted: return "{by} taler for {criterion}, men RNA-testen fant det ikke.";
    case MessageId::OutsideClass: return "{by} er utenfor {criterion}.";
    case MessageId::BiomarkerMet: return "{criterion}: {detail}.";
    case MessageId::BiomarkerNotMet: return "{criterion}: {detail}.";
    case MessageId::BiomarkerBand:
      return "{criterion}: {detail} kan ikke plasseres etter testens grenser, eller testen var ikke brukbar.";
    case MessageId::BiomarkerOtherAssay: return "{criterion}: {detail}; grensen gjelder en annen test.";
    case MessageId::BiomarkerDiscordant: return "{criterion}: {detail}; farging og sekvensering er uenige.";
    case MessageId::BiomarkerUnmeasured: return "{criterion}: ikke målt.";
    case MessageId::DiagnosisWithin: return "Diagnosen {detail} er innenfor {criterion}.";
    case MessageId::DiagnosisOutside: return "Diagnosen {detail} er utenfor {criterion}.";
    case MessageId::DiagnosisExcluded: return "Diagnosen {detail} er utelukket av {criterion}.";
    case MessageId::DiagnosisLessSpecific:
      return "Diagnosen {detail} er mindre presis enn {criterion}: spør etter histologi.";
    case MessageId::DiagnosisMaybeExcluded:
      return "Diagnosen {detail} kan være en som {criterion} utelukker: spør etter histologi.";
    case MessageId::DiagnosisUnknownPrimary: return "Ukjent utgangspunkt: om det er {criterion}, er ikke kjent.";
    case MessageId::DiagnosisLineageUnclear: return "Om {detail} regnes som {criterion}, er ikke avklart.";
    case MessageId::ClinicalMet: return "{criterion}: ja{detail}.";
    case MessageId::ClinicalNotMet: return "{criterion}: nei{detail}.";
    case MessageId::ClinicalUnstated: return "{criterion}: ikke oppgitt.";
    case MessageId::ConsentBlocked: return "Pasienten har ikke samtykket til {detail}.";
    case MessageId::AskAtBedside: return "Sjekk ved pasienten: {detail}";
    case MessageId::LabelCovers: return "Sykdommen er dekket av godkjent bruk ({criterion}): {detail}";
    case MessageId::LabelUnclear: return "Om godkjent bruk ({criterion}) dekker sykdommen, er ikke kjent: {detail}";
    case MessageId::LabelNotRecorded:
      return "Godkjent bruk ({criterion}) i region {detail} er ikke registrert her: sjekk at den ikke dekker "
             "sykdommen.";
    case MessageId::CriteriaInferred: return "Kriteriene er utledet, ikke sitert fra en kilde: spør studiekontoret.";
    case MessageId::CriteriaNotSeen: return "Kriteriene er ikke sett i noen kilde.";
    case MessageId::TrialFirst: return "En passende studiekohort er åpen; dette programmet krever studien først.";
    case MessageId::CohortExists: return "Det finnes allerede en kohort for dette: {detail}.";
    case MessageId::CohortClosedNoEffect: return "Kohorten {detail} ble stengt på grunn av manglende effekt.";
    case MessageId::AskTrialOffice: return "Ingen kohort er kjent for dette: spør studiekontoret om en kan åpnes.";
    case MessageId::EvidenceAgainst: return "Evidens for resistens eller manglende nytte i denne svulsten: {detail}.";
    case MessageId::ProgressedOnDrug: return "Sykdommen har progrediert på {detail}.";
    case MessageId::ProgressedOnClass: return "Sykdommen har progrediert på et legemiddel i samme klasse: {detail}.";
    case MessageId::PossibleReversion: return "Kan være en reversjon som gjør at genet virker igjen: {detail}.";
    case MessageId::NoMolecularLink: return "Ingenting funnet i denne svulsten knytter den til muligheten.";
    case MessageId::NotChangeable: return "Det som står i veien, kan ikke endres.";
  }
  return {};
}

}  // namespace treff::answer
