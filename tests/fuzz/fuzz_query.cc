// Any bytes: the query parser neither fails unsafely nor prints what it cannot read back.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "kb/text/query.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const treff::Result<treff::text::Query> query = treff::text::parse_query(text);
  if (!query) {
    if (!query.error().at_byte || *query.error().at_byte > size) std::abort();
    return 0;
  }
  const std::string printed = treff::text::print(*query);
  if (printed.size() > treff::text::kMaxQueryBytes) return 0;  // brackets added around lists may exceed the bound
  const treff::Result<treff::text::Query> again = treff::text::parse_query(printed);
  if (!again || !(*again == *query)) std::abort();
  return 0;
}
