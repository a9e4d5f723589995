// Documents whose state on a day is the wanted one, as a source of matches. Internal to kb/text.
#pragma once

#include <optional>

#include <xapian.h>

#include "kb/base/date.h"
#include "kb/model/records.h"

namespace treff::text {

// Weightless. One object serves one query; the library clones it for each segment.
class StatusSource final : public Xapian::PostingSource {
 public:
  // nullopt = documents that carry a status but whose state is not known on that day.
  StatusSource(std::optional<model::EntryState> wanted, Date day);

  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return upper_ / 2; }
  Xapian::doccount get_termfreq_max() const override { return upper_; }
  void next(double min_weight) override;
  void skip_to(Xapian::docid document, double min_weight) override;
  bool at_end() const override { return started_ && at_ == end_; }
  Xapian::docid get_docid() const override { return at_.get_docid(); }
  StatusSource* clone() const override { return new StatusSource(wanted_, day_); }
  void init(const Xapian::Database& segment) override;
  std::string get_description() const override;

 private:
  void to_wanted();

  std::optional<model::EntryState> wanted_;
  Date day_;
  Xapian::doccount upper_ = 0;
  bool started_ = false;
  Xapian::ValueIterator at_;
  Xapian::ValueIterator end_;
};

}  // namespace treff::text
