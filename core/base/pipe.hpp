// What a loop over poll(2) needs around a child: its output as lines, a way to be woken, a clock for its waits.
#pragma once

#include <poll.h>

#include <array>
#include <chrono>
#include <stop_token>

#include "core/base/file.hpp"
#include "core/base/lines.hpp"
#include "core/base/process.hpp"

namespace desk {

/// Moments of waits and deadlines of processes; not a clock of the desk.
using Tick = std::chrono::steady_clock::time_point;

/// Milliseconds until `next`, for poll(2): rounded up, 0 if it is over, at most an hour.
int poll_timeout(Tick next);

/// The output pipes of one child, read without blocking and given out as lines.
class OutputPipes {
  public:
    /// Both must outlive the pipes.
    OutputPipes(const Command& command, const LineSink& sink);

    /// The child's ends: for its descriptors 1 and 2.
    int child_out() const { return streams_[0].child_end.get(); }
    int child_err() const { return streams_[1].child_end.get(); }
    /// The child has them now; ours are closed, or the streams would never end.
    void close_child_ends();

    /// Ours, for poll(2); fd -1 once a stream is at its end.
    pollfd poll_out() const { return {streams_[0].end.get(), POLLIN, 0}; }
    pollfd poll_err() const { return {streams_[1].end.get(), POLLIN, 0}; }

    /// Reads what is there, at most 1 MB of each stream.
    void read();
    /// Likewise, for the last time: gives out unfinished lines, and on err how much was dropped.
    void finish();

  private:
    struct OneStream {
        UniqueFd end, child_end;
        LineSplitter lines;
    };
    OneStream open(Stream stream, const Command& command, const LineSink& sink);
    void read(OneStream& stream);

    std::size_t max_bytes_;
    std::size_t bytes_ = 0;
    const LineSink& sink_;
    std::array<OneStream, 2> streams_;
};

/// Makes a descriptor readable when a stop is requested.
class StopBell {
  public:
    explicit StopBell(const std::stop_token& stop);
    pollfd poll_entry() const { return {event_.get(), POLLIN, 0}; }

  private:
    struct Ring {
        int event;
        void operator()() const noexcept;
    };
    UniqueFd event_;
    std::stop_callback<Ring> callback_;
};

}  // namespace desk
