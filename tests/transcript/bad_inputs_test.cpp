// tests/bad_inputs.tsv through the C++ face; the C and the Python tests read the same table.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <sstream>

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

struct Case {
  std::string name, call, a, b, c, code, where, message;
};

std::string unescaped(const std::string &text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    const char kind = text[++i];
    if (kind == 'x') {
      out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      out += kind == 'n' ? '\n' : kind == 'r' ? '\r' : kind == 't' ? '\t' : kind;
    }
  }
  return out;
}

std::string input(const std::string &field) {
  if (field == "-") return {};
  if (field[0] == '@') return read_file(source_dir() / "tests/data" / field.substr(1));
  return unescaped(field);
}

std::vector<Case> cases() {
  std::istringstream lines(read_file(source_dir() / "tests/bad_inputs.tsv"));
  std::vector<Case> out;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> fields(1);
    for (const char c : line) c == '\t' ? void(fields.emplace_back()) : void(fields.back() += c);
    REQUIRE_MESSAGE(fields.size() == 8, line);
    out.push_back({fields[0], fields[1], input(fields[2]), input(fields[3]), input(fields[4]),
                   fields[5], unescaped(fields[6]), unescaped(fields[7])});
  }
  return out;
}

template <class T>
Error error_of(const Result<T> &result) {
  return result ? Error{ErrorCode::internal, "no error", {}} : result.error();
}

Error provoke(const Case &c) {
  const Checklist &list = Checklist::ten_point();
  const auto talk = [&] { return transcript_from_json(c.a).value(); };
  if (c.call == "read") {
    return error_of(
        read_transcript(c.a, {c.b.empty() ? std::vector<std::string>() : std::vector{c.b}}));
  }
  if (c.call == "find_checklist") return error_of(find_checklist(c.a));
  if (c.call == "checklist") return error_of(read_checklist(c.a));
  if (c.call == "cues") return error_of(cues_from_json(c.a, list));
  if (c.call == "policy") return error_of(policy_from_json(c.a));
  if (c.call == "score") return error_of(score(list, responses_from_json(c.a).value()));
  if (c.call == "measure") return error_of(transcript_from_json(c.a));
  if (c.call == "verify") return error_of(claims_from_json(c.b));
  if (c.call == "compose") {
    return error_of(compose(talk(), list, responses_from_json(c.b).value(), c.c));
  }
  if (c.call == "coach") {
    const auto answers = responses_from_json(c.b).value();
    return error_of(coach_offline(talk(), list, answers, score_from_json(c.c).value()));
  }
  if (c.call == "report") return error_of(report_from_json(c.a, list));
  if (c.call == "pdf") {
    const Report report = analyze("Ann: We lose money.\nBen: How much?\n", list).value();
    return error_of(render_pdf(report, pdf_options_from_json(c.a).value()));
  }
  if (c.call == "score_many") {
    return error_of(score_many(list, reinterpret_cast<const std::uint8_t *>(c.a.data()),
                               c.a.size() / item_count(list), {}));
  }
  return {ErrorCode::internal, "unknown call " + c.call, {}};
}

Error provoked(const Case &c) {
  try {
    return provoke(c);
  } catch (const BadResult &failure) {
    return failure.error();
  }
}

}  // namespace

TEST_CASE("each bad input gives its error") {
  for (const Case &c : cases()) {
    if (c.call == "pdf" && !with_pdf) continue;
    CAPTURE(c.name);
    const Error error = provoked(c);
    CHECK(std::string(name(error.code)) == c.code);
    CHECK(error.where == c.where);
    CHECK(error.message == c.message);
  }
}

}  // namespace saleschecklist::test
