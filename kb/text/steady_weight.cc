#include "kb/text/steady_weight.h"

#include <algorithm>
#include <cmath>

namespace treff::text {
namespace {

constexpr double kSteps = 65536;
constexpr double kShortest = 0.5;  // shorter documents, as a share of the average, gain no more

}  // namespace

double steady(double weight) { return std::nearbyint(weight * kSteps) / kSteps; }

SteadyWeight::SteadyWeight(const Bm25& parameters) : parameters_(parameters) {
  need_stat(WDF);
  need_stat(DOC_LENGTH);
  need_stat(WDF_MAX);
  need_stat(DOC_LENGTH_MIN);
}

double SteadyWeight::part(double wdf, double length) const {
  const double average = parameters_.average_length;
  const double relative = average > 0 ? std::max(length / average, kShortest) : 1;
  const double spread = parameters_.k1 * (relative * parameters_.b + 1 - parameters_.b);
  return factor_ * (parameters_.k1 + 1) * wdf / (spread + wdf);
}

double SteadyWeight::get_sumpart(Xapian::termcount wdf, Xapian::termcount length, Xapian::termcount) const {
  return wdf == 0 ? 0 : steady(part(wdf, length));
}

double SteadyWeight::get_maxpart() const {
  return std::ceil(part(std::max<double>(get_wdf_upper_bound(), 1), get_doclength_lower_bound()) * kSteps) / kSteps;
}

}  // namespace treff::text
