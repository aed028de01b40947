#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

namespace saleschecklist::test {

#ifdef SALESCHECKLIST_WITH_PDF
extern const bool with_pdf = true;
#else
extern const bool with_pdf = false;
#endif
#ifdef SALESCHECKLIST_WITH_FFMPEG
extern const bool with_ffmpeg = true;
#else
extern const bool with_ffmpeg = false;
#endif

}  // namespace saleschecklist::test
