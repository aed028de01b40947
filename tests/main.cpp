#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

namespace saleschecklist::test {

#ifdef SALESCHECKLIST_WITH_PDF
extern const bool with_pdf = true;
#else
extern const bool with_pdf = false;
#endif

}  // namespace saleschecklist::test
