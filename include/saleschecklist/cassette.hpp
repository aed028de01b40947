// Exchanges with services, kept as files and played back without a network.
#ifndef SALESCHECKLIST_CASSETTE_HPP
#define SALESCHECKLIST_CASSETTE_HPP

#include <saleschecklist/transport.hpp>

#include <memory>
#include <string>

namespace saleschecklist {

// Passes requests on to `inner` and writes each exchange that got a reply to a file of its own in
// `folder`, which is made if need be; see schemas/exchange.schema.json. Keys and cookies are "***"
// in them wherever they occur; the words that were sent and received are not hidden. An exchange
// that cannot be written fails with io. Fails with io when the folder cannot be made.
SALESCHECKLIST_API Result<std::shared_ptr<Transport>> record_transport(
    std::shared_ptr<Transport> inner, const std::string &folder);

// Answers requests from such a folder, piece by piece as they came, and sends nothing. A request is
// known by its method, URL and body, of which uploaded sound counts by its file name only, since
// encoders differ; equal ones get their replies in the order of recording, each once. An unknown
// request fails with not_found, naming the nearest recorded one and what differs. Fails with io
// when the folder cannot be read and with invalid_input when a file in it is not an exchange.
SALESCHECKLIST_API Result<std::shared_ptr<Transport>> replay_transport(const std::string &folder);

}  // namespace saleschecklist

#endif
