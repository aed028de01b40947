// Targets that read text.
#include "support.hpp"

namespace saleschecklist::fuzz {
namespace {

// A report is checked when it is read, so it must read back if its checklist is a known one.
void check_report(std::string_view bytes) {
  const auto report = report_from_json(bytes, Checklist::ten_point());
  if (!report) return;
  const std::string json = to_json(*report);
  const auto again = report_from_json(json, Checklist::ten_point());
  require(again.has_value(), "a report that was written can be read");
  require(to_json(*again) == json, "a report keeps its bytes");
}

// Reads a noun, writes it, reads it again and writes it again.
template <class Read>
void check_round_trip(std::string_view bytes, Read read) {
  const auto noun = read(bytes);
  if (!noun) return require_documented(noun.error(), {ErrorCode::invalid_input});
  const std::string json = to_json(*noun);
  const auto again = read(json);
  require(again.has_value(), "what was written can be read");
  require(to_json(*again) == json, "what is read and written again keeps its bytes");
}

void check_deals(std::string_view bytes) {
  const Checklist &checklist = Checklist::ten_point();
  if (const auto plan = stage_plan_from_json(bytes)) (void)validate(*plan, checklist);
  const auto history = deal_history_from_json(bytes);
  if (!history) return;
  const auto deal = roll_up(checklist, *history);
  require_documented(deal, {ErrorCode::invalid_argument});
  if (deal) require(deal->items.size() == 10, "a deal has each item of its checklist once");
}

}  // namespace

void nouns(std::string_view bytes) {
  check_round_trip(bytes, checklist_from_json);
  check_round_trip(bytes, transcript_from_json);
  check_round_trip(bytes, responses_from_json);
  check_round_trip(bytes, policy_from_json);
  check_round_trip(bytes, score_from_json);
  check_round_trip(bytes, coaching_from_json);
  check_round_trip(bytes, metrics_from_json);
  check_round_trip(bytes, usage_from_json);
  check_round_trip(bytes, [](std::string_view json) { return cues_from_json(json); });
  check_round_trip(bytes, stage_plan_from_json);
  check_round_trip(bytes, deal_from_json);
  check_round_trip(bytes, deal_history_from_json);
  check_deals(bytes);
  (void)claims_from_json(bytes);
  (void)read_checklist(bytes);
  check_report(bytes);
  if (const auto responses = responses_from_json(bytes)) {
    (void)score(Checklist::ten_point(), *responses);
  }
  (void)number_at(bytes, "/score/total_score");
  (void)text_at(bytes, bytes.substr(0, bytes.find('\n')));
}

void options(std::string_view bytes) {
  const auto check = [](const auto &options) {
    require_documented(options, {ErrorCode::invalid_input, ErrorCode::invalid_argument});
  };
  check(read_options_from_json(bytes));
  check(analyze_options_from_json(bytes));
  check(pdf_options_from_json(bytes));
  check(transcribe_options_from_json(bytes));
  check(separate_options_from_json(bytes));
  check(assess_options_from_json(bytes));
  check(new_session_from_json(bytes));
  check(session_change_from_json(bytes));
  check(session_filter_from_json(bytes));
  check(audio_hints_from_json(bytes));
  check(run_options_from_json(bytes));
  check(prices_from_json(bytes));
  check(redact_options_from_json(bytes));
  check(roll_up_options_from_json(bytes));
  check(services_options_from_json(bytes));
  check(providers_from_text(bytes));
  if (names_no_store(bytes)) require_documented(engine_options_from_json(bytes));
}

void cues(std::string_view bytes) {
  static const Transcript call =
      read_transcript(
          "Rita: What does it cost you when a truck is late?\n"
          "Tom: We lose about forty thousand dollars a month, and our CFO is not happy.\n"
          "Rita: Have you tried anything else?\n"
          "Tom: Twice, in March and last quarter. It's not that we didn't try.\n",
          {{"Rita"}})
          .value();
  const Checklist &checklist = Checklist::ten_point();
  Cues cues;
  cues.checklist_id = checklist.id;
  ItemCues &item = cues.items[checklist.categories.front().items.front().id];
  std::size_t number = 0;
  for (const std::string &line : lines_of(bytes.substr(0, 4'000))) {
    switch (number++ % 6) {
      case 0:
        item.statement.push_back(line);
        break;
      case 1:
        item.question.push_back(line);
        break;
      case 2:
        item.exchange.push_back(line);
        break;
      case 3:
        item.answer.push_back(line);
        break;
      case 4:
        item.veto.push_back(line);
        break;
      default:
        cues.concepts["thing"].push_back(line);
    }
  }
  const bool sound = validate(cues, checklist).empty();
  const auto assessment = assess_offline(call, checklist, cues);
  require(assessment.has_value() == sound, "cues without a fault are accepted, and others are not");
}

void quotes(std::string_view bytes) {
  const std::size_t gap = bytes.find("\n\n");
  const auto call = read_transcript(bytes.substr(0, gap));
  if (!call) return;
  std::vector<Claim> claims;
  for (const std::string &line :
       lines_of(gap == std::string_view::npos ? bytes : bytes.substr(gap + 2))) {
    claims.push_back({line, {}, EvidenceFrom::either});
    claims.push_back({line, 0, EvidenceFrom::customer});
    if (claims.size() >= 16) break;
  }
  const auto verdicts = verify(*call, claims);
  require(verdicts.size() == claims.size(), "each claim has a verdict");
  for (const Verdict &verdict : verdicts) {
    require(verdict.evidence.has_value() != verdict.rejected.has_value(),
            "a verdict is evidence or a rejection");
    if (verdict.rejected) {
      require(!describe(*verdict.rejected).empty(), "a rejection says why");
      continue;
    }
    const Evidence &evidence = *verdict.evidence;
    require(evidence.utterance < call->utterances.size(), "evidence is in an utterance");
    const std::string &text = call->utterances[evidence.utterance].text;
    require(evidence.begin <= evidence.end && evidence.end <= text.size() &&
                text.substr(evidence.begin, evidence.end - evidence.begin) == evidence.quote,
            "evidence is the words of the transcript");
  }
}

void redaction(std::string_view bytes) {
  const auto call = read_transcript(bytes);
  if (!call) return;
  RedactOptions options;
  options.names = {"Rita", "Ng"};
  const auto redacted = redact(*call, options);
  require(redacted.has_value(), "a transcript without a fault can be redacted");
  require(validate(redacted->transcript).empty(), "a redacted transcript has no fault");
  require(redacted->transcript.utterances.size() == call->utterances.size(),
          "redacting keeps utterances");
  for (const Utterance &utterance : redacted->transcript.utterances) {
    (void)restore(utterance.text, redacted->replacements);
  }
}

}  // namespace saleschecklist::fuzz
