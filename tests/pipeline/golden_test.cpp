// Whole reports, byte for byte; the C and the Python tests compare with the same files. After a
// change that is meant, run this with SALESCHECKLIST_UPDATE_GOLDEN=1 and read the difference.
#include <doctest/doctest.h>

#include "json/library.hpp"

#include <cstdlib>

#include "support/support.hpp"

namespace saleschecklist::test {
namespace {

using Json = nlohmann::json;

std::string report_of(const Json &row) {
  Json options = {{"rep_names", row["rep_names"]}, {"deal", row["deal"]}};
  if (!row["policy"].is_null()) options["policy"] = row["policy"];
  const std::string call = read_file(source_dir() / row["call"].get<std::string>());
  const Checklist &checklist = *find_checklist(row["checklist"].get<std::string>()).value();
  return to_json(
      analyze(call, checklist, analyze_options_from_json(options.dump()).value()).value());
}

}  // namespace

TEST_CASE("each golden report is given again, byte for byte") {
  const auto folder = source_dir() / "tests/golden";
  const Json cases = Json::parse(read_file(folder / "cases.json"));
  REQUIRE(cases.size() >= 3);
  for (const Json &row : cases) {
    const auto file = folder / (row["name"].get<std::string>() + ".report.json");
    CAPTURE(file.string());
    const std::string report = report_of(row);
    if (std::getenv("SALESCHECKLIST_UPDATE_GOLDEN") != nullptr) {
      std::ofstream(file, std::ios::binary) << report;
    }
    CHECK((report == read_file(file)));
  }
}

}  // namespace saleschecklist::test
