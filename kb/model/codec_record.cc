// One record <-> JSON, and files of records.
#include "kb/model/codec_record.h"

#include <array>
#include <utility>

#include "kb/base/text.h"
#include "kb/model/codec.h"
#include "kb/model/codec_fields.h"
#include "kb/model/fields.h"

namespace treff::model {
namespace {

constexpr std::array<std::string_view, 1> kKindKey = {"kind"};

constexpr auto kKindNames = [] {
  std::array<std::string_view, kRecordKinds.size()> names{};
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kRecordKinds[i].name;
  return names;
}();

using ReadFunction = void (*)(Reader&, const Node&, const Place&, Record&);

template <std::size_t I>
void read_as(Reader& reader, const Node& node, const Place& at, Record& out) {
  read_struct(reader, node, at, out.emplace<I>(), kKindKey);
}

template <std::size_t... I>
constexpr std::array<ReadFunction, sizeof...(I)> read_functions(std::index_sequence<I...> /*kinds*/) {
  return {&read_as<I>...};
}
constexpr auto kReadFunctions = read_functions(std::make_index_sequence<std::variant_size_v<Record>>{});
static_assert(kReadFunctions.size() == kRecordKinds.size());

Checked<Record> record_of(const Node& node) {
  Reader reader(kMaxRecordTextBytes);
  Record record;
  read_record(reader, node, Place{}, record);
  if (!reader.clean()) return fail_all(reader.take());
  return record;
}

// The lines of NDJSON that hold something, with their number from 1.
struct Line {
  std::size_t number;
  std::string_view text;
};

std::vector<Line> filled_lines(std::string_view text) {
  std::vector<Line> lines;
  std::size_t number = 0;
  for (const std::string_view line : base::split(text, '\n')) {
    ++number;
    if (!base::trim(line).empty()) lines.push_back({number, line});
  }
  return lines;
}

// Whether every bracket of the text that stands outside strings is closed in it.
bool is_balanced(std::string_view text) {
  long depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return depth == 0 && !quoted;
}

// Several lines that each begin an object, or a complete object on the first of several lines: one value a line.
bool is_ndjson(const std::vector<Line>& lines) {
  if (lines.size() < 2) return false;
  const auto begins_object = [](std::string_view line) { return line.front() == '{'; };
  if (!begins_object(base::trim(lines[0].text))) return false;
  return is_balanced(lines[0].text) || begins_object(lines[1].text);
}

void append_errors(std::vector<Error>& to, std::vector<Error> errors, const std::string& place) {
  for (Error& error : base::with_place(std::move(errors), place)) to.push_back(std::move(error));
}

Checked<std::vector<RecordAt>> decode_lines(const std::vector<Line>& lines) {
  std::vector<RecordAt> records;
  std::vector<Error> errors;
  for (const Line& line : lines) {
    const std::string place = "line " + std::to_string(line.number);
    Checked<Record> record = decode_record(line.text);
    if (record) {
      records.push_back({std::move(*record), place});
    } else {
      append_errors(errors, std::move(record.error()), place);
    }
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  return records;
}

Checked<std::vector<RecordAt>> decode_list(const Node& list) {
  std::vector<RecordAt> records;
  std::vector<Error> errors;
  for (std::size_t i = 0; i < list.parts.size(); ++i) {
    const std::string place = "/" + std::to_string(i);
    Checked<Record> record = record_of(list.parts[i]);
    if (record) {
      records.push_back({std::move(*record), place});
    } else {
      append_errors(errors, std::move(record.error()), place);
    }
  }
  if (!errors.empty()) return fail_all(std::move(errors));
  return records;
}

}  // namespace

void read_record(Reader& reader, const Node& node, const Place& at, Record& out) {
  if (!reader.expect(NodeType::Object, node, at)) return;
  const Node* kind = node.find("kind");
  if (kind == nullptr) {
    reader.missing(at, "kind", "one of: " + list_of_words(kKindNames));
    return;
  }
  const auto index = reader.read_word(*kind, at.below("kind"), kKindNames);
  if (!index) return;
  kReadFunctions[*index](reader, node, at, out);
  const std::string& id = common_of(out).id;
  if (!id.empty() && !base::is_slug(id)) {
    reader.fail(ErrorCode::InvalidValue, at.below("id"), "not an id", id,
                "1-80 lower-case letters, digits and single '-' or '.' inside");
  }
}

Node write_record(const Record& record) {
  Node node = std::visit([](const auto& r) { return write_struct(r); }, record);
  node.put("kind", Node::of(to_string(kind_of(record))));
  return node;
}

std::vector<Error> form_errors(const Record& record) {
  Reader reader(kMaxRecordTextBytes);
  Record copy;
  read_record(reader, write_record(record), Place{}, copy);
  return reader.take();
}

Checked<Record> decode_record(std::string_view json) {
  Checked<Node> node = parse_json(json);
  if (!node) return fail_all(std::move(node.error()));
  return record_of(*node);
}

Checked<std::vector<RecordAt>> decode_records(std::string_view text) {
  const std::string_view content = base::trim(text);
  if (content.empty()) return fail_all({Error{ErrorCode::MalformedJson, "the text is empty", {}, {}, {}, {}}});
  if (content.front() != '[') {
    const std::vector<Line> lines = filled_lines(text);
    if (is_ndjson(lines)) return decode_lines(lines);
  }
  Checked<Node> node = parse_json(text);
  if (!node) return fail_all(std::move(node.error()));
  if (node->type == NodeType::List) return decode_list(*node);
  Checked<Record> record = record_of(*node);
  if (!record) return fail_all(std::move(record.error()));
  std::vector<RecordAt> records;
  records.push_back({std::move(*record), ""});
  return records;
}

std::string encode_record(const Record& record) { return to_canonical(write_record(record)); }

}  // namespace treff::model
