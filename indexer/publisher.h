// Publishing while people read: checks a change set, applies it, brings the index up to date, and serves the next View.
//
// One a process, beside the open store. publish() takes milliseconds whatever the number of trials at rest: the next
// View shares what did not change, and the text index gets a small delta over its base, which takes in the change. A
// second thread builds a new base when the delta has grown, when trials at rest may show something that changed, or
// when there is no sound index at all, and switches to it without stopping anyone. Thread-safety: all members from any
// number of threads; publications queue behind one another.
#pragma once

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "kb/base/log.h"
#include "kb/base/result.h"
#include "kb/store/store.h"
#include "kb/view/view.h"

namespace treff::indexer {

struct PublisherOptions {
  // A delta that speaks for so many records, and for a hundredth of all, is merged into a new base.
  std::size_t merge_at = 200;
};

class Publisher {
 public:
  // `views` serves the store's head already. `announce` is called after each new View is served, outside any lock.
  Publisher(std::shared_ptr<store::Store> store, view::ViewHolder& views, std::filesystem::path kb_directory,
            base::LogSink& log, std::function<void()> announce, PublisherOptions options = {});
  // Ends a build under way; what it had written goes away.
  ~Publisher();
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  // Each change is checked alone, against all others and as a criterion before anything is written. Records are
  // written in canonical form whatever form they came in. Served, and visible to every later request, on return.
  // Errors: as validate() and Store::apply(); all of them, each with the record's place. Nothing is changed then.
  // If only the text index failed, the View is served without one, the log says why, and a rebuild is begun.
  Checked<store::Revision> publish(store::ChangeSet set, store::Revision expected_head);

  // Builds a new base now, in the second thread. Returns at once.
  void request_merge();
  // Waits until no merge is asked for or under way. For tests and orderly ends.
  void wait_until_merged();

 private:
  void run();
  void merge_once();
  void attach(view::View& view, const view::View& before);
  Result<std::size_t> extend(const view::View& view, const view::View& before);
  void remove_replaced();
  void request_merge_unless_running();

  std::shared_ptr<store::Store> store_;
  view::ViewHolder& views_;
  std::filesystem::path directory_;
  base::LogSink& log_;
  std::function<void()> announce_;
  PublisherOptions options_;

  std::mutex publishing_;              // held while head, index and View change together
  std::vector<std::string> replaced_;  // guarded by publishing_: deltas not in force any more
  std::mutex waiting_;
  std::condition_variable changed_;
  bool merge_wanted_ = false;   // guarded by waiting_
  bool merge_running_ = false;  // guarded by waiting_
  std::atomic<bool> stop_ = false;
  std::thread merger_;  // last: begins when all else is there
};

}  // namespace treff::indexer
