#include "files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

namespace cli {
namespace {

namespace fs = std::filesystem;

struct Closer {
  void operator()(std::FILE *file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, Closer>;

[[noreturn]] void fail(Status status, const std::string &path, const std::string &what) {
  throw Failure{status, path + ": " + what};
}

[[noreturn]] void cannot_write(const std::string &path) {
  fail(failed, path, std::string("cannot write: ") + std::strerror(errno));
}

std::string read_all(std::FILE *file, const std::string &path) {
  std::string out;
  char buffer[1 << 16];
  while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, file)) {
    out.append(buffer, size);
    if (out.size() > largest_input)
      fail(wrong_input, path, "the file is too large: expected at most 256 MiB");
  }
  if (std::ferror(file))
    fail(wrong_input, path, std::string("cannot read: ") + std::strerror(errno));
  return out;
}

void write_all(int file, const std::string &bytes, const std::string &path) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t size = ::write(file, bytes.data() + done, bytes.size() - done);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) cannot_write(path);
    done += static_cast<std::size_t>(size);
  }
}

// Prints a warning.
void warn(const std::string &path, const std::string &what) {
  fmt::print(stderr, "saleschecklist: {}: {}\n", shown(path), what);
}

saleschecklist::ChecklistFile checklist_file(const std::string &id_or_file) {
  const auto known = saleschecklist::find_checklist(id_or_file);
  if (known) return {**known};
  if (known.error().code != saleschecklist::ErrorCode::not_found) {
    fail(status_of(known.error()), id_or_file, to_string(known.error()));
  }
  if (id_or_file != "-" && !fs::exists(id_or_file)) {
    fail(wrong_input, id_or_file, "there is no such file, and " + known.error().message);
  }
  return take(saleschecklist::read_checklist(read_input(id_or_file)), id_or_file);
}

// The permissions of the file that is replaced. What is new is its owner's: it has the words of
// customers.
mode_t mode_of(const std::string &path) {
  constexpr mode_t permissions = 07777, private_file = 0600;
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 ? info.st_mode & permissions : private_file;
}

// Pipes and devices cannot be replaced, so they are written to directly.
bool is_special(const std::string &path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode);
}

void write_special(const std::string &path, const std::string &bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) cannot_write(path);
  try {
    write_all(file, bytes, path);
  } catch (...) {
    ::close(file);
    throw;
  }
  if (::close(file) != 0) cannot_write(path);
}

}  // namespace

Status status_of(const saleschecklist::Error &error) {
  using saleschecklist::ErrorCode;
  const bool by_user = error.code == ErrorCode::invalid_input ||
                       error.code == ErrorCode::invalid_argument ||
                       error.code == ErrorCode::not_found;
  return by_user ? wrong_input : failed;
}

std::string shown(const std::string &path) { return path == "-" ? "standard input" : path; }

std::string read_input(const std::string &path) {
  if (path == "-") return read_all(stdin, shown(path));
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) fail(wrong_input, path, "expected a file, found a folder");
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) fail(wrong_input, path, std::string("cannot open: ") + std::strerror(errno));
  return read_all(file.get(), path);
}

void print(const std::string &text) {
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  if (!written || std::fflush(stdout) != 0) cannot_write("standard output");
}

Outputs::~Outputs() {
  for (const Staged &staged : staged_) ::unlink(staged.temporary.c_str());
}

void Outputs::add(const std::string &path, const std::string &bytes) {
  if (path == "-") return print(bytes);
  if (is_special(path)) return write_special(path, bytes);
  // A symbolic link is kept: the file that it points to is replaced.
  std::error_code ignored;
  const fs::path resolved =
      fs::is_symlink(path, ignored) ? fs::weakly_canonical(path) : fs::path(path);
  std::string temporary = resolved.string() + ".XXXXXX";
  const int file = ::mkstemp(temporary.data());
  if (file < 0) cannot_write(path);
  staged_.push_back({temporary, resolved.string()});
  try {
    write_all(file, bytes, path);
    if (::fchmod(file, mode_of(resolved.string())) != 0 || ::fsync(file) != 0) cannot_write(path);
  } catch (...) {
    ::close(file);
    throw;
  }
  if (::close(file) != 0) cannot_write(path);
}

void Outputs::commit() {
  for (const Staged &staged : staged_) {
    if (::rename(staged.temporary.c_str(), staged.target.c_str()) != 0) cannot_write(staged.target);
  }
  staged_.clear();
}

saleschecklist::Checklist load_checklist(const std::string &id_or_file) {
  return checklist_file(id_or_file).checklist;
}

ListenedFor load_checklist(const std::string &id_or_file, const std::string &cues_file) {
  auto file = checklist_file(id_or_file);
  ListenedFor out{std::move(file.checklist), nullptr};
  if (!cues_file.empty()) {
    if (file.cues)
      warn(id_or_file, "the cues inside the checklist are ignored, because --cues is given");
    file.cues =
        take(saleschecklist::cues_from_json(read_input(cues_file), out.checklist), cues_file);
  } else {
    for (const std::string &notice : file.notices) warn(id_or_file, notice);
  }
  if (file.cues) {
    out.cues = std::make_shared<const saleschecklist::Cues>(*std::move(file.cues));
  }
  return out;
}

saleschecklist::Policy load_policy(const std::string &file) {
  if (file.empty()) return {};
  return take(saleschecklist::policy_from_json(read_input(file)), file);
}

void check_writable(const std::string &path) {
  if (path.empty() || path == "-" || is_special(path)) return;
  const fs::path folder = fs::absolute(path).parent_path();
  if (::access(folder.c_str(), W_OK | X_OK) != 0) cannot_write(path);
}

void check_distinct(const Arguments &a) {
  const auto same = [](const std::string &left, const std::string &right) {
    if (left.empty() || right.empty()) return false;
    if (left == "-" || right == "-") return left == right;
    std::error_code ignored;
    return fs::weakly_canonical(left, ignored) == fs::weakly_canonical(right, ignored);
  };
  const std::vector<std::pair<const char *, std::string>> outputs = {
      {"--json", a.json},
      {"--pdf", a.pdf},
      {"--coach-audio", a.coach_audio},
      {"--transcript", a.transcript}};
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const auto &[option, output] = outputs[i];
    for (std::size_t j = i + 1; j < outputs.size(); ++j) {
      if (!same(output, outputs[j].second)) continue;
      fail(wrong_input, output,
           fmt::format("is given for both {} and {}", option, outputs[j].first));
    }
    for (const std::string &input : {a.input, a.policy, a.checklist, a.cues, a.key_file}) {
      if (output != "-" && same(output, input))
        fail(wrong_input, output, "is both an input and an output");
    }
  }
}

}  // namespace cli
