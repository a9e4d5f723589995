// The kinds of record a knowledge base holds, and how a record is addressed.
//
// To add a kind: one enumerator and one row here, one struct and its row list in kb/model/fields.h,
// one example in schemas/examples/. The tests walk this table.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace treff::model {

enum class RecordKind : std::uint8_t {
  Gene,
  GeneFamily,
  Diagnosis,
  Target,
  Drug,
  Organisation,
  Trial,
  Cohort,
  AccessProgramme,
  Evidence,
  Panel,
  Site,
  Initiative,
  Statement,
  Source,
};

struct RecordKindRow {
  RecordKind kind;
  std::string_view
      name;  // snake_case: the `kind` value in JSON, the path element of the API, the key prefix of the store
};

inline constexpr std::array kRecordKinds = {
    RecordKindRow{RecordKind::Gene, "gene"},
    RecordKindRow{RecordKind::GeneFamily, "gene_family"},
    RecordKindRow{RecordKind::Diagnosis, "diagnosis"},
    RecordKindRow{RecordKind::Target, "target"},
    RecordKindRow{RecordKind::Drug, "drug"},
    RecordKindRow{RecordKind::Organisation, "organisation"},
    RecordKindRow{RecordKind::Trial, "trial"},
    RecordKindRow{RecordKind::Cohort, "cohort"},
    RecordKindRow{RecordKind::AccessProgramme, "access_programme"},
    RecordKindRow{RecordKind::Evidence, "evidence"},
    RecordKindRow{RecordKind::Panel, "panel"},
    RecordKindRow{RecordKind::Site, "site"},
    RecordKindRow{RecordKind::Initiative, "initiative"},
    RecordKindRow{RecordKind::Statement, "statement"},
    RecordKindRow{RecordKind::Source, "source"},
};

constexpr std::string_view to_string(RecordKind kind) { return kRecordKinds[static_cast<std::size_t>(kind)].name; }

constexpr std::optional<RecordKind> parse_record_kind(std::string_view name) {
  for (const RecordKindRow& row : kRecordKinds) {
    if (row.name == name) return row.kind;
  }
  return std::nullopt;
}

// The address of one record.
struct RecordKey {
  RecordKind kind = RecordKind::Gene;
  std::string id;  // stable ASCII slug, unique in its kind, never reused
  auto operator<=>(const RecordKey&) const = default;
};

}  // namespace treff::model
