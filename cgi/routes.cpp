// Every URL of the desk: who may call it, which rows it reaches, and what answers. A POST is checked for forgery by
// dispatch; no row can opt out.
#include <array>

#include "cgi/api/api.hpp"
#include "cgi/pages/pages.hpp"
#include "cgi/router.hpp"

namespace desk {
namespace {

using enum Method;
using enum Permission;
using enum Scope;
using enum Flags;

// clang-format off
constexpr std::array kRoutes = {
    //    method path                                                permission                handler
    Route{get,  "/",                                                 {signed_in, own},         pages::home},
    Route{get,  "/sign-in",                                          {everyone, own},          pages::sign_in},
    Route{post, "/sign-in",                                          {everyone, own},          pages::sign_in_submit, unbraked},
    Route{post, "/sign-out",                                         {signed_in, own},         pages::sign_out, unbraked | unchanged},

    Route{get,  "/catalog",                                          {catalog_read, any},      pages::catalog},
    Route{get,  "/catalog/{profile}",                                {catalog_read, any},      pages::profile_show},
    Route{get,  "/requests",                                         {request_read, team},     pages::request_list},
    Route{post, "/requests",                                         {request_create, team},   pages::request_create, creates},
    Route{get,  "/requests/new",                                     {request_create, team},   pages::request_new},
    Route{get,  "/requests/import",                                  {request_create, team},   pages::request_import},
    Route{post, "/requests/import",                                  {request_create, team},   pages::request_import_submit, creates},
    Route{get,  "/requests/{request}",                               {request_read, team},     pages::request_show},
    Route{post, "/requests/{request}/withdraw",                      {request_withdraw, team}, pages::request_withdraw},
    Route{get,  "/approvals",                                        {request_decide, team},   pages::approvals},
    Route{post, "/approvals/{request}/decision",                     {request_decide, team},   pages::approval_decide},

    Route{get,  "/clusters",                                         {cluster_read, team},     pages::cluster_list},
    Route{get,  "/clusters/{cluster}",                               {cluster_read, team},     pages::cluster_show},
    Route{post, "/clusters/{cluster}/extend",                        {cluster_extend, team},   pages::cluster_extend},
    Route{post, "/clusters/{cluster}/destroy",                       {cluster_destroy, team},  pages::cluster_destroy, destroys},
    Route{post, "/clusters/{cluster}/cancel",                        {cluster_destroy, team},  pages::cluster_cancel, destroys},
    Route{post, "/clusters/{cluster}/verify",                        {cluster_extend, team},   pages::cluster_verify},
    Route{post, "/clusters/{cluster}/hibernate",                     {cluster_extend, team},   pages::cluster_hibernate},
    Route{post, "/clusters/{cluster}/resume",                        {cluster_extend, team},   pages::cluster_resume},
    Route{post, "/clusters/{cluster}/retry",                         {cluster_extend, team},   pages::cluster_retry},
    Route{post, "/clusters/{cluster}/abandon",                       {admin_write, any},       pages::cluster_abandon},
    Route{get,  "/clusters/{cluster}/cluster.yaml",                  {cluster_read, team},     pages::cluster_yaml},
    Route{get,  "/clusters/{cluster}/outputs",                       {outputs_read, team},     pages::outputs_show},
    Route{post, "/clusters/{cluster}/outputs/links",                 {outputs_read, team},     pages::outputs_link, sensitive},
    Route{post, "/clusters/{cluster}/outputs/password",              {outputs_read, team},     pages::outputs_reveal, sensitive},
    Route{post, "/clusters/{cluster}/outputs/links/{download}/revoke", {outputs_read, team},   pages::link_revoke},
    Route{get,  "/clusters/{cluster}/logs",                          {log_read, team},         pages::cluster_log},
    Route{get,  "/clusters/{cluster}/logs/raw",                      {log_read, team},         pages::cluster_log_raw},
    Route{get,  "/clusters/{cluster}/logs/lines",                    {log_read, team},         pages::cluster_log_lines},
    Route{get,  "/clusters/{cluster}/receipt",                       {receipt_read, team},     pages::receipt_show},

    Route{get,  "/account",                                          {signed_in, own},         pages::account, unchanged},
    Route{post, "/account",                                          {signed_in, own},         pages::account_update},
    Route{post, "/account/password",                                 {signed_in, own},         pages::password_change, unchanged},
    Route{post, "/account/sessions/{session}/end",                   {signed_in, own},         pages::session_end},
    Route{post, "/account/tokens",                                   {signed_in, own},         pages::token_create, sensitive},
    Route{post, "/account/tokens/{token}/revoke",                    {signed_in, own},         pages::token_revoke},

    Route{get,  "/admin/users",                                      {admin_read, any},        pages::admin_users},
    Route{post, "/admin/users",                                      {admin_write, any},       pages::admin_user_create, sensitive},
    Route{get,  "/admin/users/{user}",                               {admin_read, any},        pages::admin_user_show},
    Route{post, "/admin/users/{user}",                               {admin_write, any},       pages::admin_user_update, sensitive},
    Route{get,  "/admin/teams",                                      {team_manage, team},      pages::admin_teams},
    Route{post, "/admin/teams",                                      {admin_write, any},       pages::admin_team_create},
    Route{post, "/admin/teams/{team}",                               {team_manage, team},      pages::admin_team_update},
    Route{get,  "/admin/profiles",                                   {admin_read, any},        pages::admin_profiles},
    Route{get,  "/admin/queue",                                      {admin_read, any},        pages::admin_queue},
    Route{post, "/admin/brakes",                                     {admin_write, any},       pages::admin_brake, unbraked},
    Route{post, "/admin/workers/{host}/drain",                       {admin_write, any},       pages::admin_worker_drain, unbraked},
    Route{post, "/admin/workers/{host}/resume",                      {admin_write, any},       pages::admin_worker_resume, unbraked},
    Route{get,  "/admin/blocked",                                    {admin_read, any},        pages::admin_blocked},
    Route{get,  "/admin/orphans",                                    {admin_read, any},        pages::admin_orphans},
    Route{post, "/admin/orphans/{orphan}/close",                     {admin_write, any},       pages::admin_orphan_close},
    Route{post, "/admin/orphans/{orphan}/destroy",                   {admin_write, any},       pages::admin_orphan_destroy},
    Route{get,  "/audit",                                            {audit_read, any},        pages::audit},

    Route{get,  "/d/{token}",                                        {everyone, own},          pages::download, writes | sensitive},
    Route{get,  "/healthz",                                          {everyone, own},          pages::health},
    Route{get,  "/readyz",                                           {everyone, own},          pages::ready},
    Route{get,  "/version",                                          {everyone, own},          pages::version},
    Route{get,  "/metrics",                                          {everyone, own},          pages::metrics},

    Route{get,  "/api/openapi.json",                                 {everyone, own},          api::openapi},
    Route{get,  "/api/v1/clusters",                                  {cluster_read, team},     api::cluster_list},
    Route{post, "/api/v1/clusters",                                  {request_create, team},   api::cluster_create, creates},
    Route{get,  "/api/v1/clusters/{cluster}",                        {cluster_read, team},     api::cluster_get},
    Route{get,  "/api/v1/clusters/{cluster}/outputs",                {outputs_read, team},     api::cluster_outputs, writes | sensitive},
    Route{get,  "/api/v1/clusters/{cluster}/cluster.yaml",           {cluster_read, team},     api::cluster_yaml},
    Route{get,  "/api/v1/clusters/{cluster}/receipt",                {receipt_read, team},     api::cluster_receipt},
    Route{get,  "/api/v1/clusters/{cluster}/logs",                   {log_read, team},         api::cluster_logs},
    Route{post, "/api/v1/clusters/{cluster}/destroy",                {cluster_destroy, team},  api::cluster_destroy, destroys},
    Route{post, "/api/v1/clusters/{cluster}/extend",                 {cluster_extend, team},   api::cluster_extend},
    Route{post, "/api/v1/clusters/{cluster}/cancel",                 {cluster_destroy, team},  api::cluster_cancel, destroys},
    Route{post, "/api/v1/clusters/{cluster}/verify",                 {cluster_extend, team},   api::cluster_verify},
    Route{post, "/api/v1/clusters/{cluster}/hibernate",              {cluster_extend, team},   api::cluster_hibernate},
    Route{post, "/api/v1/clusters/{cluster}/resume",                 {cluster_extend, team},   api::cluster_resume},
    Route{post, "/api/v1/clusters/{cluster}/retry",                  {cluster_extend, team},   api::cluster_retry},
    Route{post, "/api/v1/clusters/{cluster}/abandon",                {admin_write, any},       api::cluster_abandon},
    Route{get,  "/api/v1/blocked",                                   {admin_read, any},        api::blocked_list},
    Route{get,  "/api/v1/orphans",                                   {admin_read, any},        api::orphan_list},
    Route{get,  "/api/v1/orphans/{orphan}",                          {admin_read, any},        api::orphan_get},
    Route{post, "/api/v1/orphans/{orphan}/close",                    {admin_write, any},       api::orphan_close},
    Route{post, "/api/v1/orphans/{orphan}/ignore",                   {admin_write, any},       api::orphan_ignore},
    Route{post, "/api/v1/orphans/{orphan}/destroy",                  {admin_write, any},       api::orphan_destroy},
    Route{get,  "/api/v1/brakes",                                    {signed_in, own},         api::brake_list},
    Route{post, "/api/v1/brakes/{brake}/pull",                       {admin_write, any},       api::brake_pull, unbraked},
    Route{post, "/api/v1/brakes/{brake}/release",                    {admin_write, any},       api::brake_release, unbraked},
    Route{get,  "/api/v1/workers",                                   {admin_read, any},        api::worker_list},
    Route{post, "/api/v1/workers/{host}/drain",                      {admin_write, any},       api::worker_drain, unbraked},
    Route{post, "/api/v1/workers/{host}/resume",                     {admin_write, any},       api::worker_resume, unbraked},
    Route{get,  "/api/v1/jobs/{job}",                                {job_read, team},         api::job_get},
    Route{get,  "/api/v1/requests",                                  {request_read, team},     api::request_list},
    Route{get,  "/api/v1/requests/{request}",                        {request_read, team},     api::request_get},
    Route{post, "/api/v1/requests/{request}/decision",               {request_decide, team},   api::request_decide},
    Route{post, "/api/v1/requests/{request}/withdraw",               {request_withdraw, team}, api::request_withdraw},
    Route{get,  "/api/v1/profiles",                                  {catalog_read, any},      api::profile_list},
};
// clang-format on
static_assert(unambiguous(kRoutes), "two rows answer the same method and path");

}  // namespace

const Routes kAllRoutes = kRoutes;

}  // namespace desk
