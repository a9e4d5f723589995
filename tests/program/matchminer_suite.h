// Another engine's patients, tumour names and expectations in our words: only here, the program knows nothing of them.
//
// Their data: MongoDB extended JSON; genomic records join their patient by CLINICAL_ID = _id and are reported under
// SAMPLE_ID. Reports before December 2018 have structural variants as free text only.
#pragma once

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace treff::matchminer {

using nlohmann::json;

inline std::string suite_folder() { return std::string(TREFF_SOURCE_DIR) + "/../shared/acceptance/matchminer"; }

inline std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

// A JSON array, or one value a line.
inline std::vector<json> values_of_file(const std::string& path) {
  const std::string text = text_of_file(path);
  const json whole = json::parse(text, nullptr, false);
  if (whole.is_array()) return whole.get<std::vector<json>>();
  std::vector<json> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) out.push_back(json::parse(line));
  }
  return out;
}

inline std::string text_in(const json& record, const char* key) {
  const auto it = record.find(key);
  return it != record.end() && it->is_string() ? it->get<std::string>() : std::string();
}

struct Day {
  int year = 0, month = 0, day = 0;
  auto operator<=>(const Day&) const = default;
};

// Days since 1970-01-01 as a calendar day (proleptic Gregorian).
inline Day day_of(std::int64_t days) {
  const std::int64_t z = days + 719468;
  const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
  const auto doe = static_cast<unsigned>(z - era * 146097);
  const unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const unsigned mp = (5 * doy + 2) / 153;
  const auto day = static_cast<int>(doy - (153 * mp + 2) / 5 + 1);
  const auto month = static_cast<int>(mp < 10 ? mp + 3 : mp - 9);
  const auto year = static_cast<int>(static_cast<std::int64_t>(yoe) + era * 400 + (month <= 2 ? 1 : 0));
  return {year, month, day};
}

inline Day day_of_milliseconds(const json& date) {
  const std::int64_t ms = date.at("$date").get<std::int64_t>();
  return day_of((ms >= 0 ? ms : ms - 86399999) / 86400000);
}

inline Day day_of_text(const std::string& text) {
  Day out;
  std::sscanf(text.c_str(), "%d-%d-%d", &out.year, &out.month, &out.day);
  return out;
}

// Whole years on the birthday itself, a fraction beside it; who is not born yet is a newborn.
inline double age_on(const Day& birth, const Day& today) {
  int years = today.year - birth.year;
  const auto in_year = [](const Day& d) { return d.month * 31 + d.day; };
  if (in_year(today) < in_year(birth)) --years;
  if (years < 0) return 0.01;
  const int past = (in_year(today) - in_year(birth) + 372) % 372;
  return years + (past == 0 ? 0.0 : static_cast<double>(past) / 373.0);
}

// ---- their tumour names as diagnosis records ---------------------------------------------------------------------

class TumourNames {
 public:
  explicit TumourNames(const json& map) : map_(map) {
    std::set<std::string> names;
    for (const auto& [name, members] : map.items()) {
      if (name.front() != '_') names.insert(name);
      for (const auto& member : members) names.insert(member.get<std::string>());
    }
    for (const std::string& name : names) add(name);
    for (const std::string& name : names) link(name);
  }

  // The code of a name; a name that is not in their map gets a node of its own.
  std::string code(const std::string& name) {
    if (codes_.count(name) == 0) add(name);
    return codes_.at(name);
  }

  // Names with several parents that do not lie in one line: our tree keeps one of them.
  const std::set<std::string>& many_parents() const { return many_parents_; }

  std::string records() const {
    std::string out;
    for (const auto& [name, code] : codes_) {
      json record = {{"kind", "diagnosis"},       {"id", id_of(code)},
                     {"names", {{"en", name}}},   {"code", code},
                     {"sources", {"matchminer"}}, {"checked_on", "2026-11-22"},
                     {"confidence", "derived"},   {"lineage", lineage_of(name)}};
      const auto parent = parents_.find(name);
      if (parent != parents_.end()) record["parent"] = id_of(codes_.at(parent->second));
      out += record.dump() + "\n";
    }
    return out;
  }

 private:
  static std::string id_of(const std::string& code) { return "mm-" + code.substr(2); }

  void add(const std::string& name) { codes_[name] = "MM" + std::to_string(codes_.size() + 1); }

  std::set<std::string> members(const std::string& name) const {
    const auto it = map_.find(name);
    return it == map_.end() ? std::set<std::string>{} : it->get<std::set<std::string>>();
  }

  void link(const std::string& name) {
    std::vector<std::pair<std::size_t, std::string>> above;
    for (const auto& [other, list] : map_.items()) {
      if (other.front() == '_' || other == name) continue;
      const std::set<std::string> inside = members(other);
      if (inside.count(name) != 0) above.emplace_back(inside.size(), other);
    }
    std::sort(above.begin(), above.end());
    if (above.empty()) return;
    parents_[name] = above.front().second;
    for (std::size_t i = 1; i < above.size(); ++i) {
      const auto smaller = members(above[i - 1].second), larger = members(above[i].second);
      if (!std::includes(larger.begin(), larger.end(), smaller.begin(), smaller.end())) many_parents_.insert(name);
    }
  }

  std::string lineage_of(const std::string& name) const {
    if (members("_SOLID_").count(name) != 0) return "solid";
    return members("_LIQUID_").count(name) != 0 ? "haematological" : "unknown";
  }

  const json& map_;
  std::map<std::string, std::string> codes_, parents_;
  std::set<std::string> many_parents_;
};

// ---- their patients as cases -------------------------------------------------------------------------------------

struct Patient {
  std::string sample;
  bool alive = true;
  json as_case;
};

inline std::string oid(const json& value) {
  return value.is_object() ? value.at("$oid").get<std::string>() : value.get<std::string>();
}

// Terms of their laboratory that are not Sequence Ontology.
inline std::string consequence_of(const std::string& term) {
  if (term == "3_prime_UTR" || term == "5_prime_UTR" || term == "Splice_Acceptor" || term == "Splice_Donor")
    return term + "_variant";
  return term;
}

inline json copy_number_of(const std::string& call) {
  if (call == "High level amplification") return {{"call", "amplification"}};
  if (call == "Gain") return {{"call", "gain"}};
  if (call == "Homozygous deletion") return {{"call", "homozygous_deletion"}};
  return {{"call", "loss"}, {"copies", 1}};  // heterozygous: one copy is left
}

class Patients {
 public:
  Patients(const json& expected, TumourNames& tumours, const std::set<std::string>& genes)
      : today_(day_of_text(expected.at("evaluated_on").get<std::string>())), genes_(genes) {
    std::map<std::string, std::vector<json>> findings;
    for (const json& record : values_of_file(suite_folder() + "/genomic.ejson"))
      findings[oid(record.at("CLINICAL_ID"))].push_back(record);
    for (const auto& [patient, records] : findings) {
      for (const json& record : records) learn_genes(record);
    }
    for (json patient : values_of_file(suite_folder() + "/clinical.ejson")) {
      for (const json& change : expected.at("overrides")) {
        if (change.at("sample_id") == patient.at("SAMPLE_ID")) patient.update(change.at("set"));
      }
      add(patient, findings[oid(patient.at("_id"))], tumours);
    }
  }

  const std::vector<Patient>& all() const { return all_; }
  // Symbols that stand in their records and not in our table.
  const std::set<std::string>& other_genes() const { return other_genes_; }

 private:
  void add(const json& record, const std::vector<json>& findings, TumourNames& tumours) {
    Patient out;
    out.sample = record.at("SAMPLE_ID").get<std::string>();
    out.alive = record.at("VITAL_STATUS") == "alive";
    json& c = out.as_case;
    c["id"] = out.sample;
    c["diagnosis"] = {{"oncotree", tumours.code(record.at("ONCOTREE_PRIMARY_DIAGNOSIS_NAME").get<std::string>())}};
    c["age_years"] = age_on(day_of_milliseconds(record.at("BIRTH_DATE")), today_);
    const std::string sex = text_in(record, "GENDER");
    if (sex == "Female" || sex == "Male") c["sex"] = sex == "Female" ? "female" : "male";
    c["alterations"] = json::array();
    const json tmb = record.value("TUMOR_MUTATIONAL_BURDEN_PER_MEGABASE", json());
    if (tmb.is_number()) c["biomarkers"]["tmb_per_mb"] = tmb;
    const bool as_text =
        !record.contains("REPORT_DATE") || day_of_milliseconds(record["REPORT_DATE"]) < Day{2018, 12, 1};
    for (const json& finding : findings) add_finding(finding, as_text, c);
    all_.push_back(std::move(out));
  }

  // Symbols of every record; a partner that is told in words is no gene.
  void learn_genes(const json& record) {
    for (const char* key :
         {"HARMONIZED_HUGO_SYMBOL", "HARMONIZED_LEFT_PARTNER_GENE", "HARMONIZED_RIGHT_PARTNER_GENE"}) {
      const std::string symbol = text_in(record, key);
      if (!symbol.empty() && symbol.find(' ') == std::string::npos) gene(symbol);
    }
  }

  std::string gene(const std::string& symbol) {
    if (genes_.count(symbol) == 0) other_genes_.insert(symbol);
    return symbol;
  }

  void add_finding(const json& finding, bool as_text, json& c) {
    const std::string category = text_in(finding, "VARIANT_CATEGORY");
    const std::string symbol = text_in(finding, "HARMONIZED_HUGO_SYMBOL");
    if (category == "MUTATION") {
      json out = {{"gene", gene(symbol)}};
      const std::string protein = text_in(finding, "HARMONIZED_PROTEIN_CHANGE");
      const std::string term = text_in(finding, "HARMONIZED_VARIANT_CLASSIFICATION");
      if (!protein.empty()) out["protein"] = protein;
      if (!term.empty()) out["consequence"] = consequence_of(term);
      if (finding.value("HARMONIZED_TRANSCRIPT_EXON", json()).is_number())
        out["exon"] = finding["HARMONIZED_TRANSCRIPT_EXON"];
      c["alterations"].push_back(out);
    } else if (category == "CNV") {
      c["alterations"].push_back(
          {{"gene", gene(symbol)}, {"copy_number", copy_number_of(text_in(finding, "CNV_CALL"))}});
    } else if (category == "SV") {
      if (as_text) {
        add_structural_text(text_in(finding, "STRUCTURAL_VARIANT_COMMENT"), c);
      } else {
        add_structural(finding, c);
      }
    } else {
      add_signature(finding, c);
    }
  }

  // Every gene that stands as a word in the text is rearranged with a partner that is not stated.
  void add_structural_text(const std::string& comment, json& c) {
    std::set<std::string> found;
    std::string word;
    for (const char letter : comment + " ") {
      if (std::isalnum(static_cast<unsigned char>(letter)) != 0) {
        word += letter;
        continue;
      }
      if (genes_.count(word) + other_genes_.count(word) != 0) found.insert(word);
      word.clear();
    }
    for (const std::string& symbol : found) c["alterations"].push_back({{"fusion", {{"five_prime", symbol}}}});
  }

  void add_structural(const json& finding, json& c) {
    const auto side = [&](const char* key) {
      const std::string name = text_in(finding, key);
      const bool words = name.find(' ') != std::string::npos;
      return name.empty() ? std::string("intergenic") : words ? name : gene(name);
    };
    const std::string left = side("HARMONIZED_LEFT_PARTNER_GENE"), right = side("HARMONIZED_RIGHT_PARTNER_GENE");
    if (left == right && left == "intergenic") return;
    c["alterations"].push_back({{"fusion", {{"five_prime", left}, {"three_prime", right}}}});
  }

  static void add_signature(const json& finding, json& c) {
    const std::string mmr = text_in(finding, "MMR_STATUS");
    if (mmr.rfind("Proficient", 0) == 0) c["biomarkers"]["mmr"] = "proficient";
    if (mmr.rfind("Deficient", 0) == 0) c["biomarkers"]["mmr"] = "deficient";
    const std::pair<const char*, const char*> keys[] = {{"POLE_STATUS", "signature_pole"},
                                                        {"TOBACCO_STATUS", "signature_tobacco"},
                                                        {"APOBEC_STATUS", "signature_apobec"},
                                                        {"UVA_STATUS", "signature_uv"},
                                                        {"TEMOZOLOMIDE_STATUS", "signature_temozolomide"}};
    for (const auto& [theirs, ours] : keys) {
      const std::string word = text_in(finding, theirs);
      if (word == "Yes" || word == "No") c["biomarkers"][ours] = word == "Yes" ? "positive" : "negative";
    }
  }

  Day today_;
  const std::set<std::string>& genes_;
  std::set<std::string> other_genes_;
  std::vector<Patient> all_;
};

}  // namespace treff::matchminer
