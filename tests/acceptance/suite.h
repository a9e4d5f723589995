// Test suites written by others: one tab-separated file a suite, beside the repository; and the list of rows where we
// differ on purpose. A suite passes when exactly the listed rows differ.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "kb/base/text.h"

namespace treff::acceptance {

struct Row {
  std::string suite;
  std::string id;
  std::string input;  // literal: outer space counts
  nlohmann::json context;
  nlohmann::json expected;
  std::string note;
};

inline std::filesystem::path shared_folder() { return std::filesystem::path(TREFF_SOURCE_DIR) / ".." / "shared"; }

// Rows of acceptance/`file`; empty, with a warning in words, if the folder does not lie beside the repository.
inline std::vector<Row> rows_of(const std::string& file) {
  std::vector<Row> rows;
  const auto path = shared_folder() / "acceptance" / file;
  if (!std::filesystem::exists(path)) {
    WARN("skipped: the acceptance suites do not lie beside the repository (" << file << ")");
    return rows;
  }
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  REQUIRE(line == "suite\tid\tinput\tcontext\texpected\tnote");
  while (std::getline(in, line)) {
    const auto cells = base::split(line, '\t');
    INFO(line);
    REQUIRE(cells.size() == 6);
    rows.push_back({std::string(cells[0]), std::string(cells[1]), std::string(cells[2]),
                    nlohmann::json::parse(cells[3]), nlohmann::json::parse(cells[4]), std::string(cells[5])});
  }
  REQUIRE_FALSE(rows.empty());
  return rows;
}

// Counts one suite against its listed differences: `suite id reason`, tab-separated, '#' begins a comment.
class Score {
 public:
  Score(std::string suite, const std::string& list) : suite_(std::move(suite)) {
    std::ifstream in(std::filesystem::path(TREFF_SOURCE_DIR) / "tests/acceptance" / list);
    REQUIRE(in.is_open());
    for (std::string line; std::getline(in, line);) {
      if (line.empty() || line[0] == '#') continue;
      const auto cells = base::split(line, '\t');
      INFO(list << ": " << line);
      REQUIRE(cells.size() == 3);
      REQUIRE_FALSE(cells[2].empty());
      if (cells[0] == suite_) listed_.emplace(cells[1], cells[2]);
    }
  }

  // `got` is shown where the row differs.
  void add(const std::string& id, bool pass, const std::string& got) {
    ++total_;
    passed_ += pass ? 1 : 0;
    seen_.push_back(id);
    const bool listed = listed_.count(id) != 0;
    if (!pass && !listed) unlisted_ += "\n  " + id + ": " + got;
    if (pass && listed) healed_ += " " + id;
  }

  // Every row was added. `bar` is the least share that must pass, in percent.
  void finish(double bar_pct) {
    std::cout << "acceptance: " << suite_ << " " << passed_ << "/" << total_ << " (" << listed_.size()
              << " argued differences)" << std::endl;
    INFO(suite_ << ": " << passed_ << " of " << total_ << " rows pass");
    if (!unlisted_.empty()) FAIL_CHECK("rows that differ and are not listed:" << unlisted_);
    if (!healed_.empty()) FAIL_CHECK("rows listed as different that pass now:" << healed_);
    for (const auto& [id, reason] : listed_) {
      const bool present = std::find(seen_.begin(), seen_.end(), id) != seen_.end();
      if (!present) FAIL_CHECK("listed, but the suite has no such row: " << id);
    }
    REQUIRE(total_ > 0);
    CHECK(100.0 * passed_ / total_ >= bar_pct);
  }

 private:
  std::string suite_;
  std::map<std::string, std::string> listed_;
  std::vector<std::string> seen_;
  std::string unlisted_;
  std::string healed_;
  int total_ = 0;
  int passed_ = 0;
};

}  // namespace treff::acceptance
