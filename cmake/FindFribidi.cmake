# Finds GNU FriBidi (Debian: libfribidi-dev) and defines Fribidi::Fribidi.
find_path(Fribidi_INCLUDE_DIR fribidi.h PATH_SUFFIXES fribidi)
find_library(Fribidi_LIBRARY NAMES fribidi)
mark_as_advanced(Fribidi_INCLUDE_DIR Fribidi_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Fribidi REQUIRED_VARS Fribidi_LIBRARY Fribidi_INCLUDE_DIR)
if(Fribidi_FOUND AND NOT TARGET Fribidi::Fribidi)
  add_library(Fribidi::Fribidi UNKNOWN IMPORTED)
  set_target_properties(Fribidi::Fribidi PROPERTIES IMPORTED_LOCATION "${Fribidi_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${Fribidi_INCLUDE_DIR}")
endif()
