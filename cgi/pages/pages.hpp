// One declaration per page; cgi/routes.cpp says where each one answers and who may call it.
#pragma once

#include "cgi/app.hpp"
#include "cgi/http.hpp"

namespace desk::pages {

using Endpoint = Response(const Request&, App&);

// signing in
Endpoint sign_in;         // GET  /sign-in
Endpoint sign_in_submit;  // POST /sign-in
Endpoint sign_out;        // POST /sign-out

// ordering
Endpoint home;                   // GET  /
Endpoint tour;                   // POST /tour
Endpoint catalog;                // GET  /catalog
Endpoint profile_show;           // GET  /catalog/{profile}
Endpoint request_new;            // GET  /requests/new?profile=
Endpoint request_create;         // POST /requests
Endpoint request_import;         // GET  /requests/import
Endpoint request_import_submit;  // POST /requests/import
Endpoint request_list;           // GET  /requests
Endpoint request_show;           // GET  /requests/{request}
Endpoint request_withdraw;       // POST /requests/{request}/withdraw
Endpoint request_comment;        // POST /requests/{request}/comments
Endpoint approvals;              // GET  /approvals
Endpoint approval_decide;        // POST /approvals/{request}/decision

// clusters
Endpoint cluster_list;       // GET  /clusters
Endpoint cluster_csv;        // GET  /clusters.csv
Endpoint view_save;          // POST /clusters/views
Endpoint view_delete;        // POST /clusters/views/delete
Endpoint bulk_extend;        // GET  /clusters/bulk/extend
Endpoint bulk_extend_all;    // POST /clusters/bulk/extend
Endpoint bulk_destroy;       // GET  /clusters/bulk/destroy
Endpoint bulk_destroy_all;   // POST /clusters/bulk/destroy
Endpoint cluster_show;       // GET  /clusters/{cluster}
Endpoint cluster_extend;     // POST /clusters/{cluster}/extend
Endpoint cluster_destroy;    // POST /clusters/{cluster}/destroy
Endpoint cluster_cancel;     // POST /clusters/{cluster}/cancel
Endpoint cluster_verify;     // POST /clusters/{cluster}/verify
Endpoint cluster_hibernate;  // POST /clusters/{cluster}/hibernate
Endpoint cluster_scale;      // POST /clusters/{cluster}/scale-workers
Endpoint cluster_resume;     // POST /clusters/{cluster}/resume
Endpoint cluster_retry;      // POST /clusters/{cluster}/retry
Endpoint cluster_abandon;    // POST /clusters/{cluster}/abandon
Endpoint cluster_yaml;       // GET  /clusters/{cluster}/cluster.yaml
Endpoint outputs_show;       // GET  /clusters/{cluster}/outputs
Endpoint outputs_link;       // POST /clusters/{cluster}/outputs/links
Endpoint outputs_reveal;     // POST /clusters/{cluster}/outputs/password
Endpoint link_revoke;        // POST /clusters/{cluster}/outputs/links/{download}/revoke
Endpoint cluster_log;        // GET  /clusters/{cluster}/logs
Endpoint cluster_log_raw;    // GET  /clusters/{cluster}/logs/raw
Endpoint cluster_log_lines;  // GET  /clusters/{cluster}/logs/lines
Endpoint receipt_show;       // GET  /clusters/{cluster}/receipt

// the account
Endpoint account;          // GET  /account
Endpoint account_update;   // POST /account
Endpoint password_change;  // POST /account/password
Endpoint session_end;      // POST /account/sessions/{session}/end
Endpoint token_create;     // POST /account/tokens
Endpoint token_revoke;     // POST /account/tokens/{token}/revoke

// deadlines as a calendar
Endpoint calendar;         // GET  /calendar/{feed}
Endpoint calendar_show;    // GET  /account/calendar
Endpoint calendar_renew;   // POST /account/calendar
Endpoint calendar_revoke;  // POST /account/calendar/revoke

// money
Endpoint costs;      // GET  /costs
Endpoint costs_csv;  // GET  /costs/table.csv

// what people are told
Endpoint notices;       // GET  /notices
Endpoint notices_read;  // POST /notices/read
Endpoint notice_read;   // POST /notices/{notice}/read

// administration
Endpoint admin_users;           // GET  /admin/users
Endpoint admin_user_create;     // POST /admin/users
Endpoint admin_user_show;       // GET  /admin/users/{user}
Endpoint admin_user_update;     // POST /admin/users/{user}
Endpoint admin_teams;           // GET  /admin/teams
Endpoint admin_team_create;     // POST /admin/teams
Endpoint admin_team_update;     // POST /admin/teams/{team}
Endpoint admin_simulation;      // GET  /admin/profiles/{profile}/simulation
Endpoint admin_profiles;        // GET  /admin/profiles
Endpoint admin_queue;           // GET  /admin/queue
Endpoint admin_brake;           // POST /admin/brakes
Endpoint admin_worker_drain;    // POST /admin/workers/{host}/drain
Endpoint admin_worker_resume;   // POST /admin/workers/{host}/resume
Endpoint admin_blocked;         // GET  /admin/blocked
Endpoint admin_orphans;         // GET  /admin/orphans
Endpoint admin_orphan_close;    // POST /admin/orphans/{orphan}/close
Endpoint admin_orphan_destroy;  // POST /admin/orphans/{orphan}/destroy
Endpoint admin_adoption;        // GET  /admin/orphans/{orphan}/adopt
Endpoint admin_adopt;           // POST /admin/orphans/{orphan}/adopt
Endpoint audit;                 // GET  /audit
Endpoint audit_csv;             // GET  /audit/table.csv
Endpoint admin_quotas;          // GET  /admin/quotas
Endpoint admin_quota_update;    // POST /admin/quotas

// without a principal
Endpoint download;  // GET  /d/{token}
Endpoint health;    // GET  /healthz
Endpoint ready;     // GET  /readyz
Endpoint version;   // GET  /version
Endpoint metrics;   // GET  /metrics

}  // namespace desk::pages
