// The verdict of is_sales_call() and of assessability() as JSON.
#include <saleschecklist/json.hpp>

#include "json/nouns.hpp"

namespace saleschecklist {

std::string to_json(const SalesCall &sales_call) {
  return json::pretty_json(json::written(sales_call));
}

std::string to_json(const Assessability &assessability) {
  return json::pretty_json(json::written(assessability));
}

}  // namespace saleschecklist
