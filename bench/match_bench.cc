// What one answer costs, step by step, and how it grows: with cohorts, with cohorts that share a gene, with
// alterations, with the size of criteria, and beside the plain matcher. Ratios are read within one run.
#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>
#include <map>
#include <memory>

#include "bench/world.h"
#include "kb/answer/case_input.h"
#include "kb/answer/case_lines.h"
#include "kb/match/reference.h"

namespace {

using namespace treff;

constexpr int kStandardAlterations = 14;

// Worlds are large: the last one is kept, benchmarks of one world stand side by side.
const view::View& world(bench::WorldSize size) {
  static std::string kept;
  static std::unique_ptr<view::View> view;
  const std::string wanted =
      std::to_string(size.cohorts) + "/" + std::to_string(size.genes) + "/" + std::to_string(size.criteria_leaves);
  if (kept != wanted) {
    view.reset();
    view = std::make_unique<view::View>(bench::build_view(bench::Generator(size).records()));
    kept = wanted;
  }
  return *view;
}

// The view of kb/seed without a store: records straight from the files.
const view::View& seed_view() {
  static const view::View view = [] {
    NoProgress quiet;
    const std::string seed = TREFF_SOURCE_DIR "/kb/seed/";
    auto imported =
        (*indexer::find_importer("curated"))->read({seed + "reference", seed + "norway", seed + "example"}, quiet);
    if (!imported) {
      for (const Error& error : imported.error()) std::cerr << base::to_text(error) << "\n";
      std::exit(1);
    }
    std::vector<model::Record> records;
    for (auto& item : *imported) records.push_back(std::move(item.record));
    return bench::build_view(std::move(records));
  }();
  return view;
}

std::string example_case() {
  std::ifstream file(TREFF_SOURCE_DIR "/schemas/examples/case.json");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void read_case(benchmark::State& state) {
  const std::string json = bench::case_json(kStandardAlterations);
  for (auto _ : state) benchmark::DoNotOptimize(answer::case_from_json(json));
  state.counters["bytes"] = static_cast<double>(json.size());
}

void interpret_case(benchmark::State& state) {
  const view::View& view = world({2000});
  const auto reading = answer::case_from_json(bench::case_json(kStandardAlterations));
  for (auto _ : state) benchmark::DoNotOptimize(match::interpret(reading->tumour_case, *view.knowledge));
}

void match_with(benchmark::State& state, bench::WorldSize size, int alterations) {
  const view::View& view = world(size);
  const auto reading = answer::case_from_json(bench::case_json(alterations, 0, size.genes > 0 ? size.genes : 1000000));
  const auto facts = match::interpret(reading->tumour_case, *view.knowledge);
  const auto asked = bench::request();
  std::size_t options = 0;
  for (auto _ : state) {
    const auto outcome = match::match_case(*view.index, facts->facts, asked.match);
    options = outcome.options.size();
  }
  state.counters["options"] = static_cast<double>(options);
  state.counters["candidates"] = static_cast<double>(view.index->candidates(facts->facts).size());
}

// One case of 20 alterations, matching alone; each gene has four cohorts.
void match_by_cohorts(benchmark::State& state) { match_with(state, {static_cast<int>(state.range(0))}, 20); }
// Every cohort asks for one of the case's own genes.
void match_by_sharing_cohorts(benchmark::State& state) {
  match_with(state, {static_cast<int>(state.range(0)), 20}, 20);
}
void match_by_alterations(benchmark::State& state) { match_with(state, {2000}, static_cast<int>(state.range(0))); }
void match_by_criteria(benchmark::State& state) { match_with(state, {2000, 0, static_cast<int>(state.range(0))}, 20); }

void plain_matcher_by_cohorts(benchmark::State& state) {
  const view::View& view = world({static_cast<int>(state.range(0))});
  const auto reading = answer::case_from_json(bench::case_json(20));
  const auto facts = match::interpret(reading->tumour_case, *view.knowledge);
  for (auto _ : state) {
    benchmark::DoNotOptimize(match::reference_match(*view.knowledge, facts->facts, bench::request().match.today));
  }
}

// JSON in, explained JSON out, as the bulk command does it in one thread.
void lines(benchmark::State& state, const view::View& view, const std::vector<std::string>& cases) {
  const auto asked = bench::request();
  std::string out;
  std::size_t bytes = 0;
  std::size_t i = 0;
  for (auto _ : state) {
    out.clear();
    if (!answer::append_answer_line(view, {cases[i++ % cases.size()], 1, false}, asked, out)) {
      state.SkipWithError(out.c_str());
      return;
    }
    bytes += out.size();
  }
  state.counters["answer_bytes"] = static_cast<double>(bytes) / static_cast<double>(state.iterations());
  state.counters["cases_per_second"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void lines_by_cohorts(benchmark::State& state) {
  std::vector<std::string> cases;
  const int genes = std::max(20, static_cast<int>(state.range(0)) / 4);
  for (int i = 0; i < 64; ++i) cases.push_back(bench::case_json(kStandardAlterations, i, genes));
  lines(state, world({static_cast<int>(state.range(0))}), cases);
}

void lines_on_the_seed(benchmark::State& state) { lines(state, seed_view(), {example_case()}); }

constexpr int kCohorts[] = {100, 300, 1000, 2000, 5000, 20000};

void growth(benchmark::internal::Benchmark* one) {
  for (const int n : kCohorts) one->Arg(n);
  one->Unit(benchmark::kMicrosecond);
}

BENCHMARK(read_case)->Unit(benchmark::kMicrosecond);
BENCHMARK(interpret_case)->Unit(benchmark::kMicrosecond);
BENCHMARK(match_by_cohorts)->Apply(growth);
BENCHMARK(lines_by_cohorts)->Apply(growth);
BENCHMARK(match_by_sharing_cohorts)->Apply(growth);
BENCHMARK(match_by_alterations)->Arg(1)->Arg(5)->Arg(14)->Arg(20)->Arg(50)->Arg(200)->Unit(benchmark::kMicrosecond);
BENCHMARK(match_by_criteria)->Arg(3)->Arg(6)->Arg(12)->Arg(24)->Unit(benchmark::kMicrosecond);
BENCHMARK(plain_matcher_by_cohorts)->Arg(100)->Arg(300)->Arg(1000)->Arg(2000)->Arg(5000)->Unit(benchmark::kMicrosecond);
BENCHMARK(lines_on_the_seed)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
