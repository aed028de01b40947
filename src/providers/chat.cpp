#include "providers/chat.hpp"
#include "base/errors.hpp"

#include "base/guard.hpp"
#include "providers/defaults.hpp"
#include "providers/model_list.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>

namespace saleschecklist::providers {
namespace {

constexpr std::chrono::seconds discovery_time{10};
constexpr const char *default_effort = "low";
constexpr std::size_t bytes_per_token = 4;

// Room in the reply for hidden reasoning, which counts as written. Answers of 120 tokens were seen
// with 1,400 tokens of reasoning at a low effort.
std::int64_t reasoning_room(std::string_view effort) {
  if (effort.empty() || effort == "none") return 0;
  if (effort == "minimal") return 1'000;
  if (effort == "low") return 4'000;
  return effort == "medium" ? 12'000 : 32'000;
}

// The tokens that a service may count: those of the request, and a quarter of the longest reply.
// What it counts indeed is learned from its replies.
std::int64_t expected_tokens(std::size_t body_bytes, const Question &question) {
  constexpr std::int64_t usual_part = 4;
  return static_cast<std::int64_t>(body_bytes / bytes_per_token) +
         question.max_output_tokens / usual_part;
}

// Calls on_begin at most once.
class Begin {
 public:
  explicit Begin(std::function<void()> on_begin) : on_begin_(std::move(on_begin)) {}
  void operator()() {
    if (!called_) {
      called_ = true;
      on_begin_();
    }
  }

 private:
  const std::function<void()> on_begin_;
  bool called_ = false;
};

// Takes the pieces of a 2xx body: events, or the whole document if the server does not stream.
class StreamedBody {
 public:
  StreamedBody(const ChatDialect &dialect, Draft &draft, Begin &begin)
      : dialect_(dialect),
        draft_(draft),
        begin_(begin),
        reader_([this](const net::SseEvent &event) { take_event(event); }) {}

  // Returns false to end the exchange. Exceptions are kept and rethrown by finish().
  bool take(std::string_view piece) noexcept {
    try {
      if (!kind_known_) {
        const std::size_t blank = document_.size();
        document_.append(piece);
        const std::size_t first = document_.find_first_not_of(" \t\r\n\xEF\xBB\xBF", blank);
        if (first == std::string::npos) return true;
        kind_known_ = true;
        constexpr std::string_view openings = "{[<";
        events_ = openings.find(document_[first]) == std::string_view::npos;
        if (events_) reader_.take(document_);
        if (!events_) begin_();
      } else if (events_) {
        reader_.take(piece);
      } else {
        document_.append(piece);
      }
      return true;
    } catch (...) {
      thrown_ = std::current_exception();
      return false;
    }
  }

  void finish() {
    if (thrown_) std::rethrow_exception(thrown_);
    ending_ = true;
    if (events_) reader_.finish();
  }

  bool is_events() const { return events_; }
  const std::string &document() const { return document_; }
  const std::string &fault() const {
    return fault_;
  }  // what in the stream could not be read; or empty

 private:
  void take_event(const net::SseEvent &event) {
    if (!fault_.empty() || draft_.service_error || draft_.done) return;
    begin_();
    // Unreadable data at the very end was cut off; the format is not at fault.
    if (!dialect_.decode_event(event, draft_) && !ending_) fault_ = shape_of(event.data);
  }

  const ChatDialect &dialect_;
  Draft &draft_;
  Begin &begin_;
  net::SseReader reader_;
  bool kind_known_ = false;
  bool events_ = false;
  bool ending_ = false;
  std::string document_;
  std::string fault_;
  std::exception_ptr thrown_;
};

class ChatModel final : public LanguageModel {
 public:
  ChatModel(std::shared_ptr<const ChatDialect> dialect, ProviderOptions options)
      : dialect_(std::move(dialect)),
        client_(dialect_->protocol(), std::move(options)),
        limits_(with_options(limits_of(client_.options().model))),
        retirement_(retirement_notice(client_.id())) {}

  ModelInfo info() const override {
    const std::lock_guard lock(mutex_);
    return {client_.id(), limits_.context_tokens, limits_.max_output_tokens};
  }

  void discover(const CancelToken &cancel) override {
    const std::lock_guard discovering(discovering_);
    if (discovered_ || client_.options().context_tokens > 0) return;
    auto deadline = std::chrono::steady_clock::now() + discovery_time;
    const Fetch fetch = [&](const char *method, const std::string &url,
                            const std::string &body) -> std::optional<Json> {
      if (cancel.cancelled()) return std::nullopt;
      ProviderRequest request{url, body.empty() ? "" : "application/json", body, deadline, cancel};
      request.method = method;
      request.retried = false;
      Usage usage;
      ServiceError refused;
      const auto reply = client_.send(std::move(request), usage, refused);
      return reply ? read_json(reply->body) : std::nullopt;
    };
    ModelLimits found = limits();
    dialect_->find_limits(client_.options(), fetch, found);
    discovered_ = !cancel.cancelled();
    const std::lock_guard lock(mutex_);
    limits_ = with_options(found);
  }

  Result<ModelReply> complete(const ModelRequest &request, Usage &usage) override {
    return base::guard([&]() -> Result<ModelReply> {
      Question question = prepare(request);
      // Before the host hears of it and asks more, so that nothing else is refused for the same.
      Begin begin([&] {
        downgrades_ |= question.downgrades;
        if (request.on_begin) request.on_begin();
      });
      auto deadline = client_.deadline();
      for (;;) {
        ServiceError refused;
        Result<ModelReply> reply = ask(question, deadline, begin, usage, refused);
        if (reply) {
          if (!question.schema.is_null()) {
            const auto notices = dialect_->notices(question.downgrades);
            reply->notices.insert(reply->notices.begin(), notices.begin(), notices.end());
          }
          if (!retirement_.empty()) reply->notices.push_back(retirement_);
          return reply;
        }
        if (refused.status == 400 && refused.kind == FailureKind::filter) {
          ModelReply filtered;
          filtered.finish = Finish::filtered;
          filtered.detail = net::excerpt(refused.message, 400);
          filtered.request_id = refused.request_id;
          return filtered;
        }
        if (refused.kind == FailureKind::context) learn_context(refused.message, request);
        const Downgrades more = dialect_->downgrade(refused, question) & ~question.downgrades;
        if (more == 0) return reply;
        question.downgrades |= more;
      }
    });
  }

 private:
  ModelLimits limits() const {
    const std::lock_guard lock(mutex_);
    return limits_;
  }

  // The host's limits take precedence.
  ModelLimits with_options(ModelLimits out) const {
    const ProviderOptions &options = client_.options();
    if (options.context_tokens > 0) out.context_tokens = options.context_tokens;
    if (options.max_output_tokens > 0) {
      out.max_output_tokens = options.max_output_tokens;
    } else if (!out.known) {
      const std::int64_t half = out.context_tokens / 2;
      out.max_output_tokens =
          options.context_tokens > 0 ? half : std::min(out.max_output_tokens, half);
    }
    return out;
  }

  // From now on the context is what the server says, or else half of what was thought, unless the
  // request was larger than what is known by now: it was made before another one was refused.
  void learn_context(std::string_view message, const ModelRequest &request) {
    const std::size_t bytes = request.instructions.size() + request.shared.size() +
                              request.question.size() + request.schema.size();
    const std::lock_guard lock(mutex_);
    const std::int64_t known = limits_.context_tokens;
    const std::int64_t told = context_told_by(message).value_or(known);
    const bool outdated = static_cast<std::int64_t>(bytes / bytes_per_token) > known;
    if (told >= known && outdated) return;
    limits_.context_tokens = told < known ? told : known / 2;
    limits_.max_output_tokens = std::min(limits_.max_output_tokens, limits_.context_tokens / 2);
  }

  std::string effort(const ModelLimits &limits) const {
    const std::string &wanted = client_.options().effort;
    return wanted.empty() && limits.reasons ? default_effort : wanted;
  }

  Question prepare(const ModelRequest &request) const {
    require_utf8(request.instructions, "instructions");
    require_utf8(request.shared, "shared");
    require_utf8(request.question, "question");
    Question out{request, client_.options(), nullptr};
    if (!request.schema.empty()) {
      auto schema = read_json(request.schema);
      if (!schema || !schema->is_object()) {
        throw BadResult(errors::invalid_argument("expected a JSON Schema", "schema"));
      }
      out.schema = *std::move(schema);
    }
    if (request.max_output_tokens < 1) {
      throw BadResult(
          errors::invalid_argument("expected a value of at least 1", "max_output_tokens"));
    }
    const ModelLimits limits = this->limits();
    out.effort = effort(limits);
    const std::int64_t room =
        request.reasoning_tokens > 0 ? request.reasoning_tokens : reasoning_room(out.effort);
    out.max_output_tokens = request.max_output_tokens + room;
    if (limits.max_output_tokens > 0) {
      out.max_output_tokens = std::min(out.max_output_tokens, limits.max_output_tokens);
    }
    out.takes_temperature = limits.takes_temperature;
    out.stream = static_cast<bool>(request.on_begin);
    out.downgrades = downgrades_;
    return out;
  }

  Result<ModelReply> ask(const Question &question, std::chrono::steady_clock::time_point &deadline,
                         Begin &begin, Usage &usage, ServiceError &refused) const {
    const std::string url = dialect_->endpoint(question);
    ProviderRequest sent{url,      "application/json",      compact(dialect_->encode(question)),
                         deadline, question.request.cancel, question.request.on_wait};
    sent.tokens = expected_tokens(sent.body.size(), question);
    Draft draft;
    StreamedBody body(*dialect_, draft, begin);
    if (question.stream) sent.on_body = [&](std::string_view piece) { return body.take(piece); };
    Result<HttpResponse> response = client_.send(std::move(sent), usage, refused);
    if (question.stream) body.finish();
    // If the connection broke after the reply was complete, the reply counts.
    const bool told = draft.service_error || draft.done;
    if (!response && (!told || response.error().code == ErrorCode::cancelled)) {
      usage += draft.used;
      return response.error();
    }
    const HttpResponse reply = response ? *std::move(response) : HttpResponse{200, {}, {}};
    const bool whole = !question.stream || !body.is_events();
    Result<ModelReply> out =
        whole ? read_document(question.stream ? body.document() : reply.body, reply, draft, url)
              : read_events(body, reply, draft, url);
    usage += draft.used;
    if (out) begin();
    return out;
  }

  Result<ModelReply> read_document(const std::string &body, const HttpResponse &response,
                                   Draft &draft, const std::string &url) const {
    const auto document = read_json(body);
    if (!document || (!dialect_->decode(*document, draft) && !draft.service_error)) {
      return client_.unreadable(shape_of(body), response, url);
    }
    return finished(response, draft, url);
  }

  Result<ModelReply> read_events(const StreamedBody &body, const HttpResponse &response,
                                 Draft &draft, const std::string &url) const {
    if (!body.fault().empty()) {
      return client_.unreadable("an event with " + body.fault(), response, url);
    }
    if (!draft.service_error && !draft.ended && !draft.done) {
      Error broken = client_.unreadable("", response, url);
      broken.code = ErrorCode::network;
      broken.message = "the connection broke before the reply was complete";
      return broken;
    }
    return finished(response, draft, url);
  }

  Result<ModelReply> finished(const HttpResponse &response, Draft &draft,
                              const std::string &url) const {
    const std::string id = client_.request_id(response);
    if (draft.service_error) {
      draft.service_error->status = response.status;
      if (draft.service_error->request_id.empty()) draft.service_error->request_id = id;
      return client_.error_of(*draft.service_error, url);
    }
    if (!id.empty()) draft.reply.request_id = id;
    return std::move(draft.reply);
  }

  const std::shared_ptr<const ChatDialect> dialect_;
  const ProviderClient client_;
  mutable std::mutex mutex_;
  ModelLimits limits_;
  std::mutex discovering_;
  bool discovered_ = false;
  const std::string retirement_;
  std::atomic<Downgrades> downgrades_{0};  // what this server is known to reject
};

}  // namespace

std::shared_ptr<LanguageModel> chat_model(std::shared_ptr<const ChatDialect> dialect,
                                          ProviderOptions options) {
  return std::make_shared<ChatModel>(std::move(dialect), std::move(options));
}

std::string instructions_with_schema(const Question &question) {
  std::string out = question.request.instructions;
  if (!out.empty()) out += "\n\n";
  return out +
         "Reply with one JSON document and nothing else: no Markdown, no explanation. It has to be "
         "valid under this JSON Schema:\n" +
         compact(question.schema);
}

std::string user_text(const ModelRequest &request) {
  const bool both = !request.shared.empty() && !request.question.empty();
  return request.shared + (both ? "\n\n" : "") + request.question;
}

}  // namespace saleschecklist::providers
