#ifdef SALESCHECKLIST_WITH_FFMPEG

#include "media/clip_writer.hpp"
#include "base/errors.hpp"

#include "media/ffmpeg.hpp"
#include "media/sound_reader.hpp"

#include <algorithm>

namespace saleschecklist::media {
namespace {

constexpr std::int64_t opus_bits_per_second = 32'000;
constexpr const char *opus_complexity = "5";  // of 10: half the work for the same recognition
// Recognisers refuse clips that are shorter than a tenth of a second.
constexpr std::int64_t least_samples = samples_per_second / 5;

const AVCodec *encoder_of(ClipFormat format) {
  return avcodec_find_encoder_by_name(format == ClipFormat::flac ? "flac" : "libopus");
}

void check(int result) {
  if (result == AVERROR(ENOMEM)) throw std::bad_alloc();
  if (result < 0) {
    throw BadResult(errors::internal("cannot write a clip: " + ffmpeg_message(result)));
  }
}

}  // namespace

bool can_write(ClipFormat format) {
  const FfmpegLogGuard quiet;
  const char *container = format == ClipFormat::flac ? "flac" : "ogg";
  return encoder_of(format) != nullptr && av_guess_format(container, nullptr, nullptr) != nullptr;
}

const char *extension(ClipFormat format) { return format == ClipFormat::flac ? "flac" : "ogg"; }

const char *content_type(ClipFormat format) {
  return format == ClipFormat::flac ? "audio/flac" : "audio/ogg";
}

std::int64_t longest_clip_ms(ClipFormat format, std::size_t bytes) {
  constexpr std::int64_t headers = 16'384;
  // Incompressible sound takes 32 bytes per ms, plus the headers of the frames.
  constexpr std::int64_t flac_bytes_per_ms = 33;
  // Twice the mean rate that the encoder is set to.
  constexpr std::int64_t opus_bytes_per_ms = 2 * opus_bits_per_second / 8000;
  const auto room = static_cast<std::int64_t>(std::min<std::size_t>(bytes, INT64_MAX)) - headers;
  const std::int64_t each = format == ClipFormat::flac ? flac_bytes_per_ms : opus_bytes_per_ms;
  return std::max<std::int64_t>(room, 0) / each;
}

class ClipWriter::State {
 public:
  explicit State(ClipFormat format)
      : packet_(own(av_packet_alloc())), frame_(own(av_frame_alloc())) {
    const AVCodec *codec = encoder_of(format);
    if (codec == nullptr)
      throw BadResult(errors::internal("FFmpeg's libraries do not have the encoder"));
    encoder_ = own(avcodec_alloc_context3(codec));
    encoder_->sample_rate = samples_per_second;
    encoder_->sample_fmt = AV_SAMPLE_FMT_S16;
    encoder_->time_base = {1, samples_per_second};
    encoder_->thread_count = 1;
    encoder_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    av_channel_layout_default(&encoder_->ch_layout, 1);
    AVDictionary *settings = nullptr;
    if (format == ClipFormat::opus) {
      encoder_->bit_rate = opus_bits_per_second;
      av_dict_set(&settings, "application", "voip", 0);
      av_dict_set(&settings, "compression_level", opus_complexity, 0);
    }
    const int opened = avcodec_open2(encoder_.get(), codec, &settings);
    av_dict_free(&settings);
    check(opened);
    open_container(format == ClipFormat::flac ? "flac" : "ogg");
    frame_size_ = encoder_->frame_size > 0 ? encoder_->frame_size : samples_per_second / 50;
  }

  ~State() {
    if (container_ && container_->pb != nullptr) drop_buffer();
  }

  void add(const std::int16_t *samples, std::size_t count) {
    added_ += static_cast<std::int64_t>(count);
    pending_.insert(pending_.end(), samples, samples + count);
    std::size_t from = 0;
    const auto size = static_cast<std::size_t>(frame_size_);
    for (; pending_.size() - from >= size; from += size) encode(pending_.data() + from, size);
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(from));
  }

  std::string finish() {
    if (added_ < least_samples) {
      const Samples silence(static_cast<std::size_t>(least_samples - added_));
      add(silence.data(), silence.size());
    }
    if (!pending_.empty()) encode(pending_.data(), pending_.size());
    check(avcodec_send_frame(encoder_.get(), nullptr));
    write_packets();
    check(av_write_trailer(container_.get()));
    std::uint8_t *bytes = nullptr;
    const int size = avio_close_dyn_buf(container_->pb, &bytes);
    container_->pb = nullptr;
    const std::unique_ptr<std::uint8_t, void (*)(void *)> owner(bytes, &av_free);
    return {reinterpret_cast<const char *>(bytes), static_cast<std::size_t>(size)};
  }

  std::int64_t added_ = 0;

 private:
  void open_container(const char *name) {
    AVFormatContext *made = nullptr;
    check(avformat_alloc_output_context2(&made, nullptr, name, nullptr));
    container_.reset(made);
    stream_ = avformat_new_stream(made, nullptr);
    if (stream_ == nullptr) throw std::bad_alloc();
    check(avcodec_parameters_from_context(stream_->codecpar, encoder_.get()));
    stream_->time_base = encoder_->time_base;
    made->flags |= AVFMT_FLAG_BITEXACT;  // leaves the libraries' version out of the file
    check(avio_open_dyn_buf(&made->pb));
    check(avformat_write_header(made, nullptr));
  }

  void drop_buffer() {
    std::uint8_t *bytes = nullptr;
    avio_close_dyn_buf(container_->pb, &bytes);
    av_free(bytes);
    container_->pb = nullptr;
  }

  void encode(const std::int16_t *samples, std::size_t count) {
    av_frame_unref(frame_.get());
    frame_->format = encoder_->sample_fmt;
    frame_->sample_rate = encoder_->sample_rate;
    frame_->nb_samples = static_cast<int>(count);
    check(av_channel_layout_copy(&frame_->ch_layout, &encoder_->ch_layout));
    check(av_frame_get_buffer(frame_.get(), 0));
    std::copy_n(samples, count, reinterpret_cast<std::int16_t *>(frame_->data[0]));
    frame_->pts = encoded_;
    encoded_ += static_cast<std::int64_t>(count);
    check(avcodec_send_frame(encoder_.get(), frame_.get()));
    write_packets();
  }

  void write_packets() {
    for (;;) {
      const int got = avcodec_receive_packet(encoder_.get(), packet_.get());
      if (got == AVERROR(EAGAIN) || got == AVERROR_EOF) return;
      check(got);
      packet_->stream_index = stream_->index;
      av_packet_rescale_ts(packet_.get(), encoder_->time_base, stream_->time_base);
      check(av_interleaved_write_frame(container_.get(), packet_.get()));
    }
  }

  FfmpegLogGuard quiet_;
  Owned<AVCodecContext> encoder_;
  Owned<AVPacket> packet_;
  Owned<AVFrame> frame_;
  Owned<AVFormatContext> container_;
  AVStream *stream_ = nullptr;
  int frame_size_ = 0;
  Samples pending_;
  std::int64_t encoded_ = 0;
};

ClipWriter::ClipWriter(ClipFormat format) : state_(std::make_unique<State>(format)) {}
ClipWriter::~ClipWriter() = default;
ClipWriter::ClipWriter(ClipWriter &&) noexcept = default;
ClipWriter &ClipWriter::operator=(ClipWriter &&) noexcept = default;

void ClipWriter::add(const std::int16_t *samples, std::size_t count) {
  state_->add(samples, count);
}
std::int64_t ClipWriter::samples() const { return state_->added_; }
std::string ClipWriter::finish() { return state_->finish(); }

}  // namespace saleschecklist::media

#endif
