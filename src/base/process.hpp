// The process that runs, for what must not be used by a child after a fork().
#ifndef SALESCHECKLIST_BASE_PROCESS_HPP
#define SALESCHECKLIST_BASE_PROCESS_HPP

#include "base/errors.hpp"

#ifndef _WIN32
#include <unistd.h>
#endif

#include <cstdint>
#include <string>

namespace saleschecklist::base {

// 0 where there is no fork().
inline std::int64_t process_id() {
#ifndef _WIN32
  return ::getpid();
#else
  return 0;
#endif
}

inline Error opened_before_fork(const char *what) {
  return errors::invalid_argument(std::string("this ") + what +
                                  " was opened before a fork(); open one after it");
}

}  // namespace saleschecklist::base

#endif
