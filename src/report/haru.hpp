// Errors of libharu.
#ifndef SALESCHECKLIST_REPORT_HARU_HPP
#define SALESCHECKLIST_REPORT_HARU_HPP

#include <hpdf.h>

#include <cstddef>

namespace saleschecklist::report {

// Throws std::bad_alloc if so many bytes are not to be had, for what crashes without them.
void require_memory_for(std::size_t bytes);

// Whether the first error of a document is that memory ran out.
bool lacks_memory(HPDF_Doc document);

// To be called after each call of libharu: after an error, a document must only be freed. Throws
// std::bad_alloc, or BadResult (internal) after any other error.
void require_sound(HPDF_Doc document);

}  // namespace saleschecklist::report

#endif
