#include "kb/store/change_log.h"

#include <utility>

#include "kb/base/hash.h"
#include "kb/store/keys.h"
#include "kb/store/log_codec.h"

namespace treff::store {
namespace {

tl::unexpected<Error> at_revision(Error error, Revision revision) {
  error.where = place_of(revision);
  return fail(std::move(error));
}

}  // namespace

std::string place_of(Revision revision) { return "revision " + std::to_string(revision); }

Result<LogEntry> read_log_entry(const Database& database, Revision revision, const ReadPlan& plan) {
  const auto value = database.get(log_key(revision), plan);
  if (!value) return at_revision(value.error(), revision);
  if (!*value) return fail(ErrorCode::StoreDamaged, "the change log has no such entry", place_of(revision));
  auto entry = decode_log_value(**value);
  if (!entry) return at_revision(entry.error(), revision);
  if (entry->revision != revision) {
    return fail(ErrorCode::StoreDamaged, "the log entry claims to be " + place_of(entry->revision), place_of(revision));
  }
  return entry;
}

Result<std::vector<Operation>> read_operations(const Database& database, const LogEntry& entry, const ReadPlan& plan) {
  const auto list = database.get(operations_key(entry.operations_hash), plan);
  if (!list) return at_revision(list.error(), entry.revision);
  if (!*list) {
    return fail(ErrorCode::StoreDamaged, "the operation list is missing: " + entry.operations_hash,
                place_of(entry.revision));
  }
  if (base::sha256_hex(**list) != entry.operations_hash) {
    return fail(ErrorCode::StoreDamaged, "the operation list does not fit its hash", place_of(entry.revision));
  }
  auto operations = parse_operations(**list);
  if (!operations) return at_revision(operations.error(), entry.revision);
  if (operations->size() != entry.operation_count) {
    return fail(ErrorCode::StoreDamaged,
                "the operation list has " + std::to_string(operations->size()) + " operations, the log says " +
                    std::to_string(entry.operation_count),
                place_of(entry.revision));
  }
  return operations;
}

}  // namespace treff::store
