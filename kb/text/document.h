// One record as one Xapian document, and what is read back from it to show a hit.
//
// Document data, fields parted by 0x1F: kind, id, title, names (parted by 0x1E), text for snippets. Value slots as
// numbered by search_fields(): facet values parted by 0x1F; the slot of `status` holds the encoded history. Slot
// kKeySlot holds the key: records of equal score stand in key order.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "kb/text/record_text.h"
#include "kb/text/term_forms.h"

namespace treff::text {

// More text of one record is not indexed, and not kept for snippets.
inline constexpr std::size_t kMaxIndexedBytes = 400000;
inline constexpr std::size_t kMaxStoredBytes = 8000;

inline constexpr std::uint32_t kKeySlot = 1000;
// Sorts as keys do.
std::string key_value(const model::RecordKey& key);

// Kinds whose names spelling help knows.
inline constexpr std::array kSpellingKinds = {model::RecordKind::Drug, model::RecordKind::Diagnosis,
                                              model::RecordKind::Organisation};

Xapian::Document to_document(const RecordText& record, Stemmer& stemmer, bool delta);

struct StoredRecord {
  model::RecordKey key;
  std::string title;
  std::vector<std::string> names;
  std::string text;
};

// False if the data is not what to_document writes: the index is damaged.
bool read_stored(std::string_view data, StoredRecord& record);

// The values in a facet slot.
std::vector<std::string_view> slot_values(std::string_view slot);

}  // namespace treff::text
