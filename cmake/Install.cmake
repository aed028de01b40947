# What cmake --install puts where. Components: Runtime (what a program that links the shared library needs),
# Development (what building one needs), Program (the program itself, see examples/cli).
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/saleschecklist")
set(schema_dir "${CMAKE_INSTALL_DATADIR}/saleschecklist/schemas")

foreach(kind shared static)
  if(TARGET saleschecklist_${kind})
    install(TARGETS saleschecklist_${kind} EXPORT saleschecklist-${kind}
      RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}" COMPONENT Runtime
      LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT Runtime NAMELINK_COMPONENT Development
      ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT Development
      INCLUDES DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
    install(EXPORT saleschecklist-${kind} NAMESPACE saleschecklist::
      DESTINATION "${package_dir}" COMPONENT Development)
  endif()
endforeach()
install(DIRECTORY include/saleschecklist DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT Development
  FILES_MATCHING PATTERN *.hpp PATTERN *.h)
install(DIRECTORY schemas/ DESTINATION "${schema_dir}" COMPONENT Runtime FILES_MATCHING PATTERN *.json)
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT Runtime)

set(saleschecklist_optional_packages "")
set(optional_libraries "")
if(SALESCHECKLIST_CURL)
  string(APPEND saleschecklist_optional_packages " CURL")
  string(APPEND optional_libraries " -lcurl")
endif()
if(SALESCHECKLIST_FFMPEG)
  string(APPEND saleschecklist_optional_packages " FFmpeg")
  string(APPEND optional_libraries " -lavformat -lavcodec -lswresample -lavutil")
endif()
if(SALESCHECKLIST_POSTGRES)
  string(APPEND saleschecklist_optional_packages " PostgreSQL")
  string(APPEND optional_libraries " -lpq")
endif()
if(SALESCHECKLIST_PDF)
  string(APPEND saleschecklist_optional_packages " Fontconfig Freetype Fribidi Haru")
  string(APPEND optional_libraries " -lhpdf -lfontconfig -lfreetype -lfribidi")
endif()

# The package for find_package(saleschecklist), with the modules that find what the static library needs.
configure_package_config_file(cmake/saleschecklistConfig.cmake.in
  "${CMAKE_CURRENT_BINARY_DIR}/saleschecklistConfig.cmake" INSTALL_DESTINATION "${package_dir}"
  NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/saleschecklistConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
file(GLOB find_modules cmake/Find*.cmake)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/saleschecklistConfig.cmake"
  "${CMAKE_CURRENT_BINARY_DIR}/saleschecklistConfigVersion.cmake" ${find_modules}
  DESTINATION "${package_dir}" COMPONENT Development)

# The description for pkg-config. The libraries are named under Libs.private, not as packages under
# Requires.private: of those pkg-config wants the .pc files even of who links the shared library.
file(RELATIVE_PATH pc_prefix "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
file(RELATIVE_PATH pc_libdir "${CMAKE_INSTALL_PREFIX}" "${CMAKE_INSTALL_FULL_LIBDIR}")
file(RELATIVE_PATH pc_includedir "${CMAKE_INSTALL_PREFIX}" "${CMAKE_INSTALL_FULL_INCLUDEDIR}")
string(REGEX REPLACE "/$" "" pc_prefix "${pc_prefix}")
set(pc_libraries "-lcld2 -lstemmer -lutf8proc -lsqlite3 -lzip -lfmt -lcrypto${optional_libraries} -lstdc++ -lm -pthread")
if(SALESCHECKLIST_SHARED)
  set(pc_libraries "\nLibs.private: ${pc_libraries}")
else()
  string(PREPEND pc_libraries " ")
endif()
configure_file(cmake/saleschecklist.pc.in saleschecklist.pc @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/saleschecklist.pc"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT Development)
