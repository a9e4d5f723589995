// SHA-256 as lower-case hexadecimal text, for record hashes and the chain of the change log.
#pragma once

#include <string>
#include <string_view>

namespace treff::base {

// 64 hexadecimal characters.
std::string sha256_hex(std::string_view bytes);

}  // namespace treff::base
