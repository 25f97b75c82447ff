# The files that tell the parts of a private desk where they are: written at the first start, then the operator's to edit.
# shellcheck shell=bash

# Writes stdin to a file that the desk's user can read and nobody else.
write_secret() { # path
    # shellcheck disable=SC2016  # for the inner shell
    as_desk bash -c 'umask 077; cat >"$0.new" && mv "$0.new" "$0"' "$1"
}

# An outside database is chosen once, at the first start, and its URLs (they may hold a password) live in the 0600 file.
make_settings() {
    local url owner_url
    if [[ ! -e $STATE/clusterdesk.yaml ]]; then
        url="host=$RUN user=$DESK_ROLE dbname=clusterdesk"
        owner_url="host=$RUN user=$OWNER_ROLE dbname=clusterdesk"
        if uses_outside_database; then
            url=$CLUSTERDESK_DATABASE_URL
            owner_url=${CLUSTERDESK_DATABASE_OWNER_URL:-$url}
        fi
        write_secret "$STATE/secrets/clusterdesk.yaml" <<TEXT
# This desk's settings; conf/clusterdesk.yaml explains every key. After a change: ./desk down, ./desk up.
web:
  socket: "$RUN/web.sock"
  public_url: "http://127.0.0.1:$PORT"
  templates: "$STATE/app/templates"
database:
  url: $(yaml_string "$url")
  owner_url: $(yaml_string "$owner_url")
worker:
  work_dir: "$STATE/work"
store:
  root: "$STATE/store"
secrets:
  key_file: "$STATE/secrets/keys"
profiles:
  dir: "$STATE/app/profiles"
demo:
  installer: "$STATE/app/bin/demo-install"
  cloud_dir: "$STATE/cloud"
TEXT
        ln -s secrets/clusterdesk.yaml "$STATE/clusterdesk.yaml"
    fi
    if [[ ! -e $STATE/secrets/keys ]]; then
        printf 'k1:%s\n' "$(openssl rand -base64 32)" | write_secret "$STATE/secrets/keys"
    fi
    make_nginx_settings
}

uses_outside_database() { [[ $(noted database) == outside ]]; }

# A double-quoted YAML string.
yaml_string() {
    local text=${1//\\/\\\\}
    printf '"%s"' "${text//\"/\\\"}"
}

# Ports and paths only; everything else is conf/nginx/clusterdesk.conf, as in a real installation.
make_nginx_settings() {
    local types=/etc/nginx/mime.types
    [[ -r $types ]] || fail "nginx's list of file types ($types) is missing: apt-get install nginx-common"
    as_desk mkdir -p "$STATE/nginx/tmp"
    as_desk tee "$STATE/nginx/nginx.conf" >/dev/null <<TEXT
# Written by ./desk up at each start.
daemon off;
pid $STATE/nginx/nginx.pid;
worker_processes 1;
worker_rlimit_nofile 8192;
events { worker_connections 4096; }

http {
    include $types;
    default_type application/octet-stream;
    sendfile on;
    client_body_temp_path $STATE/nginx/tmp/body;
    fastcgi_temp_path $STATE/nginx/tmp/fastcgi;
    proxy_temp_path $STATE/nginx/tmp/proxy;
    uwsgi_temp_path $STATE/nginx/tmp/uwsgi;
    scgi_temp_path $STATE/nginx/tmp/scgi;

    include $STATE/app/nginx/clusterdesk-http.conf;
    access_log $STATE/log/access.log clusterdesk;
    upstream clusterdesk {
        server unix:$RUN/web.sock;
        keepalive 512;
        keepalive_requests 1000000;
    }

    server {
        listen 127.0.0.1:$PORT backlog=4096;
        set \$clusterdesk_static $STATE/app/static;
        set \$clusterdesk_store $STATE/store/public;
        include $STATE/app/nginx/clusterdesk.conf;
    }
}
TEXT
}
