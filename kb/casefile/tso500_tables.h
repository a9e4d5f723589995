// The tables of a CombinedVariantOutput file: small variants, copy numbers, splice events, fusions and their kin.
#pragma once

#include <string_view>
#include <vector>

#include "kb/casefile/case_builder.h"
#include "kb/casefile/sections.h"

namespace treff::casefile {

// One kind of finding and whether the file has a table of it.
struct KindOfTable {
  std::string_view kind;
  std::string_view section;
  bool from_rna = false;
  bool present = false;
  int line = 0;
};

struct TableSections {
  std::vector<KindOfTable> kinds;  // small, copy_number, splice, fusion

  bool is_known(std::string_view section) const;
};

// Reads every known table into `builder`; appends the errors of tables whose header or end is broken.
TableSections read_tables(const SectionFile& file, std::string_view file_name, CaseBuilder& builder,
                          std::vector<Error>& errors);

}  // namespace treff::casefile
