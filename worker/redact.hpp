// Takes secrets out of text before anything is stored: the values that a job opened, and what looks like one.
#pragma once

#include <cstdint>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/secret.hpp"
#include "worker/secret_shapes.hpp"

namespace desk::worker {

inline constexpr std::string_view kRedacted = "[redacted]";

/// The secrets of one job. Thread-safe: values may be added while lines are read.
class Redactor {
  public:
    /// Values shorter than this can't be told from ordinary text and are not looked for.
    static constexpr std::size_t kShortestSecret = 6;
    /// Of a secret of several lines each line of this length or more is a secret of its own.
    static constexpr std::size_t kShortestSecretLine = 8;

    Redactor() = default;
    ~Redactor();
    Redactor(const Redactor&) = delete;
    Redactor& operator=(const Redactor&) = delete;

    /// From now on hides `value`: as it is, JSON-escaped once and twice, percent-encoded, in base64 (both alphabets,
    /// whatever stands before it, wrapped at 64 or 76 columns too); each line of it, and a long last word of a line;
    /// and, if it is a JSON document such as a pull secret, each text in it.
    void add(const Secret& value);

    /// `text` of any number of lines, read as one document from its beginning.
    std::string redact(std::string_view text) const;

  private:
    friend class LineRedactor;

    void add_value(std::string_view value);
    void add_lines(std::string_view value);
    void add_base64(std::string_view value);
    void add_needle(std::string_view needle);
    void find_needles(std::string_view line, Spans& found) const;

    mutable std::shared_mutex mutex_;
    std::vector<std::string> needles_;
    std::unordered_multimap<std::uint32_t, std::size_t> by_prefix_;  ///< first four bytes -> index in needles_
    std::vector<bool> maybe_ = std::vector<bool>(1U << 16U);         ///< by hash of the first four bytes
};

/// Redacts one stream line by line; carries PEM blocks over lines. One for each stream; `redactor` must outlive it.
class LineRedactor {
  public:
    explicit LineRedactor(const Redactor& redactor) : redactor_(redactor) {}

    /// The line with [redacted] for every secret: registered values; what follows the word password; AWS keys and their
    /// assignments; bearer and API tokens; "auth" of pull secrets; passwords in URLs; kubeadmin's 5-5-5-5; PEM blocks.
    std::string redact_line(std::string_view line);

  private:
    const Redactor& redactor_;
    int pem_lines_ = 0;  ///< how many lines into an open PEM block; 0 = none open
};

}  // namespace desk::worker
