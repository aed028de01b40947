# Run as a script: -DOUTPUT=out.cpp -DROOT=dir -DFILES=a.json;b/c.json
# Writes a C++ source whose embedded_text("b/c.json") is that file's text.
set(arrays "")
set(rows "")
set(index 0)
foreach(file IN LISTS FILES)
  file(READ "${ROOT}/${file}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "((0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,))" "\\1\n" bytes "${bytes}")
  string(APPEND arrays "const unsigned char text_${index}[] = {\n${bytes}\n};\n")
  string(APPEND rows "  if (name == \"${file}\") return view(text_${index}, sizeof text_${index});\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUTPUT}.new" "// Generated from schemas/.
#include \"json/embedded.hpp\"
namespace saleschecklist::json {
namespace {
${arrays}
std::string_view view(const unsigned char *bytes, std::size_t size) {
  return {reinterpret_cast<const char *>(bytes), size};
}
}  // namespace
std::string_view embedded_text(std::string_view name) {
${rows}  return {};
}
}  // namespace saleschecklist::json
")
file(COPY_FILE "${OUTPUT}.new" "${OUTPUT}" ONLY_IF_DIFFERENT)
