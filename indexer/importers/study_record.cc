// A registry's study as a trial or an access programme of ours.
#include <algorithm>
#include <set>

#include "indexer/importers/registry_study.h"
#include "indexer/importers/suggest.h"
#include "kb/base/text.h"

namespace treff::indexer {
namespace {

constexpr const char* kSource = "clinicaltrials-gov";

// What the registry's words mean for somebody who wants to enter. "enrolling by invitation": entry exists, but not by
// referral, so it is shown as suspended with that reason. UNKNOWN (not verified for two years) states nothing.
struct StatusWord {
  std::string_view word;
  std::optional<model::EntryState> state;
  std::string_view reason;
};
constexpr std::array kStatusWords = {
    StatusWord{"RECRUITING", model::EntryState::Open, ""},
    StatusWord{"NOT_YET_RECRUITING", model::EntryState::Planned, "not yet recruiting"},
    StatusWord{"ENROLLING_BY_INVITATION", model::EntryState::Suspended, "enrolling by invitation only"},
    StatusWord{"ACTIVE_NOT_RECRUITING", model::EntryState::Closed, "active, not recruiting"},
    StatusWord{"SUSPENDED", model::EntryState::Suspended, "suspended"},
    StatusWord{"COMPLETED", model::EntryState::Closed, "completed"},
    StatusWord{"TERMINATED", model::EntryState::Closed, "terminated"},
    StatusWord{"WITHDRAWN", model::EntryState::Closed, "withdrawn before the first patient"},
    StatusWord{"AVAILABLE", model::EntryState::Open, ""},
    StatusWord{"NO_LONGER_AVAILABLE", model::EntryState::Closed, "no longer available"},
    StatusWord{"TEMPORARILY_NOT_AVAILABLE", model::EntryState::Suspended, "temporarily not available"},
    StatusWord{"APPROVED_FOR_MARKETING", model::EntryState::Closed, "approved for marketing"},
    StatusWord{"UNKNOWN", std::nullopt, ""},
    StatusWord{"UNKNOWN_STATUS", std::nullopt, ""},
    StatusWord{"WITHHELD", std::nullopt, ""},
};

// "Active, not recruiting" and "ACTIVE_NOT_RECRUITING" alike.
std::string word_form(std::string_view text) {
  std::string out;
  for (const char c : base::to_upper_ascii(base::trim(text))) {
    if (c == ',') continue;
    out += c == ' ' || c == '-' ? '_' : c;
  }
  return out;
}

class StudyReader {
 public:
  StudyReader(const RegistryStudy& study, const ImportContext& context) : study_(study), context_(context) {}

  Checked<StudyRecord> read() {
    common_.origin = "ctgov";
    common_.sources = {kSource};
    common_.confidence = model::Confidence::Quoted;
    identity();
    const bool expanded = word_form(study_.study_type) == "EXPANDED_ACCESS";
    model::Record record = expanded ? model::Record(programme()) : model::Record(trial());
    if (!errors_.empty()) return fail_all(std::move(errors_));
    return StudyRecord{std::move(record), std::move(notes_)};
  }

 private:
  void wrong(ErrorCode code, std::string message, const std::string& piece, std::string hint = {}) {
    errors_.push_back(Error{code, std::move(message), {}, piece, std::nullopt, std::move(hint)});
  }

  void identity() {
    const std::string id = base::to_lower_ascii(base::trim(study_.nct_id));
    const bool good = id.size() == 11 && id.compare(0, 3, "nct") == 0 &&
                      std::all_of(id.begin() + 3, id.end(), [](char c) { return base::is_ascii_digit(c); });
    if (!good) wrong(ErrorCode::InvalidValue, "the study has no NCT number", study_.nct_id, "NCT and eight digits");
    common_.id = id;
    common_.names.en = clean(study_.brief_title.empty() ? study_.official_title : study_.brief_title);
    if (!study_.official_title.empty() && study_.official_title != study_.brief_title) {
      common_.synonyms.push_back(clean(study_.official_title));
    }
    for (const std::string& other : study_.other_ids) {
      const std::string name = clean(other);
      const bool known = std::find(common_.synonyms.begin(), common_.synonyms.end(), name) != common_.synonyms.end();
      if (!name.empty() && !known) common_.synonyms.push_back(name);
    }
    // An invented-content mark in a registry title would make the record look like ours; none exists.
    const std::string& day = study_.updated_on.empty() ? study_.released_on : study_.updated_on;
    const auto updated = registry_date(day);
    if (!updated) {
      wrong(day.empty() ? ErrorCode::MissingKey : ErrorCode::InvalidDate,
            day.empty() ? "nothing says of which day this record is" : "not a date", day,
            "name the file with the day of the export, for example trials_2026-01-05.jsonl");
      return;
    }
    common_.checked_on = base::first_day(*updated);
  }

  static std::string clean(std::string_view text) { return without_contacts(base::trim(text)); }

  static std::vector<std::string> clean_list(const std::vector<std::string>& texts) {
    std::vector<std::string> out;
    for (const std::string& text : texts) {
      std::string one = clean(text);
      if (!one.empty() && std::find(out.begin(), out.end(), one) == out.end()) out.push_back(std::move(one));
    }
    return out;
  }

  std::optional<model::EntryState> state_of(const std::string& status, const std::string& what, std::string& reason) {
    if (status.empty()) return std::nullopt;
    const std::string word = word_form(status);
    for (const StatusWord& row : kStatusWords) {
      if (row.word != word) continue;
      reason = row.reason;
      return row.state;
    }
    wrong(ErrorCode::InvalidValue, "unknown status of the " + what, status,
          "the words of ClinicalTrials.gov, for example Recruiting");
    return std::nullopt;
  }

  std::vector<model::StatusChange> status() {
    model::StatusChange change;
    const auto state = state_of(study_.status, "study", change.reason);
    if (!state) return {};
    change.state = *state;
    if (!study_.why_stopped.empty()) {
      change.reason += (change.reason.empty() ? "" : ": ") + clean(study_.why_stopped);
    }
    if (*state == model::EntryState::Planned && !study_.start_date.empty()) {
      change.reason += ", start stated as " + study_.start_date;
    }
    change.sources = {kSource};
    change.checked_on = common_.checked_on;
    change.confidence = model::Confidence::Quoted;
    return {change};
  }

  // The one organisation that carries this name, or nothing.
  std::string organisation(const std::string& name) {
    const std::string folded = base::fold_name(name);
    std::string found;
    for (const model::Record* record : organisations()) {
      const model::Common& common = model::common_of(*record);
      bool same = base::fold_name(common.names.en) == folded || base::fold_name(common.names.nb) == folded;
      for (const std::string& synonym : common.synonyms) same = same || base::fold_name(synonym) == folded;
      if (!same) continue;
      if (!found.empty()) return {};
      found = common.id;
    }
    return found;
  }

  const std::vector<const model::Record*>& organisations() {
    if (organisations_.empty()) organisations_ = context_.knowledge.all(model::RecordKind::Organisation);
    return organisations_;
  }

  std::string phase() {
    std::vector<std::string> words;
    for (const std::string& given : study_.phases) {
      const std::string word = word_form(given);
      if (word.empty() || word == "NA" || word == "N/A" || word == "NOT_APPLICABLE") continue;
      if (word.compare(0, 5, "PHASE") == 0 && word.size() == 6) {
        words.push_back(std::string("Phase ") + word[5]);
      } else if (word == "EARLY_PHASE1") {
        words.emplace_back("Early Phase 1");
      } else {
        words.emplace_back(base::trim(given));
      }
    }
    return base::join(words, "/");
  }

  void places(std::vector<std::string>& countries, std::vector<model::TrialLocation>* locations) {
    std::set<std::string> codes;
    std::set<std::string> unknown;
    const auto code_of = [&](const std::string& name) {
      const std::string_view code = country_code(name);
      if (!code.empty()) {
        codes.emplace(code);
      } else if (!name.empty() && unknown.insert(name).second) {
        notes_.push_back({"country_unknown", "a country whose code is not known; kept as text", {}, name});
      }
      return std::string(code);
    };
    for (const StudyLocation& place : study_.locations) {
      model::TrialLocation location;
      location.facility = clean(place.facility);
      location.town = clean(place.town);
      location.country = code_of(place.country);
      if (location.country.empty()) location.country_text = clean(place.country);
      std::string reason;
      location.state = state_of(place.status, "site", reason);
      location.state_text = clean(place.status);
      if (locations != nullptr) locations->push_back(std::move(location));
    }
    for (const std::string& name : study_.countries) {
      if (code_of(name).empty() && study_.locations.empty() && locations != nullptr) {
        model::TrialLocation location;
        location.country_text = clean(name);
        locations->push_back(std::move(location));
      }
    }
    countries.assign(codes.begin(), codes.end());
  }

  // Arms have no status of their own in the registry; some sponsors write it into the label.
  static std::optional<model::EntryState> arm_state(std::string_view label) {
    const std::string low = base::to_lower_ascii(label);
    for (const std::string_view closed : {"(closed", "[closed", "closed to accrual", "closed to enrollment",
                                          "closed to enrolment", "- closed", "closed)", "closed]"}) {
      if (low.find(closed) != std::string::npos) return model::EntryState::Closed;
    }
    for (const std::string_view held : {"(suspended", "[suspended", "temporarily closed"}) {
      if (low.find(held) != std::string::npos) return model::EntryState::Suspended;
    }
    return std::nullopt;
  }

  std::vector<model::TrialArm> arms() {
    std::vector<model::TrialArm> out;
    for (const StudyArm& arm : study_.arms) {
      std::string label = clean(arm.label);
      if (label.empty()) continue;
      const auto state = arm_state(label);
      out.push_back({std::move(label), clean(arm.type), clean(arm.description), clean_list(arm.interventions), state});
    }
    return out;
  }

  // "18 Years", "6 Months"; whole years, rounded down. nullopt for "N/A"; an error for what it cannot be.
  std::optional<int> age_years(const std::string& text) {
    const std::string word = word_form(text);
    if (word.empty() || word == "N/A" || word == "NA") return std::nullopt;
    const std::size_t gap = word.find('_');
    const auto n = base::parse_int(std::string_view(word).substr(0, gap));
    const std::string_view unit =
        gap == std::string::npos ? std::string_view() : std::string_view(word).substr(gap + 1);
    if (n && (unit == "YEARS" || unit == "YEAR")) return n;
    if (n && (unit == "MONTHS" || unit == "MONTH")) return *n / 12;
    if (n && (unit == "WEEKS" || unit == "WEEK")) return *n / 52;
    for (const std::string_view small : {"DAYS", "DAY", "HOURS", "HOUR", "MINUTES", "MINUTE"}) {
      if (n && unit == small) return 0;
    }
    wrong(ErrorCode::InvalidValue, "not an age", text, "for example 18 Years");
    return std::nullopt;
  }

  // Age and sex are structured in the registry itself, so that a cohort that a curator adds inherits them.
  std::optional<model::CriteriaPart> stated_criteria() {
    model::ClinicalCondition condition;
    const auto min = age_years(study_.minimum_age);
    const auto max = age_years(study_.maximum_age);
    if ((min && *min > 0) || max) {
      condition.age_years = model::Range<int>{min, max};
      if (max && *max > model::kMaxAgeYears) condition.age_years->max.reset();
      if (!condition.age_years->min && !condition.age_years->max) condition.age_years.reset();
    }
    const std::string sex = word_form(study_.sex);
    if (sex == "FEMALE") condition.sex = model::Sex::Female;
    if (sex == "MALE") condition.sex = model::Sex::Male;
    if (sex != "FEMALE" && sex != "MALE" && sex != "ALL" && sex != "BOTH" && !sex.empty()) {
      wrong(ErrorCode::InvalidValue, "not a sex of the registry", study_.sex, "All, Female or Male");
    }
    if (!condition.age_years && !condition.sex) return std::nullopt;
    model::CriteriaPart part;
    part.rule.kind = model::CriterionKind::Clinical;
    part.rule.leaf = std::move(condition);
    part.sources = {kSource};
    part.checked_on = common_.checked_on;
    part.confidence = model::Confidence::Quoted;
    return part;
  }

  model::Trial trial() {
    model::Trial out;
    out.registry_ids = {{"nct", base::to_upper_ascii(common_.id)}};
    out.phase = phase();
    out.study_type = clean(study_.study_type);
    out.sponsor = organisation(study_.sponsor);
    if (out.sponsor.empty()) out.sponsor_text = clean(study_.sponsor);
    out.collaborators_text = clean_list(study_.collaborators);
    out.status = status();
    out.common_criteria = stated_criteria();
    out.conditions = clean_list(study_.conditions);
    out.keywords = clean_list(study_.keywords);
    out.interventions = clean_list(study_.interventions);
    out.summary = clean(study_.summary);
    out.description = clean(study_.description);
    out.eligibility_text = clean(study_.eligibility);
    out.arms = arms();
    places(out.countries, &out.locations);
    out.starts = start();
    out.link = "https://clinicaltrials.gov/study/" + base::to_upper_ascii(common_.id);
    static_cast<model::Common&>(out) = common_;
    suggest(out, context_.knowledge.vocabulary().genes);
    return out;
  }

  std::optional<PartialDate> start() {
    if (study_.start_date.empty()) return std::nullopt;
    const auto date = registry_date(study_.start_date);
    if (!date) wrong(ErrorCode::InvalidDate, "not a date", study_.start_date);
    return date;
  }

  model::AccessProgramme programme() {
    model::AccessProgramme out;
    out.route = model::AccessRoute::ExpandedAccess;
    out.registry_ids = {{"nct", base::to_upper_ascii(common_.id)}};
    out.drug_text = base::join(clean_list(study_.interventions), ", ");
    out.company = organisation(study_.sponsor);
    if (out.company.empty()) out.company_text = clean(study_.sponsor);
    out.status = status();
    out.indication_text = base::join(clean_list(study_.conditions), ", ");
    out.summary = clean(study_.summary);
    out.eligibility_text = clean(study_.eligibility);
    places(out.countries, nullptr);
    out.link = "https://clinicaltrials.gov/study/" + base::to_upper_ascii(common_.id);
    static_cast<model::Common&>(out) = common_;
    suggest(out, context_.knowledge.vocabulary().genes);
    return out;
  }

  const RegistryStudy& study_;
  const ImportContext& context_;
  model::Common common_;
  std::vector<const model::Record*> organisations_;
  std::vector<Error> errors_;
  std::vector<Issue> notes_;
};

}  // namespace

Checked<StudyRecord> to_record(const RegistryStudy& study, const ImportContext& context) {
  return StudyReader(study, context).read();
}

}  // namespace treff::indexer
