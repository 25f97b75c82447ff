# The private PostgreSQL of a desk: on a unix socket only, in a directory that only the desk's user can enter, and no
# passwords: the server asks the kernel who calls (peer), and lets in the desk's user alone.
# shellcheck shell=bash

OWNER_ROLE=clusterdesk_owner  # owns the tables; migrates
DESK_ROLE=clusterdesk         # what the programs use; owns nothing

PG_BIN=""  # the programs of the server

# Of the version that made the data, or of the newest one that is 15 or later.
find_postgres() {
    local version dir best=0
    if [[ -r $STATE/pg/PG_VERSION ]]; then
        version=$(<"$STATE/pg/PG_VERSION")
        [[ -x /usr/lib/postgresql/$version/bin/postgres ]] ||
            fail "the database in $STATE/pg is of PostgreSQL $version, which is no longer installed: apt-get install postgresql-$version"
        PG_BIN=/usr/lib/postgresql/$version/bin
        return
    fi
    for dir in /usr/lib/postgresql/*/bin; do
        version=${dir#/usr/lib/postgresql/}
        version=${version%/bin}
        [[ $version =~ ^[0-9]+$ && -x $dir/postgres ]] && ((version > best)) && best=$version
    done
    ((best >= 15)) || fail "PostgreSQL 15 or later is not installed under /usr/lib/postgresql"
    PG_BIN=/usr/lib/postgresql/$best/bin
}

make_postgres() {
    [[ ! -e $STATE/pg/PG_VERSION ]] || return 0
    ensure_disk "$STATE" 512 "the database"
    find_postgres
    # Made aside and renamed: a first start that was interrupted leaves nothing half done.
    rm -rf "$STATE/pg.new"
    private_dir "$STATE/pg.new"
    quietly "PostgreSQL could not make its database" "$STATE/up.log" as_desk "$PG_BIN/initdb" -D "$STATE/pg.new" \
        --username=postgres --auth=peer --encoding=UTF8 --locale=C.UTF-8
    as_desk tee "$STATE/pg.new/pg_hba.conf" >/dev/null <<TEXT
# Nobody but the desk's own user, and only over the socket.
local all all peer map=desk
TEXT
    as_desk tee "$STATE/pg.new/pg_ident.conf" >/dev/null <<TEXT
desk $DESK_USER postgres
desk $DESK_USER $OWNER_ROLE
desk $DESK_USER $DESK_ROLE
TEXT
    as_desk tee -a "$STATE/pg.new/postgresql.conf" >/dev/null <<TEXT
listen_addresses = ''
unix_socket_directories = '$RUN'
unix_socket_permissions = 0700
max_connections = 100
log_line_prefix = '%m [%p] %u '
TEXT
    mv "$STATE/pg.new" "$STATE/pg"
    note postgres "made a database in $STATE/pg"
}

# Roles and database, if they are not there. Private desks only: elsewhere the database's administrator makes them.
make_roles() {
    find_postgres
    quietly "the roles of the database could not be made" "$STATE/up.log" as_desk "$PG_BIN/psql" -X -q -v ON_ERROR_STOP=1 \
        "host=$RUN user=postgres dbname=postgres" -c "
        DO \$\$
        BEGIN
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$OWNER_ROLE') THEN CREATE ROLE $OWNER_ROLE LOGIN; END IF;
            IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '$DESK_ROLE') THEN CREATE ROLE $DESK_ROLE LOGIN; END IF;
        END \$\$"
    local there
    there=$(as_desk "$PG_BIN/psql" -X -A -t "host=$RUN user=postgres dbname=postgres" \
        -c "SELECT count(*) FROM pg_database WHERE datname = 'clusterdesk'")
    [[ $there == 1 ]] || quietly "the database could not be made" "$STATE/up.log" \
        as_desk "$PG_BIN/createdb" -h "$RUN" -U postgres -O "$OWNER_ROLE" clusterdesk
}
