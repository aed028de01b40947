#include "engine/session_record.hpp"
#include "base/errors.hpp"

#include "base/sha256.hpp"
#include "base/unicode.hpp"
#include "json/nouns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace saleschecklist::engine {
namespace {

using Json = nlohmann::json;

constexpr Stage all_stages[] = {Stage::transcribe, Stage::assess, Stage::score, Stage::coach,
                                Stage::speak};

SessionStatus status_word(const std::string &word) {
  using S = SessionStatus;
  return json::from_word(word,
                         {S::uploading, S::processing, S::analyzing, S::pending_review, S::scoring,
                          S::completed, S::not_assessable, S::failed, S::erasing},
                         S::draft);
}

ErrorCode code_word(const std::string &word) {
  for (int code = 1; code <= static_cast<int>(ErrorCode::conflict); ++code) {
    if (word == name(static_cast<ErrorCode>(code))) return static_cast<ErrorCode>(code);
  }
  return ErrorCode::internal;
}

Json document_of(const Failure &failure) {
  return {{"stage", name(failure.stage)},
          {"code", name(failure.error.code)},
          {"message", failure.error.message},
          {"where", failure.error.where},
          {"provider", failure.error.provider},
          {"http_status", failure.error.http_status},
          {"request_id", failure.error.request_id},
          {"retry_after_ms", failure.error.retry_after_ms},
          {"advice", failure.advice},
          {"at_ms", failure.at_ms}};
}

Failure failure_of(const Json &j) {
  Failure out;
  for (const Stage stage : all_stages) {
    if (j.at("stage") == name(stage)) out.stage = stage;
  }
  out.error.code = code_word(j.at("code"));
  out.error.message = j.at("message");
  out.error.where = j.at("where");
  out.error.provider = j.at("provider");
  out.error.http_status = j.at("http_status");
  out.error.request_id = j.at("request_id");
  out.error.retry_after_ms = j.at("retry_after_ms");
  out.advice = j.at("advice");
  out.at_ms = j.at("at_ms");
  return out;
}

Json document_of(const SessionAudio &audio) {
  return {{"name", audio.name},
          {"blob", audio.blob},
          {"content_type", audio.content_type},
          {"bytes", audio.bytes},
          {"duration_ms", audio.duration_ms}};
}

SessionAudio audio_of(const Json &j) {
  return {j.at("name"), j.at("blob"), j.at("content_type"), j.at("bytes"), j.at("duration_ms")};
}

// An id for people: without control characters, and in quotes with escapes if it is not UTF-8.
std::string shown(const std::string &id) {
  if (base::valid_utf8_prefix(id) == id.size()) return base::collapse_spaces(id);
  return Json(id).dump(-1, ' ', true, Json::error_handler_t::replace);
}

SessionRecord read(const Record &row, const Json &j) {
  SessionRecord out;
  Session &s = out.session;
  s.id = row.id;
  s.tenant = row.tenant;
  s.revision = row.revision;
  s.customer = j.at("customer");
  s.opportunity = j.at("opportunity");
  s.deal_stage = j.at("deal_stage");
  s.decision_influencer = j.at("decision_influencer");
  s.owner = j.at("owner");
  s.status = status_word(j.at("status"));
  s.review = j.at("review");
  json::read_value(j.value("sales_call", Json("automatic")), s.sales_call);
  s.created_at_ms = j.at("created_at_ms");
  s.updated_at_ms = j.at("updated_at_ms");
  s.submitted_at_ms = j.at("submitted_at_ms");
  s.completed_at_ms = j.at("completed_at_ms");
  s.checklist_id = j.at("checklist").at("id");
  s.checklist_fingerprint = j.at("checklist").at("fingerprint");
  out.cues = j.at("cues");
  s.policy = json::policy_from_document(j.at("policy"));
  if (!j.at("audio").is_null()) s.audio = audio_of(j.at("audio"));
  if (!j.at("failure").is_null()) s.failure = failure_of(j.at("failure"));
  const Json &versions = j.at("versions");
  s.transcript_version = versions.at("transcript");
  s.assessment_version = versions.at("assessment");
  s.score_version = versions.at("score");
  s.coaching_version = versions.at("coaching");
  s.coaching_blob = j.at("coaching_blob");
  s.total_score = json::optional_at<int>(j, "total_score");
  if (const auto band = json::optional_at<std::string>(j, "risk_band")) {
    s.risk_band = json::from_word(*band, {RiskBand::green, RiskBand::yellow}, RiskBand::red);
  }
  json::read_value(j.value("assessment", Json(nullptr)), s.assessment);
  json::read_value(j.value("not_assessable", Json(nullptr)), s.not_assessable);
  const Json &made = j.at("made_from");
  out.transcript_audio = made.at("transcript_audio");
  out.assessed_transcript = made.at("assessed_transcript");
  out.assessed_checklist = made.at("assessed_checklist");
  if (made.contains("rejudge")) out.rejudge = made["rejudge"].get<std::set<std::string>>();
  out.scored_assessment = made.at("scored_assessment");
  out.scored_policy = made.at("scored_policy");
  json::read_value(made.value("scored_rule", Json("automatic")), out.scored_rule);
  out.coached_score = made.at("coached_score");
  out.spoken_coaching = made.at("spoken_coaching");
  const Json &hints = j.at("hints");
  out.hints.rep_names = hints.at("rep_names").get<std::vector<std::string>>();
  out.hints.channel_names = hints.at("channel_names").get<std::vector<std::string>>();
  out.hints.language = hints.at("language");
  out.blobs = j.at("blobs").get<std::vector<std::string>>();
  out.salt = j.at("salt");
  out.audit_number = j.at("audit").at("number");
  out.audit_hash = j.at("audit").at("hash");
  refresh(out);
  return out;
}

}  // namespace

Json document_of(const SessionRecord &record) {
  const Session &s = record.session;
  Json out = {{"customer", s.customer},
              {"opportunity", s.opportunity},
              {"deal_stage", s.deal_stage},
              {"decision_influencer", s.decision_influencer},
              {"owner", s.owner},
              {"status", name(s.status)},
              {"review", s.review},
              {"sales_call", name(s.sales_call)},
              {"created_at_ms", s.created_at_ms},
              {"updated_at_ms", s.updated_at_ms},
              {"submitted_at_ms", s.submitted_at_ms},
              {"completed_at_ms", s.completed_at_ms},
              {"checklist", {{"id", s.checklist_id}, {"fingerprint", s.checklist_fingerprint}}},
              {"cues", record.cues},
              {"policy", json::to_document(s.policy)},
              {"audio", s.audio ? document_of(*s.audio) : Json(nullptr)},
              {"failure", s.failure ? document_of(*s.failure) : Json(nullptr)},
              {"versions",
               {{"transcript", s.transcript_version},
                {"assessment", s.assessment_version},
                {"score", s.score_version},
                {"coaching", s.coaching_version}}},
              {"coaching_blob", s.coaching_blob},
              {"total_score", s.total_score ? Json(*s.total_score) : Json(nullptr)},
              {"risk_band", s.risk_band ? Json(name(*s.risk_band)) : Json(nullptr)},
              {"assessment", s.assessment ? Json(name(*s.assessment)) : Json(nullptr)},
              {"not_assessable", s.not_assessable ? Json(name(*s.not_assessable)) : Json(nullptr)},
              {"made_from",
               {{"transcript_audio", record.transcript_audio},
                {"assessed_transcript", record.assessed_transcript},
                {"assessed_checklist", record.assessed_checklist},
                {"scored_assessment", record.scored_assessment},
                {"scored_policy", record.scored_policy},
                {"scored_rule", name(record.scored_rule)},
                {"coached_score", record.coached_score},
                {"spoken_coaching", record.spoken_coaching}}},
              {"hints",
               {{"rep_names", record.hints.rep_names},
                {"channel_names", record.hints.channel_names},
                {"language", record.hints.language}}},
              {"blobs", record.blobs},
              {"salt", record.salt},
              {"audit", {{"number", record.audit_number}, {"hash", record.audit_hash}}}};
  if (record.rejudge) out["made_from"]["rejudge"] = *record.rejudge;
  return out;
}

SessionRecord session_record_of(const Record &row) {
  const auto refuse = [&](const std::string &why) {
    throw BadResult(
        errors::corrupt("the stored session is damaged: " + why, "session " + shown(row.id)));
  };
  if (shown(row.id) != row.id) refuse("its id contains bytes that no id has");
  try {
    const Json body = Json::parse(row.body);
    if (!body.is_object()) refuse("expected an object, found another kind of JSON");
    return read(row, body);
  } catch (const Json::parse_error &fault) {  // its own message has words of the customer
    refuse(fmt::format("what is stored is not JSON in UTF-8 from byte {} on", fault.byte));
  } catch (const Json::exception &fault) {
    const std::string_view text = fault.what();  // "[json.exception.out_of_range.403] key ..."
    refuse(std::string(text.substr(std::min(text.find("] ") + 2, text.size()))));
  }
  return {};
}

Result<Session> session_of(Result<SessionRecord> record) {
  if (!record) return record.error();
  return std::move(record->session);
}

void fill_record(Record &row, const SessionRecord &record) {
  const Session &s = record.session;
  row.owner = s.owner;
  row.status = name(s.status);
  row.band = s.risk_band ? name(*s.risk_band) : "";
  row.customer = customer_key(s.customer);
  row.at = s.created_at_ms;
}

std::string customer_key(const std::string &name) { return base::fold_key(name); }

std::string policy_fingerprint(const Policy &policy) {
  return base::sha256_hex(json::canonical_json(json::to_document(policy)));
}

bool is_current(const SessionRecord &record, Stage stage) {
  const Session &s = record.session;
  switch (stage) {
    case Stage::transcribe:
      return s.transcript_version > 0 && record.transcript_audio == (s.audio ? s.audio->blob : "");
    case Stage::assess:
      return is_current(record, Stage::transcribe) && s.assessment_version > 0 &&
             record.assessed_transcript == s.transcript_version &&
             record.assessed_checklist == s.checklist_fingerprint;
    case Stage::score:
      return is_current(record, Stage::assess) && s.score_version > 0 &&
             record.scored_assessment == s.assessment_version &&
             record.scored_policy == policy_fingerprint(s.policy) &&
             record.scored_rule == s.sales_call;
    case Stage::coach:
      return is_current(record, Stage::score) && s.coaching_version > 0 &&
             record.coached_score == s.score_version;
    case Stage::speak:
      break;
  }
  return is_current(record, Stage::coach) && !s.coaching_blob.empty() &&
         record.spoken_coaching == s.coaching_version;
}

bool is_done(const SessionRecord &record, Stage stage) {
  if (is_current(record, stage)) return true;
  const bool after_score = stage == Stage::coach || stage == Stage::speak;
  return after_score && is_current(record, Stage::score) &&
         record.session.assessment == AssessmentStatus::not_assessable;
}

void refresh(SessionRecord &record) {
  Session &s = record.session;
  s.stale.clear();
  const bool there[] = {s.transcript_version > 0, s.assessment_version > 0, s.score_version > 0,
                        s.coaching_version > 0, !s.coaching_blob.empty()};
  for (const Stage stage : all_stages) {
    if (there[static_cast<int>(stage)] && !is_current(record, stage)) s.stale.push_back(stage);
  }
  if (!is_current(record, Stage::score)) {
    s.total_score.reset();
    s.risk_band.reset();
    s.assessment.reset();
    s.not_assessable.reset();
  }
  const bool unscored = s.assessment == AssessmentStatus::not_assessable;
  if (unscored && s.status == SessionStatus::completed) s.status = SessionStatus::not_assessable;
  if (!unscored && s.status == SessionStatus::not_assessable) s.status = SessionStatus::scoring;
}

SessionStatus status_at(Stage stage) {
  switch (stage) {
    case Stage::transcribe:
      return SessionStatus::processing;
    case Stage::assess:
      return SessionStatus::analyzing;
    default:
      return SessionStatus::scoring;
  }
}

}  // namespace saleschecklist::engine
