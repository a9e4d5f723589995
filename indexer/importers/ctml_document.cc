#include "indexer/importers/ctml_document.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <exception>
#include <istream>
#include <streambuf>

#include "kb/base/text.h"

namespace treff::indexer {
namespace {

// Leaves the parser from inside its callbacks; never leaves this file.
struct Refused : std::exception {
  explicit Refused(Error e) : error(std::move(e)) {}
  Error error;
};

std::size_t line_of(const YAML::Mark& mark) { return static_cast<std::size_t>(mark.line < 0 ? 0 : mark.line) + 1; }

std::size_t line_at(std::string_view bytes, std::size_t at) {
  const auto end = bytes.begin() + static_cast<std::ptrdiff_t>(at);
  return 1 + static_cast<std::size_t>(std::count(bytes.begin(), end, '\n'));
}

// The parser's own words, unless they hold a piece of a letter.
std::string words_of(const std::string& message) {
  return base::invalid_utf8_at(message) ? "a letter that cannot stand here" : message;
}

[[noreturn]] void refuse(const YAML::Mark& mark, ErrorCode code, std::string message, std::string piece,
                         std::string hint) {
  throw Refused(
      Error{code, std::move(message), ctml_place(line_of(mark)), std::move(piece), std::nullopt, std::move(hint)});
}

// A stream over bytes that are not copied.
class Bytes : public std::streambuf {
 public:
  explicit Bytes(std::string_view bytes) {
    char* begin = const_cast<char*>(bytes.data());  // never written: the buffer has no put area
    setg(begin, begin, begin + bytes.size());
  }
};

class Builder : public YAML::EventHandler {
 public:
  std::vector<CtmlNode> take() { return std::move(documents_); }

  void OnDocumentStart(const YAML::Mark& /*mark*/) override { open_.clear(); }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    check(mark, anchor, {});
    add(mark, node(CtmlNode::Kind::Null, mark));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override { refuse_anchor(mark); }
  void OnAnchor(const YAML::Mark& mark, const std::string& /*name*/) override { refuse_anchor(mark); }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check(mark, anchor, tag);
    if (value.size() > kMaxCtmlTextBytes) {
      refuse(mark, ErrorCode::TooLarge, "a text of " + std::to_string(value.size()) + " bytes", {},
             "at most " + std::to_string(kMaxCtmlTextBytes) + " bytes");
    }
    // An escape can make what the file itself does not hold.
    if (base::invalid_utf8_at(value)) {
      refuse(mark, ErrorCode::MalformedJson, "an escape that is not UTF-8", {}, "write the letter itself");
    }
    CtmlNode scalar = node(CtmlNode::Kind::Scalar, mark);
    scalar.text = value;
    scalar.quoted = tag != "?";
    add(mark, std::move(scalar));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    check(mark, anchor, tag);
    open(mark, CtmlNode::Kind::List);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    check(mark, anchor, tag);
    open(mark, CtmlNode::Kind::Map);
  }
  void OnMapEnd() override { close(); }

 private:
  [[noreturn]] static void refuse_anchor(const YAML::Mark& mark) {
    refuse(mark, ErrorCode::InvalidValue, "anchors and aliases are not read", {}, "write the value out");
  }

  void check(const YAML::Mark& mark, YAML::anchor_t anchor, const std::string& tag) {
    if (anchor != 0) refuse_anchor(mark);
    constexpr std::array<std::string_view, 10> kKnown = {"",
                                                         "?",
                                                         "!",
                                                         "tag:yaml.org,2002:str",
                                                         "tag:yaml.org,2002:int",
                                                         "tag:yaml.org,2002:float",
                                                         "tag:yaml.org,2002:bool",
                                                         "tag:yaml.org,2002:null",
                                                         "tag:yaml.org,2002:map",
                                                         "tag:yaml.org,2002:seq"};
    if (std::find(kKnown.begin(), kKnown.end(), tag) == kKnown.end())
      refuse(mark, ErrorCode::InvalidValue, "a tag of its own", tag, "leave the tag out");
    if (++values_ > kMaxCtmlValues) {
      refuse(mark, ErrorCode::TooLarge, "the file holds too many values", {},
             "at most " + std::to_string(kMaxCtmlValues));
    }
  }

  static CtmlNode node(CtmlNode::Kind kind, const YAML::Mark& mark) {
    CtmlNode out;
    out.kind = kind;
    out.line = line_of(mark);
    return out;
  }

  // A map awaits a key and a value by turns.
  bool awaits_key() const {
    return !open_.empty() && open_.back().is_map() && open_.back().keys.size() == open_.back().parts.size();
  }

  void add(const YAML::Mark& mark, CtmlNode value) {
    if (open_.empty()) {
      documents_.push_back(std::move(value));
      return;
    }
    CtmlNode& into = open_.back();
    if (!awaits_key()) {
      into.parts.push_back(std::move(value));
      return;
    }
    if (!value.is_scalar()) {
      refuse(mark, ErrorCode::InvalidValue, "the key of a map is not a word", {}, "name the key");
    }
    if (std::find(into.keys.begin(), into.keys.end(), value.text) != into.keys.end()) {
      refuse(mark, ErrorCode::DuplicateId, "the key '" + value.text + "' stands twice", value.text, "keep one of them");
    }
    if (into.keys.size() >= kMaxCtmlKeys) {
      refuse(mark, ErrorCode::TooLarge, "a map with too many keys", {}, "at most " + std::to_string(kMaxCtmlKeys));
    }
    into.keys.push_back(std::move(value.text));
    into.key_lines.push_back(value.line);
  }

  void open(const YAML::Mark& mark, CtmlNode::Kind kind) {
    if (awaits_key()) refuse(mark, ErrorCode::InvalidValue, "the key of a map is not a word", {}, "name the key");
    if (open_.size() >= kMaxCtmlDepth) {
      refuse(mark, ErrorCode::TooDeep, "the file is nested too deeply", {},
             "at most " + std::to_string(kMaxCtmlDepth) + " levels");
    }
    open_.push_back(node(kind, mark));
  }

  void close() {
    CtmlNode done = std::move(open_.back());
    open_.pop_back();
    add({}, std::move(done));
  }

  std::vector<CtmlNode> documents_;
  std::vector<CtmlNode> open_;  // containers that are not finished, outermost first
  std::size_t values_ = 0;
};

}  // namespace

const CtmlNode* CtmlNode::find(std::string_view key) const {
  const auto it = std::find(keys.begin(), keys.end(), key);
  return it == keys.end() ? nullptr : &parts[static_cast<std::size_t>(it - keys.begin())];
}

std::string ctml_place(std::size_t line) { return "line " + std::to_string(line); }

Result<std::vector<CtmlNode>> read_ctml_documents(std::string_view bytes) {
  if (bytes.size() > kMaxCtmlBytes) {
    return fail(ErrorCode::TooLarge, "the file has " + std::to_string(bytes.size()) + " bytes", {},
                "at most " + std::to_string(kMaxCtmlBytes) + " bytes");
  }
  if (const auto at = base::invalid_utf8_at(bytes)) {
    return fail(Error{ErrorCode::MalformedJson,
                      "the text is not UTF-8",
                      ctml_place(line_at(bytes, *at)),
                      {},
                      *at,
                      "save it as UTF-8"});
  }
  // The parser would take it for UTF-16.
  if (const auto nul = bytes.find('\0'); nul != std::string_view::npos) {
    return fail(Error{ErrorCode::MalformedJson,
                      "the text holds a NUL byte",
                      ctml_place(line_at(bytes, nul)),
                      {},
                      nul,
                      "save it as UTF-8"});
  }
  try {
    Bytes buffer(bytes);
    std::istream stream(&buffer);
    YAML::Parser parser(stream);
    Builder builder;
    while (parser.HandleNextDocument(builder)) {
    }
    std::vector<CtmlNode> documents = builder.take();
    if (documents.empty()) return fail(ErrorCode::MalformedJson, "the file is empty", ctml_place(1));
    return documents;
  } catch (const Refused& refused) {
    return fail(refused.error);
  } catch (const YAML::Exception& problem) {
    return fail(Error{ErrorCode::MalformedJson,
                      "not YAML or JSON: " + words_of(problem.msg),
                      ctml_place(line_of(problem.mark)),
                      {},
                      std::nullopt,
                      "check quotes, brackets and the depth of the lines"});
  } catch (const std::exception& problem) {
    return fail(ErrorCode::MalformedJson, "not YAML or JSON: " + words_of(problem.what()));
  }
}

}  // namespace treff::indexer
