// Any bytes as a registry's studies: values found, read, and made records; errors with words otherwise.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "indexer/importers/registry_study.h"
#include "tests/fuzz/import_properties.h"

namespace {

void check(const treff::Checked<treff::indexer::RegistryStudy>& study) {
  if (!study) {
    if (study.error().empty() || study.error().front().message.empty()) std::abort();
    return;
  }
  auto dated = *study;
  if (dated.updated_on.empty()) dated.updated_on = "2026-01-05";
  auto record = treff::indexer::to_record(dated, treff::indexer::fuzz_context());
  if (!record) {
    if (record.error().empty()) std::abort();
    return;
  }
  treff::indexer::CheckingSink sink;
  sink.record({std::move(record->record), "fuzz:1"});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  // The parsers are handed UTF-8 only.
  check(treff::indexer::study_from_json(bytes));
  check(treff::indexer::study_from_xml(bytes));
  (void)treff::indexer::without_contacts(bytes);
  (void)treff::indexer::registry_date(bytes);
  return 0;
}
