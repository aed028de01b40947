// The JSON library, changed so that a document is freed without allocating. Include this header
// instead of the library's own.
#ifndef SALESCHECKLIST_JSON_LIBRARY_HPP
#define SALESCHECKLIST_JSON_LIBRARY_HPP

#include <nlohmann/json.hpp>

// The library's destructors allocate, and call std::terminate if memory has run out. These take
// their place; library.cpp says how. Versions that are not known to have this function are used as
// they are.
#if NLOHMANN_JSON_VERSION_MAJOR == 3 && NLOHMANN_JSON_VERSION_MINOR >= 10 && \
    NLOHMANN_JSON_VERSION_MINOR <= 12
#define SALESCHECKLIST_FREES_JSON_WITHOUT_ALLOCATING
template <>
void nlohmann::json::json_value::destroy(nlohmann::detail::value_t type);
template <>
void nlohmann::ordered_json::json_value::destroy(nlohmann::detail::value_t type);
#endif

#endif
