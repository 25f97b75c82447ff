// One declaration per call of the JSON API; cgi/routes.cpp says where each one answers and who may call it.
#pragma once

#include "cgi/app.hpp"
#include "cgi/http.hpp"

namespace desk::api {

using Endpoint = Response(const Request&, App&);

Endpoint openapi;             // GET  /api/openapi.json
Endpoint cluster_list;        // GET  /api/v1/clusters
Endpoint cluster_create;      // POST /api/v1/clusters
Endpoint cluster_check;       // POST /api/v1/clusters/check
Endpoint cluster_get;         // GET  /api/v1/clusters/{cluster}
Endpoint cluster_outputs;     // GET  /api/v1/clusters/{cluster}/outputs
Endpoint link_list;           // GET  /api/v1/clusters/{cluster}/outputs/links
Endpoint link_revoke;         // POST /api/v1/clusters/{cluster}/outputs/links/{download}/revoke
Endpoint cluster_yaml;        // GET  /api/v1/clusters/{cluster}/cluster.yaml
Endpoint cluster_receipt;     // GET  /api/v1/clusters/{cluster}/receipt
Endpoint cluster_logs;        // GET  /api/v1/clusters/{cluster}/logs
Endpoint cluster_destroy;     // POST /api/v1/clusters/{cluster}/destroy
Endpoint cluster_extend;      // POST /api/v1/clusters/{cluster}/extend
Endpoint cluster_cancel;      // POST /api/v1/clusters/{cluster}/cancel
Endpoint cluster_verify;      // POST /api/v1/clusters/{cluster}/verify
Endpoint cluster_hibernate;   // POST /api/v1/clusters/{cluster}/hibernate
Endpoint cluster_scale;       // POST /api/v1/clusters/{cluster}/scale-workers
Endpoint cluster_resume;      // POST /api/v1/clusters/{cluster}/resume
Endpoint cluster_retry;       // POST /api/v1/clusters/{cluster}/retry
Endpoint cluster_abandon;     // POST /api/v1/clusters/{cluster}/abandon
Endpoint view_list;           // GET  /api/v1/views
Endpoint view_save;           // POST /api/v1/views
Endpoint view_delete;         // POST /api/v1/views/{view}/delete
Endpoint blocked_list;        // GET  /api/v1/blocked
Endpoint orphan_list;         // GET  /api/v1/orphans
Endpoint orphan_get;          // GET  /api/v1/orphans/{orphan}
Endpoint orphan_close;        // POST /api/v1/orphans/{orphan}/close
Endpoint orphan_ignore;       // POST /api/v1/orphans/{orphan}/ignore
Endpoint orphan_destroy;      // POST /api/v1/orphans/{orphan}/destroy
Endpoint orphan_adopt;        // POST /api/v1/orphans/{orphan}/adopt
Endpoint brake_list;          // GET  /api/v1/brakes
Endpoint brake_pull;          // POST /api/v1/brakes/{brake}/pull
Endpoint brake_release;       // POST /api/v1/brakes/{brake}/release
Endpoint worker_list;         // GET  /api/v1/workers
Endpoint worker_drain;        // POST /api/v1/workers/{host}/drain
Endpoint worker_resume;       // POST /api/v1/workers/{host}/resume
Endpoint job_list;            // GET  /api/v1/jobs
Endpoint job_get;             // GET  /api/v1/jobs/{job}
Endpoint request_list;        // GET  /api/v1/requests
Endpoint request_get;         // GET  /api/v1/requests/{request}
Endpoint request_decide;      // POST /api/v1/requests/{request}/decision
Endpoint request_comment;     // POST /api/v1/requests/{request}/questions and /answers
Endpoint request_withdraw;    // POST /api/v1/requests/{request}/withdraw
Endpoint account_get;         // GET  /api/v1/account
Endpoint account_set;         // POST /api/v1/account
Endpoint password_change;     // POST /api/v1/account/password
Endpoint session_list;        // GET  /api/v1/sessions
Endpoint session_end;         // POST /api/v1/sessions/{session}/end
Endpoint token_list;          // GET  /api/v1/tokens
Endpoint token_create;        // POST /api/v1/tokens
Endpoint token_revoke;        // POST /api/v1/tokens/{token}/revoke
Endpoint calendar_get;        // GET  /api/v1/calendar
Endpoint calendar_renew;      // POST /api/v1/calendar
Endpoint calendar_revoke;     // POST /api/v1/calendar/revoke
Endpoint user_list;           // GET  /api/v1/users
Endpoint user_create;         // POST /api/v1/users
Endpoint user_get;            // GET  /api/v1/users/{user}
Endpoint user_roles;          // POST /api/v1/users/{user}/roles
Endpoint user_reset;          // POST /api/v1/users/{user}/reset-password
Endpoint user_disable;        // POST /api/v1/users/{user}/disable
Endpoint user_enable;         // POST /api/v1/users/{user}/enable
Endpoint team_list;           // GET  /api/v1/teams
Endpoint team_create;         // POST /api/v1/teams
Endpoint team_rename;         // POST /api/v1/teams/{team}/rename
Endpoint team_member;         // POST /api/v1/teams/{team}/members
Endpoint quota_list;          // GET  /api/v1/quotas
Endpoint quota_set;           // POST /api/v1/quotas
Endpoint audit_list;          // GET  /api/v1/audit
Endpoint audit_chain;         // GET  /api/v1/audit/chain
Endpoint usage_report;        // GET  /api/v1/reports/usage
Endpoint notice_list;         // GET  /api/v1/notices
Endpoint notice_read_all;     // POST /api/v1/notices/read
Endpoint notice_read;         // POST /api/v1/notices/{notice}/read
Endpoint profile_list;        // GET  /api/v1/profiles
Endpoint profile_files;       // GET  /api/v1/profiles/files
Endpoint profile_simulation;  // GET  /api/v1/profiles/{profile}/simulation

}  // namespace desk::api
