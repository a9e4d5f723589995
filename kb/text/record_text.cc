#include "kb/text/record_text.h"

#include <algorithm>
#include <utility>

#include "kb/base/enum_names.h"
#include "kb/base/text.h"
#include "kb/text/criterion_text.h"
#include "kb/text/search_fields.h"
#include "kb/text/status_history.h"
#include "kb/text/walk.h"

namespace treff::text {
namespace {

using model::FieldTraits;
using model::Record;
using model::RecordKind;

constexpr int kCriterionWeight = 5;
constexpr int kQuestionWeight = 1;
constexpr std::string_view kEligibilityKey = "eligibility_text";
constexpr int kNameWeight = 6;              // rows of at least this weight hold names, not prose
constexpr std::size_t kMaxNameBytes = 200;  // a longer "name" is a sentence nobody types from its start

std::string first_of(std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) {
    if (!text.empty()) return std::string(text);
  }
  return {};
}

// Registry text up to the heading of the exclusions, and again from a heading of inclusions behind it.
std::string without_exclusions(const std::string& text) {
  const std::string lower = base::to_lower_ascii(text);
  std::string kept;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t excluded = text.size();
    for (const char* heading : {"exclusion criteri", "exclusion:", "exclusions:"}) {
      excluded = std::min(excluded, lower.find(heading, at));
    }
    kept += text.substr(at, excluded - at);
    at = std::min(lower.find("inclusion criteria", excluded), text.size());
  }
  return kept;
}

// Symbol, substance or code: the short name that some kinds have beside `names`.
std::string_view short_name(const Record& record) {
  if (const auto* gene = std::get_if<model::Gene>(&record)) return gene->symbol;
  if (const auto* drug = std::get_if<model::Drug>(&record)) return drug->substance;
  return {};
}

class RecordReader {
 public:
  RecordReader(const Record& record, const Referred& referred) : record_(record), referred_(referred) {
    text_.key = model::key_of(record);
    text_.title = title_of(record);
  }

  RecordText read() {
    std::visit([this]<class Kind>(const Kind& kind) { part<Kind>(kind, {}); }, record_);
    text_.pieces.push_back({kNameWeight, {}, text_.key.id, true});
    facet(kKindField, std::string(model::to_string(text_.key.kind)));
    text_.status_history = std::visit([this]<class Kind>(const Kind& kind) { return status(kind); }, record_);
    return std::move(text_);
  }

 private:
  template <class Struct>
  void part(const Struct& value, const FieldTraits& outer) {
    model::for_each_field<Struct>([&](const auto& field) {
      if (field.key == kEligibilityKey) {
        inclusions(value.*field.member, inherited(field.traits, outer));
      } else {
        this->value(value.*field.member, inherited(field.traits, outer));
      }
    });
  }

  template <class T>
  void value(const T& value, const FieldTraits& traits) {
    if constexpr (std::is_same_v<T, std::string>) {
      if (!value.empty()) traits.refers ? reference(value, traits) : plain(value, traits);
    } else if constexpr (std::is_same_v<T, model::Criterion>) {
      criterion(value);
    } else if constexpr (HasFields<T>) {
      part<T>(value, traits);
    } else if constexpr (HasNames<T>) {
      if (traits.text_weight > 0) enumerator(std::string(base::name_of(value)), traits);
    } else if constexpr (!std::is_same_v<T, Element<T>>) {
      if constexpr (requires { value.has_value(); }) {
        if (value) this->value(*value, traits);
      } else {
        for (const auto& element : value) this->value(element, traits);
      }
    }
  }

  // A record must not be found for what it excludes.
  template <class T>
  void inclusions(const T& text, const FieldTraits& traits) {
    if constexpr (std::is_same_v<T, std::string>) value(without_exclusions(text), traits);
  }

  void plain(const std::string& text, const FieldTraits& traits) {
    if (traits.text_weight == 0) return;
    text_.pieces.push_back({traits.text_weight, traits.search_prefix, text});
    const bool is_name = traits.search_prefix == "name" || traits.text_weight >= kNameWeight;
    if (is_name && text.size() <= kMaxNameBytes) text_.names.push_back(text);
    if (traits.facet) facet(traits.search_prefix, own_facet_value(text, traits));
  }

  // A drug record counts under its own id in the facet `drug`, where cohorts count under the ids they name.
  std::string own_facet_value(const std::string& text, const FieldTraits& traits) const {
    const bool own_kind = traits.search_prefix == model::to_string(text_.key.kind);
    return own_kind && text_.key.kind != RecordKind::Gene ? text_.key.id : text;
  }

  void enumerator(std::string name, const FieldTraits& traits) {
    if (traits.facet) facet(traits.search_prefix, name);
    text_.pieces.push_back({traits.text_weight, traits.search_prefix, name});
    std::replace(name.begin(), name.end(), '_', ' ');
    text_.pieces.push_back({traits.text_weight, traits.search_prefix, std::move(name)});
  }

  void reference(const std::string& id, const FieldTraits& traits) {
    if (traits.text_weight == 0) return;
    const auto add = [&](std::string_view text, bool exact = false) {
      if (!text.empty()) text_.pieces.push_back({traits.text_weight, traits.search_prefix, std::string(text), exact});
    };
    add(id, true);
    const Record* other = referred_.find({*traits.refers, id});
    if (other != nullptr) {
      const model::Names& names = model::common_of(*other).names;
      for (const std::string_view name :
           {std::string_view(names.en), std::string_view(names.nb), std::string_view(names.nn), short_name(*other)}) {
        add(name);
      }
    }
    if (*traits.refers == RecordKind::Gene) {
      facet("gene", other == nullptr ? base::to_upper_ascii(id) : std::string(short_name(*other)));
    } else if (traits.facet) {
      facet(traits.search_prefix, id);
    }
  }

  void criterion(const model::Criterion& rule) {
    const CriterionText words = text_of_criterion(rule, referred_);
    for (const std::string& gene : words.genes) {
      facet("gene", gene);
      text_.pieces.push_back({kCriterionWeight, "gene", gene});
    }
    for (const std::string& marker : words.markers) text_.pieces.push_back({kCriterionWeight, {}, marker});
    for (const std::string& name : words.diagnoses) text_.pieces.push_back({kCriterionWeight, "diagnosis", name});
    for (const std::string& question : words.questions) text_.pieces.push_back({kQuestionWeight, {}, question});
  }

  template <class Kind>
  std::string status(const Kind& kind) const {
    if constexpr (requires { kind.status; }) {
      if constexpr (std::is_same_v<Kind, model::Cohort>) {
        const Record* record = referred_.find({RecordKind::Trial, kind.trial});
        const auto* trial = record == nullptr ? nullptr : std::get_if<model::Trial>(record);
        if (trial != nullptr) return encode_status(kind.status, trial->status);
      }
      return encode_status(kind.status, {});
    }
    return {};
  }

  void facet(std::string_view name, std::string value) {
    const SearchField* field = find_search_field(name);
    if (field == nullptr || !field->facet || value.empty()) return;
    FacetValue made{field->name, std::move(value)};
    if (std::find(text_.facets.begin(), text_.facets.end(), made) == text_.facets.end()) {
      text_.facets.push_back(std::move(made));
    }
  }

  const Record& record_;
  const Referred& referred_;
  RecordText text_;
};

}  // namespace

RecordText text_of(const Record& record, const Referred& referred) { return RecordReader(record, referred).read(); }

std::string title_of(const Record& record) {
  const model::Common& common = model::common_of(record);
  return first_of({common.names.en, common.names.nb, common.names.nn, short_name(record), common.id});
}

}  // namespace treff::text
