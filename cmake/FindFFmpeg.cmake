# Finds FFmpeg's libraries (Debian: libavformat-dev, libavcodec-dev, libswresample-dev, libavutil-dev) and defines
# FFmpeg::FFmpeg. FFmpeg_VERSION is that of libavutil; 57.28 came with FFmpeg 5.1, the first with AVChannelLayout.
find_path(FFmpeg_INCLUDE_DIR libavformat/avformat.h PATH_SUFFIXES ffmpeg)
set(FFmpeg_LIBRARIES "")
foreach(part avformat avcodec swresample avutil)
  find_library(FFmpeg_${part}_LIBRARY NAMES ${part})
  mark_as_advanced(FFmpeg_${part}_LIBRARY)
  list(APPEND FFmpeg_LIBRARIES "${FFmpeg_${part}_LIBRARY}")
endforeach()
mark_as_advanced(FFmpeg_INCLUDE_DIR)
if(FFmpeg_INCLUDE_DIR AND EXISTS "${FFmpeg_INCLUDE_DIR}/libavutil/version.h")
  file(STRINGS "${FFmpeg_INCLUDE_DIR}/libavutil/version.h" FFmpeg_version_lines
    REGEX "^#define LIBAVUTIL_VERSION_(MAJOR|MINOR) +[0-9]+")
  string(REGEX REPLACE "[^0-9]+" "." FFmpeg_VERSION "${FFmpeg_version_lines}")
  string(REGEX REPLACE "^\\.|\\.$" "" FFmpeg_VERSION "${FFmpeg_VERSION}")
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(FFmpeg REQUIRED_VARS FFmpeg_INCLUDE_DIR FFmpeg_avformat_LIBRARY
  FFmpeg_avcodec_LIBRARY FFmpeg_swresample_LIBRARY FFmpeg_avutil_LIBRARY
  VERSION_VAR FFmpeg_VERSION)
if(FFmpeg_FOUND AND NOT TARGET FFmpeg::FFmpeg)
  add_library(FFmpeg::FFmpeg INTERFACE IMPORTED)
  set_target_properties(FFmpeg::FFmpeg PROPERTIES INTERFACE_INCLUDE_DIRECTORIES "${FFmpeg_INCLUDE_DIR}"
    INTERFACE_LINK_LIBRARIES "${FFmpeg_LIBRARIES}")
endif()
