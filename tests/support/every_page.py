"""Every page of the desk, by who opens it. A page that is missing here fails a test."""

PAGES = {
    None: ["/sign-in"],
    "requester": ["/", "/catalog", "/catalog/demo-standard", "/requests/new?profile=demo-standard",
                  "/requests/new?profile=demo-standard&name=e2e-look&costCenter=e2e", "/requests/import", "/requests",
                  "/requests/{request}", "/clusters", "/clusters/bulk/extend?cluster={cluster}&hours=1",
                  "/clusters/bulk/destroy?cluster={cluster}", "/clusters/{cluster}", "/clusters/{cluster}/outputs",
                  "/clusters/{cluster}/logs", "/clusters/{cluster}/receipt", "/costs", "/notices", "/account",
                  "/account/calendar", "/nothing-here"],
    "approver": ["/approvals"],
    "admin": ["/admin/users", "/admin/users/{user}", "/admin/teams", "/admin/quotas", "/admin/profiles",
              "/admin/profiles/demo-standard/simulation", "/admin/queue", "/admin/blocked", "/admin/orphans",
              "/admin/orphans/{orphan}/adopt", "/audit"],
}

# Routes that a browser does not show as a page of the desk.
NO_PAGES = {"/clusters.csv", "/clusters/{cluster}/cluster.yaml", "/clusters/{cluster}/logs/raw", "/clusters/{cluster}/logs/lines",
            "/calendar/{feed}", "/costs/table.csv", "/audit/table.csv", "/d/{token}", "/healthz", "/readyz", "/version", "/metrics"}


def an_orphan(desk):
    """The id of one that stands for everything of an infraID: no search closes it."""
    orphan = "orp_01JD0000000000000000000000"
    desk.sql("INSERT INTO orphans (id, provider, region, type, resource_id, infra_id, is_ours, first_seen_at, last_seen_at) "
             f"VALUES ('{orphan}', 'demo', 'demo-east-1', 'everything-of', 'left-x7f2k', 'left-x7f2k', true, now(), now())")
    return orphan
