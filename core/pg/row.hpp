// Result rows: columns by name, text converted by pg::Type.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/pg/types.hpp"

struct pg_result;

namespace desk::pg {

/// One column of one row. Converts to any type with a pg::Type; a NULL then throws. `or_null` gives an optional.
class Field {
  public:
    Field(const char* text, std::size_t size, const char* column) : text_(text), size_(size), column_(column) {}

    bool is_null() const { return text_ == nullptr; }
    /// Valid while the rows live.
    std::string_view view() const;

    template <class T>
    operator T() const {  // NOLINT: implicit, so that a struct is filled by names alone
        return Type<T>::from_text(view());
    }

    /// The same, spelt out where the target would choose another conversion (Json).
    template <class T>
    T as() const {
        return Type<T>::from_text(view());
    }

    struct Nullable {
        const Field& field;
        template <class T>
        operator std::optional<T>() const {  // NOLINT
            if (field.is_null()) return std::nullopt;
            return Type<T>::from_text(field.view());
        }
    };
    Nullable or_null() const { return {*this}; }
    template <class T>
    T value_or(T fallback) const {
        return is_null() ? std::move(fallback) : Type<T>::from_text(view());
    }

  private:
    const char* text_;
    std::size_t size_;
    const char* column_;
};

/// A result of libpq, and where its columns stand by the names that were asked for: libpq compares with every name
/// before the right one, for every field of every row.
class Result {
  public:
    explicit Result(pg_result* result);
    ~Result();
    Result(const Result&) = delete;
    Result& operator=(const Result&) = delete;

    const pg_result* raw() const { return result_; }
    /// Throws Error{internal} when the statement has no such column.
    int column(const char* name) const;

  private:
    struct Known {
        const char* name;
        int at;
    };
    pg_result* result_;
    mutable std::vector<Known> known_;  // a result belongs to one thread
};

/// One row; valid while its Rows live.
class Row {
  public:
    Row(const Result& result, int index) : result_(&result), index_(index) {}
    /// Throws Error{internal} when the statement has no such column.
    Field operator[](const char* column) const;

  private:
    const Result* result_;
    int index_;
};

/// A whole result; owns it.
class Rows {
  public:
    explicit Rows(pg_result* result);

    int size() const;
    bool empty() const { return size() == 0; }
    Row operator[](int index) const { return {*result_, index}; }
    /// Rows touched by INSERT, UPDATE or DELETE.
    int affected() const;

    class iterator {
      public:
        iterator(const Rows* rows, int index) : rows_(rows), index_(index) {}
        Row operator*() const { return (*rows_)[index_]; }
        iterator& operator++() {
            ++index_;
            return *this;
        }
        bool operator==(const iterator& other) const { return index_ == other.index_; }

      private:
        const Rows* rows_;
        int index_;
    };
    iterator begin() const { return {this, 0}; }
    iterator end() const { return {this, size()}; }

  private:
    std::shared_ptr<const Result> result_;
};

}  // namespace desk::pg
