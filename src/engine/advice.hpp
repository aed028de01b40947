// What a person does about a stage that failed.
#ifndef SALESCHECKLIST_ENGINE_ADVICE_HPP
#define SALESCHECKLIST_ENGINE_ADVICE_HPP

#include <saleschecklist/session.hpp>

#include <string>

namespace saleschecklist::engine {

// What to do about an error of that stage, as one sentence.
std::string advice_on(const Error &error, Stage stage);

}  // namespace saleschecklist::engine

#endif
