// What the library has to say while it works. It prints nothing itself.
#ifndef SALESCHECKLIST_LOG_HPP
#define SALESCHECKLIST_LOG_HPP

#include <saleschecklist/config.h>

#include <functional>
#include <string_view>

namespace saleschecklist {

// Numbers are stable and never reused.
enum class LogLevel { debug = 0, info = 1, warning = 2, error = 3 };

// Receives one line (UTF-8, no line break) at a time, in order, in the thread of the call that it
// was given to and before that call returns; `message` is valid during the call only. Must not
// throw. Lines hold counts and names of parts, never the words of a transcript.
using Log = std::function<void(LogLevel level, std::string_view message)>;

SALESCHECKLIST_API const char *name(LogLevel level) noexcept;  // "debug", "info", ...

}  // namespace saleschecklist

#endif
