// Documents of the base that a delta supersedes, to be taken out of a search. Internal to kb/text.
#pragma once

#include <memory>
#include <vector>

#include <xapian.h>

namespace treff::text {

// Weightless. One object serves one query; the library clones it for each segment, and it is empty in the delta.
class HiddenSource final : public Xapian::PostingSource {
 public:
  // Ascending numbers of documents of the base.
  explicit HiddenSource(std::shared_ptr<const std::vector<Xapian::docid>> hidden) : hidden_(std::move(hidden)) {}

  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return get_termfreq_max(); }
  Xapian::doccount get_termfreq_max() const override { return static_cast<Xapian::doccount>(end_); }
  void next(double min_weight) override;
  void skip_to(Xapian::docid document, double min_weight) override;
  bool at_end() const override { return started_ && at_ >= end_; }
  Xapian::docid get_docid() const override { return (*hidden_)[at_]; }
  HiddenSource* clone() const override { return new HiddenSource(hidden_); }
  void init(const Xapian::Database& segment) override;
  std::string get_description() const override { return "superseded"; }

 private:
  std::shared_ptr<const std::vector<Xapian::docid>> hidden_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;
  bool started_ = false;
};

}  // namespace treff::text
