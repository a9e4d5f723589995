// Engine against plain matcher for one case: every option of the revision, listed or not, and the tests that help.
#pragma once

#include <map>
#include <sstream>
#include <string>

#include "kb/match/engine.h"
#include "kb/match/reference.h"

namespace treff::match {

struct Judged {
  Verdict verdict = Verdict::Unknown;
  Bucket bucket = Bucket::NotListed;
  std::optional<model::EntryState> state;
  std::size_t missing = 0;
  bool caution = false;
  bool operator==(const Judged&) const = default;
};

struct Judgement {
  std::map<std::string, Judged> options;
  std::map<TestKind, int> tests;
};

inline std::string to_text(const Judged& judged) {
  std::string out(base::to_string(judged.verdict));
  out += " " + std::string(base::name_of(judged.bucket));
  out += " " + (judged.state ? std::string(base::name_of(*judged.state)) : std::string("unstated"));
  out += " missing " + std::to_string(judged.missing) + (judged.caution ? " caution" : "");
  return out;
}

// Asks the engine for every option by id, so that what it does not list is compared too.
inline Judgement by_engine(const MatchIndex& index, const CaseFacts& facts, MatchRequest request) {
  request.explain.clear();
  for (const CompiledOption& option : index.options()) request.explain.push_back(option.id);
  const MatchOutcome outcome = match_case(index, facts, request);
  Judgement out;
  const auto add = [&](const Option& o) {
    out.options[o.id] = {o.verdict, o.bucket, o.status.state, o.missing.size(), !o.cautions.empty()};
  };
  for (const Option& option : outcome.options) add(option);
  for (const Option& option : outcome.explained) add(option);
  for (const TestThatCouldHelp& test : outcome.tests) out.tests[test.test] = test.options;
  return out;
}

inline Judgement by_reference(const Knowledge& knowledge, const CaseFacts& facts, const Date& today) {
  const ReferenceOutcome outcome = reference_match(knowledge, facts, today);
  Judgement out;
  for (const ReferenceOption& o : outcome.options) {
    out.options[o.id] = {o.verdict, o.bucket, o.state, o.missing, o.caution};
  }
  out.tests = outcome.tests;
  return out;
}

// Empty if the two agree, else one line a difference.
inline std::string differences(const Judgement& engine, const Judgement& reference) {
  std::ostringstream out;
  for (const auto& [id, judged] : engine.options) {
    const auto other = reference.options.find(id);
    if (other == reference.options.end()) {
      out << id << ": the engine alone has it\n";
    } else if (!(other->second == judged)) {
      out << id << ": engine " << to_text(judged) << ", reference " << to_text(other->second) << "\n";
    }
  }
  for (const auto& [id, judged] : reference.options) {
    if (engine.options.count(id) == 0) out << id << ": the reference alone has it\n";
  }
  if (engine.tests != reference.tests) {
    out << "tests that could help:";
    for (const auto& [test, n] : engine.tests) out << " engine " << base::name_of(test) << " " << n;
    for (const auto& [test, n] : reference.tests) out << " reference " << base::name_of(test) << " " << n;
    out << "\n";
  }
  return out.str();
}

}  // namespace treff::match
