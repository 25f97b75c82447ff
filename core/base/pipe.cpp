// What a loop over poll(2) needs around a child: its output as lines, a way to be woken, a clock for its waits.
#include "core/base/pipe.hpp"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/base/text.hpp"

namespace desk {

int poll_timeout(Tick next) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, 3'600'000));
}

OutputPipes::OutputPipes(const Command& command, const LineSink& sink)
    : max_bytes_(command.max_output_bytes),
      sink_(sink),
      streams_{open(Stream::out, command, sink), open(Stream::err, command, sink)} {}

OutputPipes::OneStream OutputPipes::open(Stream stream, const Command& command, const LineSink& sink) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw_errno("pipe");
    UniqueFd ours(ends[0]), childs(ends[1]);
    // Only our end: the child has a right to writes that block.
    if (::fcntl(ours.get(), F_SETFL, O_NONBLOCK) != 0) throw_errno("fcntl");
    return {.end = std::move(ours),
            .child_end = std::move(childs),
            .lines = LineSplitter(command.max_line_bytes, [&sink, stream](std::string_view line) {
                if (sink) sink(stream, line);
            })};
}

void OutputPipes::close_child_ends() {
    for (auto& stream : streams_) stream.child_end.reset();
}

void OutputPipes::read() {
    for (auto& stream : streams_) read(stream);
}

void OutputPipes::read(OneStream& stream) {
    std::array<char, 65536> block;
    for (int blocks = 0; stream.end && blocks < 16; ++blocks) {
        const auto got = ::read(stream.end.get(), block.data(), block.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) return;
        if (got <= 0) return stream.end.reset();

        const auto count = static_cast<std::size_t>(got);
        const auto room = max_bytes_ == 0 ? count : max_bytes_ - std::min(bytes_, max_bytes_);
        bytes_ += count;
        stream.lines.feed({block.data(), std::min(count, room)});
    }
}

void OutputPipes::finish() {
    read();
    for (auto& stream : streams_) stream.lines.finish();
    if (max_bytes_ > 0 && bytes_ > max_bytes_ && sink_)
        sink_(Stream::err, cat("[", bytes_ - max_bytes_, " bytes more were not kept]"));
}

StopBell::StopBell(const std::stop_token& stop)
    : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), callback_(stop, Ring{event_.get()}) {
    if (!event_) throw_errno("eventfd");
}

void StopBell::Ring::operator()() const noexcept {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(event, &one, sizeof one);
}

}  // namespace desk
