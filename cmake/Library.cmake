# The sources are compiled once; the shared and the static library are made of the same objects.
# saleschecklist::saleschecklist is the one to link: the shared library if it is built, else the static one.

set(third_party Cld2::Cld2 fmt::fmt Libzip::Libzip OpenSSL::Crypto SQLite::SQLite3 Stemmer::Stemmer Utf8proc::Utf8proc Threads::Threads)

if(SALESCHECKLIST_CURL)
  list(APPEND third_party CURL::libcurl)
endif()
if(SALESCHECKLIST_FFMPEG)
  list(APPEND third_party FFmpeg::FFmpeg)
endif()
if(SALESCHECKLIST_POSTGRES)
  list(APPEND third_party PostgreSQL::PostgreSQL)
endif()
if(SALESCHECKLIST_PDF)
  list(APPEND third_party Fontconfig::Fontconfig Freetype::Freetype Fribidi::Fribidi Haru::Haru)
endif()

file(GLOB_RECURSE sources CONFIGURE_DEPENDS src/*.cpp)
# Told to the users of these libraries alone, so that an option compiles few files anew.
file(GLOB media_sources CONFIGURE_DEPENDS src/media/*.cpp)
file(GLOB postgres_sources CONFIGURE_DEPENDS src/storage/postgres/*.cpp)
set(pdf_sources src/report/canvas.cpp src/report/fonts.cpp src/report/haru.cpp src/report/pdf.cpp)
set_property(SOURCE src/net/curl_transport.cpp APPEND PROPERTY COMPILE_DEFINITIONS
  $<$<BOOL:${SALESCHECKLIST_CURL}>:SALESCHECKLIST_WITH_CURL>)
set_property(SOURCE ${media_sources} APPEND PROPERTY COMPILE_DEFINITIONS
  $<$<BOOL:${SALESCHECKLIST_FFMPEG}>:SALESCHECKLIST_WITH_FFMPEG>)
set_property(SOURCE ${postgres_sources} APPEND PROPERTY COMPILE_DEFINITIONS
  $<$<BOOL:${SALESCHECKLIST_POSTGRES}>:SALESCHECKLIST_WITH_POSTGRES>)
set_property(SOURCE ${pdf_sources} APPEND PROPERTY COMPILE_DEFINITIONS
  $<$<BOOL:${SALESCHECKLIST_PDF}>:SALESCHECKLIST_WITH_PDF>)
add_library(saleschecklist_objects OBJECT ${sources} "${embedded_source}")
target_include_directories(saleschecklist_objects PRIVATE include src)
target_link_libraries(saleschecklist_objects PRIVATE
  saleschecklist_flags nlohmann_json::nlohmann_json ValiJSON::valijson ${third_party})
set_target_properties(saleschecklist_objects PROPERTIES
  CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON POSITION_INDEPENDENT_CODE ON)
if(SALESCHECKLIST_SANITIZE)  # these builds are for tests only: rather soon than by the book
  target_precompile_headers(saleschecklist_objects PRIVATE
    "$<$<COMPILE_LANGUAGE:CXX>:${CMAKE_CURRENT_SOURCE_DIR}/src/json/library.hpp>" "$<$<COMPILE_LANGUAGE:CXX>:<fmt/format.h$<ANGLE-R>>")
endif()
if(NOT MSVC)  # so that a linker can leave out what nothing calls
  target_compile_options(saleschecklist_objects PRIVATE -ffunction-sections -fdata-sections)
endif()

# saleschecklist_add_kind(shared SHARED) makes saleschecklist_shared, known to others as saleschecklist::shared.
function(saleschecklist_add_kind kind type)
  set(library saleschecklist_${kind})
  add_library(${library} ${type} $<TARGET_OBJECTS:saleschecklist_objects>)
  add_library(saleschecklist::${kind} ALIAS ${library})
  target_include_directories(${library} INTERFACE
    $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>)
  target_compile_features(${library} INTERFACE cxx_std_17)
  target_link_libraries(${library} PRIVATE $<BUILD_INTERFACE:saleschecklist_flags> ${third_party})
  set_target_properties(${library} PROPERTIES OUTPUT_NAME saleschecklist EXPORT_NAME ${kind}
    LINKER_LANGUAGE CXX)
  if(NOT TARGET saleschecklist::saleschecklist)
    add_library(saleschecklist::saleschecklist ALIAS ${library})
  endif()
endfunction()

if(SALESCHECKLIST_SHARED)
  saleschecklist_add_kind(shared SHARED)
  set_target_properties(saleschecklist_shared PROPERTIES
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  if(WIN32)
    target_compile_definitions(saleschecklist_objects PRIVATE SALESCHECKLIST_BUILDING_SHARED)
    target_compile_definitions(saleschecklist_shared INTERFACE SALESCHECKLIST_USING_SHARED)
  elseif(NOT APPLE)
    # The map keeps instantiations of the standard library's templates from being exported.
    set(map "${CMAKE_CURRENT_SOURCE_DIR}/cmake/exports.map")
    set_property(TARGET saleschecklist_shared PROPERTY LINK_DEPENDS "${map}")
    target_link_options(saleschecklist_shared PRIVATE "LINKER:--version-script=${map}"
      LINKER:--as-needed LINKER:--gc-sections)
    if(NOT SALESCHECKLIST_SANITIZE)  # whose own symbols may be the program's to bring
      target_link_options(saleschecklist_shared PRIVATE LINKER:--no-undefined)
    endif()
  endif()
endif()
if(SALESCHECKLIST_STATIC)
  saleschecklist_add_kind(static STATIC)
endif()
