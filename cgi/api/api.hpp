// One declaration per call of the JSON API; cgi/routes.cpp says where each one answers and who may call it.
#pragma once

#include "cgi/app.hpp"
#include "cgi/http.hpp"

namespace desk::api {

using Endpoint = Response(const Request&, App&);

Endpoint openapi;            // GET  /api/openapi.json
Endpoint cluster_list;       // GET  /api/v1/clusters
Endpoint cluster_create;     // POST /api/v1/clusters
Endpoint cluster_get;        // GET  /api/v1/clusters/{cluster}
Endpoint cluster_outputs;    // GET  /api/v1/clusters/{cluster}/outputs
Endpoint cluster_yaml;       // GET  /api/v1/clusters/{cluster}/cluster.yaml
Endpoint cluster_receipt;    // GET  /api/v1/clusters/{cluster}/receipt
Endpoint cluster_logs;       // GET  /api/v1/clusters/{cluster}/logs
Endpoint cluster_destroy;    // POST /api/v1/clusters/{cluster}/destroy
Endpoint cluster_extend;     // POST /api/v1/clusters/{cluster}/extend
Endpoint cluster_cancel;     // POST /api/v1/clusters/{cluster}/cancel
Endpoint cluster_verify;     // POST /api/v1/clusters/{cluster}/verify
Endpoint cluster_hibernate;  // POST /api/v1/clusters/{cluster}/hibernate
Endpoint cluster_resume;     // POST /api/v1/clusters/{cluster}/resume
Endpoint cluster_retry;      // POST /api/v1/clusters/{cluster}/retry
Endpoint cluster_abandon;    // POST /api/v1/clusters/{cluster}/abandon
Endpoint blocked_list;       // GET  /api/v1/blocked
Endpoint orphan_list;        // GET  /api/v1/orphans
Endpoint orphan_get;         // GET  /api/v1/orphans/{orphan}
Endpoint orphan_close;       // POST /api/v1/orphans/{orphan}/close
Endpoint orphan_ignore;      // POST /api/v1/orphans/{orphan}/ignore
Endpoint orphan_destroy;     // POST /api/v1/orphans/{orphan}/destroy
Endpoint brake_list;         // GET  /api/v1/brakes
Endpoint brake_pull;         // POST /api/v1/brakes/{brake}/pull
Endpoint brake_release;      // POST /api/v1/brakes/{brake}/release
Endpoint worker_list;        // GET  /api/v1/workers
Endpoint worker_drain;       // POST /api/v1/workers/{host}/drain
Endpoint worker_resume;      // POST /api/v1/workers/{host}/resume
Endpoint job_get;            // GET  /api/v1/jobs/{job}
Endpoint request_list;       // GET  /api/v1/requests
Endpoint request_get;        // GET  /api/v1/requests/{request}
Endpoint request_decide;     // POST /api/v1/requests/{request}/decision
Endpoint request_withdraw;   // POST /api/v1/requests/{request}/withdraw
Endpoint profile_list;       // GET  /api/v1/profiles

}  // namespace desk::api
