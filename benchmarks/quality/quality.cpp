// How well the offline assessor agrees with careful readers, on labelled calls.
//
//   quality CALLS_DIR [--split dev|held] [--cues FILE] [--errors]
//
// CALLS_DIR holds NAME.{vtt,srt,txt} beside NAME.labels.json, which names the call's split. The
// held split was never looked at while the cues were written. Prints precision, recall and Cohen's
// kappa per category and in all.
#include <saleschecklist/saleschecklist.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using namespace saleschecklist;

struct Counts {
  double both = 0, only_us = 0, only_reader = 0, neither = 0;

  void add(bool us, bool reader) {
    (us ? (reader ? both : only_us) : (reader ? only_reader : neither)) += 1;
  }
  double all() const { return both + only_us + only_reader + neither; }
  double precision() const { return both / std::max(1.0, both + only_us); }
  double recall() const { return both / std::max(1.0, both + only_reader); }
  // Cohen 1960: agreement beyond what the two yes rates give by chance.
  double kappa() const {
    const double n = all();
    const double agree = (both + neither) / n;
    const double us = (both + only_us) / n, reader = (both + only_reader) / n;
    const double chance = us * reader + (1 - us) * (1 - reader);
    return chance == 1 ? 1 : (agree - chance) / (1 - chance);
  }
};

std::string read_file(const fs::path &path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::optional<fs::path> call_of(const fs::path &labels) {
  std::string stem = labels.filename().string();
  stem.resize(stem.size() - std::string(".labels.json").size());
  for (const char *ending : {".vtt", ".srt", ".txt", ".json"}) {
    fs::path call = labels.parent_path() / (stem + ending);
    if (fs::exists(call)) return call;
  }
  return std::nullopt;
}

void print_row(const std::string &title, const Counts &c) {
  fmt::print("{:<32} {:>5} {:>5} {:>5} {:>9.3f} {:>7.3f} {:>7.3f}\n", title,
             static_cast<int>(c.both + c.only_us), static_cast<int>(c.both + c.only_reader),
             static_cast<int>(c.both), c.precision(), c.recall(), c.kappa());
}

class Benchmark {
 public:
  Benchmark(const Cues &cues, bool errors) : cues_(cues), errors_(errors) {}

  void add(const fs::path &labels_path, const std::string &split) {
    const auto call = call_of(labels_path);
    if (!call) return;
    const json labels = json::parse(read_file(labels_path));
    if (!split.empty() && labels.at("split") != split) return;
    ReadOptions options;
    options.rep_names = labels.value("reps", std::vector<std::string>());
    Transcript transcript = read_transcript(read_file(*call), options).value();
    const auto responses = assess_offline(transcript, checklist_, cues_).value().responses;
    Counts here;
    std::size_t at = 0;
    for (const Category &category : checklist_.categories) {
      for (const Item &item : category.items) {
        const Response &response = responses[at++];
        const auto found = labels.at("labels").find(item.id);
        if (found == labels.at("labels").end()) continue;
        const bool us = response.answer == Answer::yes, reader = found->at("answer") == "yes";
        here.add(us, reader);
        categories_[category.order].add(us, reader);
        total_.add(us, reader);
        if (errors_ && us != reader) print_error(call->stem().string(), item, response, *found);
      }
    }
    rows_.emplace_back(call->stem().string(), here);
  }

  void print() {
    fmt::print("{:<32} {:>5} {:>5} {:>5} {:>9} {:>7} {:>7}\n", "", "ours", "label", "both",
               "precision", "recall", "kappa");
    for (const auto &[name, counts] : rows_) print_row(name, counts);
    fmt::print("\n");
    for (const Category &c : checklist_.categories) print_row(c.name, categories_[c.order]);
    print_row("All", total_);
  }

 private:
  void print_error(const std::string &call, const Item &item, const Response &response,
                   const json &label) const {
    const bool us = response.answer == Answer::yes;
    const std::string quote = us ? response.evidence.front().quote : label.value("quote", "");
    fmt::print("{} {} {} [{}] \"{}\"\n", us ? "FALSE-YES" : "MISSED   ", item.id, call, item.title,
               quote);
  }

  const Checklist &checklist_ = Checklist::standard();
  const Cues &cues_;
  bool errors_;
  std::vector<std::pair<std::string, Counts>> rows_;
  std::map<int, Counts> categories_;
  Counts total_;
};

}  // namespace

int main(int argc, char **argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  std::string folder, split, cues_file;
  bool errors = false;
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (args[i] == "--split" && i + 1 < args.size())
      split = args[++i];
    else if (args[i] == "--cues" && i + 1 < args.size())
      cues_file = args[++i];
    else if (args[i] == "--errors")
      errors = true;
    else
      folder = args[i];
  }
  if (folder.empty()) {
    fmt::print(stderr, "usage: quality CALLS_DIR [--split dev|held] [--cues FILE] [--errors]\n");
    return 2;
  }
  Cues cues = Cues::standard();
  if (!cues_file.empty()) {
    auto read = cues_from_json(read_file(cues_file), Checklist::standard());
    if (!read) {
      fmt::print(stderr, "{}\n", to_string(read.error()));
      return 2;
    }
    cues = *std::move(read);
  }
  std::vector<fs::path> labels;
  for (const auto &entry : fs::directory_iterator(folder)) {
    const std::string file = entry.path().filename().string();
    if (file.size() > 12 && file.substr(file.size() - 12) == ".labels.json") {
      labels.push_back(entry.path());
    }
  }
  std::sort(labels.begin(), labels.end());
  Benchmark benchmark(cues, errors);
  for (const fs::path &path : labels) benchmark.add(path, split);
  benchmark.print();
}
