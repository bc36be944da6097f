-- What wrk sends: the requests of a file, one after the other, from the given one on; and what it says in the end.
-- Arguments: the file, a request on each line (path, then headers, with tabs between them), and the number of the first.
local requests, following = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    local path, headers
    for part in line:gmatch('[^\t]+') do
      if not path then
        path, headers = part, {}
        for name, value in pairs(wrk.headers) do headers[name] = value end
      else
        local name, value = part:match('^(.-): (.*)$')
        headers[name] = value
      end
    end
    requests[#requests + 1] = wrk.format('GET', path, headers)
  end
  following = tonumber(arguments[2]) % #requests
end

function request()
  following = following % #requests + 1
  return requests[following]
end

-- Statuses and bytes are counted by wrk itself: a function for each answer would cost more than the answer.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'result {"requests":%d,"bytes":%d,"seconds":%f,"refused":%d,"broken":%d,"p99":%f}\n',
    summary.requests, summary.bytes, summary.duration / 1e6, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout, latency:percentile(99) / 1000))
end
