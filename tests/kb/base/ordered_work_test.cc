#include "kb/base/ordered_work.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <stdexcept>

namespace treff::base {
namespace {

TEST_CASE("results come in the order of the inputs, with any number of threads") {
  for (const std::size_t threads : {1u, 2u, 7u}) {
    INFO(threads);
    std::atomic<int> under_way{0};
    std::atomic<int> most{0};
    OrderedWork<int, int> work(threads, 5, [&](const int& n) {
      const int now = ++under_way;
      for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) continue;
      for (int i = 0; n % 3 == 0 && i < 100; ++i) std::this_thread::yield();
      --under_way;
      return n * n;
    });
    std::vector<int> got;
    for (int n = 0; n < 300; ++n) {
      while (work.is_full()) got.push_back(work.take());
      work.give(n);
    }
    while (!work.is_empty()) got.push_back(work.take());
    REQUIRE(got.size() == 300);
    for (int n = 0; n < 300; ++n) CHECK(got[static_cast<std::size_t>(n)] == n * n);
    CHECK(most <= 5);
    CHECK(most >= 1);
  }
}

TEST_CASE("a failure of the work comes out where its result would") {
  for (const std::size_t threads : {1u, 2u}) {
    OrderedWork<int, int> work(threads, 3, [](const int& n) {
      if (n == 1) throw std::runtime_error("one");
      return n;
    });
    for (const int n : {0, 1, 2}) work.give(n);
    CHECK(work.take() == 0);
    CHECK_THROWS_AS(work.take(), std::runtime_error);
    CHECK(work.take() == 2);
  }
}

TEST_CASE("what was not begun is dropped when nobody wants it any more") {
  std::atomic<int> begun{0};
  {
    OrderedWork<int, int> work(2, 100, [&](const int& n) {
      ++begun;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      return n;
    });
    for (int n = 0; n < 100; ++n) work.give(n);
  }
  CHECK(begun < 100);
}

}  // namespace
}  // namespace treff::base
