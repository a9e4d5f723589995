// Percent-decoding of a request target, strictly, by ourselves: HGVS texts carry '+', '=' and '>'.
//
// Source: RFC 3986 sections 2.1 and 3.3. Deliberately not the form rule of HTML: a '+' is a plus (c.12+1G>A),
// and only %20 is a space. A malformed escape, a control character or invalid UTF-8 is an error, never a default.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kb/base/result.h"

namespace treff::server {

// "v=p.Arg12%3D&x" -> {("v","p.Arg12="), ("x","")}. Splits at '&', then at the first '='; empty pieces are skipped.
// `raw` is the part after '?'. More than `max_parameters` is TooLarge; anything else wrong is InvalidValue.
Result<std::vector<std::pair<std::string, std::string>>> parse_query(std::string_view raw, std::size_t max_parameters);

// Decodes a path segment by segment. InvalidValue if it does not begin with '/', has an empty segment inside, a "." or
// ".." segment, an encoded '/' or a '\'; TooLarge above `max_bytes` decoded bytes.
Result<std::string> decode_path(std::string_view raw, std::size_t max_bytes);

}  // namespace treff::server
