// clusterdesk-worker: the verbs of operators and of cron.
#include "worker/program.hpp"

int main(int argc, char** argv) { return desk::worker::program(argc, argv); }
