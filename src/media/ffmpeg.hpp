// Owning pointers for FFmpeg's C types.
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

// Takes ownership of an object that an FFmpeg function allocated. Throws std::bad_alloc if it is
// null.
template <class T>
Owned<T> own(T *made) {
  if (made == nullptr) throw std::bad_alloc();
  return Owned<T>(made);
}

// FFmpeg's description of an error number.
std::string ffmpeg_message(int error);

// Keeps FFmpeg from writing to standard error on this thread while the library uses it; FFmpeg
// calls of other threads of the host are logged by FFmpeg's default callback. FFmpeg has one log
// callback per process and no function to query it: the first FfmpegLogGuard sets it, and a host
// with its own callback must set that again afterwards.
class FfmpegLogGuard {
 public:
  FfmpegLogGuard();
  ~FfmpegLogGuard();
  FfmpegLogGuard(const FfmpegLogGuard &) = delete;
  FfmpegLogGuard &operator=(const FfmpegLogGuard &) = delete;
};

}  // namespace saleschecklist::media

#endif
