// BM25 without figures of the collection, in steps that add up exactly. Internal to kb/text.
//
// How rare a word is comes in through the query's own factor (Shares::worth), how long documents are through the
// constructor, so that a score depends on the records alone and not on how they are spread over segments. Scores are
// multiples of 2^-16: sums of them are exact in any order, and equal records tie.
#pragma once

#include <string>

#include <xapian.h>

namespace treff::text {

// Rounded to the steps of a score.
double steady(double weight);

struct Bm25 {
  double k1 = 1.0;
  double b = 0.5;
  double average_length = 0;  // 0: length does not count
};

class SteadyWeight final : public Xapian::Weight {
 public:
  explicit SteadyWeight(const Bm25& parameters);

  std::string name() const override { return "treff::SteadyWeight"; }
  SteadyWeight* clone() const override { return new SteadyWeight(parameters_); }
  double get_sumpart(Xapian::termcount wdf, Xapian::termcount length, Xapian::termcount unique) const override;
  double get_maxpart() const override;
  double get_sumextra(Xapian::termcount, Xapian::termcount) const override { return 0; }
  double get_maxextra() const override { return 0; }

 private:
  void init(double factor) override { factor_ = factor; }
  double part(double wdf, double length) const;

  Bm25 parameters_;
  double factor_ = 0;
};

}  // namespace treff::text
