// Whether two sample names speak of the same tumour.
//
// Source: InPreD sample id nomenclature, PPPyyyy-Ann-Sxz-Mll (project and patient, material and assay, sample type
// with library attempt and replicate, material of origin and site), and older names that end in -D01 or -R01. A name
// may carry the suffix _P of a DNA-RNA pair, or stop before the material.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "kb/base/result.h"
#include "kb/casefile/case_file.h"

namespace treff::casefile {

enum class Material : std::uint8_t { Unstated, Dna, Rna };

// From -D01-, -R01-, -D, -R, -DNA, -RNA in the name. Cell-free DNA (-C05-) is Unstated: no tissue panel speaks of it.
Material material_of(std::string_view id);

// Equal for the DNA and the RNA of one tumour; never shown.
std::string tumour_key(std::string_view id);

// True if the names are equal, or differ only in what DNA and RNA of one tumour differ in, or one stops earlier.
bool is_same_tumour(std::string_view a, std::string_view b);

// DifferentSamples where two files name different tumours, or two different samples of one material. Files that name
// no sample fit anything.
Status check_same_sample(const SampleNames& a, const SampleNames& b);

}  // namespace treff::casefile
