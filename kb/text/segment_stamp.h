// The STAMP of a segment as text and back. Internal to kb/text; the form is described in index_files.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kb/text/durable_file.h"
#include "kb/text/index_files.h"

namespace treff::text {

struct StampedFile {
  std::string name;
  FileDigests digests;
};

struct WholeStamp {
  SegmentStamp segment;
  std::vector<StampedFile> files;
};

std::string write_stamp(const WholeStamp& stamp);

// IndexDamaged as read_segments gives it; `segment` names the folder in the message.
Result<WholeStamp> read_stamp(std::string_view text, std::string_view segment);

// The error for a missing, damaged or foreign index. `how` is "missing", "damaged", "format" or "stale".
tl::unexpected<Error> index_damaged(std::string_view how, std::string message);

}  // namespace treff::text
