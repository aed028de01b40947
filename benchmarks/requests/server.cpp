// Answers chat completions at once, for the clients that are measured: server PORT_FILE. Runs until
// it is killed.
#include <httplib.h>

#include <fstream>
#include <iostream>
#include <string>

int main(int argc, char **argv) {
  if (argc != 2) {
    std::cerr << "usage: server PORT_FILE\n";
    return 2;
  }
  const std::string answer =
      R"({"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4o-mini",)"
      R"("choices":[{"index":0,"message":{"role":"assistant","content":"{\"answers\":[]}",)"
      R"("refusal":null},"logprobs":null,"finish_reason":"stop"}],"usage":{"prompt_tokens":100,)"
      R"("completion_tokens":10,"total_tokens":110}})";
  httplib::Server server;
  constexpr std::size_t threads = 80;  // a connection holds one as long as it is kept
  server.new_task_queue = [] { return new httplib::ThreadPool(threads); };
  server.set_keep_alive_max_count(1'000'000'000);
  server.set_tcp_nodelay(true);
  server.Post("/v1/chat/completions", [&](const httplib::Request &, httplib::Response &response) {
    response.set_content(answer, "application/json");
  });
  const int port = server.bind_to_any_port("127.0.0.1");
  std::ofstream(argv[1]) << port << std::endl;
  server.listen_after_bind();
}
