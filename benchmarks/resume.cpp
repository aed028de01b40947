// How soon an interrupted run asks its next question, and what keeping everything adds to a run.
#include <saleschecklist/saleschecklist.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace {

using namespace saleschecklist;
using std::chrono::steady_clock;

// Milliseconds.
double ms_since(steady_clock::time_point begun) {
  return std::chrono::duration<double, std::milli>(steady_clock::now() - begun).count();
}

Transcript hour_call() {
  std::ifstream in(SALESCHECKLIST_HOUR_CALL, std::ios::binary);
  return read_transcript(std::string(std::istreambuf_iterator<char>(in), {})).value();
}

// Answers every item with a no, at once; from question `last` on it only notes when it was asked.
class QuickModel : public LanguageModel {
 public:
  explicit QuickModel(int last) : last_(last) {}

  ModelInfo info() const override { return {"openai:gpt-4o-mini", 128'000, 16'384}; }

  Result<ModelReply> complete(const ModelRequest &request, Usage &usage) override {
    if (asked_++ == 0) first_ = steady_clock::now();
    if (asked_ > last_) return Error{ErrorCode::network, "cut off", {}};
    usage.requests += 1;
    std::string rows;
    for (std::size_t at = request.question.find('['); at != std::string::npos;
         at = request.question.find("\n[", at + 1)) {
      const std::size_t begin = request.question.find('[', at) + 1;
      const std::string id =
          request.question.substr(begin, request.question.find(']', begin) - begin);
      rows += (rows.empty() ? "" : ",") + ("{\"item_id\":\"" + id) +
              "\",\"reasoning\":\"It is not "
              "said.\",\"evidence\":[],\"answer\":\"no\",\"confidence\":0.9}";
    }
    return ModelReply{"{\"answers\":[" + rows + "],\"attempts\":[]}"};
  }

  steady_clock::time_point first() const { return first_; }

 private:
  const int last_;
  std::atomic<int> asked_{0};
  steady_clock::time_point first_;
};

Engine open(const std::string &file, std::shared_ptr<LanguageModel> model) {
  EngineOptions options;
  options.store = sqlite_store(file).value();
  options.services.model = std::move(model);
  return Engine::open(options).value();
}

}  // namespace

int main() {
  const auto folder = std::filesystem::temp_directory_path() / "saleschecklist-resume";
  const Transcript call = hour_call();
  std::vector<double> all;
  for (int i = 0; i < 15; ++i) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const std::string file = (folder / "sessions.db").string();
    std::string id;
    {
      const Engine engine = open(file, std::make_shared<QuickModel>(8));
      id = engine.create({"Acme"}).value().id;
      if (!engine.attach_transcript(id, call) || engine.run(id)) return 1;
    }
    const auto begun = steady_clock::now();
    const auto model = std::make_shared<QuickModel>(0);
    const Engine engine = open(file, model);
    if (engine.run(id)) return 1;
    all.push_back(std::chrono::duration<double, std::milli>(model->first() - begun).count());
  }
  std::sort(all.begin(), all.end());
  std::printf(
      "an hour's call, 8 of 10 categories answered: from opening the store to the next question "
      "%.0f ms (median of %zu; slowest %.0f ms)\n",
      all[all.size() / 2], all.size(), all.back());

  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  const Engine engine = open((folder / "sessions.db").string(), nullptr);
  const std::string id = engine.create({"Acme"}).value().id;
  if (!engine.attach_transcript(id, call)) return 1;
  auto begun = steady_clock::now();
  if (!engine.run(id)) return 1;
  const double kept = ms_since(begun);
  begun = steady_clock::now();
  if (!analyze(call, Checklist::standard())) return 1;
  std::printf("offline, all stages kept in SQLite: %.0f ms beside %.0f ms in memory\n", kept,
              ms_since(begun));
  std::filesystem::remove_all(folder);
}
