#include "kb/store/log_codec.h"

#include "kb/base/hash.h"
#include "kb/base/text.h"

namespace treff::store {
namespace {

constexpr std::size_t kHashCharacters = 64;
constexpr std::string_view kHexDigits = "0123456789abcdef";

// Characters with an escape of one letter, and those letters.
constexpr std::string_view kMeanings = "\b\t\n\f\r\"\\";
constexpr std::string_view kLetters = "btnfr\"\\";

// RFC 8785 section 3.2.2.2: the short escapes where JSON has one, \u00xx for other controls, the rest as it is.
void append_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (const std::size_t at = kMeanings.find(c); at != std::string_view::npos) {
      out += '\\';
      out += kLetters[at];
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kHexDigits[byte >> 4];
      out += kHexDigits[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
  out += ',';
  append_string(out, name);
  out += ':';
  append_string(out, text);
}

bool is_hash(std::string_view text) {
  return text.size() == kHashCharacters && text.find_first_not_of(kHexDigits) == std::string_view::npos;
}

// Reads exactly what the writers above produce. After the first mismatch every further step yields nothing, so a
// caller asks ok() once at the end.
class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool ok() const { return ok_; }
  bool at_end() const { return at_ == text_.size(); }
  std::size_t position() const { return at_; }

  bool accept(std::string_view piece) {
    if (!ok_ || text_.substr(at_, piece.size()) != piece) return false;
    at_ += piece.size();
    return true;
  }

  void expect(std::string_view piece) { ok_ = accept(piece); }
  void require(bool condition) { ok_ = ok_ && condition; }

  std::string string() {
    std::string out;
    expect("\"");
    while (ok_ && at_ < text_.size() && text_[at_] != '"') {
      const char c = text_[at_++];
      if (static_cast<unsigned char>(c) < 0x20) ok_ = false;
      out += c == '\\' ? escaped() : c;
    }
    expect("\"");
    return out;
  }

  std::string hash_or_empty() {
    std::string out = string();
    require(out.empty() || is_hash(out));
    return out;
  }

  // Up to 15 digits: every such integer is exact in any JSON reader.
  std::uint64_t number() {
    std::uint64_t value = 0;
    const std::size_t start = at_;
    while (ok_ && at_ < text_.size() && base::is_ascii_digit(text_[at_]) && at_ - start < 15) {
      value = value * 10 + static_cast<std::uint64_t>(text_[at_++] - '0');
    }
    require(at_ > start && (at_ - start == 1 || text_[start] != '0'));
    return value;
  }

 private:
  char escaped() {
    const char letter = at_ < text_.size() ? text_[at_++] : '\0';
    if (const std::size_t at = kLetters.find(letter); letter != '\0' && at != std::string_view::npos) {
      return kMeanings[at];
    }
    const bool control = letter == 'u' && accept("00") && at_ + 2 <= text_.size();
    const std::size_t high = control ? kHexDigits.find(text_[at_]) : std::string_view::npos;
    const std::size_t low = control ? kHexDigits.find(text_[at_ + 1]) : std::string_view::npos;
    if (high > 1 || low == std::string_view::npos) {
      ok_ = false;
      return '\0';
    }
    at_ += 2;
    const char meaning = static_cast<char>(high * 16 + low);
    require(kMeanings.find(meaning) == std::string_view::npos);
    return meaning;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

Operation read_operation(Reader& reader) {
  Operation operation;
  reader.expect("{\"after\":");
  operation.after_hash = reader.hash_or_empty();
  reader.expect(",\"before\":");
  operation.before_hash = reader.hash_or_empty();
  reader.expect(",\"id\":");
  operation.key.id = reader.string();
  reader.expect(",\"kind\":");
  const auto kind = model::parse_record_kind(reader.string());
  reader.expect("}");
  reader.require(kind.has_value() && base::is_slug(operation.key.id));
  operation.key.kind = kind.value_or(model::RecordKind::Gene);
  return operation;
}

tl::unexpected<Error> unreadable(std::string_view what, const Reader& reader) {
  return fail(ErrorCode::StoreDamaged,
              std::string(what) + " is not readable at byte " + std::to_string(reader.position()));
}

}  // namespace

std::string canonical_text(const LogEntry& entry) {
  std::string out = "{\"operation_count\":" + std::to_string(entry.operation_count);
  append_member(out, "operations_hash", entry.operations_hash);
  append_member(out, "origin", entry.origin);
  append_member(out, "previous_hash", entry.previous_hash);
  append_member(out, "published_at", entry.published_at);
  append_member(out, "reviewed_by", entry.reviewed_by);
  out += ",\"revision\":" + std::to_string(entry.revision);
  append_member(out, "who", entry.who);
  append_member(out, "why", entry.why);
  out += '}';
  return out;
}

std::string canonical_text(const std::vector<Operation>& operations) {
  constexpr std::size_t kUsualBytes = 240;
  std::string out = "[";
  out.reserve(operations.size() * kUsualBytes + 2);
  for (const Operation& operation : operations) {
    out += out.size() == 1 ? "{\"after\":" : ",{\"after\":";
    append_string(out, operation.after_hash);
    append_member(out, "before", operation.before_hash);
    append_member(out, "id", operation.key.id);
    append_member(out, "kind", model::to_string(operation.key.kind));
    out += '}';
  }
  out += ']';
  return out;
}

std::string encode_log_value(const LogEntry& entry) { return entry.hash + ' ' + canonical_text(entry); }

Result<LogEntry> decode_log_value(std::string_view value) {
  const std::string_view hash = value.substr(0, kHashCharacters);
  if (!is_hash(hash) || value.substr(hash.size(), 1) != " ") {
    return fail(ErrorCode::StoreDamaged, "a log entry does not begin with its hash");
  }
  const std::string_view text = value.substr(kHashCharacters + 1);
  if (base::sha256_hex(text) != hash) return fail(ErrorCode::StoreDamaged, "a log entry does not fit its own hash");

  LogEntry entry;
  Reader reader(text);
  reader.expect("{\"operation_count\":");
  entry.operation_count = static_cast<std::size_t>(reader.number());
  const auto member = [&reader](std::string_view name) {
    reader.expect(name);
    return reader.string();
  };
  entry.operations_hash = member(",\"operations_hash\":");
  entry.origin = member(",\"origin\":");
  entry.previous_hash = member(",\"previous_hash\":");
  entry.published_at = member(",\"published_at\":");
  entry.reviewed_by = member(",\"reviewed_by\":");
  reader.expect(",\"revision\":");
  entry.revision = reader.number();
  entry.who = member(",\"who\":");
  entry.why = member(",\"why\":");
  reader.expect("}");
  reader.require(reader.at_end() && is_hash(entry.operations_hash));
  reader.require(entry.previous_hash.empty() ? entry.revision == 1 : is_hash(entry.previous_hash));
  if (!reader.ok()) return unreadable("a log entry", reader);
  entry.hash = std::string(hash);
  return entry;
}

Result<std::vector<Operation>> parse_operations(std::string_view text) {
  std::vector<Operation> operations;
  Reader reader(text);
  reader.expect("[");
  if (!reader.accept("]")) {
    do {
      operations.push_back(read_operation(reader));
    } while (reader.accept(","));
    reader.expect("]");
  }
  if (!reader.ok() || !reader.at_end()) return unreadable("an operation list", reader);
  return operations;
}

}  // namespace treff::store
