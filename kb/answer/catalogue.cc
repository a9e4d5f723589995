#include "kb/answer/catalogue.h"

namespace treff::answer {

std::string words_of(match::MessageId id, Language language, std::string_view criterion, std::string_view by,
                     std::string_view detail) {
  const std::string_view text = language == Language::Nb ? template_nb(id) : template_en(id);
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '{') {
      out += text[i];
      continue;
    }
    const std::size_t end = text.find('}', i);
    const std::string_view name = text.substr(i + 1, end - i - 1);
    if (name == "criterion") out += criterion;
    if (name == "by") out += by.empty() ? std::string_view("-") : by;
    if (name == "detail") {
      // A remark behind a finished clause stands in parentheses; a value in its own place does not.
      const bool remark = i > 0 && text[i - 1] != ' ';
      if (remark && !detail.empty()) {
        out += " (" + std::string(detail) + ")";
      } else {
        out += detail;
      }
    }
    i = end;
  }
  return out;
}

}  // namespace treff::answer
