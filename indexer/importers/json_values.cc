#include "indexer/importers/json_values.h"

#include "kb/base/text.h"

namespace treff::indexer {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// A scanner over bytes: knows depth, strings and lines, and where a value begins and ends.
class Splitter {
 public:
  Splitter(std::string file_name, std::string_view list_key, const std::function<bool(const JsonValueText&)>& take)
      : file_name_(std::move(file_name)), list_key_(list_key), take_(take) {}

  // False: stop, either because `take` said so or because of error().
  bool feed(std::string_view bytes) {
    for (const char c : bytes) {
      if (c == '\n') ++line_;
      if (!step(c)) return false;
    }
    return true;
  }

  Status finish() {
    if (error_.has_value()) return fail(std::move(*error_));
    if (stopped_) return {};
    if (depth_ > 0 || in_string_) {
      return fail(
          ErrorCode::TruncatedFile,
          "the file stops inside a value that begins at line " + std::to_string(value_line_ > 0 ? value_line_ : line_),
          place(line_), "copy or download it again");
    }
    if (!any_) return fail(ErrorCode::TruncatedFile, "there is nothing in the file", place(line_));
    return {};
  }

 private:
  std::string place(std::uint64_t line) const { return file_name_ + ":" + std::to_string(line); }

  bool fault(ErrorCode code, std::string message, std::uint64_t line, std::string hint = {}) {
    error_ = Error{code, std::move(message), place(line), {}, std::nullopt, std::move(hint)};
    return false;
  }

  // True while the bytes belong to a value that is gathered.
  bool gathering() const { return depth_ > value_depth_; }

  bool step(char c) {
    if (in_string_) return string_byte(c);
    if (c == '"' && gathering()) return begin_string();
    if (c == '{' || c == '[') return open(c);
    if (c == '}' || c == ']') return close(c);
    if (gathering()) return append(c);
    if (is_space(c) || (depth_ > 0 && c == ',')) return true;
    if (line_ == 1 && !any_ && is_byte_order_mark(c)) return true;
    return fault(ErrorCode::MalformedJson, std::string("a JSON object was expected, found '") + c + "'", line_,
                 "JSON of studies: one object, a list, one object a line, or pages with \"studies\"");
  }

  bool is_byte_order_mark(char c) {
    static constexpr std::string_view kMark = "\xEF\xBB\xBF";
    return mark_at_ < kMark.size() && kMark[mark_at_] == c && ++mark_at_ > 0;
  }

  bool begin_string() {
    in_string_ = true;
    string_.clear();
    keep_string_ = !list_key_.empty() && !gathering_list_ && value_depth_ == 0 && depth_ == 1 && gathering();
    return append('"');
  }

  bool string_byte(char c) {
    if (escaped_) {
      escaped_ = false;
    } else if (c == '\\') {
      escaped_ = true;
    } else if (c == '"') {
      in_string_ = false;
      if (keep_string_) last_key_ = string_;
    }
    if (in_string_ && keep_string_ && string_.size() < 64) string_ += c;
    return append(c);
  }

  bool append(char c) {
    if (!gathering()) return true;
    if (value_.size() >= kMaxValueBytes) {
      return fault(ErrorCode::TooLarge, "a value is larger than " + std::to_string(kMaxValueBytes >> 20) + " MiB",
                   value_line_, "no registry record is that long; is this the right file?");
    }
    value_ += c;
    return true;
  }

  bool open(char c) {
    any_ = true;
    if (depth_ >= 200) return fault(ErrorCode::TooDeep, "more than 200 levels of nesting", line_);
    // A list at the top, or the list of a page: its elements are the values.
    if (depth_ == 0 && c == '[') {
      gathering_list_ = true;
      value_depth_ = 1;
      ++depth_;
      return true;
    }
    if (depth_ == 1 && c == '[' && !gathering_list_ && !list_key_.empty() && last_key_ == list_key_) {
      gathering_list_ = true;
      is_page_ = true;
      value_depth_ = 2;
      ++depth_;
      return true;
    }
    if (!gathering()) {
      if (c != '{') return fault(ErrorCode::MalformedJson, "a list where an object was expected", line_);
      value_.clear();
      value_line_ = line_;
    }
    ++depth_;
    return append(c);
  }

  bool close(char c) {
    if (depth_ == 0) return fault(ErrorCode::MalformedJson, std::string("'") + c + "' closes nothing", line_);
    const bool was_gathering = gathering();
    if (was_gathering && !append(c)) return false;
    --depth_;
    if (was_gathering && !gathering()) {
      if (is_page_ && depth_ == 0) return end_of_page();
      return emit();
    }
    if (gathering_list_ && !was_gathering) {
      gathering_list_ = false;
      value_depth_ = 0;
      // Behind the list of a page its other members follow; they are gathered and thrown away.
      value_.clear();
    }
    return true;
  }

  bool end_of_page() {
    is_page_ = false;
    last_key_.clear();
    value_.clear();
    return true;
  }

  bool emit() {
    last_key_.clear();
    if (const auto at = base::invalid_utf8_at(value_)) {
      std::uint64_t line = value_line_;
      for (std::size_t i = 0; i < *at; ++i) line += value_[i] == '\n' ? 1 : 0;
      return fault(ErrorCode::UnreadableText, "the text is not UTF-8", line, "save or download the file as UTF-8");
    }
    if (take_({value_, value_line_})) return true;
    stopped_ = true;
    return false;
  }

  std::string file_name_;
  std::string_view list_key_;
  const std::function<bool(const JsonValueText&)>& take_;
  std::string value_;
  std::string string_;    // of a key that may be list_key_
  std::string last_key_;  // last string at depth 1 of a top-level object
  std::uint64_t line_ = 1;
  std::uint64_t value_line_ = 0;
  std::size_t depth_ = 0;
  std::size_t value_depth_ = 0;  // depth at which values begin: 0, 1 in a list, 2 in the list of a page
  std::size_t mark_at_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
  bool keep_string_ = false;
  bool gathering_list_ = false;
  bool is_page_ = false;
  bool any_ = false;
  bool stopped_ = false;
  std::optional<Error> error_;
};

}  // namespace

Status for_each_json_value(ByteSource& source, const std::string& file_name, std::string_view list_key,
                           const std::function<bool(const JsonValueText&)>& take, const std::function<void()>& tick) {
  Splitter splitter(file_name, list_key, take);
  std::string piece;
  while (true) {
    if (const Status read = source.next(piece); !read) return read;
    if (piece.empty()) return splitter.finish();
    if (tick) tick();
    if (!splitter.feed(piece)) return splitter.finish();
  }
}

}  // namespace treff::indexer
