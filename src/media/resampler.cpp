#ifdef SALESCHECKLIST_WITH_FFMPEG

#include "media/resampler.hpp"

namespace saleschecklist::media {

bool Resampler::conflicts_with(const AVFrame &frame) const {
  if (!converter_) return false;
  return rate_ != frame.sample_rate || format_ != frame.format ||
         inputs_ != frame.ch_layout.nb_channels;
}

std::int64_t Resampler::delay() const {
  return converter_ ? swr_get_delay(converter_.get(), samples_per_second) : 0;
}

void Resampler::open_for(const AVFrame &frame) {
  AVChannelLayout to;
  av_channel_layout_default(&to, static_cast<int>(channels_));
  AVChannelLayout from;  // a copy, in which unordered channels get the default order
  if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
    av_channel_layout_default(&from, frame.ch_layout.nb_channels);
  } else {
    from = {};
    decoder_.check(av_channel_layout_copy(&from, &frame.ch_layout));
  }
  // Two channels are kept as they are, whatever their layout.
  if (from.nb_channels == to.nb_channels) from = to;
  SwrContext *made = nullptr;
  const int set =
      swr_alloc_set_opts2(&made, &to, AV_SAMPLE_FMT_S16P, samples_per_second, &from,
                          static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
  converter_.reset(made);
  av_channel_layout_uninit(&from);
  decoder_.check(set);
  decoder_.check(swr_init(made));
  rate_ = frame.sample_rate;
  format_ = frame.format;
  inputs_ = frame.ch_layout.nb_channels;
}

std::int64_t Resampler::append(const AVFrame &frame, int skip, Block &block) {
  if (!converter_) open_for(frame);
  const auto format = static_cast<AVSampleFormat>(frame.format);
  const bool planar = av_sample_fmt_is_planar(format) != 0;
  const std::int64_t step =
      av_get_bytes_per_sample(format) * (planar ? 1 : frame.ch_layout.nb_channels);
  const int planes = planar ? frame.ch_layout.nb_channels : 1;
  std::vector<const std::uint8_t *> pointers(static_cast<std::size_t>(planes));
  for (int i = 0; i < planes; ++i) {
    pointers[static_cast<std::size_t>(i)] = frame.extended_data[i] + skip * step;
  }
  return convert(block, pointers.data(), frame.nb_samples - skip);
}

std::int64_t Resampler::drain(Block &block) { return converter_ ? convert(block, nullptr, 0) : 0; }

std::int64_t Resampler::convert(Block &block, const std::uint8_t **input, int count) {
  const int room = swr_get_out_samples(converter_.get(), count);
  decoder_.check(room);
  const std::size_t before = block[0].size();
  std::uint8_t *output[most_channels] = {};
  for (std::size_t c = 0; c < channels_; ++c) {
    block[c].resize(before + static_cast<std::size_t>(room));
    output[c] = reinterpret_cast<std::uint8_t *>(block[c].data() + before);
  }
  const int made = swr_convert(converter_.get(), output, room, input, count);
  decoder_.check(made);
  for (std::size_t c = 0; c < channels_; ++c) {
    block[c].resize(before + static_cast<std::size_t>(made));
  }
  return made;
}

}  // namespace saleschecklist::media

#endif
