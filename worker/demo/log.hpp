// The installer's two logs: lines on stderr down to a level, and every line in D/.openshift_install.log.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/file.hpp"
#include "worker/demo/level.hpp"

namespace desk::demo {

using Fields = std::map<std::string, std::string>;  // logrus writes fields sorted by key

class Log {
  public:
    /// Makes `dir` (0755) if it is not there, as every verb of the installer does. Appends to the log file in it.
    Log(const fs::path& dir, Level threshold);

    void debug(std::string_view message, const Fields& fields = {}) { write(Level::debug, message, fields); }
    void info(std::string_view message, const Fields& fields = {}) { write(Level::info, message, fields); }
    void warning(std::string_view message, const Fields& fields = {}) { write(Level::warning, message, fields); }
    void error(std::string_view message, const Fields& fields = {}) { write(Level::error, message, fields); }

    /// One line in the file; on stderr one for each line of `message`.
    void write(Level level, std::string_view message, const Fields& fields = {});

    /// Bytes on stderr that did not come through logrus: klog lines, broken lines.
    void raw_stderr(std::string_view bytes);

  private:
    UniqueFd file_;
    Level threshold_;
    bool terminal_;
};

/// The line before logging is set up: `time="..." level=fatal msg="..."` on stderr.
void write_unconfigured_fatal(std::string_view message);
/// The line once levels are known but no directory is: `level=fatal msg=...` on stderr.
void write_plain_fatal(std::string_view message);

/// A value as logrus' text formatter writes it: quoted as Go's %q unless every character is plain.
std::string logfmt_value(std::string_view value);

}  // namespace desk::demo
