#ifdef SALESCHECKLIST_WITH_FFMPEG

#include "media/ffmpeg.hpp"

#include <cstdarg>

namespace saleschecklist::media {
namespace {

thread_local int quiet_depth = 0;

void log_unless_quiet(void *context, int level, const char *format, va_list arguments) {
  if (quiet_depth == 0) av_log_default_callback(context, level, format, arguments);
}

}  // namespace

std::string ffmpeg_message(int error) {
  char text[AV_ERROR_MAX_STRING_SIZE] = {};
  av_strerror(error, text, sizeof text);
  return text;
}

FfmpegLogGuard::FfmpegLogGuard() {
  static const bool installed = (av_log_set_callback(&log_unless_quiet), true);
  static_cast<void>(installed);
  ++quiet_depth;
}

FfmpegLogGuard::~FfmpegLogGuard() { --quiet_depth; }

}  // namespace saleschecklist::media

#endif
