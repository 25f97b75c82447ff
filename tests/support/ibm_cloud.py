"""Plays the calls of IBM Cloud that the desk makes: IAM's exchange of an API key for a token, whose the key is, service
ids, and Global Search. Strict: unknown keys and tokens, wrong content types, other accounts and foreign cursors are
refused. What exists are the files of the demo cloud in DIR/cloud, and the service ids in DIR/service-ids.

Usage: ibm_cloud.py DIR API_KEY ACCOUNT   prints its address.
"""
import http.server
import json
import pathlib
import sys
import urllib.parse

import json_server

FOLDER, API_KEY, ACCOUNT = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
TOKEN = "token-of-" + API_KEY[::-1]
PAGE = 3  # smaller than what is asked for, as an API may do


def resources():
    found = []
    for file in sorted(FOLDER.glob("cloud/*/*/*.json")):
        thing = json.loads(file.read_text())
        name = thing["tags"]["Name"]
        found.append({"name": name, "crn": f"crn:v1:bluemix:public:is:{thing['region']}:a/{ACCOUNT}::{thing['type']}:{name}"})
    return found


def service_ids():
    return [{"name": file.name, "crn": f"crn:v1:bluemix:public:iam-identity::a/{ACCOUNT}::serviceid:{file.name}"}
            for file in sorted(FOLDER.glob("service-ids/*"))]


class IbmCloud(json_server.Handler):
    def is_known(self):
        return self.headers.get("Authorization") == f"Bearer {TOKEN}"

    def page(self, key, items, start):
        return {key: items[start:start + PAGE]}, start + PAGE if start + PAGE < len(items) else None

    def do_POST(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        body = self.body()
        if url.path == "/identity/token":
            form = dict(urllib.parse.parse_qsl(body))
            is_form = self.headers.get("Content-Type") == "application/x-www-form-urlencoded"
            if not is_form or form.get("grant_type") != "urn:ibm:params:oauth:grant-type:apikey":
                return self.answer(400, {"errorCode": "BXNIM0109E", "errorMessage": "Property missing or empty"})
            if form.get("apikey") != API_KEY:
                return self.answer(400, {"errorCode": "BXNIM0415E", "errorMessage": "Provided API key could not be found."})
            return self.answer(200, {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600})
        if url.path != "/v3/resources/search":
            return self.answer(404, {"errors": [{"code": "not_found"}]})
        if not self.is_known():
            return self.answer(401, {"errors": [{"code": "unauthorized"}]})
        wish = json.loads(body)
        name = wish.get("query", "")
        if query.get("account_id") != ACCOUNT or not (name.startswith("name:") and name.endswith("*")):
            return self.answer(400, {"errors": [{"code": "bad_request"}]})
        matching = [one for one in resources() if one["name"].startswith(name[len("name:"):-1])]
        found, after = self.page("items", matching, int(wish.get("search_cursor", "0")))
        return self.answer(200, found | ({"search_cursor": str(after)} if after else {}))

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if not self.is_known():
            return self.answer(401, {"errors": [{"code": "unauthorized"}]})
        if url.path == "/v1/apikeys/details" and self.headers.get("IAM-Apikey") == API_KEY:
            return self.answer(200, {"id": "ApiKey-1", "account_id": ACCOUNT, "name": "clusterdesk"})
        if url.path == "/v1/serviceids" and query.get("account_id") == ACCOUNT:
            found, after = self.page("serviceids", service_ids(), int(query.get("pagetoken", "0")))
            host = self.headers["Host"]
            address = f"https://{host}/v1/serviceids?account_id={ACCOUNT}&pagetoken={after}&pagesize={query['pagesize']}"
            return self.answer(200, found | ({"next": address} if after else {}))
        return self.answer(404, {"errors": [{"code": "not_found"}]})


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), IbmCloud)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


main()
