// How often a model reads the transcript of an hour when assess() asks about all items: what of the
// prompts is billed at full price, with a double that keeps OpenAI's prompt cache by its rules.
//
// Rules: a cache holds the beginning of a prompt once a reply to it has begun; a later prompt with
// the same cache key reads the longest beginning that it shares with one before from the cache, in
// steps of 128 tokens and if it is at least 1,024. Tokens are counted as one per four bytes,
// because no tokenizer is at hand; the ratios hardly depend on it. The output schema counts as the
// first part of the prompt.
//
// Printed: `readings`, the tokens of the shared part (instructions, schema, transcript) that were
// billed at full price over those of one such part; cached tokens count as nothing. And, for the
// whole bill, all tokens at full price over the same, the questions about the items among them.
#include <saleschecklist/saleschecklist.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace saleschecklist;

constexpr std::size_t bytes_per_token = 4;
constexpr std::size_t least_cached = 1024, cache_step = 128;

std::string prompt_of(const ModelRequest &r) {
  return r.schema + r.instructions + r.shared + r.question;
}

class CachingModel : public LanguageModel {
 public:
  ModelInfo info() const override { return {"openai:gpt-4o-mini", 128'000, 16'384}; }

  Result<ModelReply> complete(const ModelRequest &request, Usage &usage) override {
    const std::string prompt = prompt_of(request);
    const std::size_t cached = cached_tokens(prompt);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // to the first byte
    {
      const std::lock_guard lock(mutex_);
      warm_.push_back(prompt);
    }
    if (request.on_begin) request.on_begin();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // the rest of the reply
    const ModelReply reply{answers_to(request.question)};
    const std::size_t read = prompt.size() / bytes_per_token;
    const std::size_t shared = (prompt.size() - request.question.size()) / bytes_per_token;
    usage.requests += 1;
    usage.tokens_in += static_cast<std::int64_t>(read);
    usage.tokens_cached += static_cast<std::int64_t>(cached);
    usage.tokens_out += static_cast<std::int64_t>(reply.text.size() / bytes_per_token);
    const std::lock_guard lock(mutex_);
    shared_ = shared;
    shared_at_full_price_ += shared - std::min(shared, cached);
    return reply;
  }

  double readings() const {
    return static_cast<double>(shared_at_full_price_) / static_cast<double>(shared_);
  }
  std::size_t shared() const { return shared_; }

 private:
  std::size_t cached_tokens(const std::string &prompt) {
    const std::lock_guard lock(mutex_);
    std::size_t longest = 0;
    for (const std::string &known : warm_) {
      const auto end = std::mismatch(prompt.begin(), prompt.end(), known.begin(), known.end());
      longest = std::max(longest, static_cast<std::size_t>(end.first - prompt.begin()));
    }
    const std::size_t tokens = longest / bytes_per_token / cache_step * cache_step;
    return tokens < least_cached ? 0 : tokens;
  }

  // A no to each line "[id] ...".
  static std::string answers_to(const std::string &question) {
    std::string out;
    for (std::size_t at = 0; at < question.size(); at = question.find('\n', at) + 1) {
      if (question[at] == '[') {
        out += out.empty() ? "{\"answers\": [" : ", ";
        out += "{\"item_id\": \"" + question.substr(at + 1, question.find(']', at) - at - 1) +
               "\", \"reasoning\": \"Nobody says it.\", \"evidence\": [], \"answer\": \"no\", "
               "\"confidence\": 0.9}";
      }
      if (question.find('\n', at) == std::string::npos) break;
    }
    return out + "], \"attempts\": []}";
  }

  std::mutex mutex_;
  std::vector<std::string> warm_;
  std::size_t shared_ = 0, shared_at_full_price_ = 0;
};

std::string read_file(const char *path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

int main() {
  const Transcript transcript = read_transcript(read_file(SALESCHECKLIST_HOUR_CALL)).value();
  std::printf("%zu words, %zu utterances\n", measure(transcript).words,
              transcript.utterances.size());
  for (const std::size_t parallel : {1U, 4U, 8U, 10U}) {
    CachingModel model;
    AssessOptions options;
    options.parallel = parallel;
    Usage usage;
    const auto out = assess(transcript, Checklist::standard(), model, options, &usage);
    if (!out) {
      std::fprintf(stderr, "%s\n", to_string(out.error()).c_str());
      return 1;
    }
    const double full = static_cast<double>(usage.tokens_in - usage.tokens_cached) /
                        static_cast<double>(model.shared());
    std::printf(
        "parallel %2zu: %lld requests, shared part %zu tokens, read %lld, cached %lld: %.3f "
        "readings; with the questions %.3f\n",
        parallel, static_cast<long long>(usage.requests), model.shared(),
        static_cast<long long>(usage.tokens_in), static_cast<long long>(usage.tokens_cached),
        model.readings(), full);
  }
  return 0;
}
