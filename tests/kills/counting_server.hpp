// A model behind HTTP that answers every question honestly, and remembers who asked what.
#ifndef SALESCHECKLIST_TESTS_COUNTING_SERVER_HPP
#define SALESCHECKLIST_TESTS_COUNTING_SERVER_HPP

#include <httplib.h>

#include <chrono>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "assess/model/mock_model.hpp"

namespace saleschecklist::test {

// Answers about one call, at the end of which one more customer's sentence is added that begins
// with `ending`. It proves an item, so that also what comes after the answers is asked with it.
// Speaks like OpenAI; the id of each reply is its number.
class CountingServer {
 public:
  CountingServer(const Transcript &call, std::string ending)
      : honest_(call, Checklist::standard()),
        ending_(std::move(ending)),
        ending_at_(call.utterances.size()) {
    for (const Category &category : Checklist::standard().categories) {
      for (const Item &item : category.items) {
        items_.insert(item.id);
        if (proved_.empty() && item.evidence_from == EvidenceFrom::customer) proved_ = item.id;
      }
    }
    server_.Post("/v1/chat/completions",
                 [this](const auto &request, auto &response) { serve(request.body, response); });
    server_.new_task_queue = [] { return new httplib::ThreadPool(48); };
    server_.set_tcp_nodelay(true);
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~CountingServer() {
    server_.stop();
    thread_.join();
  }

  std::string address() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1"; }

  // The reply of that number is kept: its question is not to be asked again.
  void kept(const std::string &number) {
    const std::lock_guard lock(mutex_);
    finished_.insert(questions_.at(number));
  }
  std::size_t asked() const {
    const std::lock_guard lock(mutex_);
    return questions_.size();
  }
  // How many questions were asked although their answer was kept.
  std::size_t paid_again() const {
    const std::lock_guard lock(mutex_);
    return paid_again_;
  }

 private:
  void serve(const std::string &body, httplib::Response &response) {
    const Json request = Json::parse(body);
    std::string number;
    {
      const std::lock_guard lock(mutex_);
      number = std::to_string(questions_.size() + 1);
      questions_[number] = body;
      paid_again_ += finished_.count(body);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    const Json message = {{"role", "assistant"}, {"content", reply_to(request)}};
    const Json reply = {{"id", number},
                        {"choices", {{{"message", message}, {"finish_reason", "stop"}}}},
                        {"usage", {{"prompt_tokens", 100}, {"completion_tokens", 50}}}};
    response.set_header("x-request-id", number);
    response.set_content(reply.dump(), "application/json");
  }

  std::string reply_to(const Json &request) const {
    const Json &format = request.at("response_format").at("json_schema");
    if (format.at("name") == "coaching") return coaching_reply().dump();
    std::string text;
    for (const Json &message : request.at("messages"))
      text += text_of(message.at("content")) + "\n";
    const std::size_t begin = text.find(ending_);
    const std::string last = text.substr(begin, text.find('.', begin) + 1 - begin);
    Json entries = Json::array();
    for (const std::string &id : asked_ids(text)) {
      if (id == proved_) {
        entries.push_back(entry(id, "yes", Json::array({quote_of(ending_at_, last)})));
      } else if (items_.count(id) > 0) {
        entries.push_back(honest_.entry_for(id));
      }
    }
    return answers_of(entries).dump();
  }

  static std::string text_of(const Json &content) {
    if (content.is_string()) return content;
    std::string out;
    for (const Json &part : content) out += part.value("text", "") + "\n";
    return out;
  }

  httplib::Server server_;
  std::thread thread_;
  int port_ = 0;
  const Honest honest_;
  const std::string ending_;
  const std::size_t ending_at_;
  std::set<std::string> items_;
  std::string proved_;
  mutable std::mutex mutex_;
  std::map<std::string, std::string> questions_;  // by number
  std::set<std::string> finished_;
  std::size_t paid_again_ = 0;
};

}  // namespace saleschecklist::test

#endif
