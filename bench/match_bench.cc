// What one answer costs on the built-in knowledge base, step by step; ratios are read within one run.
#include <benchmark/benchmark.h>

#include <fstream>
#include <iostream>
#include <iterator>

#include "indexer/importers/registry.h"
#include "kb/answer/answer.h"
#include "kb/answer/case_input.h"

namespace {

using namespace treff;

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
    view::View out;
    out.revision = 1;
    out.knowledge = *match::Knowledge::build(std::move(records));
    out.index = *match::MatchIndex::build(out.knowledge);
    return out;
  }();
  return view;
}

std::string example_case() {
  std::ifstream file(TREFF_SOURCE_DIR "/schemas/examples/case.json");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

answer::AnswerRequest request() {
  answer::AnswerRequest out;
  out.match.today = Date{2026, 11, 22};
  return out;
}

void read_case(benchmark::State& state) {
  const std::string json = example_case();
  for (auto _ : state) benchmark::DoNotOptimize(answer::case_from_json(json));
}

void interpret_case(benchmark::State& state) {
  const auto reading = answer::case_from_json(example_case());
  for (auto _ : state) benchmark::DoNotOptimize(match::interpret(reading->tumour_case, *seed_view().knowledge));
}

void match_only(benchmark::State& state) {
  const auto reading = answer::case_from_json(example_case());
  const auto facts = match::interpret(reading->tumour_case, *seed_view().knowledge);
  const auto asked = request();
  for (auto _ : state) benchmark::DoNotOptimize(match::match_case(*seed_view().index, facts->facts, asked.match));
}

void whole_answer(benchmark::State& state) {
  const std::string json = example_case();
  const auto asked = request();
  for (auto _ : state) {
    const auto reading = answer::case_from_json(json);
    benchmark::DoNotOptimize(answer::to_json(*answer::answer_case(seed_view(), *reading, asked)));
  }
}

BENCHMARK(read_case)->Unit(benchmark::kMicrosecond);
BENCHMARK(interpret_case)->Unit(benchmark::kMicrosecond);
BENCHMARK(match_only)->Unit(benchmark::kMicrosecond);
BENCHMARK(whole_answer)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
