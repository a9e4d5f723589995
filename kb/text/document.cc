#include "kb/text/document.h"

#include <algorithm>

#include "kb/base/text.h"
#include "kb/text/search_fields.h"

namespace treff::text {
namespace {

using model::RecordKind;

constexpr char kPartEnd = '\x1F';
constexpr char kNameEnd = '\x1E';
constexpr std::uint32_t kPieceGap = 100;  // a phrase never runs from one field into the next
constexpr std::size_t kMaxNames = 40;
constexpr std::size_t kMaxSuggestBytes = 60;
constexpr std::size_t kMaxWordStarts = 12;  // later words of a long title are not offered while typing
constexpr std::size_t kMinSpellingBytes = 5;
constexpr std::size_t kMaxSymbolWordBytes = 4;

std::string without_marks(std::string_view text) {
  std::string plain(text);
  std::replace_if(
      plain.begin(), plain.end(), [](char c) { return c == kPartEnd || c == kNameEnd || c == '\0'; }, ' ');
  return plain;
}

bool is_suggested(RecordKind kind) {
  return kind != RecordKind::Source && kind != RecordKind::Statement && kind != RecordKind::Evidence;
}

bool is_spelling_kind(RecordKind kind) {
  return std::find(kSpellingKinds.begin(), kSpellingKinds.end(), kind) != kSpellingKinds.end();
}

// Cuts at the start of a UTF-8 character.
std::string_view cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

class DocumentWriter {
 public:
  DocumentWriter(const RecordText& record, Stemmer& stemmer) : record_(record), stemmer_(stemmer) {}

  Xapian::Document write(bool delta) {
    for (const TextPiece& piece : record_.pieces) add_piece(piece);
    add_values();
    add_names();
    document_.add_boolean_term(kind_term(record_.key.kind));
    document_.add_boolean_term(key_term(record_.key));
    document_.add_value(kKeySlot, key_value(record_.key));
    if (delta) document_.add_boolean_term(std::string(kDeltaTerm));
    add_data();
    return document_;
  }

 private:
  void add_piece(const TextPiece& piece) {
    if (indexed_bytes_ >= kMaxIndexedBytes) return;
    const std::string_view text = cut(piece.text, kMaxIndexedBytes - indexed_bytes_);
    indexed_bytes_ += text.size();
    const auto weight = static_cast<Xapian::termcount>(piece.weight);
    const std::string family = field_family(piece.prefix);
    std::uint32_t last = 0;
    for (const Token& token : tokens_of(text)) {
      add_token(token, std::string(), weight, !piece.exact);
      if (!family.empty()) add_token(token, family, weight, !piece.exact);
      last = token.words.back().position;
    }
    position_ += last + kPieceGap;
  }

  void add_token(const Token& token, const std::string& family, Xapian::termcount weight, bool stemmed) {
    for (const Word& word : token.words) {
      if (family.size() + word.text.size() <= kMaxTermBytes) {
        document_.add_posting(family + word.text, position_ + word.position, weight);
      }
      if (stemmed && !word.exact) {
        const auto& [norwegian, english] = stemmer_.stems(word.text);
        add_stem(norwegian, word.text, family, weight);
        if (english != norwegian) add_stem(english, word.text, family, weight);
      }
      if (word.exact && token.words.size() > 1) add_forms(word.text, family, weight);
    }
    if (token.whole != token.words.front().text) add(family + token.whole, weight);
    add_forms(token.whole, family, weight);
  }

  // A word that is its own stem is found as the word: half of all stem terms would say the same twice. Not so the short
  // ones, whose letters may be a symbol's: "mets" looks for the verb "met", not for the gene MET.
  void add_stem(const std::string& stem, const std::string& word, const std::string& family, Xapian::termcount weight) {
    if (stem != word || word.size() <= kMaxSymbolWordBytes) add(family + stem_term(stem), weight);
  }

  void add_forms(const std::string& token, const std::string& family, Xapian::termcount weight) {
    for (const std::string& form : normal_forms(token)) add(family + form, weight);
  }

  void add(const std::string& term, Xapian::termcount weight) {
    if (term.size() <= kMaxTermBytes) document_.add_term(term, weight);
  }

  void add_boolean(const std::string& term) {
    if (term.size() <= kMaxTermBytes) document_.add_boolean_term(term);
  }

  void add_values() {
    for (const SearchField& field : search_fields()) {
      std::string slot;
      for (const FacetValue& value : record_.facets) {
        if (value.facet != field.name) continue;
        if (!slot.empty()) slot += kPartEnd;
        slot += without_marks(value.value);
        add_boolean(facet_term(value.facet, value.value));
      }
      if (field.name == kStatusField) slot = record_.status_history;
      if (!slot.empty()) document_.add_value(field.slot, slot);
    }
  }

  void add_names() {
    if (!is_suggested(record_.key.kind)) return;
    add_suggestions(record_.title);
    for (std::size_t i = 0; i < std::min(record_.names.size(), kMaxNames); ++i) add_suggestions(record_.names[i]);
  }

  void add_suggestions(std::string_view name) {
    const std::string folded = base::fold_name(without_marks(name));
    const std::vector<Word> words = words_of(folded);
    add_boolean(suggest_family(record_.key.kind, false) + std::string(cut(folded, kMaxSuggestBytes)));
    for (std::size_t i = 0; i < std::min(words.size(), kMaxWordStarts); ++i) {
      const std::string_view rest = std::string_view(folded).substr(words[i].begin);
      if (words[i].begin > 0) {
        add_boolean(suggest_family(record_.key.kind, true) + std::string(cut(rest, kMaxSuggestBytes)));
      }
      const bool plain = std::none_of(words[i].text.begin(), words[i].text.end(), base::is_ascii_digit);
      if (is_spelling_kind(record_.key.kind) && plain && words[i].text.size() >= kMinSpellingBytes) {
        add_boolean("W" + words[i].text);
      }
    }
  }

  void add_data() {
    std::string data(model::to_string(record_.key.kind));
    data += kPartEnd + record_.key.id + kPartEnd + without_marks(record_.title) + kPartEnd;
    for (std::size_t i = 0; i < std::min(record_.names.size(), kMaxNames); ++i) {
      if (i != 0) data += kNameEnd;
      data += without_marks(record_.names[i]);
    }
    data += kPartEnd;
    std::string text;
    for (const TextPiece& piece : record_.pieces) {
      if (text.size() >= kMaxStoredBytes) break;
      if (!text.empty()) text += '\n';
      text += cut(piece.text, kMaxStoredBytes - text.size());
    }
    document_.set_data(data + without_marks(text));
  }

  const RecordText& record_;
  Stemmer& stemmer_;
  Xapian::Document document_;
  std::uint32_t position_ = 0;
  std::size_t indexed_bytes_ = 0;
};

}  // namespace

std::string key_value(const model::RecordKey& key) {
  return std::string(1, static_cast<char>('A' + static_cast<int>(key.kind))) + key.id;
}

Xapian::Document to_document(const RecordText& record, Stemmer& stemmer, bool delta) {
  return DocumentWriter(record, stemmer).write(delta);
}

bool read_stored(std::string_view data, StoredRecord& record) {
  const auto parts = base::split(data, kPartEnd);
  if (parts.size() != 5) return false;
  const auto kind = model::parse_record_kind(parts[0]);
  if (!kind) return false;
  record.key = {*kind, std::string(parts[1])};
  record.title = parts[2];
  record.names.clear();
  for (const std::string_view name : base::split(parts[3], kNameEnd)) {
    if (!name.empty()) record.names.emplace_back(name);
  }
  record.text = parts[4];
  return true;
}

std::vector<std::string_view> slot_values(std::string_view slot) {
  if (slot.empty()) return {};
  return base::split(slot, kPartEnd);
}

}  // namespace treff::text
