// Text without surprises: UTF-8 checks, ASCII case, trimming, splitting, and the nearest word for hints.
//
// All functions work on bytes; case folding touches ASCII and the Norwegian letters only, so that it is the
// same on every machine (no locale).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace treff::base {

// Byte offset of the first invalid UTF-8 sequence, or nullopt if the text is valid.
std::optional<std::size_t> invalid_utf8_at(std::string_view text);

// Lower or upper case of A-Z only; other bytes unchanged.
std::string to_lower_ascii(std::string_view text);
std::string to_upper_ascii(std::string_view text);

// Key for comparing everyday names: lower case (A-Z and Norwegian and accented Latin-1 letters), runs of white space as
// one space, trimmed.
std::string fold_name(std::string_view text);

std::string_view trim(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);  // ASCII

// Splits at every `separator`; "a,,b" gives three parts, "" gives one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);

bool is_ascii_digit(char c);
bool is_ascii_letter(char c);

// A whole non-negative number without sign or spaces; nullopt otherwise or on overflow of int.
std::optional<int> parse_int(std::string_view text);
// A decimal number with '.' or one ',' as decimal mark; nullopt otherwise. No thousands separators, no nan, no inf.
std::optional<double> parse_decimal(std::string_view text);
// Shortest text that reads back as the same double ("12.3", "10").
std::string to_text(double value);

// Appends `c` (below 0x20, a quotation mark or a backslash) as JSON writes it inside a string (RFC 8259 section 7).
void append_json_escape(std::string& out, char c);

// A stable slug id: lower-case letters, digits and single '-' or '.' inside, 1-80 characters.
bool is_slug(std::string_view text);
// "10-001 A" -> "10-001-a": letters and digits of ASCII, each run of anything else one '-', none at the ends. Not cut;
// empty if nothing is left.
std::string to_slug(std::string_view text);

// Edit distance (insert, delete, replace, swap of neighbours), capped at `limit` + 1.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);
// The word nearest to `text` within two edits, for hints in errors. Never used to read a gene or a variant.
std::optional<std::string> nearest(std::string_view text, const std::vector<std::string>& words);

}  // namespace treff::base
