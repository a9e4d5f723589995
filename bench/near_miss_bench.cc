// B2: the smallest set of obstacles of one criterion, by number of conditions; all fail and all may change.
#include <benchmark/benchmark.h>

#include "kb/match/evaluate.h"

namespace {

using namespace treff;
using model::Criterion;
using model::CriterionKind;

Criterion condition(int at_least) {
  Criterion out;
  out.kind = CriterionKind::Clinical;
  model::ClinicalCondition clinical;
  clinical.prior_lines = model::Range<int>{at_least, {}};
  out.leaf = std::move(clinical);
  return out;
}

// all and any by turns, four parts each, down to single conditions.
Criterion nested(int first, int leaves, bool all) {
  if (leaves == 1) return condition(first);
  Criterion out;
  out.kind = all ? CriterionKind::All : CriterionKind::Any;
  for (int i = 0, done = 0; i < 4 && done < leaves; ++i) {
    const int part = i == 3 ? leaves - done : std::max(1, leaves / 4);
    out.parts.push_back(nested(first + done, std::min(part, leaves - done), !all));
    done += part;
  }
  return out;
}

// The widest answer: any two of them.
Criterion two_of(int leaves) {
  Criterion out;
  out.kind = CriterionKind::AtLeast;
  out.n = 2;
  for (int i = 0; i < leaves; ++i) out.parts.push_back(condition(1 + i));
  return out;
}

void measure(benchmark::State& state, const Criterion& criterion) {
  const auto knowledge = match::Knowledge::build({});
  match::CriterionPool pool(**knowledge);
  const auto compiled = pool.add(criterion);
  match::CaseFacts facts;
  facts.prior_lines = 0;
  match::CaseEvaluation evaluation(pool, facts, (*knowledge)->vocabulary());
  for (auto _ : state) benchmark::DoNotOptimize(evaluation.smallest_obstacles(compiled->root));
}

void near_miss_any_of_all(benchmark::State& state) {
  measure(state, nested(1, static_cast<int>(state.range(0)), false));
}
void near_miss_all_of_any(benchmark::State& state) {
  measure(state, nested(1, static_cast<int>(state.range(0)), true));
}
void near_miss_two_of_many(benchmark::State& state) { measure(state, two_of(static_cast<int>(state.range(0)))); }

BENCHMARK(near_miss_any_of_all)->Arg(10)->Arg(20)->Arg(40)->Unit(benchmark::kMicrosecond);
BENCHMARK(near_miss_all_of_any)->Arg(10)->Arg(20)->Arg(40)->Unit(benchmark::kMicrosecond);
BENCHMARK(near_miss_two_of_many)->Arg(10)->Arg(20)->Arg(40)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
