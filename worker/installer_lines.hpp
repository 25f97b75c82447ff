// What the lines of openshift-install say: level and text, progress, the reason of a failure. Formats:
// logrus on stderr, logfmt in .openshift_install.log, klog of the controllers, panics of Go.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/enum.hpp"

namespace desk::worker {

DESK_ENUM(LogLevel, DEBUG, INFO, WARNING, ERROR);

/// What the installer says of its progress, in the order of a create.
/// BOOTSTRAPPED: the bootstrap machine is gone, from here on `wait-for install-complete` can go on.
/// INSTALLED, UNINSTALLED: the program's own last word, without which exit 0 proves nothing.
DESK_ENUM(Mark, INFRASTRUCTURE, NETWORK_READY, MACHINES_READY, API_UP, BOOTSTRAP_ENDING, BOOTSTRAPPED, INITIALIZED,
          INSTALLED, UNINSTALLED);

/// One raw line of a program, taken apart. Not redacted.
struct ParsedLine {
    LogLevel level = LogLevel::INFO;
    std::string text = {};   ///< of a logfmt line unquoted: it may hold line ends
    bool has_level = false;  ///< the line named its level itself
    bool is_panic = false;   ///< the first line of a stack trace: those behind it without a level belong to it
};

/// `level=info msg=...` (stderr), `time="..." level=debug msg="..."` (file), `E1121 14:37:46.543646 7 x.go:65] ...`
/// (klog; without its time and process), a panic (ERROR), or anything else (INFO). Colours are taken out.
ParsedLine parse_line(std::string_view raw);

/// The mark that `text` is, if it is one.
std::optional<Mark> find_mark(std::string_view text);

/// P of "Working towards 4.19.1: N of 901 done (P% complete)".
std::optional<int> find_percent(std::string_view text);

/// The text of a fault: a line at warning or above, or a controller's error inside a debug line.
std::optional<ParsedLine> find_fault(std::string_view raw);

}  // namespace desk::worker
