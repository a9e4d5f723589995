// Another engine's trials, imported with `treff import ctml` and matched with `treff match`, against what that engine
// gives for its own patients. Its world is closed (M8), and it lists by verdict what we list by bucket.
//
// Where we differ on purpose, the difference stands in kDifferences with its rule; one that is not there fails, and so
// does one that is there and no longer seen.
#include <catch2/catch.hpp>
#include <iostream>

#include "tests/program/knowledge.h"
#include "tests/program/matchminer_suite.h"

namespace treff::program {
namespace {

using matchminer::json;
using matchminer::Patient;

// What our engine says of one patient and one trial.
struct Found {
  bool met = false;
  bool met_and_open = false;
  int rows = 0;  // one a finding in a met leaf, one a negated leaf, one where nothing of both stands
  int rows_open = 0;
};
using ByTrial = std::map<std::string, std::map<std::string, Found>>;  // trial -> sample

struct Difference {
  const char* trial;
  const char* sample;
  int rows;  // ours
  const char* rule;
  const char* why;
};

constexpr std::array kDifferences = {
    Difference{"all_open_dup", "5d2799ce6756630d8dd062d0", 0, "N8",
               "'p.746_752ELREATS>V' is not read, and what is not read satisfies no criterion"},
};

std::set<std::string> symbols() {
  std::set<std::string> out;
  for (const char* name : {"genes", "genes_wider"}) {
    for (const json& gene :
         matchminer::values_of_file(source_path(std::string("kb/seed/reference/") + name + ".ndjson")))
      out.insert(gene.at("symbol").get<std::string>());
  }
  return out;
}

class Suite {
 public:
  Suite()
      : expected_(json::parse(matchminer::text_of_file(matchminer::suite_folder() + "/expected.json"))),
        map_(json::parse(matchminer::text_of_file(matchminer::suite_folder() + "/oncotree_mapping.json"))),
        tumours_(map_),
        genes_(symbols()),
        patients_(expected_, tumours_, genes_) {
    base_.out_of({"import", "curated", source_path("kb/seed/reference/sources.ndjson"),
                  source_path("kb/seed/reference/genes.ndjson"), source_path("kb/seed/reference/genes_wider.ndjson"),
                  support::write_file(base_.folder() / "world.ndjson", world())});
    for (const Patient& patient : patients_.all()) cases_ += patient.as_case.dump() + "\n";
  }

  const json& expected() const { return expected_; }
  const matchminer::TumourNames& tumours() const { return tumours_; }
  std::size_t patients() const { return patients_.all().size(); }
  bool alive(const std::string& sample) const {
    for (const Patient& patient : patients_.all()) {
      if (patient.sample == sample) return patient.alive;
    }
    return false;
  }

  // Imports the trial in the place of an earlier one with its number, and asks for each of its cohorts.
  std::map<std::string, Found> match(const std::string& trial) const {
    base_.out_of({"import", "ctml", matchminer::suite_folder() + "/trials/" + trial + ".json"});
    const std::string number =
        json::parse(matchminer::text_of_file(matchminer::suite_folder() + "/trials/" + trial + ".json"))
            .at("protocol_no")
            .get<std::string>();
    const std::string id = "ctml-" + number;
    const std::string folder = base_.folder() / ("export-" + trial);
    base_.out_of({"export", folder});
    support::Words words = {"match",
                            "--format",
                            "ndjson",
                            "--unknown-as",
                            "absent",
                            "--today",
                            expected_.at("evaluated_on").get<std::string>()};
    for (const json& cohort : matchminer::values_of_file(folder + "/cohort.ndjson")) {
      if (cohort.at("trial") != id) continue;
      words.push_back("--explain");
      words.push_back(cohort.at("id").get<std::string>());
    }
    std::map<std::string, Found> out;
    std::istringstream lines(base_.out_of(words, cases_));
    for (std::string line; std::getline(lines, line);) {
      const json answer = json::parse(line);
      INFO(line.substr(0, 400));
      REQUIRE(answer.contains("options"));
      for (const char* list : {"options", "explained"}) {
        for (const json& option : answer.value(list, json::array())) {
          if (option.at("kind") == "cohort" && option.at("trial") == id)
            count(option, answer.at("read"), out[answer.at("case_id")]);
        }
      }
    }
    CHECK(out.size() == patients());
    return out;
  }

 private:
  // Findings that a reason names; equal findings share one name.
  static int findings_in(const json& reason, const json& read) {
    int out = 0;
    std::istringstream names(reason.value("by", std::string()) + ", ");
    for (std::string name; std::getline(names, name, ',');) {
      name.erase(0, name.find_first_not_of(' '));
      out += static_cast<int>(std::count_if(read.begin(), read.end(), [&](const json& line) {
        return line.at("canonical").is_string() && !name.empty() && line.at("canonical") == name;
      }));
    }
    return out;
  }

  static void count(const json& option, const json& read, Found& found) {
    if (option.at("verdict") != "met") return;
    int rows = 0;
    for (const json& reason : option.at("reasons")) {
      if (!reason.at("molecular").get<bool>() || reason.at("verdict") != "met") continue;
      const bool negated = reason.at("criterion").get<std::string>().rfind("not ", 0) == 0;
      rows += negated ? 1 : std::max(1, findings_in(reason, read));
    }
    rows = std::max(rows, 1);
    found.met = true;
    found.rows += rows;
    if (option.at("status").at("state") != "open") return;
    found.met_and_open = true;
    found.rows_open += rows;
  }

  std::string world() {
    std::string out =
        R"({"kind":"source","id":"matchminer","citation":"Fixtures of another engine","checked_on":"2026-11-22",)"
        R"("confidence":"derived"})"
        "\n";
    for (const std::string& symbol : patients_.other_genes()) {
      std::string id = symbol;
      for (char& c : id) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      out += json({{"kind", "gene"},
                   {"id", "mm-" + id},
                   {"symbol", symbol},
                   {"sources", {"matchminer"}},
                   {"checked_on", "2026-11-22"},
                   {"confidence", "derived"}})
                 .dump() +
             "\n";
    }
    return out + tumours_.records();
  }

  EmptyBase base_;
  json expected_;
  json map_;
  matchminer::TumourNames tumours_;
  std::set<std::string> genes_;
  matchminer::Patients patients_;
  std::string cases_;
};

bool is_argued(const std::string& trial, const std::string& sample, int rows, std::set<std::string>& used) {
  for (const Difference& row : kDifferences) {
    if (trial != row.trial || sample != row.sample || rows != row.rows) continue;
    used.insert(trial + " " + sample);
    return true;
  }
  return false;
}

// What differs between one expectation and our answer, in words.
std::vector<std::string> differences(const json& expected, const json& run, const std::map<std::string, Found>& found,
                                     const Suite& suite, std::set<std::string>& used) {
  const std::string trial = expected.at("trial").get<std::string>();
  const bool closed = run.at("match_on_closed").get<bool>(), deceased = run.at("match_on_deceased").get<bool>();
  std::set<std::string> asked;
  if (run.at("samples").is_array()) asked = run.at("samples").get<std::set<std::string>>();
  const json& wanted = expected.at("rows_per_sample");
  std::vector<std::string> out;
  std::size_t patients = 0, argued = 0;
  int rows = 0;
  for (const auto& [sample, ours] : found) {
    const bool counts = (deceased || suite.alive(sample)) && (asked.empty() || asked.count(sample) != 0);
    const int here = !counts ? 0 : closed ? ours.rows : ours.rows_open;
    const int theirs = wanted.value(sample, 0);
    patients += here > 0 ? 1 : 0;
    rows += here;
    if (here == theirs) continue;
    if (is_argued(trial, sample, here, used)) {
      ++argued;
      continue;
    }
    out.push_back(run.at("name").get<std::string>() + ", " + trial + ", " + sample + ": " + std::to_string(here) +
                  " rows, expected " + std::to_string(theirs));
  }
  if (!out.empty() || argued != 0) return out;
  CHECK(patients == expected.at("patients").get<std::size_t>());
  CHECK(rows == expected.at("rows").get<int>());
  return out;
}

}  // namespace

TEST_CASE("another engine's trials and patients: the same patients and rows through import and match") {
  if (!std::filesystem::exists(matchminer::suite_folder())) {
    WARN("skipped: the acceptance suite is not beside the repository");
    return;
  }
  Suite suite;
  CHECK(suite.patients() == 130);
  // Germ-cell names that their map keeps under several organs; ours keeps one, and no patient has them.
  CHECK(suite.tumours().many_parents().size() == 8);
  ByTrial found;
  std::set<std::string> used;
  std::size_t expectations = 0, runs = 0;
  std::vector<std::string> wrong;
  for (const json& run : suite.expected().at("runs")) {
    ++runs;
    for (const json& expected : run.at("expected")) {
      const std::string trial = expected.at("trial").get<std::string>();
      if (found.count(trial) == 0) found[trial] = suite.match(trial);
      ++expectations;
      for (std::string& line : differences(expected, run, found.at(trial), suite, used))
        wrong.push_back(std::move(line));
    }
  }
  for (const std::string& line : wrong) UNSCOPED_INFO(line);
  CHECK(wrong.empty());
  for (const Difference& row : kDifferences) {
    INFO(row.trial << " " << row.sample << " is listed under " << row.rule << " and does not differ any more");
    CHECK(used.count(std::string(row.trial) + " " + row.sample) == 1);
  }
  std::cout << "matchminer: " << runs << " runs, " << expectations << " expectations of " << found.size() << " trials, "
            << wrong.size() << " unlisted differences\n";
  CHECK(runs > 0);
}

}  // namespace treff::program
