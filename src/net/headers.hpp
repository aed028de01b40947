// What may be in the headers of a request.
#ifndef SALESCHECKLIST_NET_HEADERS_HPP
#define SALESCHECKLIST_NET_HEADERS_HPP

#include <saleschecklist/transport.hpp>

namespace saleschecklist::net {

// Whether name and value stay one line, so that no other header can be smuggled in.
bool is_sendable(const HttpHeader &header);

}  // namespace saleschecklist::net

#endif
