// What libpcap does not ask of its packet socket. Private to capture/source.
#pragma once

namespace echolab::capture {

/// On a loopback interface every packet passes the socket twice, leaving and arriving. libpcap throws the first copy
/// away, but only after it has cost a place in the ring and has been counted; this keeps it out (Linux 4.20; older:
/// nothing happens).
void ignore_outgoing_copies_on_loopback(int fd, const char* interface);

/// From now on the kernel puts nothing into the ring; what is there stays. The reason not to use pcap_setfilter: it
/// empties the socket first.
void accept_no_more(int fd);

}  // namespace echolab::capture
