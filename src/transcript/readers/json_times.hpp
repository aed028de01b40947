// The times of JSON transcripts: their many forms, the unit that a whole file is in, and clocks.
#ifndef SALESCHECKLIST_TRANSCRIPT_READERS_JSON_TIMES_HPP
#define SALESCHECKLIST_TRANSCRIPT_READERS_JSON_TIMES_HPP

#include "json/library.hpp"
#include "transcript/readers/readers.hpp"

#include <optional>
#include <string>
#include <vector>

namespace saleschecklist::transcript {

// A time as a source writes it.
struct SourceTime {
  double ms;      // from the start of the recording, or since 1970 if the source gives dates
  bool has_unit;  // whether the value itself tells its unit, as "00:03", "3.5s" and dates do
  std::string where;
};

// Reads a number, digits ("3.0"), a clock ("00:03", "[1:02:03,5]"), a number with its unit
// ("3.5s", "300ms"), a duration of ISO 8601 ("PT3.5S"), a date with its time, or an object with
// `seconds` and `nanos` or with `relative`. Numbers without a unit are in units of `unit_ms`
// milliseconds. std::nullopt if the value is none of these.
std::optional<SourceTime> parse_source_time(const nlohmann::json &value, double unit_ms,
                                            const std::string &where);

// A cue of which the times are not yet settled.
struct TimedCue {
  RawCue cue;
  std::optional<SourceTime> begin, end;
};

// What was wrong in single places of a file that is read nevertheless.
class Faults {
 public:
  // `done` says what became of the place, such as "the cue was left out".
  void add(const Error &fault, const std::string &done);
  // Adds a warning for each fault. Throws BadResult with the first fault if less than nine tenths
  // of `all` places are free of faults.
  void settle(std::size_t all, std::vector<std::string> &warnings) const;

 private:
  std::optional<Error> first_;
  std::size_t count_ = 0;
  std::vector<std::string> warnings_;
};

// Appends the cues to `out` with their times in milliseconds from the start. The unit is the
// declared one unless the speech of the whole file would have an impossible rate in it and a
// possible one in another; dates and times of day count from the first cue. Both are told in
// out.warnings. Times that are out of range are faults.
void settle_times(std::vector<TimedCue> cues, RawTranscript &out, Faults &faults);

// Removes negative times and ends before the begin, which are faults, and sorts cues whose times
// step back, which gives one warning. Throws BadResult if most of the file is faulty.
void repair_times(RawTranscript &out, Faults &faults);

}  // namespace saleschecklist::transcript

#endif
