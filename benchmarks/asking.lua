-- What wrk asks for: the addresses after `--`, one after the other; at the end a line of figures, in milliseconds.
local addresses, number = {}, 0

function init(arguments)
  for _, address in ipairs(arguments) do
    addresses[#addresses + 1] = wrk.format("GET", address)
  end
end

function request()
  number = number % #addresses + 1
  return addresses[number]
end

function done(summary, latency, requests)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("figures %d %f %d %f %f\n", summary.requests, summary.duration / 1e6, failed,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000))
end
