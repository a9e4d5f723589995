#include "server/serve.h"

#include "indexer/text_build.h"
#include "kb/store/store.h"
#include "server/http_server.h"
#include "server/routes.h"
#include "server/service.h"

namespace treff::server {

struct RunningServer::Inside {
  Inside(std::shared_ptr<store::Store> opened, const ServeOptions& options, const Clock& clock, base::LogSink& log)
      : store(std::move(opened)),
        views(store, options.kb_directory, view::read_name(options.kb_directory)),
        service{views, clock, log, {}, options.schema_directory, {}, {}},
        http(options.http, handlers_for(service), log) {}

  std::shared_ptr<store::Store> store;
  view::ViewHolder views;
  Service service;
  HttpServer http;  // last: stopped before what its handlers use goes away
};

RunningServer::RunningServer(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
RunningServer::~RunningServer() { stop(); }

std::uint16_t RunningServer::port() const { return inside_->http.port(); }
void RunningServer::stop() { inside_->http.stop(); }

Checked<std::unique_ptr<RunningServer>> RunningServer::start(const ServeOptions& options, const Clock& clock,
                                                             base::LogSink& log, Progress& progress) {
  auto store = store::Store::open(options.kb_directory, store::OpenMode::ReadWrite);
  if (!store) return fail_all({store.error()});
  for (const Issue& issue : (*store)->opening_issues()) log.write(LogLevel::Warning, issue.message);
  auto inside = std::make_unique<Inside>(std::shared_ptr<store::Store>(std::move(*store)), options, clock, log);
  auto view = inside->views.refresh(progress);
  if (!view) return fail_all(std::move(view.error()));
  if ((*view)->text == nullptr) {
    log.write(LogLevel::Warning, "the text index is rebuilt: " + (*view)->text_issue);
    const auto built = indexer::build_text_index(**view, options.kb_directory, progress);
    if (built) {
      view = inside->views.refresh(progress);
      if (!view) return fail_all(std::move(view.error()));
    } else {
      // Matching needs no text index: serve without it and say so in /readyz.
      log.write(LogLevel::Error, base::to_text(built.error()));
    }
  }
  if (!options.web_directory.empty()) {
    auto pages = load_pages(options.web_directory);
    if (!pages) return fail_all({pages.error()});
    inside->service.pages = std::move(*pages);
  }
  if (const Status listening = inside->http.start(); !listening) return fail_all({listening.error()});
  return std::unique_ptr<RunningServer>(new RunningServer(std::move(inside)));
}

}  // namespace treff::server
