// Labels that say who sells, by what they mean on a sales call, and the names that a host gives.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>

#include "support/support.hpp"
#include "transcript/roles/evidence.hpp"
#include "transcript/roles/labels.hpp"

#include "json/embedded.hpp"
#include "json/parse.hpp"

namespace saleschecklist::test {
namespace {

using transcript::meaning_of_label;

// The roles in order of speaking, as "rep customer".
std::string roles_of(const Result<Transcript> &read) {
  if (!read) return to_string(read.error());
  std::string out;
  for (const Utterance &u : read->utterances)
    out += (out.empty() ? "" : " ") + std::string(name(u.role));
  return out;
}

std::string call_with(const std::string &seller, const std::string &buyer) {
  std::string out = read_file(source_dir() / "tests/data/roles/tyre-contract.txt");
  const auto rename = [&](const std::string &from, const std::string &to) {
    for (std::size_t at = 0; (at = out.find("\n" + from + ": ", at)) != std::string::npos; ++at)
      out.replace(at + 1, from.size(), to);
    if (out.rfind(from + ": ", 0) == 0) out.replace(0, from.size(), to);
  };
  rename("Keith", seller);
  rename("Sunita", buyer);
  return out;
}

}  // namespace

TEST_CASE("a label that is the word for a side states it") {
  for (const char *label : {"Rep", "Sales Rep", "Seller", "Vendor", "Agent", "SDR", "Dana (Rep)",
                            "Dana | Seller", "Rep 2", "Sales", "Agent - Dana"}) {
    CAPTURE(label);
    CHECK(meaning_of_label(label).stated == Role::rep);
  }
  for (const char *label : {"Customer", "customer 2", "Client", "Prospect", "Buyer", "Caller",
                            "Lee (Customer)", "Lead", "Lead 7", "Kunde", "Lee - Prospect"}) {
    CAPTURE(label);
    CHECK(meaning_of_label(label).stated == Role::customer);
  }
  for (const char *label : {"Dana", "Host", "Guest", "Lead Nurse", "Customer Success", "Salesforce",
                            "Client Partner", "Buyers Club", "Speaker 1", "Tech Lead", ""}) {
    CAPTURE(label);
    CHECK(meaning_of_label(label).stated == Role::unknown);
  }
}

TEST_CASE("a job title leans to the side whose title it is, and one of both sides to neither") {
  for (const char *label :
       {"Dana Reyes | Customer Success", "Dana (Client Partner)", "Dana - Account Executive",
        "Dana, Sales Engineer", "Dana | Client Success", "Dana (AE)", "Dana - Business Development",
        "Dana / Presales", "Dana | Solutions Engineer", "Dana - Client Director"}) {
    CAPTURE(label);
    CHECK(meaning_of_label(label).lean > 0);
  }
  for (const char *label :
       {"Lee | Procurement", "Lee (Purchasing)", "Lee - Strategic Procurement"}) {
    CAPTURE(label);
    CHECK(meaning_of_label(label).lean < 0);
  }
  for (const char *label :
       {"Lee | Sales Ops", "Lee (Head of Sales)", "Lee - VP Sales", "Lee, Sales Operations",
        "Lee | Revenue Operations", "Lee (Sales Enablement)", "Lee | Customer Service",
        "Lee - Head of Customer Success", "Lee", "Mae Sdrugo"}) {
    CAPTURE(label);
    CHECK(meaning_of_label(label).lean == 0);
  }
}

TEST_CASE("the company is read from brackets, bars and mail addresses") {
  CHECK(meaning_of_label("Dana (Acme)").company == "acme");
  CHECK(meaning_of_label("Dana Reyes | Acme Tyres").company == "acme tyres");
  CHECK(meaning_of_label("Dana Reyes - Acme").company == "acme");
  CHECK(meaning_of_label("dana.reyes@acme.com").company == "acme");
  CHECK(meaning_of_label("Dana <dana@acme.co.uk>").company == "acme");
  for (const char *label :
       {"dana@gmail.com", "Dana (Host)", "Dana (she/her)", "Okafor, Lee (Extern)", "Dana (Guest)",
        "Jean-Luc", "Dana (iPhone)", "Dana | Procurement"}) {
    CAPTURE(label);
    CHECK(meaning_of_label(label).company.empty());
  }
}

TEST_CASE("titles that mislead by one word do not swap the sides") {
  const char *misleading[][2] = {{"Keith", "Sunita | Sales Ops"},
                                 {"Keith (Client Partner)", "Sunita"},
                                 {"Keith | Customer Success", "Sunita"},
                                 {"Keith | Customer Success", "Sunita | Sales Ops"},
                                 {"Keith", "Sunita (Head of Sales)"},
                                 {"Keith", "Sunita - Customer Success"},
                                 {"Keith | Client Services", "Sunita | VP Sales"}};
  for (const auto &labels : misleading) {
    CAPTURE(labels[0]);
    CAPTURE(labels[1]);
    const auto read = read_transcript(call_with(labels[0], labels[1]));
    REQUIRE(read);
    for (const Utterance &u : read->utterances) {
      if (u.speaker == labels[0]) CHECK(u.role == Role::rep);
      if (u.speaker == labels[1]) CHECK(u.role == Role::customer);
    }
  }
}

TEST_CASE("whoever is of the same company is on the same side") {
  std::string call = call_with("Keith (Harrow)", "Sunita (Moss Foods)");
  call += "Ada (Moss Foods): Morning.\nBen (Harrow): Hello.\nCleo: Hi.\n";
  const auto read = read_transcript(call);
  REQUIRE(read);
  std::map<std::string, Role> roles;
  for (const Utterance &u : read->utterances) roles[u.speaker] = u.role;
  CHECK(roles.at("Keith (Harrow)") == Role::rep);
  CHECK(roles.at("Sunita (Moss Foods)") == Role::customer);
  CHECK(roles.at("Ada (Moss Foods)") == Role::customer);
  CHECK(roles.at("Ben (Harrow)") == Role::rep);
  CHECK(roles.at("Cleo") == Role::unknown);
  CHECK(read->role_reason.find("Cleo is in doubt") != std::string::npos);
}

TEST_CASE("the seller is named as the file has the label, however the reader shows it") {
  const std::string deepgram =
      R"({"results": {"utterances": [
        {"speaker": 0, "transcript": "Hello.", "start": 0, "end": 1},
        {"speaker": 1, "transcript": "Hi there.", "start": 1, "end": 2}]}})";
  const std::string assembly =
      R"({"audio_duration": 3, "utterances": [
        {"speaker": "A", "text": "Hello.", "start": 0, "end": 900},
        {"speaker": "B", "text": "Hi there.", "start": 1000, "end": 1900}]})";
  const std::string whisperx = "[SPEAKER_00]: Hello.\n[SPEAKER_01]: Hi there.\n";
  for (const char *given : {"0", "Speaker 0", "speaker_0", "SPEAKER_00", "spk_0"}) {
    CAPTURE(given);
    CHECK(roles_of(read_transcript(deepgram, {{given}})) == "rep customer");
    CHECK(roles_of(read_transcript(whisperx, {{given}})) == "rep customer");
  }
  for (const char *given : {"A", "a", "Speaker A"}) {
    CAPTURE(given);
    CHECK(roles_of(read_transcript(assembly, {{given}})) == "rep customer");
  }
  CHECK(roles_of(read_transcript(assembly, {{"B"}})) == "customer rep");
  CHECK_FALSE(read_transcript(deepgram, {{"2"}}));
  CHECK_FALSE(read_transcript(assembly, {{"C"}}));
  CHECK_FALSE(read_transcript("Ann: Hello.\nBob: Hi.\n", {{"A"}}));
}

TEST_CASE("the kinds of evidence are those of the phrases, in their order") {
  const auto phrases = json::parse_json(json::embedded_text("cues/roles.json")).value();
  REQUIRE(phrases.at("items").size() == transcript::kinds.size());
  std::size_t at = 0;
  for (const auto &[id, lists] : phrases.at("items").items())
    CHECK(id == transcript::kinds[at++].id);
}

TEST_CASE("inferred roles carry a confidence, and other roles none") {
  const std::string call = read_file(source_dir() / "tests/data/roles/dental-chairs.txt");
  const Transcript inferred = read_transcript(call).value();
  REQUIRE(inferred.role_confidence);
  CHECK(*inferred.role_confidence > 0.8);
  CHECK(*inferred.role_confidence <= 1);
  CHECK(transcript_from_json(to_json(inferred)).value().role_confidence ==
        inferred.role_confidence);
  CHECK(!read_transcript(call, {{"Ottmar"}})->role_confidence);
  CHECK(!read_transcript("Ann: Nice weather.\nBob: Very nice.\n")->role_confidence);
  Transcript wrong = inferred;
  wrong.role_confidence = 1.5;
  REQUIRE(validate(wrong).size() == 1);
  CHECK(validate(wrong)[0].where == "/roles/confidence");
  CHECK(transcript_from_json(to_json(wrong)).error().where == "/roles/confidence");
}

TEST_CASE("of a crowd nobody can tell who sells") {
  std::string text;
  for (int i = 0; i < 300; ++i) text += fmt::format("Person {}: What does it cost?\n", i);
  const Transcript transcript = read_transcript(text).value();
  CHECK(transcript.role_source == RoleSource::none);
  CHECK(transcript.role_reason.find("300 speakers") != std::string::npos);
}

}  // namespace saleschecklist::test
