// What operators, cron and the desk itself call. Results go to stdout, progress and faults to stderr.
#pragma once

#include "worker/faults.hpp"
#include "worker/verbs/arguments.hpp"

namespace desk::worker::verbs {

// Each returns the exit code: 0 done, 1 failed. They throw Usage (2) and Error (1).

int tick(const Arguments& arguments, Faults& faults);
int run_job(const Arguments& arguments, Faults& faults);
int migrate(const Arguments& arguments, Faults& faults);
int validate(const Arguments& arguments, Faults& faults);
int config(const Arguments& arguments, Faults& faults);
int doctor(const Arguments& arguments, Faults& faults);
int user(const Arguments& arguments, Faults& faults);
int demo_people(const Arguments& arguments, Faults& faults);
int audit_verify(const Arguments& arguments, Faults& faults);
int reseal(const Arguments& arguments, Faults& faults);

}  // namespace desk::worker::verbs
