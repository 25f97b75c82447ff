#include "cgi/views/request_words.hpp"

#include "cgi/dictionary.hpp"
#include "core/base/text.hpp"
#include "keys/parts/decision.tpl.hpp"

namespace desk::views {

std::string what_is_asked(const requests::Request& request) {
    switch (request.kind) {
        case RequestKind::EXTEND: {
            const auto hours = request.submitted_order.find("hours");
            if (hours != request.submitted_order.end() && hours->is_number_integer())
                return cat("More time for ", request.cluster_name, ": ", hours->get<int>(), " h");
            return cat("More time for ", request.cluster_name);
        }
        case RequestKind::SCALE:
            return cat("Workers of ", request.cluster_name, ": ", request.submitted_order.at("workers").get<int>(),
                       " instead of ", request.submitted_order.at("from").get<int>());
        case RequestKind::PREVIEW:
            return cat("Preview on ", request.cluster_name);
        case RequestKind::CREATE:
            break;
    }
    return cat("Cluster ", request.cluster_name);
}

bool is_asked(const requests::Request& request) {
    return request.state == RequestState::OPEN && request.last_comment == CommentKind::QUESTION;
}

Facts order_facts(const requests::Request& request) {
    Facts facts = {{"Profile", request.profile}};
    if (request.kind != RequestKind::CREATE) return facts;
    const auto order = EffectiveOrder::from_json(request.effective_order);
    const auto machines = [](int count, const std::string& type) {
        return type.empty() ? cat(count) : cat(count, " × ", type);
    };
    facts.push_back({"Platform", cat(title(order.platform), ", ", order.region)});
    facts.push_back({"Version", order.version});
    facts.push_back({"Lifetime", cat(order.ttl_hours, " h, can be extended to ", order.max_ttl_hours, " h")});
    facts.push_back({"Control plane", machines(order.control_plane.replicas, order.control_plane.instance_type)});
    if (order.workers.replicas > 0)
        facts.push_back({"Workers", machines(order.workers.replicas, order.workers.instance_type)});
    facts.push_back({"vCPUs", std::to_string(order.vcpus)});
    facts.push_back({"Price", amount(order.rates.running) + " an hour"});
    facts.push_back({"Owner", order.owner});
    facts.push_back({"Cost centre", order.cost_center});
    facts.push_back({"Console", order.console_url()});
    if (order.failure != DemoFailure::NONE) facts.push_back({"On purpose", std::string(describe(order.failure))});
    return facts;
}

void DecisionForm::fill(Dictionary& out) const {
    out.SetValue(kd_ID, id);
    out.SetValue(kd_WHAT, what);
    out.SetValue(kd_DIGEST, digest);
    out.SetValue(kd_COMMENT, comment);
}

}  // namespace desk::views
