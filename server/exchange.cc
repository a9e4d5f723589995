#include "server/exchange.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <string>
#include <typeinfo>
#include <utility>

#include "server/http_wire.h"
#include "server/socket_stream.h"

namespace treff::server {
namespace {

// The dynamic type of the exception in flight. Its text may hold input and goes nowhere.
std::string_view type_in_flight() {
  try {
    throw;
  } catch (const std::exception& error) {
    return typeid(error).name();
  } catch (...) {
    return "an unknown type";
  }
}

// Without length or chunks a client takes any orderly end for the whole answer: only a reset tells it otherwise.
void reset_on_close(int fd) {
  const linger at_once{1, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

// One gathering send; the number of bytes taken, or nullopt if the socket is dead.
std::optional<std::size_t> send_pair(int fd, std::string_view first, std::string_view second) {
  std::array<iovec, 2> parts{};
  parts[0] = {const_cast<char*>(first.data()), first.size()};
  parts[1] = {const_cast<char*>(second.data()), second.size()};
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = second.empty() ? 1 : 2;
  while (true) {
    const ssize_t sent = ::sendmsg(fd, &message, MSG_NOSIGNAL);
    if (sent >= 0) return static_cast<std::size_t>(sent);
    if (errno == EAGAIN || errno == EWOULDBLOCK) return 0;
    if (errno != EINTR) return std::nullopt;
  }
}

}  // namespace

Exchange::Exchange(const HttpOptions& options, const Handlers& handlers, base::LogSink& log,
                   std::shared_ptr<Mailbox> mailbox)
    : options_(options), handlers_(handlers), log_(log), mailbox_(std::move(mailbox)) {}

void Exchange::answer(const std::shared_ptr<Connection>& connection) const {
  Answer answer = run_handler(*connection);
  if (auto* response = std::get_if<HttpResponse>(&answer)) {
    send(*connection, std::move(*response));
  } else {
    begin_park(*connection, std::move(std::get<Park>(answer)));
  }
  give_back(connection);
}

void Exchange::resume(const std::shared_ptr<Connection>& connection, WakeReason reason) const {
  if (auto response = run_resume(*connection, reason)) {
    connection->park.reset();
    connection->ticket->waiting = false;
    connection->ticket.reset();
    send(*connection, std::move(*response));
  }
  give_back(connection);
}

void Exchange::stream(const std::shared_ptr<Connection>& connection) const {
  connection->close_after = true;
  run_stream(*connection);
  give_back(connection);
}

Answer Exchange::run_handler(const Connection& connection) const {
  const HttpRequest& request = connection.head.request;
  try {
    Answer answer = handlers_.answer(request);
    if (std::holds_alternative<Park>(answer) && connection.route.kind != RouteClass::Parked) {
      return failure(request, "a handler parked a request on a route of another class", "none");
    }
    return answer;
  } catch (...) {
    return failure(request, "a handler threw", type_in_flight());
  }
}

void Exchange::begin_park(Connection& connection, Park park) const {
  const auto wait = std::clamp(park.wait, std::chrono::milliseconds(0), options_.deadlines.park);
  connection.park_deadline = SteadyClock::now() + wait;
  connection.ticket = std::make_shared<WakeTicket>();
  connection.ticket->mailbox = mailbox_;
  connection.ticket->connection_id = connection.id;
  connection.park = std::move(park);
  try {
    if (connection.park->subscribe) connection.park->subscribe(Waker(connection.ticket));
  } catch (...) {
    connection.park.reset();
    connection.ticket->waiting = false;
    send(connection, failure(connection.head.request, "a park's subscribe threw", type_in_flight()));
  }
}

std::optional<HttpResponse> Exchange::run_resume(Connection& connection, WakeReason reason) const {
  const HttpRequest& request = connection.head.request;
  try {
    auto response = connection.park->resume(reason);
    if (response || reason == WakeReason::Woken) return response;
    return failure(request, "a parked request had no answer at its end", "none");
  } catch (...) {
    return failure(request, "a park's resume threw", type_in_flight());
  }
}

void Exchange::run_stream(Connection& connection) const {
  SocketWriter writer(connection, options_);
  SocketReader reader(connection, options_, writer);
  std::optional<HttpResponse> failed;
  try {
    handlers_.stream(connection.head.request, reader, writer);
  } catch (...) {
    failed = failure(connection.head.request, "a streaming handler threw", type_in_flight());
  }
  if (!writer.is_started()) {
    if (!failed && reader.refusal()) {
      failed = problem_response(reader.refusal()->status, reader.refusal()->detail, connection.head.request.request_id);
    }
    if (!failed) failed = failure(connection.head.request, "a streaming handler gave no answer", "none");
    send(connection, std::move(*failed));
    return;
  }
  connection.broken = !writer.is_complete();
  if (connection.broken && connection.head.is_http_1_0) reset_on_close(connection.fd);
  observe(connection, writer.status(), writer.body_bytes());
}

void Exchange::send(Connection& connection, HttpResponse response) const {
  const HttpRequest& request = connection.head.request;
  connection.close_after = connection.close_after || mailbox_->is_draining();
  // Before the client can have its answer: the next request it sends, on any connection, finds the room free.
  std::string().swap(connection.head.request.body);
  connection.room.release();
  if (!is_sendable(response)) response = failure(request, "an answer had an impossible status or header", "none");
  const bool without_body = request.method == "HEAD" || !allows_body(response.status);
  const WireForm form{connection.close_after, connection.head.is_http_1_0, BodyForm::Length};
  const std::string head = response_head(response, form, request.request_id);
  const std::string_view body = without_body ? std::string_view() : std::string_view(response.body);
  connection.out.clear();
  connection.out_sent = 0;
  const auto sent = send_pair(connection.fd, head, body);
  if (!sent) {
    connection.broken = true;
  } else if (*sent < head.size()) {
    connection.out = head.substr(*sent);
    connection.out.append(body);
  } else if (*sent < head.size() + body.size()) {
    // The rest waits in the poller without a copy: the body moves, and sending goes on in its middle.
    connection.out_sent = *sent - head.size();
    connection.out = std::move(response.body);
    observe(connection, response.status, connection.out.size());
    return;
  }
  observe(connection, response.status, body.size());
}

tl::expected<Route, Refusal> Exchange::classify(const HttpRequest& request) const {
  try {
    return handlers_.classify(request.method, request.path);
  } catch (...) {
    failure(request, "the classifier threw", type_in_flight());
    return tl::unexpected<Refusal>(Refusal{500, "the server failed on this request"});
  }
}

HttpResponse Exchange::failure(const HttpRequest& request, std::string_view what, std::string_view type) const {
  std::string line = "request " + request.request_id + ": ";
  line.append(what).append(" (exception type ").append(type).append(")");
  log_.write(base::LogLevel::Error, line);
  return problem_response(500, "the server failed on this request", request.request_id);
}

void Exchange::observe(const Connection& connection, int status, std::size_t body_bytes) const {
  if (!handlers_.observe) return;
  const auto took = SteadyClock::now() - connection.request_began;
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(took);
  try {
    handlers_.observe(AccessRecord{connection.head.request, status, body_bytes, micros});
  } catch (...) {
    failure(connection.head.request, "the observer threw", type_in_flight());
  }
}

void Exchange::give_back(const std::shared_ptr<Connection>& connection) const {
  const bool nothing_to_do = !connection->park && !connection->broken && !connection->close_after &&
                             connection->out.empty() && connection->in.empty();
  mailbox_->post_returned(connection, !nothing_to_do);
}

}  // namespace treff::server
