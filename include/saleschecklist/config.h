/* Version and symbol visibility. Readable by C11 and C++17 compilers. */
#ifndef SALESCHECKLIST_CONFIG_H
#define SALESCHECKLIST_CONFIG_H

#define SALESCHECKLIST_VERSION_MAJOR 0
#define SALESCHECKLIST_VERSION_MINOR 1
#define SALESCHECKLIST_VERSION_PATCH 0
#define SALESCHECKLIST_VERSION "0.1.0"

/* Marks what the library exports; everything else is hidden. */
#if defined(_WIN32)
#if defined(SALESCHECKLIST_BUILDING_SHARED)
#define SALESCHECKLIST_API __declspec(dllexport)
#elif defined(SALESCHECKLIST_USING_SHARED)
#define SALESCHECKLIST_API __declspec(dllimport)
#else
#define SALESCHECKLIST_API
#endif
#else
#define SALESCHECKLIST_API __attribute__((visibility("default")))
#endif

#endif
