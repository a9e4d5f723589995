#include "kb/store/keys.h"

#include "kb/base/text.h"

namespace treff::store {
namespace {

constexpr std::size_t kRevisionBytes = 8;

void append_big_endian(std::string& bytes, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((number >> shift) & 0xFF);
}

std::uint64_t read_big_endian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char c : bytes) number = (number << 8) | static_cast<unsigned char>(c);
  return number;
}

}  // namespace

std::string kind_prefix(model::RecordKind kind) {
  std::string bytes(1, kRecordTag);
  bytes += model::to_string(kind);
  bytes += '\0';
  return bytes;
}

std::string record_prefix(const model::RecordKey& key) {
  std::string bytes = kind_prefix(key.kind);
  bytes += key.id;
  bytes += '\0';
  return bytes;
}

std::string behind_record(const model::RecordKey& key) {
  std::string bytes = record_prefix(key);
  bytes.back() = '\1';
  return bytes;
}

std::string version_key(const model::RecordKey& key, Revision revision) {
  std::string bytes = record_prefix(key);
  append_big_endian(bytes, ~revision);
  return bytes;
}

std::optional<VersionKey> parse_version_key(std::string_view bytes) {
  if (bytes.empty() || bytes.front() != kRecordTag) return std::nullopt;
  bytes.remove_prefix(1);
  const std::size_t kind_end = bytes.find('\0');
  if (kind_end == std::string_view::npos) return std::nullopt;
  const auto kind = model::parse_record_kind(bytes.substr(0, kind_end));
  bytes.remove_prefix(kind_end + 1);
  const std::size_t id_end = bytes.find('\0');
  if (!kind || id_end == std::string_view::npos || bytes.size() != id_end + 1 + kRevisionBytes) return std::nullopt;
  const std::string_view id = bytes.substr(0, id_end);
  const Revision revision = ~read_big_endian(bytes.substr(id_end + 1));
  if (!base::is_slug(id) || revision == 0) return std::nullopt;
  return VersionKey{{*kind, std::string(id)}, revision};
}

std::string log_key(Revision revision) {
  std::string bytes(1, kLogTag);
  append_big_endian(bytes, revision);
  return bytes;
}

std::optional<Revision> parse_log_key(std::string_view bytes) {
  if (bytes.size() != 1 + kRevisionBytes || bytes.front() != kLogTag) return std::nullopt;
  const Revision revision = read_big_endian(bytes.substr(1));
  if (revision == 0) return std::nullopt;
  return revision;
}

std::string operations_key(std::string_view hash) {
  std::string bytes(1, kOperationsTag);
  bytes += hash;
  return bytes;
}

std::string to_text(const model::RecordKey& key) {
  std::string text(model::to_string(key.kind));
  text += '/';
  text += key.id;
  return text;
}

}  // namespace treff::store
