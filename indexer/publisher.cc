#include "indexer/publisher.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "indexer/change_check.h"
#include "indexer/text_build.h"
#include "kb/text/index_files.h"

namespace treff::indexer {
namespace {

constexpr std::size_t kMergeShare = 100;  // a delta of this share of all records is merged
constexpr std::size_t kAnyNumber = std::numeric_limits<std::size_t>::max();

}  // namespace

Publisher::Publisher(std::shared_ptr<store::Store> store, view::ViewHolder& views, std::filesystem::path kb_directory,
                     base::LogSink& log, std::function<void()> announce, PublisherOptions options)
    : store_(std::move(store)),
      views_(views),
      directory_(std::move(kb_directory)),
      log_(log),
      announce_(std::move(announce)),
      options_(options),
      merger_([this] { run(); }) {}

Publisher::~Publisher() {
  stop_ = true;
  {
    const std::lock_guard lock(waiting_);
    merge_wanted_ = false;
  }
  changed_.notify_all();
  merger_.join();
}

Checked<store::Revision> Publisher::publish(store::ChangeSet set, store::Revision expected_head) {
  store::Revision revision = 0;
  {
    const std::lock_guard lock(publishing_);
    const std::shared_ptr<const view::View> before = views_.current();
    if (auto errors = make_canonical(set); !errors.empty()) return fail_all(std::move(errors));
    auto next = view::next_view(*store_, *before, set.changes, set.published_at);
    if (!next) return fail_all(std::move(next.error()));
    if (auto errors = check_changes_fit(*store_, **next, set.changes); !errors.empty()) {
      return fail_all(std::move(errors));
    }
    const auto applied = store_->apply(set, expected_head);
    if (!applied) return fail_all({applied.error()});
    revision = *applied;
    (*next)->revision = revision;
    attach(**next, *before);
    views_.serve(std::move(*next));
    remove_replaced();
  }
  announce_();
  return revision;
}

// The delta and its handle. Called with `publishing_` held.
void Publisher::attach(view::View& view, const view::View& before) {
  const Result<std::size_t> in_delta = extend(view, before);
  if (in_delta) view::attach_text(view, directory_, &before);
  if (!in_delta || view.text == nullptr) {
    view.text = nullptr;
    if (!in_delta) view.text_issue = base::to_text(in_delta.error());
    log_.write(LogLevel::Error, "the text index is built anew: " + view.text_issue);
    return request_merge();
  }
  const std::size_t documents = view.knowledge->records().size() + view.knowledge->resting_trials().size();
  if (*in_delta >= std::max(options_.merge_at, documents / kMergeShare)) request_merge_unless_running();
}

// Brings the delta up to `view`; the number of records it speaks for.
Result<std::size_t> Publisher::extend(const view::View& view, const view::View& before) {
  const auto directory = view::text_index_directory(directory_);
  const auto in_force = text::read_segments(directory);
  if (!in_force) return fail(in_force.error());
  const auto keys = documents_changed_since(*store_, in_force->back().stamp.revision, view, kAnyNumber);
  if (!keys) return fail(keys.error());
  // An index that is being served is taken along whatever the size of the change; one that is far behind is not.
  if (before.text == nullptr && keys->size() > kMaxDeltaDocuments) {
    return fail(Error{ErrorCode::IndexDamaged, "the text index is too far behind", {}, "stale", std::nullopt, {}});
  }
  const auto step = delta_of(*store_, view, *keys);
  if (!step) return fail(step.error());
  const view::KnowledgeReferred referred(*view.knowledge);
  const auto extended = text::extend_delta(directory, *in_force, *step, referred, view.revision);
  if (!extended) return fail(extended.error());
  if (!extended->replaced.empty()) replaced_.push_back(extended->replaced);
  if (may_show_in_resting(view, *keys)) request_merge();
  return extended->superseded;
}

// Deltas that were replaced; those still being read wait for a later publication. Called with `publishing_` held.
void Publisher::remove_replaced() {
  auto held = text::remove_segments(view::text_index_directory(directory_), replaced_);
  if (held) {
    replaced_ = std::move(*held);
  } else {
    log_.write(LogLevel::Warning, base::to_text(held.error()));
  }
}

void Publisher::request_merge_unless_running() {
  {
    const std::lock_guard lock(waiting_);
    if (merge_running_) return;
  }
  request_merge();
}

void Publisher::request_merge() {
  {
    const std::lock_guard lock(waiting_);
    if (stop_) return;
    merge_wanted_ = true;
  }
  changed_.notify_all();
}

void Publisher::wait_until_merged() {
  std::unique_lock lock(waiting_);
  changed_.wait(lock, [this] { return !merge_wanted_ && !merge_running_; });
}

void Publisher::run() {
  std::unique_lock lock(waiting_);
  while (true) {
    changed_.wait(lock, [this] { return merge_wanted_ || stop_; });
    if (stop_) return;
    merge_wanted_ = false;
    merge_running_ = true;
    lock.unlock();
    merge_once();
    lock.lock();
    merge_running_ = false;
    changed_.notify_all();
  }
}

void Publisher::merge_once() {
  const std::shared_ptr<const view::View> origin = views_.current();
  const auto directory = view::text_index_directory(directory_);
  const auto base = build_text_base(*store_, *origin, directory_, stop_);
  if (!base) {
    if (!stop_) log_.write(LogLevel::Error, "the text index could not be built: " + base::to_text(base.error()));
    return;
  }
  const std::lock_guard lock(publishing_);
  const std::shared_ptr<const view::View> head = views_.current();
  const auto keys = documents_changed_since(*store_, origin->revision, *head, kAnyNumber);
  if (!keys) return log_.write(LogLevel::Error, base::to_text(keys.error()));
  const auto delta = delta_of(*store_, *head, *keys);
  if (!delta) return log_.write(LogLevel::Error, base::to_text(delta.error()));
  const view::KnowledgeReferred referred(*head->knowledge);
  const auto switched = text::put_in_force(directory, *base, origin->revision, *delta, referred, head->revision);
  if (!switched) return log_.write(LogLevel::Error, base::to_text(switched.error()));
  auto served = std::make_shared<view::View>(*head);
  view::attach_text(*served, directory_, head.get());
  if (served->text == nullptr) return log_.write(LogLevel::Error, served->text_issue);
  views_.serve(std::move(served));
  log_.write(LogLevel::Info, "text index of revision " + std::to_string(head->revision) + " merged");
  // What is still being read keeps its files until the next merge.
  replaced_.clear();
  if (const auto removed = text::remove_unused_segments(directory); !removed) {
    log_.write(LogLevel::Warning, base::to_text(removed.error()));
  }
}

}  // namespace treff::indexer
