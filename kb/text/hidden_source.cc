#include "kb/text/hidden_source.h"

#include <algorithm>
#include <string>

#include "kb/text/term_forms.h"

namespace treff::text {

void HiddenSource::init(const Xapian::Database& segment) {
  at_ = 0;
  end_ = segment.term_exists(std::string(kDeltaTerm)) ? 0 : hidden_->size();
  started_ = false;
}

void HiddenSource::next(double /*min_weight*/) {
  if (started_) ++at_;
  started_ = true;
}

void HiddenSource::skip_to(Xapian::docid document, double /*min_weight*/) {
  started_ = true;
  const auto from = hidden_->begin() + static_cast<std::ptrdiff_t>(std::min(at_, end_));
  const auto end = hidden_->begin() + static_cast<std::ptrdiff_t>(end_);
  at_ = static_cast<std::size_t>(std::lower_bound(from, end, document) - hidden_->begin());
}

}  // namespace treff::text
