// The language models among the ports, and how tests ask them.
#ifndef SALESCHECKLIST_TESTS_MODELS_HPP
#define SALESCHECKLIST_TESTS_MODELS_HPP

#include "providers/ports.hpp"

#include <atomic>
#include <stdexcept>

namespace saleschecklist::test {

inline std::vector<PortCase> models() {
  std::vector<PortCase> out;
  for (const PortCase &port : all_ports()) {
    if (port.name.find("model") != std::string::npos) out.push_back(port);
  }
  return out;
}

inline std::shared_ptr<LanguageModel> open(const FakeServices &server, const PortCase &port,
                                           const std::string &model = "") {
  ProviderOptions options = options_for(server, port);
  if (!model.empty()) options.model = model;
  return open_model(port.provider, options).value();
}

inline PortCase model_of(const std::string &provider) {
  for (const PortCase &port : models()) {
    if (port.provider == provider) return port;
  }
  throw std::runtime_error(provider);
}

inline ModelReply reply_of(LanguageModel &model, const ModelRequest &request = small_question()) {
  Usage usage;
  return model.complete(request, usage).value();
}

inline ModelRequest streamed(std::atomic<int> &begun) {
  ModelRequest out = small_question();
  out.on_begin = [&begun] { ++begun; };
  return out;
}

inline Handler refuse(const std::string &message, const std::string &param = "",
                      const std::string &code = "unsupported_parameter", int status = 400) {
  return answer(status,
                Json{{"error", {{"message", message}, {"param", param}, {"code", code}}}}.dump());
}

// What a model would write that answers each item of the checklist that the body of a request asks
// about with no, except `left_out`.
inline std::string all_no(const std::string &body, const Checklist &checklist,
                          const std::string &left_out = "") {
  Json answers = Json::array();
  for (const Category &category : checklist.categories) {
    for (const Item &item : category.items) {
      if (item.id == left_out || body.find("[" + item.id + "] ") == std::string::npos) continue;
      answers.push_back({{"item_id", item.id},
                         {"reasoning", "Nobody said so."},
                         {"evidence", Json::array()},
                         {"answer", "no"},
                         {"confidence", 0.9}});
    }
  }
  return Json{{"answers", answers}, {"attempts", Json::array()}}.dump();
}

#define FOR_EACH_MODEL                  \
  for (const PortCase &port : models()) \
    if (doctest::String title = port.name.c_str(); true)

}  // namespace saleschecklist::test

#endif
