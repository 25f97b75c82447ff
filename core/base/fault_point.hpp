// A seam for tests that kill, stop or freeze a program at any point: production reaches the points and nothing happens.
#pragma once

#include <string>
#include <string_view>

namespace desk {

/// What a test does with the points.
class FaultHook {
  public:
    virtual ~FaultHook() = default;
    /// A named point: a step of a job ("install:recorded"); before and after a statement ("sql>leases_claim",
    /// "sql<leases_claim"), a file that is put in place ("file>metadata.json") or a process ("spawn>guard"). Called on
    /// any thread.
    virtual void reached(std::string_view point) = 0;
    /// What comes now is done for `subject`: "tick", or the name of a cluster. Called before other threads begin.
    virtual void works_on(std::string_view subject) = 0;
};

/// Null but in tests, which set it before anything else happens.
inline FaultHook* fault_hook = nullptr;

inline void fault_point(std::string_view point) {
    if (fault_hook != nullptr) fault_hook->reached(point);
}
inline void fault_subject(std::string_view subject) {
    if (fault_hook != nullptr) fault_hook->works_on(subject);
}

/// The points before and after something: lives while it is done.
class FaultPoints {
  public:
    FaultPoints(std::string_view kind, std::string_view name) : kind_(kind), name_(name) { reach('>'); }
    ~FaultPoints() { reach('<'); }
    FaultPoints(const FaultPoints&) = delete;
    FaultPoints& operator=(const FaultPoints&) = delete;

  private:
    void reach(char side) const {
        if (fault_hook != nullptr) fault_hook->reached(std::string(kind_).append(1, side).append(name_));
    }
    std::string_view kind_, name_;
};

}  // namespace desk
