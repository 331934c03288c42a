# From the lines of `capture --format json`: what one conversation cost, as "name value" lines for tools/demo.
#   packets, bytes (of the frames), payload, before_data (packets until the first one with payload),
#   client and server: the states that each walked through, by the rules that fired; nothing where there are none.

function number(key) {
  return match($0, "\"" key "\":[0-9]+") ? substr($0, RSTART + length(key) + 3, RLENGTH - length(key) - 3) + 0 : 0
}

# A rule reads "client: SYN_SENT, receive SYN,ACK -> ESTABLISHED (RFC 9293 3.10.7.3)".
function walk(rule,   side, from, to) {
  side = rule; sub(/:.*/, "", side)
  from = rule; sub(/^[a-z]+: /, "", from); sub(/,.*/, "", from)
  to = rule; sub(/.* -> /, "", to); sub(/ .*/, "", to)
  path[side] = (path[side] == "" ? from : path[side]) " " to
}

/"kind":"packet"/ {
  packets++
  bytes += number("length")
  if (number("len") > 0 && !payload) before_data = packets - 1
  payload += number("len")
  if (match($0, /"rules":\["[^]]*"\]/)) {
    count = split(substr($0, RSTART + 10, RLENGTH - 12), rules, "\",\"")
    for (i = 1; i <= count; i++) walk(rules[i])
  }
}

END {
  print "packets " packets + 0
  print "bytes " bytes + 0
  print "payload " payload + 0
  print "before_data " before_data + 0
  print "client " path["client"]
  print "server " path["server"]
}
