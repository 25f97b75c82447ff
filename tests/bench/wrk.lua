-- Load for ./desk bench. Cookie, and the fields of a POST between the GETs, come by environment: arguments would be in the
-- list of processes. Prints one line: requests, seconds, median, 99th percentile and longest in milliseconds, requests
-- over one second, failures.
local cookie = os.getenv("BENCH_COOKIE")
if cookie and cookie ~= "" then wrk.headers["Cookie"] = cookie end

local post_path, post_body = os.getenv("BENCH_POST"), os.getenv("BENCH_POST_BODY")
if post_path then
  local count = 0
  local form = { ["Content-Type"] = "application/x-www-form-urlencoded", ["Cookie"] = cookie }
  function request()
    count = count + 1
    if count % 11 == 0 then return wrk.format("POST", post_path, form, post_body) end
    return wrk.format("GET")
  end
end

local function over_one_second(latency, requests)
  if latency.max < 1e6 then return 0 end
  local low, high = 0, 100
  for _ = 1, 40 do
    local middle = (low + high) / 2
    if latency:percentile(middle) < 1e6 then low = middle else high = middle end
  end
  return math.max(1, math.floor(requests * (100 - high) / 100))
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %.3f %.3f %.3f %.3f %d %d\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000,
    over_one_second(latency, summary.requests), errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
