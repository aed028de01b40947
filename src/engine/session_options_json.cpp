// Options of an engine and of its functions, from JSON.
#include <saleschecklist/json.hpp>
#include <saleschecklist/storage.hpp>

#include "json/nouns.hpp"

namespace saleschecklist {

Result<NewSession> new_session_from_json(std::string_view text) {
  return json::read_text_with_policy<NewSession>(text, "new-session.schema.json");
}

Result<SessionChange> session_change_from_json(std::string_view text) {
  return json::read_text<SessionChange>(text, "session-change.schema.json");
}

Result<SessionFilter> session_filter_from_json(std::string_view text) {
  return json::read_text<SessionFilter>(text, "session-filter.schema.json");
}

Result<AudioHints> audio_hints_from_json(std::string_view text) {
  return json::read_text<AudioHints>(text, "audio-hints.schema.json");
}

Result<RunOptions> run_options_from_json(std::string_view text) {
  return json::read_text<RunOptions>(text, "run-options.schema.json");
}

Result<EngineOptions> engine_options_from_json(std::string_view text) {
  return base::guard([&]() -> Result<EngineOptions> {
    const auto j = json::checked_document(text, "engine-options.schema.json");
    if (!j) return j.error();
    EngineOptions out;
    json::read_fields(*j, out);
    auto store = open_store(j->value("store", "memory:"));
    if (!store) return store.error();
    out.store = *std::move(store);
    const S3Options s3 = j->value("environment", false) ? s3_from_environment() : S3Options();
    auto blobs = open_blobs(j->value("blobs", "memory:"), s3);
    if (!blobs) return blobs.error();
    out.blobs = *std::move(blobs);
    return out;
  });
}

}  // namespace saleschecklist
