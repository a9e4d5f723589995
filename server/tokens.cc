#include "server/tokens.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>

#include "kb/base/hash.h"
#include "kb/base/text.h"

namespace treff::server {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFile = "TOKENS";
constexpr std::string_view kPrefix = "treff_";  // so that a token that leaks into a file can be searched for

std::string line_of(const TokenRow& row) {
  return row.hash + " " + std::string(base::name_of(row.role)) + " " + row.name + " " + to_string(row.created_on) +
         "\n";
}

Result<TokenRow> parse_line(const std::string& line, std::size_t number) {
  const std::vector<std::string_view> words = base::split(line, ' ');
  if (words.size() == 4 && words[0].size() == 64 && base::is_slug(words[2])) {
    const auto role = base::from_name<Role>(words[1]);
    const auto day = base::parse_date(words[3]);
    if (role && day) return TokenRow{std::string(words[0]), *role, std::string(words[2]), *day};
  }
  return fail(Error{ErrorCode::StoreDamaged,
                    "the file of tokens holds a line that is none",
                    std::string(kFile) + ":" + std::to_string(number),
                    {},
                    std::nullopt,
                    "restore the file, or remove it and make new tokens"});
}

Error io_failure(const fs::path& path, int error) {
  return Error{ErrorCode::IoFailure, std::generic_category().message(error), path.string(), {}, std::nullopt, {}};
}

// Whole or not at all: written aside, synced, renamed.
Status write_tokens(const fs::path& kb_directory, const std::vector<TokenRow>& rows) {
  const fs::path path = token_file(kb_directory);
  const fs::path aside = path.string() + ".new";
  std::string text;
  for (const TokenRow& row : rows) text += line_of(row);
  const int file = ::open(aside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return fail(io_failure(aside, errno));
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool synced = written && ::fsync(file) == 0;
  const int error = errno;
  ::close(file);
  if (!synced) return fail(io_failure(aside, error));
  if (::rename(aside.c_str(), path.c_str()) != 0) return fail(io_failure(path, errno));
  return {};
}

}  // namespace

fs::path token_file(const fs::path& kb_directory) { return kb_directory / kFile; }

Result<std::vector<TokenRow>> read_tokens(const fs::path& kb_directory) {
  std::vector<TokenRow> rows;
  std::ifstream file(token_file(kb_directory));
  std::string line;
  for (std::size_t number = 1; std::getline(file, line); ++number) {
    auto row = parse_line(line, number);
    if (!row) return fail(row.error());
    rows.push_back(std::move(*row));
  }
  return rows;
}

Result<std::string> add_token(const fs::path& kb_directory, const std::string& name, Role role, Date today) {
  if (!base::is_slug(name)) {
    return fail(Error{ErrorCode::InvalidValue, "'" + name + "' is not a name for a token", "NAME", name, std::nullopt,
                      "use lower-case letters, digits and '-'"});
  }
  auto rows = read_tokens(kb_directory);
  if (!rows) return fail(rows.error());
  if (std::any_of(rows->begin(), rows->end(), [&](const TokenRow& row) { return row.name == name; })) {
    return fail(Error{ErrorCode::DuplicateId, "there is a token '" + name + "' already", "NAME", name, std::nullopt,
                      "remove it first, or choose another name"});
  }
  std::array<unsigned char, 32> random{};
  if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) {
    return fail(ErrorCode::IoFailure, "the system gives no random numbers");
  }
  std::string token(kPrefix);
  for (const unsigned char byte : random) {
    token += "0123456789abcdef"[byte >> 4];
    token += "0123456789abcdef"[byte & 15];
  }
  rows->push_back({base::sha256_hex(token), role, name, today});
  if (const Status written = write_tokens(kb_directory, *rows); !written) return fail(written.error());
  return token;
}

Status remove_token(const fs::path& kb_directory, const std::string& name) {
  auto rows = read_tokens(kb_directory);
  if (!rows) return fail(rows.error());
  const auto gone = std::remove_if(rows->begin(), rows->end(), [&](const TokenRow& row) { return row.name == name; });
  if (gone == rows->end()) {
    return fail(Error{ErrorCode::NotFound, "there is no token '" + name + "'", "NAME", name, std::nullopt, {}});
  }
  rows->erase(gone, rows->end());
  return write_tokens(kb_directory, *rows);
}

const TokenRow* find_token(const std::vector<TokenRow>& rows, std::string_view token) {
  // Hashes are compared: how far two of them agree tells nothing of the token.
  const std::string hash = base::sha256_hex(token);
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const TokenRow& row) { return row.hash == hash; });
  return found == rows.end() ? nullptr : &*found;
}

}  // namespace treff::server
