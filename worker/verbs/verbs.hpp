// What operators, cron and the desk itself call. Results go to stdout, progress and faults to stderr.
#pragma once

#include <cstdio>
#include <string>

#include "worker/verbs/arguments.hpp"

namespace desk::worker::verbs {

/// A line of the result.
inline void print(const std::string& line) { std::puts(line.c_str()); }

// Each returns the exit code: 0 done, 1 failed. They throw Usage (2) and Error (1).

int tick(const Arguments& arguments);
int run_job(const Arguments& arguments);
int drain(const Arguments& arguments);
int migrate(const Arguments& arguments);
int validate(const Arguments& arguments);
int import_order(const Arguments& arguments);
int config(const Arguments& arguments);
int doctor(const Arguments& arguments);
int preflight(const Arguments& arguments);
int verify(const Arguments& arguments);
int tf_bootstrap(const Arguments& arguments);
int render(const Arguments& arguments);
int tf_apply(const Arguments& arguments);
int cluster_create(const Arguments& arguments);
int cluster_destroy(const Arguments& arguments);
int orphans(const Arguments& arguments);
int installers(const Arguments& arguments);
int user(const Arguments& arguments);
int demo_people(const Arguments& arguments);
int audit_verify(const Arguments& arguments);
int reseal(const Arguments& arguments);

}  // namespace desk::worker::verbs
