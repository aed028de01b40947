// Records the exchanges with services as files, and replays them without a network.
#ifndef SALESCHECKLIST_CASSETTE_HPP
#define SALESCHECKLIST_CASSETTE_HPP

#include <saleschecklist/transport.hpp>

#include <memory>
#include <string>

namespace saleschecklist {

// Passes requests to `inner` and writes each exchange that got a reply to its own file in `folder`,
// which is created if it does not exist; see schemas/exchange.schema.json. Keys and cookies are
// written as "***"; the content that was sent and received is not hidden. An exchange that cannot
// be written fails with io. Fails with io if the folder cannot be created.
SALESCHECKLIST_API Result<std::shared_ptr<Transport>> record_transport(
    std::shared_ptr<Transport> inner, const std::string &folder);

// Answers requests from such a folder, in the same pieces as they were received, and sends nothing.
// A request is matched by its method, URL and body; of uploaded audio only the file name, if
// it has one, counts, because encoders differ. Equal requests get their replies in the order of
// recording, each once. A request that was not recorded fails with not_found, naming the most
// similar recorded one and what differs. Fails with io if the folder cannot be read, and with
// invalid_input if a file in it is not an exchange.
SALESCHECKLIST_API Result<std::shared_ptr<Transport>> replay_transport(const std::string &folder);

}  // namespace saleschecklist

#endif
