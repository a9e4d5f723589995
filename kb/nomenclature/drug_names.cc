#include "kb/nomenclature/drug_names.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "kb/base/text.h"

namespace treff::nomenclature {
namespace {

constexpr std::size_t kHints = 3;
constexpr std::size_t kMostParts = 12;  // of one combination; longer text is no regimen
constexpr std::size_t kLongestHintedName = 60;

// Codes are written with and without hyphen or space ("AZD-9291", "AZD 9291"), so neither counts.
std::string key_of(std::string_view name) {
  std::string key = base::fold_name(name);
  const auto is_gap = [](char c) { return c == ' ' || c == '-'; };
  key.erase(std::remove_if(key.begin(), key.end(), is_gap), key.end());
  return key;
}

// "BRAF-inhibitors", "BRAF-hemmer" and "BRAF inhibitor" are one class.
std::string class_key(std::string_view name) {
  std::string key = key_of(name);
  constexpr std::array<std::string_view, 6> kEndings = {"inhibitors", "inhibitorer", "inhibitor",
                                                        "hemmerne",   "hemmere",     "hemmer"};
  for (const std::string_view ending : kEndings) {
    if (key.size() > ending.size() && key.compare(key.size() - ending.size(), ending.size(), ending) == 0) {
      return key.substr(0, key.size() - ending.size()) + "inhibitor";
    }
  }
  return key;
}

// The salt does not change which drug it is; registries add it freely.
std::string_view without_salt(std::string_view name) {
  constexpr std::array<std::string_view, 22> kSalts = {
      "mesylate",   "mesilate", "mesilat", "mesylat",   "hydrochloride", "hydroklorid", "tosylate",
      "tosilate",   "tosilat",  "malate",  "malat",     "maleate",       "maleat",      "phosphate",
      "fosfat",     "sulfate",  "sulfat",  "succinate", "fumarate",      "dihydrate",   "dimethyl sulfoxide",
      "monohydrate"};
  const std::string lower = base::to_lower_ascii(name);
  for (const std::string_view salt : kSalts) {
    if (lower.size() > salt.size() + 1 && lower[lower.size() - salt.size() - 1] == ' ' &&
        lower.compare(lower.size() - salt.size(), salt.size(), salt) == 0) {
      return base::trim(name.substr(0, name.size() - salt.size()));
    }
  }
  return name;
}

// The text between separators, as ranges into it: a whole name may itself hold one ("trastuzumab/pertuzumab").
struct Part {
  std::size_t from = 0;
  std::size_t to = 0;
};

std::size_t separator_at(std::string_view lower, std::size_t at) {
  constexpr std::array<std::string_view, 14> kSeparators = {"+",
                                                            "/",
                                                            "&",
                                                            ",",
                                                            ";",
                                                            " og ",
                                                            " and ",
                                                            " med ",
                                                            " with ",
                                                            " plus ",
                                                            " samt ",
                                                            " und ",
                                                            " in combination with ",
                                                            " i kombinasjon med "};
  for (const std::string_view separator : kSeparators) {
    if (lower.compare(at, separator.size(), separator) == 0) return separator.size();
  }
  return 0;
}

std::vector<Part> parts_of(std::string_view text) {
  const std::string lower = base::to_lower_ascii(text);
  std::vector<Part> parts;
  std::size_t from = 0;
  std::size_t at = 0;
  while (at < lower.size()) {
    const std::size_t length = separator_at(lower, at);
    if (length == 0) {
      ++at;
      continue;
    }
    parts.push_back({from, at});
    at += length;
    from = at;
  }
  parts.push_back({from, lower.size()});
  const auto blank = [&](const Part& p) { return base::trim(text.substr(p.from, p.to - p.from)).empty(); };
  parts.erase(std::remove_if(parts.begin(), parts.end(), blank), parts.end());
  return parts;
}

Error name_error(ErrorCode code, std::string message, std::string_view name, std::string hint) {
  return Error{code, std::move(message), {}, std::string(name), std::nullopt, std::move(hint)};
}

}  // namespace

DrugNames::DrugNames(std::vector<DrugFacts> drugs, std::vector<std::vector<std::string>> combinations)
    : drugs_(std::move(drugs)) {
  std::set<std::vector<std::string>> regimens;
  for (auto& regimen : combinations) {
    std::sort(regimen.begin(), regimen.end());
    regimens.insert(std::move(regimen));
  }
  combinations_.assign(regimens.begin(), regimens.end());
  const auto add = [this](const std::string& name, std::size_t drug) {
    const std::string key = key_of(name);
    if (key.empty()) return;
    std::vector<std::size_t>& found = by_name_[key];
    if (std::find(found.begin(), found.end(), drug) == found.end()) found.push_back(drug);
  };
  for (std::size_t i = 0; i < drugs_.size(); ++i) {
    by_id_.emplace(drugs_[i].id, i);
    add(drugs_[i].substance, i);
    for (const std::string& name : drugs_[i].names) add(name, i);
    for (const std::string& name : drugs_[i].classes) classes_.emplace(class_key(name), true);
  }
  // An id is a name too, unless a real name says otherwise.
  for (std::size_t i = 0; i < drugs_.size(); ++i) {
    if (by_name_.find(key_of(drugs_[i].id)) == by_name_.end()) add(drugs_[i].id, i);
  }
}

std::vector<std::size_t> DrugNames::named(std::string_view name) const {
  for (const std::string_view form : {name, without_salt(name)}) {
    const auto at = by_name_.find(key_of(form));
    if (at == by_name_.end()) continue;
    std::vector<std::size_t> substances;
    for (const std::size_t drug : at->second) {
      if (key_of(drugs_[drug].substance) == at->first) substances.push_back(drug);
    }
    return substances.size() == 1 ? substances : at->second;
  }
  return {};
}

std::vector<std::string> DrugNames::nearest_names(std::string_view name) const {
  std::vector<std::pair<std::size_t, std::string>> near;
  const std::string key = key_of(name);
  if (key.size() < 4 || key.size() > kLongestHintedName) return {};
  const auto consider = [&](const std::string& candidate) {
    const std::size_t distance = base::edit_distance(key, key_of(candidate), 2);
    if (distance <= 2) near.emplace_back(distance, candidate);
  };
  for (const DrugFacts& drug : drugs_) {
    consider(drug.substance);
    for (const std::string& other : drug.names) consider(other);
  }
  std::sort(near.begin(), near.end());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(near.size(), kHints); ++i) names.push_back(near[i].second);
  return names;
}

Result<std::string> DrugNames::find(std::string_view name) const {
  const std::vector<std::size_t> found = named(name);
  if (found.size() == 1) return drugs_[found.front()].id;
  if (found.empty()) {
    const std::vector<std::string> near = nearest_names(name);
    return fail(name_error(ErrorCode::UnknownName, "no drug has this name", name,
                           near.empty() ? std::string() : "similar: " + base::join(near, ", ")));
  }
  std::vector<std::string> candidates;
  for (const std::size_t drug : found) candidates.push_back(drugs_[drug].substance);
  std::sort(candidates.begin(), candidates.end());
  return fail(name_error(ErrorCode::AmbiguousName, "several drugs have this name", name,
                         "one of " + base::join(candidates, ", ")));
}

// `initials`: lower case, in any order.
Result<std::vector<std::string>> DrugNames::by_initials(std::string_view text, std::string initials) const {
  std::sort(initials.begin(), initials.end());
  std::vector<const std::vector<std::string>*> found;
  std::vector<std::string> candidates;
  for (const auto& regimen : combinations_) {
    std::string own;
    std::vector<std::string> names;
    for (const std::string& id : regimen) {
      const DrugFacts* drug = by_id(id);
      const std::string name = drug == nullptr || drug->substance.empty() ? id : drug->substance;
      own += base::to_lower_ascii(name.substr(0, 1));
      names.push_back(name);
    }
    std::sort(own.begin(), own.end());
    if (own != initials) continue;
    found.push_back(&regimen);
    candidates.push_back(base::join(names, " + "));
  }
  if (found.size() == 1) return *found.front();
  if (found.empty()) {
    return fail(name_error(ErrorCode::UnknownName, "no regimen on record has these initials", text,
                           "write the drugs out: dabrafenib + trametinib"));
  }
  return fail(name_error(ErrorCode::AmbiguousName, "several regimens have these initials", text,
                         "one of " + base::join(candidates, ", ")));
}

std::string DrugNames::initials_of(std::string_view text) const {
  std::string out;
  const std::vector<Part> parts = parts_of(text);
  if (parts.size() < 2 || parts.size() > kMostParts) return {};
  for (const Part& part : parts) {
    const auto name = base::trim(text.substr(part.from, part.to - part.from));
    if (name.size() != 1 || !base::is_ascii_letter(name[0]) || !named(name).empty()) return {};
    out += base::to_lower_ascii(name);
  }
  return out;
}

Status DrugNames::split_combination(std::string_view text, const std::function<bool(std::string_view)>& take) const {
  const std::vector<Part> parts = parts_of(text);
  if (parts.empty()) return fail(name_error(ErrorCode::UnknownName, "no drug is named", text, {}));
  if (parts.size() > kMostParts) {
    return fail(name_error(ErrorCode::TooLarge, "too many drugs for one combination", text.substr(0, 80), {}));
  }
  for (std::size_t i = 0; i < parts.size();) {
    // The longest run of parts that is one name comes first.
    std::size_t last = parts.size() - 1;
    const auto piece = [&](std::size_t j) {
      return base::trim(text.substr(parts[i].from, parts[j].to - parts[i].from));
    };
    while (last > i && named(piece(last)).empty()) --last;
    if (!take(piece(last))) return {};
    i = last + 1;
  }
  return {};
}

Result<std::vector<std::string>> DrugNames::find_combination(std::string_view text) const {
  if (auto initials = initials_of(text); !initials.empty()) return by_initials(text, std::move(initials));
  std::set<std::string> ids;
  std::optional<Error> unknown;
  const Status split = split_combination(text, [&](std::string_view piece) {
    Result<std::string> id = find(piece);
    if (id) {
      ids.insert(*id);
    } else {
      unknown = id.error();
    }
    return id.has_value();
  });
  if (!split) return fail(split.error());
  if (unknown) return fail(*unknown);
  return std::vector<std::string>(ids.begin(), ids.end());
}

std::optional<std::vector<std::string>> DrugNames::lookup_combination(std::string_view text) const {
  if (auto initials = initials_of(text); !initials.empty()) {
    auto regimen = by_initials(text, std::move(initials));
    return regimen ? std::optional(std::move(*regimen)) : std::nullopt;
  }
  std::set<std::string> ids;
  bool all_known = true;
  const Status split = split_combination(text, [&](std::string_view piece) {
    const std::vector<std::size_t> found = named(piece);
    all_known = found.size() == 1;
    if (all_known) ids.insert(drugs_[found.front()].id);
    return all_known;
  });
  if (!split || !all_known) return std::nullopt;
  return std::vector<std::string>(ids.begin(), ids.end());
}

const DrugFacts* DrugNames::by_id(std::string_view id) const {
  const auto at = by_id_.find(std::string(id));
  return at == by_id_.end() ? nullptr : &drugs_[at->second];
}

bool DrugNames::is_class(std::string_view text) const { return classes_.find(class_key(text)) != classes_.end(); }

}  // namespace treff::nomenclature
