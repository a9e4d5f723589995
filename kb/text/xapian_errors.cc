#include "kb/text/xapian_errors.h"

#include <cerrno>
#include <cstring>
#include <exception>
#include <new>
#include <string>

#include <xapian.h>

#include "kb/text/deadline.h"

namespace treff::text {
namespace {

Error damaged(std::string_view doing, std::string_view type) {
  return {ErrorCode::IndexDamaged,
          "the text index failed while " + std::string(doing) + ": " + std::string(type),
          {},
          {},
          std::nullopt,
          "rebuild the text index from the knowledge base"};
}

Error internal(std::string_view doing, std::string_view type) {
  return {ErrorCode::Internal,
          "text search failed while " + std::string(doing) + ": " + std::string(type),
          {},
          {},
          std::nullopt,
          {}};
}

Error from_database_error(std::string_view doing, const Xapian::DatabaseError& error) {
  const char* system = error.get_error_string();
  if (system != nullptr && std::string_view(system) == std::string_view(std::strerror(ENOSPC))) {
    return {ErrorCode::DiskFull, "the disk is full while " + std::string(doing),          {}, {},
            std::nullopt,        "free space on this disk and build the text index again"};
  }
  return damaged(doing, error.get_type());
}

}  // namespace

Error current_exception_to_error(std::string_view doing) {
  try {
    throw;
  } catch (const OutOfTime&) {
    return {ErrorCode::Busy, std::string(doing) + " took too long", {}, {}, std::nullopt, "ask for less, or try again"};
  } catch (const Xapian::DatabaseError& error) {
    return from_database_error(doing, error);
  } catch (const Xapian::RangeError& error) {
    return damaged(doing, error.get_type());
  } catch (const Xapian::SerialisationError& error) {
    return damaged(doing, error.get_type());
  } catch (const Xapian::DocNotFoundError& error) {
    return damaged(doing, error.get_type());
  } catch (const Xapian::Error& error) {
    return internal(doing, error.get_type());
  } catch (const std::bad_alloc&) {
    return internal(doing, "out of memory");
  } catch (const std::exception&) {
    return internal(doing, "unexpected exception");
  }
}

}  // namespace treff::text
