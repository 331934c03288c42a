// A yardstick: libpcap reads a file, and nothing is done with its packets.
#include <pcap/pcap.h>

#include <cstdio>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  char error[PCAP_ERRBUF_SIZE];
  pcap_t* const file = pcap_open_offline(argv[1], error);
  if (file == nullptr) {
    std::fprintf(stderr, "pcap_loop: %s\n", error);
    return 1;
  }
  pcap_pkthdr* header = nullptr;
  const u_char* bytes = nullptr;
  unsigned long packets = 0;
  while (pcap_next_ex(file, &header, &bytes) == 1) ++packets;
  std::printf("%lu packets\n", packets);
  pcap_close(file);
  return 0;
}
