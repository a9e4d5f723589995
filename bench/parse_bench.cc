// How many names a second one core reads, by the form of the name; items_per_second is the figure.
#include <benchmark/benchmark.h>

#include <fstream>
#include <iostream>

#include "kb/match/knowledge.h"
#include "kb/model/codec.h"
#include "kb/nomenclature/read_alteration.h"

namespace {

using namespace treff;

// The genes and families of kb/seed/reference.
const nomenclature::GeneTable& genes() {
  static const auto knowledge = [] {
    std::vector<model::Record> records;
    for (const char* file : {"genes", "genes_wider", "families"}) {
      std::ifstream in(std::string(TREFF_SOURCE_DIR "/kb/seed/reference/") + file + ".ndjson");
      const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
      auto decoded = model::decode_records(text);
      if (!decoded) {
        std::cerr << file << " cannot be read\n";
        std::exit(1);
      }
      for (auto& at : *decoded) records.push_back(std::move(at.record));
    }
    return *match::Knowledge::build(std::move(records));
  }();
  return knowledge->vocabulary().genes;
}

void read_one(benchmark::State& state, const nomenclature::AlterationText& text) {
  if (!nomenclature::read_alteration(text, genes())) state.SkipWithError("cannot be read");
  for (auto _ : state) benchmark::DoNotOptimize(nomenclature::read_alteration(text, genes()));
  state.SetItemsProcessed(state.iterations());
}

void text(benchmark::State& state, const char* words) {
  nomenclature::AlterationText in;
  in.text = words;
  read_one(state, in);
}

void with_gene(benchmark::State& state, const char* gene, const char* words) {
  nomenclature::AlterationText in;
  in.gene = gene;
  in.text = words;
  read_one(state, in);
}

void columns(benchmark::State& state) {
  nomenclature::AlterationText in;
  in.gene = "BRAF";
  in.protein = "p.(Val600Glu)";
  in.coding = "NM_004333.6:c.1799T>A";
  in.consequence = "missense_variant";
  read_one(state, in);
}

// What a case of free text goes through: it may be a biomarker.
void finding(benchmark::State& state, const char* words) {
  for (auto _ : state) benchmark::DoNotOptimize(nomenclature::read_finding(words, genes()));
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK_CAPTURE(with_gene, short_name, "BRAF", "V600E");
BENCHMARK_CAPTURE(with_gene, long_name, "BRAF", "p.Val600Glu");
BENCHMARK_CAPTURE(text, gene_and_name, "BRAF V600E");
BENCHMARK_CAPTURE(text, deletion, "EGFR E746_A750del");
BENCHMARK_CAPTURE(text, fusion, "EML4::ALK");
BENCHMARK_CAPTURE(text, amplification, "ERBB2 amplification");
BENCHMARK(columns);
BENCHMARK_CAPTURE(finding, gene_and_name, "BRAF V600E");
BENCHMARK_CAPTURE(finding, tmb, "TMB 12,3 mut/Mb");

}  // namespace

BENCHMARK_MAIN();
