# From the lines of `capture --format json`: what one conversation cost, as "name value" lines for tools/demo.
#   packets, bytes (of the frames), payload, before_data (packets until the first one with payload),
#   client and server: the states that each went through, or nothing where there are none.

function number(key) { return match($0, "\"" key "\":[0-9]+") ? substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 3) + 0 : 0 }

# The `before` or `after` of one side.
function state(side, when,   part) {
  if (!match($0, "\"" side "\":\\{[^}]*\\}")) return ""
  part = substr($0, RSTART, RLENGTH)
  if (!match(part, "\"" when "\":\"[A-Z_0-9]+\"")) return ""
  return substr(part, RSTART + length(when) + 4, RLENGTH - length(when) - 5)
}

function walk(side,   before, after) {
  before = state(side, "before"); after = state(side, "after")
  if (after == "") return
  if (last[side] == "") path[side] = last[side] = before
  if (after != last[side]) { path[side] = path[side] " " after; last[side] = after }
}

/"kind":"packet"/ {
  packets++
  bytes += number("length")
  if (number("len") > 0 && !payload) before_data = packets - 1
  payload += number("len")
  walk("client"); walk("server")
}

END {
  print "packets " packets + 0
  print "bytes " bytes + 0
  print "payload " payload + 0
  print "before_data " before_data + 0
  print "client " path["client"]
  print "server " path["server"]
}
