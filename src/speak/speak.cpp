// speak(): speaks a text of any length with a voice that limits the length of a request.
#include <saleschecklist/speak.hpp>

#include "base/errors.hpp"
#include "base/guard.hpp"
#include "base/unicode.hpp"
#include "speak/pieces.hpp"
#include "usage/budget_tracker.hpp"
#include "usage/stage_progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace saleschecklist {
namespace {

constexpr std::size_t most_context = 300;  // code points of the text before and after a piece
constexpr std::size_t most_request_ids = 3;

class Speaker {
 public:
  Speaker(std::string_view text, Voice &voice, const CallOptions &options)
      : text_(text),
        voice_(voice),
        options_(options),
        pieces_(speech::spoken_pieces(text, voice.info().max_characters)),
        progress_(options, "speak", pieces_.size()) {}

  Result<Speech> run(Usage &usage) {
    if (pieces_.empty())
      return errors::invalid_argument("the text is empty: expected something to speak", "text");
    progress_.done(0);
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (options_.cancel.cancelled()) {
        return errors::cancelled();
      }
      auto said = voice_.synthesize(request(i), usage);
      if (!said) return said.error();
      if (i > 0 && said->content_type != out_.content_type) {
        return errors::refused(
            fmt::format("the format of the audio changed from {} to {} within one text",
                        out_.content_type, said->content_type));
      }
      add(*std::move(said), pieces_[i].begin);
      progress_.done(i + 1);
    }
    if (!timed_) out_.duration_ms = 0;
    return std::move(out_);
  }

 private:
  std::string_view words(std::size_t i) const {
    return text_.substr(pieces_[i].begin, pieces_[i].end - pieces_[i].begin);
  }

  VoiceRequest request(std::size_t i) {
    VoiceRequest out;
    out.text = words(i);
    if (i > 0) out.previous_text = speech::last_words(words(i - 1), most_context);
    if (i + 1 < pieces_.size()) out.next_text = speech::first_words(words(i + 1), most_context);
    const std::size_t ids = std::min(ids_.size(), most_request_ids);
    out.previous_request_ids.assign(ids_.end() - static_cast<std::ptrdiff_t>(ids), ids_.end());
    out.cancel = options_.cancel;
    out.on_wait = progress_.on_wait();
    return out;
  }

  // Marks count from the beginning of the text and of the audio. If the length of a piece is
  // unknown, the times after it are unknown too, and the result has no marks.
  void add(Speech said, std::size_t begin) {
    if (!timed_ && !said.marks.empty()) out_.marks.clear();
    if (timed_) {
      for (SpokenMark mark : said.marks) {
        mark.begin += begin;
        mark.end += begin;
        mark.begin_ms += out_.duration_ms;
        mark.end_ms += out_.duration_ms;
        out_.marks.push_back(mark);
      }
    }
    const std::int64_t last_mark = said.marks.empty() ? 0 : said.marks.back().end_ms;
    const std::int64_t length = said.duration_ms > 0 ? said.duration_ms : last_mark;
    timed_ = timed_ && length > 0;
    out_.duration_ms += length;
    out_.audio += said.audio;
    out_.content_type = std::move(said.content_type);
    out_.request_id = said.request_id;
    if (!said.request_id.empty()) ids_.push_back(std::move(said.request_id));
  }

  std::string_view text_;
  Voice &voice_;
  const CallOptions &options_;
  const std::vector<speech::TextPiece> pieces_;
  usage::StageProgress progress_;
  std::vector<std::string> ids_;  // of the requests so far
  bool timed_ = true;             // whether the length of every piece so far is known
  Speech out_;
};

}  // namespace

Result<Speech> speak(const std::string &text, Voice &voice, const CallOptions &options,
                     Usage *usage) {
  return base::guard([&]() -> Result<Speech> {
    if (base::valid_utf8_prefix(text) != text.size()) {
      return errors::invalid_argument("the text is not valid UTF-8", "text");
    }
    Usage expected;
    for (std::size_t at = 0; at < text.size(); at += base::code_point_at(text, at).size) {
      ++expected.characters;
    }
    const usage::BudgetTracker budget(options.budget, voice.info().id, options.prices);
    if (auto error = budget.refusal(expected)) return *std::move(error);
    Usage used;
    auto out = base::guard([&] { return Speaker(text, voice, options).run(used); });
    used.micro_dollars = estimate(used, voice.info().id, options.prices).value_or(0);
    if (usage != nullptr) *usage += used;
    return out;
  });
}

}  // namespace saleschecklist
