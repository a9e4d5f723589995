#include "kb/casefile/sample_id.h"

#include <catch2/catch.hpp>

namespace treff::casefile {
namespace {

TEST_CASE("the material of a sample stands in its name") {
  struct Row {
    const char* id;
    Material want;
  };
  const Row rows[] = {
      {"IPX9901-D01-P01-A08", Material::Dna},
      {"IPX9901-R01-P01-A08_P", Material::Rna},
      {"CL-Control-D01_P", Material::Dna},
      {"sample1-R", Material::Rna},
      {"sample1-DNA", Material::Dna},
      {"IPX9901-C01-L01-B08", Material::Unstated},
      {"IPX9901", Material::Unstated},
      {"D01", Material::Unstated},
      {"", Material::Unstated},
      {"IPX9901-DXX-P01-AXX", Material::Dna},
  };
  for (const Row& row : rows) {
    INFO(row.id);
    CHECK(material_of(row.id) == row.want);
  }
}

TEST_CASE("names of one tumour, and of two") {
  struct Row {
    const char* a;
    const char* b;
    bool same;
  };
  const Row rows[] = {
      {"IPX9901-D01-P01-A08", "IPX9901-D01-P01-A08_P", true},
      {"IPX9901-D01-P01-A08", "IPX9901-R01-P01-A08", true},
      {"IPX9901-D01-P01-A08", "IPX9901-R03-P12-A08", true},   // other attempt at the RNA library
      {"IPX9901-D01-P01-A08", "IPX9901-D06-P01-A08", true},   // one library, two assays
      {"IPX9901-D01-P01-A08", "IPX9901-D01-P11-A08", false},  // two DNA libraries
      {"IPX9901-D01-P01-A08", "IPX9901-R01-M01-A08", false},  // primary and metastasis
      {"IPX9901-D01-P01-A08", "IPX9901-R01-p01-A08", false},  // before and after treatment
      {"IPX9901-D01-P01-A08", "IPX9901-R01-P01-A14", false},  // another site
      {"IPX9901-D01-P01-A08", "IPX9902-R01-P01-A08", false},
      {"IPX9901", "IPX9901-D01-P01-A08", true},  // tables shorten the name
      {"IPX990", "IPX9901-D01-P01-A08", false},
      {"CL-Control", "CL-Control-D01_P", true},
      {"CL-Control-D01_P", "CL-Control-R01_P", true},
      {"CL-Control-D01", "CL-Control-D02", false},
      {"CL-Control-D01", "CL-Control-R02", false},
      {"sample1-D", "sample1-R", true},
      {"12345", "12346", false},
  };
  for (const Row& row : rows) {
    INFO(row.a << " " << row.b);
    CHECK(is_same_tumour(row.a, row.b) == row.same);
    CHECK(is_same_tumour(row.b, row.a) == row.same);
  }
}

TEST_CASE("files are compared by what they both name") {
  struct Row {
    SampleNames a;
    SampleNames b;
    bool same;
  };
  const Row rows[] = {
      {{"P1", "X-D1", "", ""}, {"P1", "", "Y-R1", ""}, true},  // the pair is named
      {{"P1", "X-D1", "", ""}, {"P1", "Z-D1", "", ""}, false}, {{"", "X-D1", "", ""}, {"", "", "X-R1", ""}, true},
      {{"", "X-D1", "", ""}, {"", "", "Y-R1", ""}, false},     {{"", "", "", "X"}, {"", "X-D1", "", ""}, true},
      {{"", "", "", ""}, {"", "X-D1", "", ""}, true},
  };
  for (const Row& row : rows) {
    const Status status = check_same_sample(row.a, row.b);
    CHECK(status.has_value() == row.same);
    if (!status) CHECK(status.error().code == ErrorCode::DifferentSamples);
  }
}

}  // namespace
}  // namespace treff::casefile
