#include "kb/text/status_source.h"

#include "kb/text/search_fields.h"
#include "kb/text/status_history.h"

namespace treff::text {

StatusSource::StatusSource(std::optional<model::EntryState> wanted, Date day) : wanted_(wanted), day_(day) {}

void StatusSource::init(const Xapian::Database& segment) {
  const std::uint32_t slot = find_search_field(kStatusField)->slot;
  upper_ = segment.get_value_freq(slot);
  started_ = false;
  at_ = segment.valuestream_begin(slot);
  end_ = segment.valuestream_end(slot);
}

void StatusSource::next(double /*min_weight*/) {
  if (started_) ++at_;
  started_ = true;
  to_wanted();
}

void StatusSource::skip_to(Xapian::docid document, double /*min_weight*/) {
  started_ = true;
  if (at_ != end_ && at_.get_docid() < document) at_.skip_to(document);
  to_wanted();
}

void StatusSource::to_wanted() {
  while (at_ != end_ && status_on(*at_, day_) != wanted_) ++at_;
}

std::string StatusSource::get_description() const { return "status:" + std::string(status_name(wanted_)); }

}  // namespace treff::text
