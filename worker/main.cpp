// clusterdesk-worker: the verbs of operators and of cron.
#include "worker/program.hpp"

int main(int argc, char** argv) {
    desk::worker::NoFaults nothing_happens;
    return desk::worker::program(argc, argv, nothing_happens);
}
