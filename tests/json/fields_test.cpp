// Each list of fields against its struct and its schema: whoever adds a field to one of them is
// told of the others.
#include <saleschecklist/fields.hpp>

#include "support/support.hpp"

#include <doctest/doctest.h>
#include "json/library.hpp"

#include <algorithm>
#include <map>
#include <regex>
#include <set>

namespace saleschecklist::test {
namespace {

using Json = nlohmann::ordered_json;
using Names = std::vector<std::string>;

struct Anything {
  template <class T>
  operator T() const;
};

// The number of members of an aggregate.
template <class T, class... Members>
constexpr std::size_t member_count() {
  if constexpr (requires { T{Members{}..., Anything{}}; }) {
    return member_count<T, Members..., Anything>();
  } else {
    return sizeof...(Members);
  }
}

// A key as the list of fields has it; a group such as `roles` has keys and nothing else.
struct Key {
  std::string name;
  bool required = false;
  std::string old_name{};
  std::string type{};
  std::set<std::string> words{}, old_words{};
  std::vector<Key> group{};
  bool may_be_absent = false;  // when written
};

template <class T>
struct Kind {
  static constexpr const char *type = std::is_same_v<T, bool>       ? "boolean"
                                      : std::is_integral_v<T>       ? "integer"
                                      : std::is_floating_point_v<T> ? "number"
                                      : HasFields<T>::value         ? "object"
                                                                    : "string";
  using Word = T;
};
template <class T>
struct Kind<std::optional<T>> : Kind<T> {};
template <class T>
struct Kind<std::map<std::string, T>> {
  static constexpr const char *type = "object";
  using Word = void;
};
template <class T>
struct Kind<std::vector<T>> {
  static constexpr const char *type = "array";
  using Word = T;
};
template <>
struct Kind<std::vector<StageUsage>> {  // with their total
  static constexpr const char *type = "object";
  using Word = void;
};

template <class Member>
Key key_of(const std::string &name, bool required) {
  Key out{name, required};
  using Plain = std::remove_cv_t<std::remove_reference_t<Member>>;
  out.type = Kind<Plain>::type;
  using Word = typename Kind<Plain>::Word;
  // The codes of errors are the same everywhere; no schema lists them.
  if constexpr (HasWords<Word>::value && !std::is_same_v<Word, ErrorCode>) {
    for (const Word value : Words<Word>::values) out.words.insert(saleschecklist::name(value));
    if constexpr (requires { Words<Word>::renamed; }) {
      for (const auto &[word, value] : Words<Word>::renamed) out.old_words.insert(word);
    }
  }
  return out;
}

void add(std::vector<Key> &keys, Key key) {
  const std::size_t slash = key.name.find('/');
  if (slash == std::string::npos) return keys.push_back(std::move(key));
  const std::string group = key.name.substr(0, slash);
  key.name = key.name.substr(slash + 1);
  if (keys.empty() || keys.back().name != group)
    keys.push_back({group, key.required, "", "object"});
  keys.back().group.push_back(std::move(key));
}

template <class T>
void add_fields(std::vector<Key> &keys);

template <class Noun, class Member>
void add_field(std::vector<Key> &keys, const Field<Noun, Member> &field) {
  if (field.written == Written::never) return;
  if constexpr (HasFields<Member>::value) {
    if (field.is_inlined) return add_fields<Member>(keys);
  }
  Key key = key_of<Member>(field.key, field.required);
  if (field.old_key != nullptr) key.old_name = field.old_key;
  key.may_be_absent = field.written == Written::unless_default;
  add(keys, std::move(key));
}

template <class Noun, class Value>
void add_field(std::vector<Key> &keys, const Computed<Noun, Value> &computed) {
  add(keys, key_of<Value>(computed.key, computed.required));
}

template <class T>
void add_fields(std::vector<Key> &keys) {
  std::apply([&](const auto &...field) { (add_field(keys, field), ...); }, Fields<T>::list);
}

template <class T>
std::size_t listed_members() {
  const auto is_member = [](const auto &field) -> std::size_t {
    return requires { field.member; };
  };
  return std::apply([&](const auto &...field) { return (is_member(field) + ... + 0); },
                    Fields<T>::list);
}

Names names_of(const std::vector<Key> &keys, bool required_only = false) {
  Names out;
  for (const Key &key : keys) {
    if (key.required || !required_only) out.push_back(key.name);
  }
  return out;
}

// The words that a schema allows, of a list for its elements.
std::set<std::string> enum_of(const Json &schema) {
  std::set<std::string> out;
  for (const Json &word : schema.value("enum", Json::array())) {
    if (word.is_string()) out.insert(word);
  }
  if (schema.contains("items")) out.merge(enum_of(schema["items"]));
  for (const Json &one : schema.value("anyOf", Json::array())) out.merge(enum_of(one));
  return out;
}

bool allows_type(const Json &schema, const std::string &type) {
  if (!schema.contains("type")) return true;  // it has a $ref or is an enumeration
  const Json &types = schema["type"];
  return types.is_array() ? std::find(types.begin(), types.end(), type) != types.end()
                          : types == type;
}

// What a schema has besides the list, and what the struct has besides it.
struct Besides {
  std::set<std::string> schema_keys{};
  std::size_t members = 0;
  bool only_written =
      false;  // the schema is of what is never read: it has nothing of earlier versions
  bool all_required = false;  // whatever the list says, except what may be absent
};

void compare(const std::vector<Key> &keys, const Json &schema, const Besides &besides) {
  Names known, required = schema.value("required", Names());
  std::set<std::string> beside = besides.schema_keys;
  for (const Key &key : keys) {
    if (!key.old_name.empty() && !besides.only_written) beside.insert(key.old_name);
  }
  for (const auto &[key, value] : schema.at("properties").items()) {
    if (beside.count(key) == 0) known.push_back(key);
  }
  for (const std::string &key : beside) CHECK_MESSAGE(schema["properties"].contains(key), key);
  CHECK(known == names_of(keys));
  Names expected = names_of(keys, !besides.all_required);
  for (const Key &key : keys) {
    if (besides.all_required && key.may_be_absent) std::erase(expected, key.name);
  }
  std::sort(required.begin(), required.end());
  std::sort(expected.begin(), expected.end());
  CHECK(required == expected);
  for (const Key &key : keys) {
    if (!schema["properties"].contains(key.name)) continue;  // said above
    const Json &part = schema["properties"][key.name];
    CAPTURE(key.name);
    CHECK_MESSAGE(allows_type(part, key.type), key.type);
    if (!key.group.empty()) compare(key.group, part, {{}, 0, besides.only_written, true});
    if (key.words.empty()) continue;
    std::set<std::string> words = key.words;
    if (!besides.only_written) words.insert(key.old_words.begin(), key.old_words.end());
    CHECK(enum_of(part) == words);
  }
}

std::set<std::string> &compared() {
  static std::set<std::string> out;
  return out;
}

template <class T>
void check(const std::string &file, const std::string &place, const Besides &besides = {}) {
  CAPTURE(Fields<T>::name);
  CAPTURE(file);
  const Json schema = Json::parse(read_file(source_dir() / "schemas" / (file + ".schema.json")));
  std::vector<Key> keys;
  add_fields<T>(keys);
  compare(keys, schema.at(Json::json_pointer(place)), besides);
  CHECK(listed_members<T>() + besides.members == member_count<T>());
  compared().insert(Fields<T>::name);
}

void check_nouns() {
  check<TimedSpan>("transcript", "/definitions/spans/items");
  check<Utterance>("transcript", "/properties/utterances/items", {{"index"}});
  check<Transcript>("transcript", "", {{"metrics"}});
  check<SpeakerMetrics>("metrics", "/properties/speakers/items");
  check<Metrics>("metrics", "");
  check<Replacement>("redacted", "/properties/replacements/items");
  check<Redacted>("redacted", "");
  const std::string categories = "/properties/categories/items";
  check<Item>("checklist", categories + "/properties/items/items", {{"cues"}});
  check<Category>("checklist", categories);
  check<Checklist>("checklist", "", {{"concepts"}});
  check<ItemCues>("cues", "/properties/items/additionalProperties");
  check<Cues>("cues", "");
  check<Evidence>("responses", "/definitions/evidence");
  check<RejectedEvidence>("responses", "/items/properties/rejected_evidence/items");
  check<Evidence>("verdicts", "/items/properties/evidence");
  check<RejectedEvidence>("verdicts", "/items/properties/rejected", {{}, 0, true});
  check<Correction>("responses", "/items/properties/override");
  check<Response>("responses", "/items", {{"category", "title"}});
  check<Claim>("claims", "/items");
  check<Verdict>("verdicts", "/items");
  check<Assessment>("assessment", "", {{}, 1});  // failure
  for (const char *band : {"green", "yellow", "red"}) {
    check<Band>("policy", std::string("/properties/") + band);
  }
  check<Policy>("policy", "");
  check<Gate>("policy", "/properties/gates/items");
  check<ClosedGate>("score", "/properties/closed_gates/items");
  check<CategoryScore>("score", "/properties/category_breakdown/items");
  check<ScoredItem>("score", "/properties/strengths/items");
  check<ScoredItem>("score", "/properties/gaps/items");
  check<ScoreSummary>("score", "/properties/summary");
  check<Score>("score", "");
  check<CoachingPoint>("coaching", "/properties/strengths/items");
  check<CoachingPoint>("coaching", "/properties/improvement_areas/items");
  check<Moment>("coaching", "/properties/moments/items");
  check<Coaching>("coaching", "");
  check<SpokenMark>("speech", "/properties/marks/items");
  check<Speech>("speech", "", {{}, 2});  // audio, request_id
  check<Usage>("usage", "/properties/total");
  check<StageUsage>("usage", "/properties/stages/items");
  check<SalesCall>("sales-call", "");
  check<UnjudgedItems>("assessability", "/properties/unjudged/items");
  check<Assessability>("assessability", "");
  check<DealInfo>("report", "/properties/deal", {{}, 0, false, true});
  check<DealInfo>("analyze-options", "/properties/deal");
  check<Report>("report", "");
}

void check_deals() {
  const std::string lines = "/properties/stages/items/properties/due/items";
  check<PlanLine>("stage-plan", lines);
  check<PlanStage>("stage-plan", "/properties/stages/items");
  check<StagePlan>("stage-plan", "");
  check<Ratio>("deal", "/definitions/ratio");
  check<DealCall>("deal-history", "/properties/calls/items");
  check<Confirmation>("deal-history", "/properties/confirmations/items");
  check<ItemNote>("deal-history", "/properties/notes/items");
  check<DealHistory>("deal-history", "");
  check<DealEvidence>("deal", "/definitions/evidence");
  check<DealItem>("deal", "/properties/items/items");
  check<CallGain>("deal", "/properties/calls/items");
  check<DueLine>("deal", "/properties/due/items");
  check<Deal>("deal", "");
  check<RollUpOptions>("roll-up-options", "");
}

void check_sessions() {
  check<SessionAudio>("session", "/properties/audio/anyOf/0");
  check<Failure>("session", "/properties/failure/anyOf/0");
  check<Error>("session", "/properties/failure/anyOf/0/properties/error");
  check<Session>("session", "");
  check<SessionPage>("session-page", "");
  check<SessionResult>("session-result", "");
  check<ScoreVersion>("score-history", "/properties/versions/items");
  check<AuditEntry>("audit-log", "/properties/entries/items");
  check<AuditReport>("audit-report", "");
}

void check_options() {
  check<Budget>("run-options", "/properties/budget");
  check<Price>("prices", "/items");
  check<ReadOptions>("read-options", "");
  check<AnalyzeOptions>("analyze-options", "", {{}, 2});  // model, cues
  check<TranscribeOptions>("transcribe-options", "");
  check<SeparateOptions>("separate-options", "");
  check<AssessOptions>("assess-options", "", {{}, 2});  // answered, unusable
  check<PdfOptions>("pdf-options", "", {{}, 1});        // log
  check<RedactOptions>("redact-options", "");
  check<EngineOptions>("engine-options", "", {{"store", "blobs", "environment"}, 6});
  check<ProviderOptions>("services-options", "/definitions/provider", {{"key", "headers"}, 3});
  check<ServicesOptions>("services-options", "", {{"providers", "environment"}, 1});
  check<NewSession>("new-session", "", {{}, 2});  // checklist, cues
  check<SessionChange>("session-change", "");
  check<SessionFilter>("session-filter", "");
  check<AudioHints>("audio-hints", "");
  check<RunOptions>("run-options", "");
}

}  // namespace

TEST_CASE(
    "each list of fields has the members of its struct, and the keys, words and types of its "
    "schema") {
  check_nouns();
  check_deals();
  check_sessions();
  check_options();
  // Those without a schema of their own: not in JSON, or in the place of another's field.
  compared().insert({"ChecklistFile", "CallOptions", "NetworkOptions", "CurlOptions"});
  const std::string header = read_file(source_dir() / "include/saleschecklist/fields.hpp");
  const std::regex noun("SCL_NOUN\\((\\w+),\\s*(?:SCL|computed)");
  std::set<std::string> listed;
  for (std::sregex_iterator i(header.begin(), header.end(), noun), end; i != end; ++i) {
    listed.insert((*i)[1]);
  }
  CHECK(listed == compared());
}

}  // namespace saleschecklist::test
