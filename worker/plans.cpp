#include "worker/plans.hpp"

#include <array>

#include "core/model/platform.hpp"
#include "worker/steps/steps.hpp"

namespace desk::worker {
namespace {

bool starts_over(const StepContext& in) { return in.continued() == nullptr; }
bool goes_on(const StepContext& in) { return in.continued() != nullptr; }
bool makes_roles(const StepContext& in) { return starts_over(in) && in.platform.uses_ccoctl(in.order); }
bool makes_zone(const StepContext& in) { return starts_over(in) && in.platform.makes_zone(in.order); }
bool makes_machines(const StepContext& in) { return in.platform.makes_machines(); }
bool has_something_to_clear(const StepContext& in) {
    return starts_over(in) && makes_machines(in) && !in.earlier.empty();
}

constexpr std::array kCreate = {
    Step{"clear", steps::clear, has_something_to_clear},  // or its names and quotas would seem taken
    Step{"preflight", steps::preflight, starts_over},     // one that goes on has its names and its room already
    Step{"prereqs", steps::prereqs, starts_over},
    Step{"delegation", steps::delegation, makes_zone},  // or the installer waits in vain for names that nobody finds
    Step{"render", steps::render, starts_over},
    Step{"manifests", steps::manifests, starts_over},
    Step{"credentials", steps::credentials, makes_roles},
    Step{"ignition", steps::ignition, starts_over},
    Step{"snapshot", steps::snapshot, starts_over},
    Step{"restore", steps::restore_install, goes_on},
    Step{"install", steps::install, makes_machines},
    Step{"outputs", steps::outputs},
    Step{"verify", steps::verify},
};

constexpr std::array kDestroy = {
    Step{"restore", steps::restore},
    Step{"destroy", steps::destroy, makes_machines},
    Step{"credentials-delete", steps::credentials_delete},
    Step{"prereqs-destroy", steps::prereqs_destroy},
    Step{"sweep", steps::sweep},
    Step{"sweep-again", steps::sweep_again},
    Step{"confirm", steps::confirm},
};

bool can_be_asked(const StepContext& in) { return has_api(in.cluster.platform); }

constexpr std::array kHibernate = {
    Step{"stop-machines", steps::stop_machines},
    Step{"wait-stopped", steps::wait_stopped},
};

constexpr std::array kResume = {
    Step{"start-machines", steps::start_machines},       Step{"wait-machines", steps::wait_machines},
    Step{"wait-nodes", steps::wait_nodes, can_be_asked}, Step{"settle", steps::settle, can_be_asked},
    Step{"wait-operators", steps::wait_operators},
};

constexpr std::array kScale = {
    Step{"scale", steps::scale},
    Step{"wait-nodes", steps::wait_workers},
};

bool is_to_destroy(const StepContext& in) { return in.params.contains("destroy"); }

constexpr std::array kOrphanSweep = {
    Step{"destroy", steps::destroy_orphans, is_to_destroy},
    Step{"scan", steps::scan},
    Step{"reconcile", steps::reconcile},
};

constexpr std::array kVerify = {
    Step{"health", steps::health},
};

}  // namespace

std::span<const Step> plan_of(JobType type) {
    switch (type) {
        case JobType::CREATE:
            return kCreate;
        case JobType::DESTROY:
        case JobType::JANITOR_DESTROY:
            return kDestroy;
        case JobType::HIBERNATE:
            return kHibernate;
        case JobType::RESUME:
            return kResume;
        case JobType::SCALE_WORKERS:
            return kScale;
        case JobType::ORPHAN_SWEEP:
            return kOrphanSweep;
        case JobType::VERIFY:
            return kVerify;
        default:
            return {};
    }
}

}  // namespace desk::worker
