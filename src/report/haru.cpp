#ifdef SALESCHECKLIST_WITH_PDF

#include "report/haru.hpp"
#include "base/errors.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <new>

namespace saleschecklist::report {

void require_memory_for(std::size_t bytes) { ::operator delete(::operator new(bytes)); }

bool lacks_memory(HPDF_Doc document) {
  const HPDF_STATUS status = HPDF_GetError(document);
  if (status == HPDF_FAILD_TO_ALLOC_MEM || status == HPDF_ZLIB_ERROR) return true;
  // The C library needs memory to open a file, too.
  return status == HPDF_FILE_OPEN_ERROR && HPDF_GetErrorDetail(document) == ENOMEM;
}

void require_sound(HPDF_Doc document) {
  const HPDF_STATUS status = HPDF_GetError(document);
  if (status == HPDF_OK) return;
  if (lacks_memory(document)) throw std::bad_alloc();
  throw BadResult(errors::internal(
      fmt::format("the PDF library failed with error 0x{:04x}", static_cast<unsigned>(status))));
}

}  // namespace saleschecklist::report

#endif
