// FFmpeg's C types with owners.
#ifndef SALESCHECKLIST_MEDIA_FFMPEG_HPP
#define SALESCHECKLIST_MEDIA_FFMPEG_HPP

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
}

#include <memory>
#include <new>
#include <string>

namespace saleschecklist::media {

struct FreeFfmpeg {
  void operator()(AVFormatContext *p) const { avformat_free_context(p); }
  void operator()(AVCodecContext *p) const { avcodec_free_context(&p); }
  void operator()(AVPacket *p) const { av_packet_free(&p); }
  void operator()(AVFrame *p) const { av_frame_free(&p); }
  void operator()(SwrContext *p) const { swr_free(&p); }
};

template <class T>
using Owned = std::unique_ptr<T, FreeFfmpeg>;

// Takes what an FFmpeg function allocated.
template <class T>
Owned<T> own(T *made) {
  if (made == nullptr) throw std::bad_alloc();
  return Owned<T>(made);
}

// FFmpeg's own words for an error number.
std::string ffmpeg_message(int error);

// Keeps FFmpeg from writing to the standard error stream while this thread works for the library;
// what other threads of the host do with FFmpeg is logged as by default. FFmpeg has one log
// callback per process and no way to ask for it: the first FfmpegLogGuard sets it, and a host that
// has one of its own sets it again after that.
class FfmpegLogGuard {
 public:
  FfmpegLogGuard();
  ~FfmpegLogGuard();
  FfmpegLogGuard(const FfmpegLogGuard &) = delete;
  FfmpegLogGuard &operator=(const FfmpegLogGuard &) = delete;
};

}  // namespace saleschecklist::media

#endif
