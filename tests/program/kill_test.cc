// Sudden death of importing processes: whatever was acknowledged on stdout is there, and the chain of hashes holds.
#include <poll.h>
#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <random>

#include "tests/program/knowledge.h"

namespace treff::program {
namespace {

using support::contains;

// The number in "revision 17: ..."; 0 if the line never came.
int acknowledged(const std::string& text) {
  const std::string word = "revision ";
  if (text.find(word) != 0 || text.find('\n') == std::string::npos) return 0;
  return std::stoi(text.substr(word.size()));
}

TEST_CASE("kill -9 during imports loses nothing that was acknowledged") {
  constexpr int kRounds = 100;
  const EmptyBase base;
  const std::string error_file = base.folder() / "import-stderr";
  std::mt19937 random(20261122);
  // How long an import takes here, so that the kills fall all over it on any machine.
  const auto began = std::chrono::steady_clock::now();
  base.out_of({"import", "curated", support::write_file(base.folder() / "0.json", small_source("s", "citation-0"))});
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - began);
  int promised = 1;  // the newest revision that was acknowledged
  int cut_short = 0;
  std::vector<std::string> tried = {"citation-0"};
  for (int round = 1; round <= kRounds; ++round) {
    const std::string citation = "citation-" + std::to_string(round);
    const std::string file = support::write_file(base.folder() / "next.json", small_source("s", citation));
    tried.push_back(citation);
    support::Child child(base.program(), base.with_kb({"import", "curated", file}), error_file);
    const auto patience = std::chrono::microseconds(random() % static_cast<unsigned>(whole.count() * 3 / 2 + 1));
    pollfd entry{child.output(), POLLIN, 0};
    const timespec wait{patience.count() / 1'000'000, patience.count() % 1'000'000 * 1000};
    ::ppoll(&entry, 1, &wait, nullptr);
    child.signal(SIGKILL);
    const int told = acknowledged(child.read_to_end());
    if (child.wait() == 128 + SIGKILL && told == 0) ++cut_short;
    if (told > 0) {
      CHECK(told > promised);
      promised = told;
      INFO("round " << round << ", acknowledged as revision " << told);
      CHECK(contains(base.out_of({"show", "source", "s", "--as-of", std::to_string(told)}), "\"" + citation + "\""));
    }
    if (round % 20 == 0) CHECK(contains(base.out_of({"verify"}), ": sound"));
  }
  INFO(cut_short << " of " << kRounds << " imports were cut short, newest revision " << promised);
  CHECK(cut_short > 0);
  CHECK(promised > 1);
  const std::string log = base.out_of({"log", "--limit", "1000"});
  const auto revisions = std::count(log.begin(), log.end(), '\n');
  CHECK(revisions >= promised);  // one that was written but not told is no loss
  CHECK(revisions <= kRounds + 1);
  const std::string last = base.out_of({"show", "source", "s"});
  CHECK(std::any_of(tried.begin(), tried.end(), [&](const std::string& c) { return contains(last, "\"" + c + "\""); }));
  CHECK(contains(
      base.out_of({"import", "curated", support::write_file(base.folder() / "end.json", small_source("s", "end"))}),
      "revision " + std::to_string(revisions + 1) + ": "));
}

}  // namespace
}  // namespace treff::program
