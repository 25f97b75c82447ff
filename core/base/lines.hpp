// From a program's bytes to lines of text that may be stored and shown.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace desk {

/// Stands between the kept part of an over-long line and "<count> bytes]". Who hides secrets looks for it: the value
/// that was cut there is known only by its beginning.
inline constexpr std::string_view kCutMark = " [cut: ";

/// `bytes` with every byte that is not UTF-8 (and NUL, which PostgreSQL refuses) replaced by U+FFFD.
std::string repair_utf8(std::string_view bytes);

/// Cuts a stream into lines at LF, CR LF and CR. Lines come out as UTF-8 without their end, an over-long one as its
/// first `max_bytes` bytes and kCutMark. Memory: one line.
class LineSplitter {
  public:
    using Sink = std::function<void(std::string_view line)>;

    LineSplitter(std::size_t max_bytes, Sink sink);

    void feed(std::string_view bytes);
    /// The stream is over: what stands behind the last line end is a line too.
    void finish();

  private:
    void append(std::string_view part);
    void emit();

    std::size_t max_bytes_;
    Sink sink_;
    std::string line_;
    std::size_t cut_ = 0;
    bool after_cr_ = false;
};

}  // namespace desk
