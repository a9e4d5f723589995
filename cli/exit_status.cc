#include "cli/exit_status.h"

namespace treff::cli {

ExitStatus exit_status_of(base::ErrorCode code) {
  using base::ErrorCode;
  switch (code) {
    case ErrorCode::UnreadableText:
    case ErrorCode::UnknownName:
    case ErrorCode::AmbiguousName:
    case ErrorCode::MalformedJson:
    case ErrorCode::UnknownKey:
    case ErrorCode::MissingKey:
    case ErrorCode::WrongType:
    case ErrorCode::InvalidValue:
    case ErrorCode::InvalidDate:
    case ErrorCode::DanglingId:
    case ErrorCode::DuplicateId:
    case ErrorCode::MissingSource:
    case ErrorCode::TooDeep:
    case ErrorCode::TooLarge:
    case ErrorCode::Cycle:
    case ErrorCode::UnsupportedFormat:
    case ErrorCode::WrongColumns:
    case ErrorCode::TruncatedFile:
    case ErrorCode::DifferentSamples:
    case ErrorCode::UnknownRevision:
    case ErrorCode::NotFound: return ExitStatus::InvalidInput;
    case ErrorCode::StoreMissing:
    case ErrorCode::StoreDamaged:
    case ErrorCode::IndexDamaged: return ExitStatus::KnowledgeBase;
    case ErrorCode::VersionMismatch: return ExitStatus::Version;
    case ErrorCode::StoreLocked:
    case ErrorCode::RevisionConflict:
    case ErrorCode::Busy:
    case ErrorCode::DiskFull: return ExitStatus::Temporary;
    case ErrorCode::Usage: return ExitStatus::Usage;
    case ErrorCode::Unchanged:
    case ErrorCode::ReadOnly:
    case ErrorCode::IoFailure:
    case ErrorCode::Cancelled:
    case ErrorCode::Internal: return ExitStatus::Failure;
  }
  return ExitStatus::Failure;
}

}  // namespace treff::cli
