#include "kb/text/segment_stamp.h"

#include <charconv>
#include <optional>

#include "kb/base/hash.h"
#include "kb/base/text.h"
#include "kb/text/search_fields.h"

namespace treff::text {
namespace {

std::optional<std::uint64_t> parse_count(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size() && !text.empty();
  return whole ? std::optional(value) : std::nullopt;
}

bool read_key(std::string_view text, model::RecordKey& key) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const auto kind = model::parse_record_kind(text.substr(0, slash));
  if (!kind) return false;
  key = {*kind, std::string(text.substr(slash + 1))};
  return true;
}

bool read_file_line(std::string_view text, StampedFile& file) {
  const auto parts = base::split(text, ' ');
  if (parts.size() != 4) return false;
  const auto bytes = parse_count(parts[1]);
  if (!bytes) return false;
  file = {std::string(parts[0]), {*bytes, std::string(parts[2]), std::string(parts[3])}};
  return true;
}

bool read_count(std::string_view text, std::uint64_t& count) {
  const auto value = parse_count(text);
  if (value) count = *value;
  return value.has_value();
}

// One line behind the first two; false if it cannot be read.
bool read_line(std::string_view key, std::string_view value, WholeStamp& stamp) {
  if (key == "revision") return read_count(value, stamp.segment.revision);
  if (key == "documents") return read_count(value, stamp.segment.documents);
  if (key == "base") return stamp.segment.base = value, true;
  if (key == "mask") return read_key(value, stamp.segment.mask.emplace_back());
  if (key == "file") return read_file_line(value, stamp.files.emplace_back());
  return false;
}

}  // namespace

tl::unexpected<Error> index_damaged(std::string_view how, std::string message) {
  return fail(Error{ErrorCode::IndexDamaged, std::move(message), "text index", std::string(how), std::nullopt,
                    "rebuild the text index from the knowledge base"});
}

std::string write_stamp(const WholeStamp& stamp) {
  std::string text = "format " + std::to_string(kIndexFormat) + "\nfields " + fingerprint() + "\n";
  text += "revision " + std::to_string(stamp.segment.revision) + "\n";
  text += "documents " + std::to_string(stamp.segment.documents) + "\n";
  if (!stamp.segment.base.empty()) text += "base " + stamp.segment.base + "\n";
  for (const model::RecordKey& key : stamp.segment.mask) {
    text += "mask " + std::string(model::to_string(key.kind)) + "/" + key.id + "\n";
  }
  for (const StampedFile& file : stamp.files) {
    text += "file " + file.name + " " + std::to_string(file.digests.bytes) + " " + file.digests.quick + " " +
            file.digests.full + "\n";
  }
  return text + "end " + base::sha256_hex(text) + "\n";
}

Result<WholeStamp> read_stamp(std::string_view text, std::string_view segment) {
  const std::string name(segment);
  const std::size_t end = text.rfind("end ");
  if (end == std::string_view::npos || text.substr(end) != "end " + base::sha256_hex(text.substr(0, end)) + "\n") {
    return index_damaged("damaged", "the stamp of text index segment " + name + " is damaged");
  }
  WholeStamp stamp;
  std::string format;
  std::string fields;
  for (const std::string_view line : base::split(text.substr(0, end), '\n')) {
    if (line.empty()) continue;
    const std::size_t space = line.find(' ');
    const std::string_view key = line.substr(0, space);
    const std::string_view value = space == std::string_view::npos ? std::string_view() : line.substr(space + 1);
    if (key == "format") {
      format = value;
    } else if (key == "fields") {
      fields = value;
    } else if (!read_line(key, value, stamp)) {
      return index_damaged("damaged", "the stamp of text index segment " + name + " cannot be read");
    }
  }
  if (format != std::to_string(kIndexFormat) || fields != fingerprint()) {
    return index_damaged("format", "text index segment " + name + " was written by another version of this program");
  }
  return stamp;
}

}  // namespace treff::text
