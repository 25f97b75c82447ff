#include "core/base/dns.hpp"

#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

#include <algorithm>
#include <array>

#include "core/base/error.hpp"
#include "core/base/text.hpp"

namespace desk {
namespace {

constexpr std::size_t kLargestMessage = NS_MAXMSG;

/// The resolver's state of one question: thread-safe, with short patience.
class Resolver {
  public:
    Resolver() {
        if (res_ninit(&state_) != 0) throw Error(Code::unavailable, "DNS can't be asked.", "res_ninit");
        state_.retrans = 3;  // seconds
        state_.retry = 2;
    }
    ~Resolver() { res_nclose(&state_); }
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    /// Bytes of the answer, or -1 with the reason in error().
    int ask(const std::string& name, ns_type type, unsigned char* answer, int room) {
        return res_nquery(&state_, name.c_str(), ns_c_in, type, answer, room);
    }
    int error() const { return state_.res_h_errno; }

  private:
    struct __res_state state_ = {};
};

std::string host_name(const ns_msg& message, const ns_rr& record) {
    std::array<char, NS_MAXDNAME> name{};
    const int length =
        ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), ns_rr_rdata(record), name.data(), name.size());
    return length < 0 ? "" : lower(name.data());
}

}  // namespace

std::vector<std::string> name_servers_of(const std::string& domain) {
    Resolver resolver;
    std::vector<unsigned char> answer(kLargestMessage);
    const int length = resolver.ask(domain, ns_t_ns, answer.data(), static_cast<int>(answer.size()));
    if (length < 0) {
        if (resolver.error() == HOST_NOT_FOUND || resolver.error() == NO_DATA) return {};
        throw Error(Code::unavailable, "DNS does not answer.", cat(domain, ": ", hstrerror(resolver.error())));
    }
    ns_msg message;
    if (ns_initparse(answer.data(), length, &message) != 0)
        throw Error(Code::unavailable, "DNS gave an answer that can't be read.", domain);
    std::vector<std::string> servers;
    for (int i = 0; i < ns_msg_count(message, ns_s_an); ++i) {
        ns_rr record;
        if (ns_parserr(&message, ns_s_an, i, &record) == 0 && ns_rr_type(record) == ns_t_ns)
            servers.push_back(host_name(message, record));
    }
    std::ranges::sort(servers);
    return servers;
}

}  // namespace desk
