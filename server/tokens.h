// Who may write: bearer tokens of a knowledge base, kept as hashes in a file of their own beside the store.
//
// DIR/TOKENS, mode 0600, one line a token: "SHA-256-hex role name created-on". The token itself is shown once, when it
// is made, and is nowhere afterwards: not in the file, a backup, a log or an export. The file is read at every curator
// request, so that a token made or removed takes effect at once. A damaged file lets nobody in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "kb/base/date.h"
#include "kb/base/enum_names.h"
#include "kb/base/result.h"

namespace treff::server {

// Who may call a route; each includes those before it.
enum class Role : std::uint8_t { Anyone, Curator };

struct TokenRow {
  std::string hash;
  Role role = Role::Curator;
  std::string name;  // a slug; stands as `who` in the change log
  Date created_on;
};

std::filesystem::path token_file(const std::filesystem::path& kb_directory);

// Oldest first; empty if there is no file. StoreDamaged for a line that is none.
Result<std::vector<TokenRow>> read_tokens(const std::filesystem::path& kb_directory);
// Makes a token of 256 random bits and answers it. DuplicateId if the name is taken.
Result<std::string> add_token(const std::filesystem::path& kb_directory, const std::string& name, Role role,
                              Date today);
// NotFound if there is none of that name.
Status remove_token(const std::filesystem::path& kb_directory, const std::string& name);
// The row that `token` belongs to, or nullptr.
const TokenRow* find_token(const std::vector<TokenRow>& rows, std::string_view token);

}  // namespace treff::server

namespace treff::base {

template <>
struct EnumNames<server::Role> {
  using E = server::Role;
  static constexpr std::array rows = {EnumName<E>{E::Anyone, "anyone"}, EnumName<E>{E::Curator, "curator"}};
};

}  // namespace treff::base
