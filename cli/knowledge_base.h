// Opening a knowledge base for a command, and the pieces several commands share.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "cli/commands.h"
#include "kb/answer/answer.h"
#include "kb/store/store.h"
#include "kb/view/view.h"

namespace treff::cli {

Result<std::unique_ptr<store::Store>> open_store(const Environment& environment, store::OpenMode mode);

// The view at `as_of`, or at head.
Checked<std::shared_ptr<const view::View>> open_view(const Environment& environment,
                                                     std::optional<store::Revision> as_of);

// The names to read with: the knowledge base's, or, where none was named and none is here, the shipped reference
// records.
Checked<std::shared_ptr<const match::Knowledge>> open_vocabulary(Environment& environment);

// Usage: 'value' is not a value of `option`.
Error bad_value(const std::string& option, const std::string& value, const std::string& hint);
// The part of a request that every answering command reads alike: --today (empty: the clock's) and --lang (en, nb).
Result<answer::AnswerRequest> answer_request(const std::string& today, const std::string& language, const Clock& clock);

// A revision number as written on a command line; 0 is the empty knowledge base before the first.
Result<store::Revision> revision_from(const std::string& text, int lowest = 1);

}  // namespace treff::cli
