// JSON lines on stderr, one event each. Values never hold form fields, tokens or SQL parameters.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/json.hpp"

namespace desk::log {

enum class Level { debug, info, warning, error };

using Field = std::pair<std::string_view, Json>;
using Fields = std::initializer_list<Field>;

/// One line: time, level, event, the fields of every Scope alive in this thread, `fields`. Thread-safe.
void write(Level level, std::string_view event, Fields fields = {});
inline void debug(std::string_view event, Fields fields = {}) { write(Level::debug, event, fields); }
inline void info(std::string_view event, Fields fields = {}) { write(Level::info, event, fields); }
inline void warning(std::string_view event, Fields fields = {}) { write(Level::warning, event, fields); }
inline void error(std::string_view event, Fields fields = {}) { write(Level::error, event, fields); }

/// Lines below `level` are not written. Default: info.
void set_level(Level level);

/// Adds fields (request id, job, attempt, cluster) to every line of this thread while it lives.
class Scope {
  public:
    explicit Scope(Fields fields);
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

  private:
    std::size_t before_;
};

}  // namespace desk::log
