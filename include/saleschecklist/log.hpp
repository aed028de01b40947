// Log messages. The library itself prints nothing.
#ifndef SALESCHECKLIST_LOG_HPP
#define SALESCHECKLIST_LOG_HPP

#include <saleschecklist/config.h>

#include <functional>
#include <string_view>

namespace saleschecklist {

// Numbers are stable and never reused.
enum class LogLevel { debug = 0, info = 1, warning = 2, error = 3 };

// Receives one line at a time (UTF-8, without a line break), in order, on the thread of the call
// that it was given to and before that call returns. `message` is valid only during the call. Must
// not throw. Messages contain counts and names of parts, never words of a transcript.
using Log = std::function<void(LogLevel level, std::string_view message)>;

SALESCHECKLIST_API const char *name(LogLevel level) noexcept;  // "debug", "info", ...

}  // namespace saleschecklist

#endif
