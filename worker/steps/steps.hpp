// The steps; each is described in its file. plans.cpp says which job has which.
#pragma once

#include "worker/step.hpp"

namespace desk::worker::steps {

// CREATE
StepResult preflight(StepContext& in);
StepResult clear(StepContext& in);
StepResult prereqs(StepContext& in);
StepResult delegation(StepContext& in);
StepResult render(StepContext& in);
StepResult manifests(StepContext& in);
StepResult credentials(StepContext& in);
StepResult ignition(StepContext& in);
StepResult snapshot(StepContext& in);
StepResult restore_install(StepContext& in);
StepResult install(StepContext& in);
StepResult outputs(StepContext& in);
StepResult verify(StepContext& in);

// VERIFY
StepResult health(StepContext& in);

// DESTROY, JANITOR_DESTROY
StepResult restore(StepContext& in);
StepResult destroy(StepContext& in);
StepResult credentials_delete(StepContext& in);
StepResult prereqs_destroy(StepContext& in);
StepResult sweep(StepContext& in);
StepResult sweep_again(StepContext& in);
StepResult confirm(StepContext& in);
/// What terraform's state of this cluster still lists, told as a sweep tells it; asks terraform. Throws
/// Error{unavailable} when the state can't be listed.
std::vector<Leftover> terraform_leftovers(StepContext& in);
/// For a destroy that failed before its sweeps: looks once, so that people see what blocks it. Never fails by itself.
void record_leftovers(StepContext& in);

// HIBERNATE, RESUME
StepResult stop_machines(StepContext& in);
StepResult wait_stopped(StepContext& in);
StepResult start_machines(StepContext& in);
StepResult wait_machines(StepContext& in);
StepResult wait_nodes(StepContext& in);
StepResult settle(StepContext& in);
StepResult wait_operators(StepContext& in);

// SCALE_WORKERS
StepResult scale(StepContext& in);
StepResult wait_workers(StepContext& in);

// ORPHAN_SWEEP
StepResult destroy_orphans(StepContext& in);
StepResult scan(StepContext& in);
StepResult reconcile(StepContext& in);

}  // namespace desk::worker::steps
