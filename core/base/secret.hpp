// A value that can't be printed, compared by accident, or left in memory.
#pragma once

#include <openssl/crypto.h>

#include <ostream>
#include <string>
#include <utility>

namespace desk {

/// Move-only holder of secret text. `reveal()` is the one way to the value, so that a search for it finds every use.
class Secret {
  public:
    Secret() = default;
    explicit Secret(std::string value) : value_(std::move(value)) {}
    Secret(Secret&& other) noexcept : value_(other.value_) { other.wipe(); }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            wipe();
            value_ = other.value_;
            other.wipe();
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { wipe(); }

    const std::string& reveal() const { return value_; }
    bool empty() const { return value_.empty(); }

    bool operator==(const Secret&) const = delete;
    friend std::ostream& operator<<(std::ostream&, const Secret&) = delete;

  private:
    void wipe() noexcept {
        OPENSSL_cleanse(value_.data(), value_.size());
        value_.clear();
    }
    std::string value_;
};

}  // namespace desk
