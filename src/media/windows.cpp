#include "media/windows.hpp"

#include <algorithm>

namespace saleschecklist::media {
namespace {

// The share of a window of equal length in which a cut is looked for.
constexpr double earliest_cut = 0.70;
constexpr double latest_cut = 1.15;
constexpr std::size_t shortest_pause = 120 / frame_ms;  // shorter pauses are within words
constexpr std::size_t ample_pause = 1'000 / frame_ms;   // longer pauses are not better
constexpr std::size_t quiet_width = 200 / frame_ms;     // the width over which levels are averaged

std::size_t distance(std::size_t a, std::size_t b) { return a < b ? b - a : a - b; }

// The frames of all stretches in order, without the silence between them.
class Planner {
 public:
  Planner(const std::vector<Stretch> &stretches, const std::vector<bool> &active,
          const Levels &levels)
      : active_(active), levels_(levels) {
    for (const Stretch &stretch : stretches) {
      for (std::size_t f = stretch.begin; f < stretch.end; ++f) frames_.push_back(f);
    }
  }

  std::vector<Window> run(std::size_t most_frames) {
    std::vector<Window> out;
    for (std::size_t begin = 0; begin < frames_.size();) {
      const std::size_t end = choose_end(begin, most_frames);
      out.push_back(window(begin, end));
      begin = end;
    }
    return out;
  }

 private:
  std::size_t choose_end(std::size_t begin, std::size_t most_frames) const {
    const std::size_t left = frames_.size() - begin;
    const std::size_t windows = (left + most_frames - 1) / most_frames;
    if (windows == 1) return frames_.size();
    const std::size_t even = (left + windows - 1) / windows;
    const auto share = [&](double of) {
      return std::clamp<std::size_t>(static_cast<std::size_t>(of * static_cast<double>(even)), 1,
                                     most_frames);
    };
    const std::size_t first = begin + share(earliest_cut), last = begin + share(latest_cut);
    const std::size_t target = begin + even;
    if (const std::size_t joint = nearest_joint(first, last, target)) return joint;
    if (const std::size_t pause = longest_pause(first, last, target)) return pause;
    return quietest(first, last, target);
  }

  // Below, a place is the frame with which a window may begin; 0 means none.
  std::size_t nearest_joint(std::size_t first, std::size_t last, std::size_t target) const {
    std::size_t best = 0;
    for (std::size_t at = first; at <= last && at < frames_.size(); ++at) {
      if (frames_[at] == frames_[at - 1] + 1) continue;
      if (best == 0 || distance(at, target) < distance(best, target)) best = at;
    }
    return best;
  }

  std::size_t longest_pause(std::size_t first, std::size_t last, std::size_t target) const {
    std::size_t best = 0, best_length = shortest_pause - 1;
    for (std::size_t at = first; at < last;) {
      if (active_[frames_[at]]) {
        ++at;
        continue;
      }
      const std::size_t begin = at;
      while (at < last && !active_[frames_[at]]) ++at;
      const std::size_t length = std::min(at - begin, ample_pause);
      const std::size_t middle = begin + (at - begin) / 2;
      const bool nearer =
          length == best_length && distance(middle, target) < distance(best, target);
      if (length > best_length || (best != 0 && nearer)) {
        best = middle;
        best_length = length;
      }
    }
    return best;
  }

  std::size_t quietest(std::size_t first, std::size_t last, std::size_t target) const {
    std::size_t best = target;
    std::int64_t best_sum = INT64_MAX, sum = 0;
    for (std::size_t at = first; at < last; ++at) {
      sum += levels_[frames_[at]];
      if (at < first + quiet_width) continue;
      sum -= levels_[frames_[at - quiet_width]];
      if (sum >= best_sum) continue;
      best_sum = sum;
      best = at - quiet_width / 2;
    }
    return std::clamp(best, first, last);
  }

  Window window(std::size_t begin, std::size_t end) const {
    Window out;
    for (std::size_t at = begin; at < end; ++at) {
      if (out.pieces.empty() || out.pieces.back().end != frames_[at]) {
        out.pieces.push_back({frames_[at], frames_[at]});
      }
      out.pieces.back().end = frames_[at] + 1;
    }
    return out;
  }

  const std::vector<bool> &active_;
  const Levels &levels_;
  std::vector<std::size_t> frames_;
};

}  // namespace

std::size_t Window::frames() const {
  std::size_t out = 0;
  for (const Stretch &piece : pieces) out += piece.size();
  return out;
}

std::int64_t Window::begin_ms() const {
  return static_cast<std::int64_t>(pieces.front().begin) * frame_ms;
}

std::int64_t Window::end_ms() const {
  return static_cast<std::int64_t>(pieces.back().end) * frame_ms;
}

std::size_t piece_at(const Window &window, std::int64_t clip_ms, Edge edge) {
  std::int64_t end = 0;  // of the piece, in the clip
  for (std::size_t p = 0; p < window.pieces.size(); ++p) {
    end += static_cast<std::int64_t>(window.pieces[p].size()) * frame_ms;
    if (clip_ms < end || (clip_ms == end && edge == Edge::end)) return p;
  }
  return window.pieces.size() - 1;
}

std::int64_t recording_ms(const Window &window, std::int64_t clip_ms, Edge edge) {
  const auto whole = static_cast<std::int64_t>(window.frames()) * frame_ms;
  clip_ms = std::clamp<std::int64_t>(clip_ms, 0, whole);
  const std::size_t piece = piece_at(window, clip_ms, edge);
  std::int64_t before = 0;
  for (std::size_t p = 0; p < piece; ++p) {
    before += static_cast<std::int64_t>(window.pieces[p].size()) * frame_ms;
  }
  const Stretch &stretch = window.pieces[piece];
  const auto length = static_cast<std::int64_t>(stretch.size()) * frame_ms;
  return static_cast<std::int64_t>(stretch.begin) * frame_ms +
         std::clamp<std::int64_t>(clip_ms - before, 0, length);
}

std::vector<Window> plan_windows(const std::vector<Stretch> &stretches,
                                 const std::vector<bool> &active, const Levels &levels,
                                 std::size_t most_frames) {
  return Planner(stretches, active, levels).run(most_frames);
}

}  // namespace saleschecklist::media
