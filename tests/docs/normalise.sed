# What differs from run to run in a shown output, made equal: read by `sed -E`.
# Times of day, stamps and durations.
s/([0-9]{4}-[0-9]{2}-[0-9]{2} )?[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]+/TIME/g
s/"time":"[0-9.]+"/"time":"TIME"/g
s/[0-9]+(\.[0-9]+)? (ms|us|µs|s)\b/DURATION/g
s/[0-9]+(\.[0-9]+)?(초|밀리초)/DURATION/g
s/[0-9]+(\.[0-9]+)? (ms|us|s)(입니다|이)/DURATION\3/g
s/\b[0-9]+\.[0-9]{3,}\b/SECONDS/g
# What compare measures besides: rates, ratios, the bars of times.
s/\b[0-9.]+( [kM]?B)?\/s/RATE/g
s/\b[0-9]+\.[0-9]( times|배)/RATIO\1/g
s/█+/█/g
s/▒+/▒/g
s/░+/░/g
# Ports that the kernel chose; 9000 is ours.
s/((127\.0\.0\.1|\[::1\]):|[Pp]ort |포트 )[1-9][0-9]{4}\b/\1PORT/g
# Initial sequence numbers, and the window that the kernel's settings give.
s/"(seq|ack)_raw":[0-9]+/"\1_raw":N/g
# Where a window changes depends on the machine, too.
s/ win [0-9]+(\*([0-9]+|\?))?//g
s/"win":[0-9]+/"win":N/g
# What a socket weighs in this kernel.
s/socket of [0-9]+ bytes/socket of N bytes/
s/[0-9]+바이트짜리 소켓/N바이트짜리 소켓/
# The columns shift with all of these.
s/─+/─/g
s/ +/ /g
s/ $//
